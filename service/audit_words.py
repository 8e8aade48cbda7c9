"""The audit log in words for the people of the office: what was done, to what, what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import NotFoundError
from corpus.store.audit import AuditEntry
from service.intake.sources import shown_title
from service.ledger import STATUS_WORDS, short_text
from service.settings import NAMES as SETTING_NAMES
from service.supervision.telling import HEADS, TELLERS

if TYPE_CHECKING:
    from corpus.store.store import Store

SUBJECT = 24
"""Characters of a task that stand for it."""
KINDS = {
    "row": "任务",
    "document": "文件",
    "account": "账号",
    "token": "令牌",
    "setting": "设置",
    "backup": "备份",
    "job": "后台工作",
    "dispatch": "调度",
    "draft": "文稿",
    "outline": "提纲",
    "filter": "筛选",
    "mail": "邮件",
    "units": "单位名录",
    "words": "说法",
}
KEYS = {
    **HEADS,
    "change": "改动",
    "add": "新建",
    "keep": "保留版本",
    "save": "保存",
    "remove": "移出",
    "restore": "恢复",
    "sent": "发送",
    "reject": "停用",
    "made": "生成",
    "returned": "存入回表",
    "return_undone": "撤销回表",
    "withdrawn": "撤回",
    "added": "新增",
    "updated": "更新",
    "unchanged": "再次存入",
    "reextracted": "重新提取",
    "removed": "移出",
    "restored": "恢复",
    "role": "角色",
    "password": "改密码",
    "locked": "停用或启用",
    "failures": "密码输错",
    "revoked": "作废",
    "cancelled": "取消",
    "add_archive": "存入压缩包",
    "reextract": "重新提取",
    "index": "更新索引",
}
WHOLE = {
    "filter.remove": "删除筛选",
    "account.removed": "删除账号",
    "outline.remove": "删除提纲",
    "backup": "备份",
    "backup.restored": "从备份恢复",
}
"""What actions are called where the two parts of their names do not make it up."""
VALUES = {
    **STATUS_WORDS,
    "deleted": "已删除",
    "merged": "已并入他项",
    "absent": "尚未有",
    "queued": "等候",
    "running": "进行中",
    "cancelled": "已取消",
    "True": "是",
    "False": "否",
    "lead": "牵头",
    "responsible": "责任",
    "cooperate": "配合",
    "supervise": "督办",
    "acting": "牵头或责任",
    "red": "红灯",
    "yellow": "黄灯",
    "green": "绿灯",
    "blue": "蓝灯",
    "red_yellow_green": "红黄绿",
    "blue_yellow_red": "蓝黄红",
}
STATES = {
    "document.removed": {False: "在用", True: "已移出"},
    "document.restored": {True: "已移出", False: "在用"},
    "draft.removed": {False: "在用", True: "已移出"},
    "account.locked": {False: "能登录", True: "已停用"},
}
"""What true and false mean of an action."""
PARTS = {
    "q": "查找",
    "unit": "单位",
    "role": "角色",
    "month": "月份",
    "status": "状态",
    "colour": "灯",
    "mark": "标记",
    "origin": "来源",
    "document": "文件",
    "leader": "交办领导",
    "officer": "承办人",
    "closing": "销号",
    "view": "视图",
    "region": "地区",
    "version": "版本",
    "aliases": "别名",
    "official": "文件用词",
    "group": "泛指多个单位",
    "note": "说明",
    "added": "新增任务",
    "dropped": "不再有的任务",
    "altered": "改动的任务",
    "orphaned": "与人工修改脱开的任务",
    "parts": "部分",
    "state": "状态",
}
"""What parts of a value are called that has several."""
NAMING = ("raw", "name", "title", "text", "by", "source", "role")
"""Keys of a value that say by themselves what it is."""
TOLD = frozenset(TELLERS) - {"status", "hidden"}
"""What grows at its end with each step: only what came is told."""
SEVERAL = 50
"""Documents beyond which all are asked for at once, rather than one by one."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the log, in words."""

    what: str
    """What was done: 任务 单位, 文件 新增."""
    subject: str
    """To what: the first words of a task, the title of a document, the name of a setting, else its id."""
    before: str
    after: str


def told(entry: AuditEntry, names: Mapping[str, str]) -> Told:
    """Return an entry in words; `names` are those of `names_of`."""
    action, subject = entry.fact.action, entry.fact.subject
    kind, _, key = action.partition(".")
    what = WHOLE.get(action) or f"{KINDS.get(kind, kind)} {KEYS.get(key, key)}".strip()
    before, after = _change_words(entry, key if kind == "row" else "")
    return Told(what, names.get(subject) or SETTING_NAMES.get(subject, subject), before, after)


def names_of(store: Store, subjects: Iterable[str]) -> dict[str, str]:
    """Return what tasks, documents, drafts and dispatches among the subjects of changes are called, by id."""
    known = set(subjects)
    tasks = sorted(subject for subject in known if _is_id(subject, "t"))
    names = {row.id: short_text(row.record, SUBJECT) for row in store.task_rows(tasks)}
    names |= _titles(store, {subject for subject in known if _is_id(subject, "d")})
    return names | _drafts(store, known) | _dispatches(store, known)


def _drafts(store: Store, known: set[str]) -> dict[str, str]:
    if not any(_is_id(subject, "w") for subject in known):
        return {}
    rows = [row for removed in (False, True) for row in store.drafts.all(removed)]
    return {row.id: row.title for row in rows if row.id in known and row.title}


def _dispatches(store: Store, known: set[str]) -> dict[str, str]:
    """Return their periods; one that was taken back is found by its id alone."""
    found = {}
    for subject in filter(lambda subject: _is_id(subject, "s"), known):
        try:
            found[subject] = f"{store.dispatches.get(subject).period}调度"
        except NotFoundError:  # an id of something else that looks like one
            continue
    return found


def _titles(store: Store, ids: set[str]) -> dict[str, str]:
    if len(ids) > SEVERAL:
        rows = [row for removed in (False, True) for row in store.documents(removed=removed)]
        return {row.id: shown_title(row.title, row.source) for row in rows if row.id in ids}
    titles = {}
    for document in ids:
        try:
            row = store.document_row(document)
        except NotFoundError:  # an id of something else that looks like one
            continue
        titles[document] = shown_title(row.title, row.source)
    return titles


def _is_id(subject: str, letter: str) -> bool:
    return subject[:1] == letter and subject[1:].isdecimal()


def _change_words(entry: AuditEntry, key: str) -> tuple[str, str]:
    """Return what stood before and after; of a step in the life of a row what was done."""
    before, after = entry.fact.before, entry.fact.after
    if states := STATES.get(entry.fact.action):
        return states.get(before, value_words(before)), states.get(after, value_words(after))
    if key not in TOLD:
        return value_words(before), value_words(after)
    if isinstance(before, list) or isinstance(after, list):
        before, after = before or [], after or []
    return "", TELLERS[key](before, after)


def value_words(value: Any) -> str:
    """Return a value of the log in words: names of units, words of limits, else each of its parts."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, list):
        return "、".join(value_words(item) for item in value)
    if isinstance(value, dict):
        named = next((value[key] for key in NAMING if value.get(key) and not _is_filter(value)), None)
        return str(named) if named is not None else _parts_words(value)
    return VALUES.get(str(value), str(value))


def _is_filter(value: Mapping[str, Any]) -> bool:
    """Tell whether a value is what a list was narrowed to, whose role is one of several conditions."""
    return "role" in value and not {"name", "raw", "text"} & set(value) and len(value) > 1


def _parts_words(value: Mapping[str, Any]) -> str:
    if set(value) <= {"version", "removed"} and value.get("version"):
        return f"第 {value['version']} 版"
    parts = ((PARTS.get(key) or KEYS.get(key, key), value_words(part)) for key, part in value.items())
    return "；".join(f"{name}：{words}" for name, words in parts if words and words != "否")

"""How a row of the ledger, a day, a list of names is put into words of a document."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from ingest.labels import find_label
from service.official.document import written_day

LONGEST = 80
"""Characters of a task that a draft repeats; the ledger has the whole of it."""
LONGEST_NAME = 32
"""Characters of the name of a task in a running sentence."""
SHORTEST_NAME = 4
LONGEST_HEADING = 26
_OPENED, _CLOSED = "《“（(", "》”）)"
_ISSUED = re.compile(
    r"(?:关于)?(?:印发|公布|下达|转发)(?:关于)?[《<]?(?P<name>.+?)[》>]?的(?:通知|公告|函)(?:[（(].*)?$"
)
_ABOUT = re.compile(r"^(?P<issuer>.{2,30}?)?关于(?P<name>.+)$")
_BARE = re.compile(r"^《(?P<name>.+)》$")
_KIND = re.compile(
    r"(?:[（(](?:试行|暂行|征求意见稿|\d{4}.{0,8})[）)])?(?:(?:的?(?:实施|工作|行动|专项|分工|总体|重点|若干|三年|年度|政策)*"
    r"(?:方案|要点|意见|计划|措施|举措|清单|规划|细则|办法))|任务(?:分工表?|清单)|的?(?:通知|意见|方案|公告))(?:[（(].*)?$"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE_END = re.compile(r"[，,；;。！!？?：:\n]")
_HALF = re.compile(r"(?<=[一-龥”》）%])[,;:?!](?=[一-龥“《（0-9])|(?<=[0-9A-Za-z])[,;](?=[一-龥“《（])")
_BRACKETED = re.compile(r"\(([^()]*[一-龥][^()]*)\)")
_FULL = dict(zip(",;:?!", "，；：？！", strict=True))
_OPENING = re.compile(
    r"^(?:针对|围绕|聚焦|按照|依托|根据|依据|结合|紧抓|立足|为(?!民)|以.{1,30}(?:为|方式)|通过|除.{2,60}外$|参考|(?:到|截至|自)?20\d\d年.{0,10}(?:前|底|末|内|期间|起)?$|在.{1,30}(?:中|上|下|内|时|前|后|基础上)$)"
)
"""Clauses that tell for what or by what a thing is done; the thing itself comes after them."""
_OBJECT = re.compile(r"^对(?!.*(?:实施|给予|开展|进行|落实|执行|加强|继续|实行))")
_CLOSING = "。；;，,、 \u3000\n\t.．"
_LABEL_OF_GROUP = re.compile(r"[（(](?:[一二三四五六七八九十\d]{1,3}|\d+分)[）)]")


def brief(text: str) -> str:
    """Return the first sentences of a text, as many as fit, without their closing mark; at least one."""
    kept = ""
    for found in _SENTENCE.finditer(text.replace("\t", "，")):
        sentence = found[0].strip()
        if kept and len(kept) + len(sentence) > LONGEST:
            break
        kept = f"{kept}。{sentence}" if kept else sentence
    return kept


def trimmed(text: str) -> str:
    """Return a text on one line without the marks that close it."""
    return " ".join(text.split()).strip(_CLOSING)


def short_name(text: str) -> str:
    """Return what a task may be called: its heading, else its first clause that says what is done.

    It is taken letter for letter. A clause longer than `LONGEST_NAME` is cut before the last 、 that fits,
    else at that length.
    """
    text = _from_the_deed_on(text)
    name = ""
    for end in [*_CLAUSE_END.finditer(text), None]:
        part = text[: end.start()] if end else text
        if len(part) > LONGEST_NAME and len(name) >= SHORTEST_NAME:
            break
        if _balanced(part):
            name = part.strip()
        if len(name) >= SHORTEST_NAME and name:
            break
    name = name or text
    if len(name) <= LONGEST_NAME:
        return name.strip(_CLOSING)
    cut = name.rfind("、", SHORTEST_NAME, LONGEST_NAME)
    kept = name[: cut if cut > 0 else LONGEST_NAME]
    return kept if _balanced(kept) else kept[: max(kept.rfind(mark) for mark in _OPENED)] or kept


def _from_the_deed_on(text: str) -> str:
    """Return a text without a first clause such as 针对零售、餐饮等领域."""
    end = _CLAUSE_END.search(text)
    if end is None or end[0] not in "，," or not _balanced(text[: end.start()]):
        return text
    first, rest = text[: end.start()], text[end.end() :].strip()
    return rest if rest and (_OPENING.match(first) or _OBJECT.match(first)) else text


def full_width(text: str) -> str:
    """Return a text with full-width marks between Chinese words, as official documents have them."""
    text = _BRACKETED.sub(r"（\1）", text)
    return _HALF.sub(lambda found: _FULL[found[0]], text)


def _balanced(words: str) -> bool:
    words = words.replace("”", "“").replace('"', "“")  # typed quotes are mixed
    if words.count("“") % 2:
        return False
    words = words.replace("“", "")
    return all(words.count(one) == words.count(other) for one, other in zip(_OPENED, _CLOSED, strict=True))


def spoken_heading(heading: str) -> str:
    """Return a heading of a plan without number, points and closing mark; "" if it is too long."""
    label = find_label(heading)
    words = heading[label.end :] if label else heading
    words = _LABEL_OF_GROUP.sub("", words).strip(_CLOSING + "：:")
    return words if len(words) <= LONGEST_HEADING else ""


def subject_of(title: str) -> str:
    """Return what a plan is about from its title: 河道整治 for 关于印发《河道整治实施方案》的通知."""
    title = "".join(title.split())
    issued = _ISSUED.search(title) or _BARE.search(title) or _ABOUT.search(title)
    name = issued["name"] if issued else title
    return _KIND.sub("", name.strip("《》")).strip("《》") or name


def own_name(title: str) -> str:
    """Return a plan's own name: 河道整治实施方案 for the notice that issues it; any other title stays."""
    title = "".join(title.split())
    issued = _ISSUED.search(title) or _BARE.search(title)
    return issued["name"].strip("《》") if issued else title


def due_words(day: date) -> str:
    """Return a last day as documents write it: 2025年6月底前, 2025年6月15日前."""
    if day.day == monthrange(day.year, day.month)[1]:
        return f"{day.year}年{day.month}月底前"
    return f"{written_day(day)}前"


def listed(names: Sequence[str]) -> str:
    """Return names as a list: A、B和C; "" for none."""
    if len(names) < 3:
        return "和".join(names)
    return f"{'、'.join(names[:-1])}和{names[-1]}"


def quoted(name: str) -> str:
    """Return a name in quotes; one that has quotes of its own in single ones."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"


def work_on(subject: str) -> str:
    """Return the subject as work: 河道整治工作; what says work already stays."""
    return subject if subject.endswith(("工作", "行动", "活动", "任务", "建设")) else f"{subject}工作"

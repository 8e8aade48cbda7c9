"""What a template may name: plain values from the ledger, the documents and a draft of the genre."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from corpus.registry.tables import read_table
from corpus.store.rows import DocumentRow, TaskStatus
from corpus.task import Role
from service.drafting.draft import Draft
from service.drafting.item import Item
from service.ledger import STATUS_WORDS
from service.official.document import written_day

Value = str | int | list["Value"] | dict[str, "Value"]
"""Only plain values: a template reaches nothing behind them."""
ANY_GENRE = "工作汇报"
"""Whose parts a template may take where no genre is given."""
_ROLES = {"牵头单位": Role.LEAD, "责任单位": Role.RESPONSIBLE, "配合单位": Role.COOPERATE}


def field_names(within: str = "") -> tuple[str, ...]:
    """Return the fields of the whole document, or those within a loop, in the order of their table."""
    return tuple(
        row["field"] for row in read_table("service.templates", "fields.tsv") if row["within"] == within
    )


def values(draft: Draft, items: Sequence[Item], documents: Sequence[DocumentRow]) -> dict[str, Value]:
    """Return every field with its value; what is not known is "" or an empty list.

    Args:
        draft: a draft of the genre; its sections are the field 部分.
        items: the rows of the ledger.
        documents: what they were taken from.
    """
    return {**_elements(draft), **_counts(items), **_lists(items, documents), "部分": _sections(draft)}


def _elements(draft: Draft) -> dict[str, Value]:
    return {
        "标题": draft.title,
        "主题": draft.topic,
        "文种": draft.genre,
        "主送机关": draft.recipients,
        "署名": draft.issuer,
        "日期": _day(draft.day),
        "附注": draft.remark,
    }


def _counts(items: Sequence[Item]) -> dict[str, Value]:
    done = sum(item.finished for item in items)
    return {
        "任务数": len(items),
        "已完成数": done,
        "正在推进数": len(_of(items, TaskStatus.IN_PROGRESS)),
        "未启动数": len(_of(items, TaskStatus.NOT_STARTED)),
        "逾期数": sum(item.overdue for item in items),
        "完成率": f"{100 * done / len(items):.1f}%" if items else "",
    }


def _of(items: Iterable[Item], status: TaskStatus) -> list[Item]:
    return [item for item in items if item.status is status and not item.overdue]


def _lists(items: Sequence[Item], documents: Sequence[DocumentRow]) -> dict[str, Value]:
    return {
        "文件": [_document(document) for document in documents],
        "任务": _tasks(items),
        "已完成任务": _tasks([item for item in items if item.finished]),
        "正在推进任务": _tasks(_of(items, TaskStatus.IN_PROGRESS)),
        "未启动任务": _tasks(_of(items, TaskStatus.NOT_STARTED)),
        "逾期任务": _tasks([item for item in items if item.overdue]),
        "单位": _units(items),
    }


def _document(row: DocumentRow) -> dict[str, Value]:
    return {
        "标题": row.title or row.source,
        "文号": row.doc_number or "",
        "发文机关": row.issuer or "",
        "成文日期": _day(row.date),
    }


def _tasks(items: Sequence[Item]) -> list[Value]:
    return [_task(number, item) for number, item in enumerate(items, 1)]


def _task(number: int, item: Item) -> dict[str, Value]:
    limits = dict.fromkeys("".join(limit["raw"].split()) for limit in item.record.get("deadlines") or ())
    return {
        "序号": number,
        "编号": item.id,
        "名称": item.name,
        "内容": item.text,
        **{head: "、".join(item.units(role)) for head, role in _ROLES.items()},
        "完成时限": "、".join(limits),
        "到期日": _day(item.due),
        "状态": STATUS_WORDS[item.status.value],
        "进度": "" if item.percent is None else f"{item.percent}%",
        "进展": "；".join(item.reports),
        "问题": "；".join(item.problems),
        "下一步": "；".join(item.next_steps),
        "来源": str(item.record.get("title") or item.record.get("source") or ""),
    }


def _units(items: Sequence[Item]) -> list[Value]:
    led: dict[str, list[Item]] = {}
    for item in items:
        for unit in item.leads:
            led.setdefault(unit, []).append(item)
    counted = sorted(led.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {
            "名称": unit,
            "任务数": len(own),
            "已完成数": sum(item.finished for item in own),
            "逾期数": sum(item.overdue for item in own),
        }
        for unit, own in counted
    ]


def _sections(draft: Draft) -> list[Value]:
    return [
        {
            "标题": section.heading,
            "段落": [paragraph.text for paragraph in section.paragraphs if paragraph.text.strip()],
        }
        for section in draft.sections
    ]


def _day(day: date | None) -> str:
    return written_day(day) if day else ""

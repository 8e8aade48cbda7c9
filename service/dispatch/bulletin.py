"""通报: how the units stand, ranked, with what is overdue and who did not return, as docx and xlsx."""

from __future__ import annotations

from collections.abc import Sequence

from service.acting import acting_units
from service.dispatch.layout import PaperTable, TableColumn
from service.dispatch.rows import last_words, limit_words, status_words, task_words
from service.dispatch.standing import Standing, UnitStanding
from service.dispatch.urging import until_day
from service.official.document import Annex, Level, OfficialDocument, Piece, written_day
from service.official.paper import Fonts

BEST_AND_WORST = 3
"""So many units are named at either end of the ranking."""
PORTRAIT_WIDTH = 90
"""Half-width characters beyond which a table lies across the page."""
RANKING, OVERDUE, MISSING = "任务完成率排名", "逾期任务清单", "未报送和迟报单位名单"
_RANKING = (
    ("排名", 6),
    ("单位", 30),
    ("任务数", 8),
    ("已完成", 8),
    ("完成率", 9),
    ("逾期", 7),
    ("报送情况", 12),
)
_OVERDUE = (
    ("序号", 6),
    ("任务", 50),
    ("牵头（责任）单位", 22),
    ("完成时限", 17),
    ("逾期天数", 10),
    ("状态", 12),
    ("最近进展", 34),
)
_MISSING = (("序号", 6), ("单位", 30), ("任务数", 8), ("其中逾期", 10), ("情况", 12))
_WIDE_TEXT = frozenset({"单位", "任务", "牵头（责任）单位", "最近进展"})


def tables(standing: Standing) -> tuple[PaperTable, ...]:
    """Return ranking, overdue rows and missing units as tables."""
    period = standing.dispatch.period
    return (
        _table(f"{period}{RANKING}", "排名", _RANKING, _ranking(standing)),
        _table(f"{period}{OVERDUE}", "逾期任务", _OVERDUE, _overdue(standing)),
        _table(f"{period}{MISSING}", "未报送和迟报", _MISSING, _missing(standing)),
    )


def bulletin_xlsx(standing: Standing, fonts: Fonts | None = None) -> bytes:
    """Return the tables as a workbook, a sheet each."""
    from service.dispatch.xlsx import (
        workbook_bytes,  # brings openpyxl, which a page of the units does not need
    )

    return workbook_bytes(tables(standing), fonts)


def bulletin_docx(standing: Standing, office: str, fonts: Fonts | None = None) -> bytes:
    """Return the bulletin as an official document with the tables as annexes; empty tables are left out."""
    from service.official.writer import document_bytes  # brings python-docx

    found = [table for table in tables(standing) if table.rows]
    annexes = tuple(map(annex_of, found))
    document = OfficialDocument(
        f"关于{standing.dispatch.period}重点任务推进情况的通报",
        tuple(_body(standing, [table.name for table in found])),
        recipients="各有关单位",
        attachments=tuple(annex.title for annex in annexes),
        issuer=office,
        day=standing.day,
        annexes=annexes,
    )
    return document_bytes(document, fonts)


def annex_of(table: PaperTable) -> Annex:
    """Return a table as an annex, across the page where it has long texts."""
    heads = tuple(column.head for column in table.columns)
    widths = tuple(column.width for column in table.columns)
    return Annex(table.title, heads, table.rows, sum(widths) > PORTRAIT_WIDTH, widths)


def percent(part: int, whole: int) -> str:
    """Return a share as a percentage with one decimal where it needs one: 66.7%, 50%."""
    words = f"{100 * part / whole:.1f}" if whole else "0.0"
    return f"{words.removesuffix('.0')}%"


def unit_state(standing: Standing, unit: UnitStanding) -> str:
    """Return in words whether a unit's sheet came back."""
    if unit.returned_at is not None:
        return "迟报" if unit.late else "已报送"
    return "未报送" if standing.day > standing.dispatch.due else "待报送"


def _table(
    title: str, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]
) -> PaperTable:
    heads = tuple(TableColumn(head, width, head not in _WIDE_TEXT) for head, width in columns)
    return PaperTable(title, heads, tuple(rows), name=name)


def _ranking(standing: Standing) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            unit.unit,
            str(unit.acting),
            str(unit.finished),
            percent(unit.finished, unit.acting),
            str(unit.overdue),
            unit_state(standing, unit),
        )
        for place, unit in standing.ranked()
    ]


def _overdue(standing: Standing) -> list[tuple[str, ...]]:
    return [
        (
            str(at),
            task_words(item.record),
            acting_units(item.record),
            limit_words(item.record),
            str(item.days),
            status_words(item.record),
            last_words(item.record),
        )
        for at, item in enumerate(standing.overdue, start=1)
    ]


def _missing(standing: Standing) -> list[tuple[str, ...]]:
    late = [unit for unit in standing.units if unit.late and unit.returned_at is not None]
    named = [*standing.missing, *late]
    return [
        (str(at), unit.unit, str(unit.rows), str(unit.overdue), unit_state(standing, unit))
        for at, unit in enumerate(named, start=1)
    ]


def _body(standing: Standing, annexed: Sequence[str]) -> list[Piece]:
    numbered = {name: at for at, name in enumerate(annexed, start=1)} if len(annexed) > 1 else {}

    def see(name: str) -> str:
        if name not in annexed:
            return ""
        return f"（详见附件{numbered[name]}）" if numbered else "（详见附件）"

    period, day = standing.dispatch.period, written_day(standing.day)
    return [
        Piece(f"现将{period}重点任务推进情况通报如下。"),
        Piece("一、总体情况", Level.FIRST),
        Piece(
            f"本次调度重点任务{standing.counted}项，涉及{len(standing.units)}个单位。截至{day}，"
            f"已完成{standing.finished}项，完成率{percent(standing.finished, standing.counted)}；"
            f"逾期未完成{standing.overdue_count}项。"
        ),
        Piece("二、完成率排名", Level.FIRST),
        Piece(_ranking_words(standing) + see("排名") + "。"),
        Piece("三、逾期任务", Level.FIRST),
        Piece(_overdue_words(standing) + see("逾期任务") + "。"),
        Piece("四、报送情况", Level.FIRST),
        Piece(_returned_words(standing) + see("未报送和迟报") + "。"),
        Piece("五、下一步要求", Level.FIRST),
        Piece(_demands(standing)),
    ]


def _ranking_words(standing: Standing) -> str:
    ranked = [unit for _, unit in standing.ranked()]
    if not ranked:
        return "本次调度的单位均为配合单位，不作排名"
    if len(ranked) < 2 * BEST_AND_WORST:
        return "完成率依次为：" + "、".join(map(_with_rate, ranked))
    best, worst = ranked[:BEST_AND_WORST], ranked[-BEST_AND_WORST:]
    return (
        f"完成率排在前列的是{'、'.join(map(_with_rate, best))}；"
        f"排在后列的是{'、'.join(map(_with_rate, worst))}"
    )


def _with_rate(unit: UnitStanding) -> str:
    return f"{unit.unit}（{percent(unit.finished, unit.acting)}）"


def _overdue_words(standing: Standing) -> str:
    late = standing.overdue
    if not late:
        return "没有逾期未完成的任务"
    longest = late[0]
    units = acting_units(longest.record)
    of = f"（{units}）" if units else ""
    words = task_words(longest.record).replace("\n", " ")
    words = words if len(words) <= 40 else f"{words[:40]}…"
    return f"逾期未完成的任务共{len(late)}项，其中逾期最长的是“{words}”{of}，已逾期{longest.days}天"


def _returned_words(standing: Standing) -> str:
    whole, missing = len(standing.units), standing.missing
    late = [unit.unit for unit in standing.units if unit.late and unit.returned_at is not None]
    words = f"应报送调度表的单位{whole}个，已报送{whole - len(missing)}个"
    if late:
        words += f"，其中迟报{len(late)}个：{'、'.join(late)}"
    if not missing:
        return words
    state = "未报送" if standing.day > standing.dispatch.due else "尚待报送"
    return f"{words}；{state}{len(missing)}个：{'、'.join(unit.unit for unit in missing)}"


def _demands(standing: Standing) -> str:
    words = "各单位要对照任务清单逐项检查，未完成的倒排时间、落实到人"
    if standing.overdue:
        words += "；逾期任务要说明原因，明确完成时间"
    if standing.missing:
        words += f"；未报送调度表的单位，请于{written_day(until_day(standing))}前补报"
    return f"{words}。"

"""领导一页纸: how the ledger stands, on one page of Word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, TaskStatus
from service.acting import acting_units
from service.ledgerbook.word import set_widths
from service.library import Library
from service.office_text import cell_text
from service.official.document import written_day
from service.official.oxml import element, set_fonts
from service.official.paper import Fonts
from service.reminders.due import MOST_ROWS, MOST_UNITS, Due, brief_text, day_of, due_among, late_words
from service.supervision.views import Group, by_unit

ROOM = 25
"""Rows of tables that one page holds beside title, paragraph and headings."""
MOST_OVERDUE, MOST_SOON = 8, 7
ROW_POINTS, LINE_POINTS = 19.0, 24.0
BODY_SIZE, TABLE_SIZE, HEADING_SIZE, TITLE_SIZE = 14.0, 10.0, 15.0, 22.0
MARGIN = Mm(22)
WIDTH = Mm(210) - 2 * MARGIN
FINISHED = (TaskStatus.DONE, TaskStatus.CLOSED, TaskStatus.RECHECKED)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page says."""

    title: str
    due: Due
    counts: dict[str, int]
    """Rows by what is counted, in words; those of 任务 are all of them."""
    units: tuple[Group, ...]
    """Units that answer for rows, those with most overdue first, then the least finished."""

    def record(self) -> dict[str, Any]:
        """Return the page as JSON knows it."""
        return {
            "title": self.title,
            "today": self.due.today.isoformat(),
            "counts": self.counts,
            "overdue": [_listed(row, self.due.today) for row in self.due.overdue],
            "soon": [_listed(row, self.due.today) for row in self.due.soon],
            "units": [group.record() for group in self.units],
        }


def summary_of(rows: Sequence[TaskRow], today: date, days: int, office: str = "") -> Summary:
    """Return how rows stand on a day; rows due within `days` are due soon."""
    due = due_among(rows, today, days)
    states = [row.status for row in rows]
    counts = {
        "任务": len(rows),
        "已办结": sum(status in FINISHED for status in states),
        "进行中": states.count(TaskStatus.IN_PROGRESS) + states.count(TaskStatus.EXTENDED),
        "未启动": states.count(TaskStatus.NOT_STARTED),
        "已取消": states.count(TaskStatus.CANCELLED),
        "已逾期": len(due.overdue),
        f"{days}天内到期": len(due.soon),
        "逾期完成": sum(row.late for row in rows),
        "延期": sum(bool(row.extensions) for row in rows),
        "待审核销号": sum((row.closing or {}).get("state") == "applied" for row in rows),
    }
    groups = sorted(
        (group for group in by_unit(rows) if group.key),
        key=lambda group: (-group.colours.get("red", 0), group.finished / group.total, -group.total),
    )
    return Summary(f"{office}重点任务督办情况", due, counts, tuple(groups))


def library_summary(library: Library, query: TaskQuery | None = None) -> Summary:
    """Return how the rows of a library that `query` asks for stand today; all of them when None."""
    settings = library.settings.read()
    rows = library.tasks(query or TaskQuery(limit=MOST_ROWS)).items
    return summary_of(rows, library.today(), settings.due_soon_days, settings.office_name)


def summary_bytes(summary: Summary, fonts: Fonts | None = None) -> bytes:
    """Return the page as a docx; lists that would not fit are cut, their numbers tell all."""
    page = _Page(fonts or Fonts())
    page.line(summary.title, page.fonts.title, TITLE_SIZE, centred=True)
    page.line(f"（截至{written_day(summary.due.today)}）", page.fonts.second, BODY_SIZE, centred=True)
    page.line(overall_words(summary), page.fonts.body, BODY_SIZE, indented=True)
    overdue, soon = summary.due.overdue[:MOST_OVERDUE], summary.due.soon[:MOST_SOON]
    units = summary.units[: max(3, ROOM - len(overdue) - len(soon))]
    page.tasks("一、已逾期", overdue, len(summary.due.overdue), summary.due.today)
    page.tasks(f"二、{summary.due.days}天内到期", soon, len(summary.due.soon), summary.due.today)
    page.heading("三、单位完成情况", len(units), len(summary.units), "家")
    page.table(("单位", "任务", "已办结", "办结率", "逾期"), (90, 16, 16, 20, 16), map(_unit_cells, units))
    return page.saved()


def overall_words(summary: Summary) -> str:
    """Return the sentence that tells the counts, those of nothing left out."""
    counts = summary.counts
    total = counts["任务"]
    if not total:
        return "台账中还没有任务。"
    told = [f"{what}{count}项" for what, count in counts.items() if what != "任务" and count]
    rate = round(100 * counts["已办结"] / total)
    return f"共有任务{total}项：{'，'.join(told)}。办结率{rate}%。"


class _Page:
    """One page of Word in the making."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self._word: Any = Document()
        section = self._word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = MARGIN
        section.top_margin, section.bottom_margin = Mm(22), Mm(18)
        style = self._word.styles["Normal"]
        style.font.name, style.font.size = fonts.body, Pt(BODY_SIZE)
        set_fonts(style.element.get_or_add_rPr(), fonts.body)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)

    def line(
        self, words: str, font: str, size: float, *, centred: bool = False, indented: bool = False
    ) -> None:
        """Add a paragraph on lines of one height."""
        paragraph = self._word.add_paragraph()
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(max(LINE_POINTS, size * 1.4))
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if indented:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        _write(paragraph, words, font, size)

    def heading(self, words: str, shown: int, total: int, counter: str = "项") -> None:
        """Add a heading with the number of all entries, and how many of them are shown."""
        more = f"，列出前{shown}{counter}" if shown < total else ""
        self.line(f"{words}（共{total}{counter}{more}）", self.fonts.first, HEADING_SIZE)

    def tasks(self, words: str, rows: Sequence[TaskRow], total: int, today: date) -> None:
        """Add a heading with its table of rows; without rows only that there are none."""
        self.heading(words, len(rows), total)
        if rows:
            cells = (
                (
                    brief_text(row, 19),
                    _cut(acting_units(row.record, 2), 11),
                    str(day_of(row)),
                    late_words(row, today),
                )
                for row in rows
            )
            self.table(("任务", "牵头（责任）单位", "截止日期", "情况"), (72, 46, 25, 23), cells)

    def table(self, heads: Sequence[str], widths: Sequence[int], rows: Any) -> None:
        """Add a table; every row has one line."""
        table: Table = self._word.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        set_widths(table, widths, WIDTH)
        self._fill(table.rows[0], heads, self.fonts.first, centred=True)
        for values in rows:
            self._fill(table.add_row(), values, self.fonts.body)  # type: ignore[no-untyped-call]

    def _fill(self, row: Any, values: Sequence[str], font: str, *, centred: bool = False) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:trHeight", val=round(ROW_POINTS * 20), hRule="exact"))
        for place, (cell, words) in enumerate(zip(row.cells, values, strict=True)):
            _put(cell, words, font, centred or place > 0)

    def saved(self) -> bytes:
        """Return the file."""
        written = io.BytesIO()
        self._word.save(written)
        return written.getvalue()


def _put(cell: _Cell, words: str, font: str, centred: bool) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="center"))
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, words, font, TABLE_SIZE)


def _write(paragraph: Paragraph, words: str, font: str, size: float) -> None:
    run = paragraph.add_run(cell_text(words))
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), font)


def _unit_cells(group: Group) -> tuple[str, ...]:
    rate = f"{round(100 * group.finished / group.total)}%"
    name = _cut(group.name, 24)
    return name, str(group.total), str(group.finished), rate, str(group.colours.get("red", 0))


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _listed(row: TaskRow, today: date) -> dict[str, Any]:
    day = day_of(row)
    facts = {
        "text": brief_text(row, 60),
        "units": acting_units(row.record, MOST_UNITS),
        "standing": late_words(row, today),
    }
    return {"id": row.id, **facts, "due": day.isoformat() if day else None}

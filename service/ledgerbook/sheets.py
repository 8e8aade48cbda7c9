"""What the sheets of a workbook share: formats, title, head, page, the heights of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from service.ledgerbook.columns import CellValue, Column
from service.ledgerbook.look import Look
from service.office_text import cell_text, like_formula

TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
"""0-indexed."""
LINE_POINTS = 13.5
MOST_POINTS = 409.0
"""The height that Excel takes at most."""
SPARE_ROWS = 200
"""Rows below the last in which colours and lists work as well."""
DAY_FORMAT = "yyyy-mm-dd"
LEDGER_SHEET = "任务台账"


class Sheets:
    """A workbook in the making, with the formats that its sheets share."""

    def __init__(self, target: Any, look: Look) -> None:
        self.target = target
        self.look = look
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **more: Any) -> Format:
        """Return a format on the base of all cells: wrapped, framed, from the top."""
        key = tuple(more.items())
        if key not in self._formats:
            base = {"font_name": self.look.font, "font_size": 10, "text_wrap": True, "valign": "top"}
            self._formats[key] = self.target.add_format(
                {**base, "border": 1, "border_color": "#BFBFBF", **more}
            )
        return self._formats[key]

    def head(self, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
        """Write a row of column heads."""
        look = self.format(bold=True, bg_color="#D9E2F3", align="center", valign="vcenter")
        for place, words in enumerate(heads):
            sheet.write_string(row, place, cell_text(words), look)

    def title(self, sheet: Worksheet, words: str, note: str, last: int) -> None:
        """Write the title and a line below it, over the columns up to `last`."""
        plain = {"border": 0, "valign": "vcenter"}
        fonts = self.format(**plain, font_size=16, bold=True, align="center")
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, max(last, 1), "", fonts)
        sheet.write_string(TITLE_ROW, 0, cell_text(words), fonts)
        small = self.format(**plain, font_size=9, font_color="#595959")
        sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, max(last, 1), "", small)
        sheet.write_string(NOTE_ROW, 0, cell_text(note), small)
        sheet.set_row(TITLE_ROW, 36)

    def put(self, sheet: Worksheet, row: int, place: int, value: CellValue, **more: Any) -> None:
        """Write a value; text stays text whatever it begins with, also when somebody types in the cell."""
        if isinstance(value, date):
            sheet.write_datetime(row, place, value, self.format(num_format=DAY_FORMAT, **more))
        elif isinstance(value, int):
            sheet.write_number(row, place, value, self.format(**more))
        elif value:
            quoted = {"quote_prefix": True} if like_formula(value) else {}
            sheet.write_string(row, place, cell_text(value), self.format(**more, **quoted))
        else:
            sheet.write_blank(row, place, None, self.format(**more))


def set_page(sheet: Worksheet, head_row: int) -> None:
    """Print on A4 across, as wide as the page, the head on every page, pages counted."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def height(columns: Sequence[Column], cells: Sequence[CellValue]) -> float:
    """Return the points that a row needs; LibreOffice and WPS do not find out by themselves."""
    shown = zip(columns, cells, strict=True)
    lines = max(line_count(str(cell or ""), column.width) for column, cell in shown if not column.hidden)
    return min(LINE_POINTS * lines + 3, MOST_POINTS)


def line_count(text: str, width: float) -> int:
    """Return how many lines a cell of `width` digits breaks a text into; a Chinese character takes two."""
    return sum(max(1, ceil(_width(line) / width)) for line in text.split("\n"))


def _width(line: str) -> int:
    return len(line.encode("gb18030", "replace"))  # two bytes for what is two digits wide

"""Samples as pdf files: lines broken where the paper ends, page numbers, tables over page breaks."""

from __future__ import annotations

import io
import re

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.samples.layout import blocks, is_date, is_signature

FONT = "STSong-Light"
"""A font that every pdf reader brings along, so no font file is needed."""
_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 80.0, 515.0, 760.0, 90.0
_SIZE, _LEADING = 15.0, 27.0
_CELL_SIZE, _CELL_LEADING, _CELL_MARGIN = 12.0, 19.0, 5.0
_NO_LINE_START = "，。、；：！？）》”%"


class Paper:
    """Writes lines and tables down the pages of one pdf file."""

    def __init__(self, running_head: str = "") -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=1)
        self._head = running_head
        self._at = _TOP
        self._page = 1

    def finished(self) -> bytes:
        """Return the bytes of the file."""
        self._end_page()
        self._canvas.save()
        return self._buffer.getvalue()

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self._end_page()
        self._page += 1
        self._at = _TOP

    def centred(self, text: str, size: float = 20.0) -> None:
        """Write a title, broken where it is wider than the page."""
        for line in wrapped(text, _RIGHT - _LEFT, size):
            self._need(_LEADING + 6)
            self._canvas.setFont(FONT, size)
            self._canvas.drawCentredString((_LEFT + _RIGHT) / 2, self._at, line)
            self._at -= _LEADING + 6

    def right(self, text: str, *, gap: bool) -> None:
        """Write a line of the signature at the right side, with a gap above its first one."""
        self._need(3 * _LEADING)
        self._at -= 2 * _LEADING if gap else 0
        self._canvas.setFont(FONT, _SIZE)
        self._canvas.drawRightString(_RIGHT - 2 * _SIZE, self._at, text)
        self._at -= _LEADING

    def paragraph(self, text: str) -> None:
        """Write running text, its first line indented by two characters."""
        first = True
        for line in wrapped(text, _RIGHT - _LEFT, _SIZE, indent=2 * _SIZE):
            self._need(_LEADING)
            self._canvas.setFont(FONT, _SIZE)
            self._canvas.drawString(_LEFT + (2 * _SIZE if first else 0), self._at, line)
            self._at -= _LEADING
            first = False

    def table(self, rows: list[list[str]], widths: list[float]) -> None:
        """Write a table with ruling lines; its first row stands again on each further page."""
        self._need(self._row_height(rows[0], widths) + self._row_height(rows[1], widths))
        self._row(rows[0], widths)
        for row in rows[1:]:
            if self._at - self._row_height(row, widths) < _BOTTOM:
                self.new_page()
                self._row(rows[0], widths)
            self._row(row, widths)
        self._at -= _LEADING

    def _row(self, row: list[str], widths: list[float]) -> None:
        height = self._row_height(row, widths)
        left = _LEFT
        self._canvas.setFont(FONT, _CELL_SIZE)
        for text, width in zip(row, widths, strict=True):
            self._canvas.rect(left, self._at - height, width, height)
            top = self._at - _CELL_LEADING
            for line in wrapped(text, width - 2 * _CELL_MARGIN, _CELL_SIZE):
                self._canvas.drawString(left + _CELL_MARGIN, top, line)
                top -= _CELL_LEADING
            left += width
        self._at -= height

    def _row_height(self, row: list[str], widths: list[float]) -> float:
        counts = [
            len(wrapped(text, width - 2 * _CELL_MARGIN, _CELL_SIZE))
            for text, width in zip(row, widths, strict=True)
        ]
        return max(1, *counts) * _CELL_LEADING + 2 * _CELL_MARGIN

    def _need(self, height: float) -> None:
        if self._at - height < _BOTTOM:
            self.new_page()

    def _end_page(self) -> None:
        self._canvas.setFont(FONT, 12)
        self._canvas.drawCentredString(_WIDTH / 2, 50, f"— {self._page} —")
        if self._head:
            self._canvas.drawCentredString(_WIDTH / 2, _HEIGHT - 45, self._head)
        self._canvas.showPage()


def wrapped(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines at any character, but never before a closing mark or a single last character.

    (PDFium loses a text object of one character where the machine has no Chinese font.)
    """
    lines, room = [""], width - indent
    for char in text:
        taken = pdfmetrics.stringWidth(lines[-1] + char, FONT, size)
        if taken > room and char not in _NO_LINE_START:
            lines.append("")
            room = width
        lines[-1] += char
    if len(lines) > 1 and len(lines[-1]) == 1:
        lines[-2], lines[-1] = lines[-2][:-1], lines[-2][-1] + lines[-1]
    return lines


def document(
    text: str, *, title_lines: int = 1, running_head: str = "", widths: list[float] | None = None
) -> bytes:
    """Return a pdf file with this text; `widths` are the columns of its table in points."""
    paper = Paper(running_head)
    lines = blocks(text)
    for at, block in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if isinstance(block, list):
            columns = len(block[0])
            paper.table(block, widths or [(_RIGHT - _LEFT) / columns] * columns)
        elif re.fullmatch(r"附件\d?", block):
            paper.new_page()
            paper.paragraph(block)
        elif at < title_lines or (at > 0 and lines[at - 1] == "附件"):
            paper.centred(block)
        elif isinstance(after, str) and is_signature(block, after):
            paper.right(block, gap=not is_date(block))
        else:
            paper.paragraph(block)
    return paper.finished()

"""Pdf files with a text layer: layout lines with their places, tables, and marked page furniture."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from corpus.document import Problem
from ingest.readers.base import Box, RawDocument, RawLine
from ingest.readers.pdf_furniture import mark_furniture
from ingest.readers.pdf_join import Piece, table_lines
from ingest.readers.pdf_layout import layout_lines, measures
from ingest.readers.pdf_page import Char, Frame, TextLine, characters, frame_of, lines_of
from ingest.readers.pdf_table import PageTable, TableFinder, has_rules
from ingest.readers.refusal import unreadable

_PROBE = 1024
"""Bytes within which a pdf file says that it is one."""
_MIN_LETTERS = 8
"""Characters per page below which a file of page images has no text layer worth the name."""
_UNREADABLE = "\ufffd"
_NO_PAGE = "文件已损坏或没有可读的页面，请重新复制、下载或另存后再试。"
_ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be called from two threads at once."""


@dataclass(slots=True)
class _Page:
    """One page as read."""

    number: int
    """1-indexed."""
    frame: Frame
    chars: list[Char]
    images: bool
    tables: list[PageTable] = field(default_factory=list)

    @property
    def letters(self) -> int:
        """How many characters are words that can be read."""
        return sum(char.text.isalpha() and not _is_private(char.text) for char in self.chars)


class PdfReader:
    """Reads pdf files with PDFium; pdfplumber finds the tables on pages that have ruling lines."""

    name = "pdf"
    version = 1
    suffixes: tuple[str, ...] = (".pdf",)

    def recognises(self, data: bytes) -> bool:
        """Tell whether the file says that it is a pdf."""
        return b"%PDF-" in data[:_PROBE]

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines of all pages in reading order, with table rows in their place.

        Pages that hold only an image are reported as problems while other pages have text.

        Raises:
            UnreadableError: when the file is damaged, encrypted, has no page or no text layer.
        """
        with _ONE_AT_A_TIME:
            pages, problems = _pages(data, source)
        _refuse_without_text(pages, source)
        lines = mark_furniture(_lines(pages), {page.number: page.frame.height for page in pages})
        return RawDocument(source, tuple(lines), f"{self.name}-{self.version}", problems=problems)


def _pages(data: bytes, source: str) -> tuple[list[_Page], tuple[Problem, ...]]:
    import pypdfium2  # loads a library of 7 MB

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(data, source) from error
    pages: list[_Page] = []
    problems: list[Problem] = []
    with closing(document), closing(TableFinder(data)) as finder:
        for number in range(len(document)):
            try:
                pages.append(_page(document, number, finder))
            except pypdfium2.PdfiumError:
                message = f"第{number + 1}页已损坏，没有读入；其余各页已读入。"
                problems.append(Problem(source, "reader", "damaged", message, number + 1))
    if not pages:
        raise unreadable(source, "damaged", _NO_PAGE)
    problems += [_image_only(page, source) for page in pages if page.images and not page.letters]
    return pages, tuple(problems)


def _refused(data: bytes, source: str) -> Exception:
    """Return the refusal of a file that PDFium does not open.

    PDFium's own error code is that of an earlier file where it opens a file and finds no page in it.
    """
    if b"/Encrypt" in data:
        return unreadable(source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。")
    return unreadable(source, "damaged", _NO_PAGE)


def _page(document: Any, number: int, finder: TableFinder) -> _Page:
    import pypdfium2.raw as pdfium  # loaded already

    with closing(document[number]) as page:
        frame = frame_of(page)
        chars = characters(page, frame)
        images = next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])), None) is not None
        ruled = bool(chars) and has_rules(page)
    tables = finder.tables(number, chars) if ruled else []
    return _Page(number + 1, frame, chars, images, tables)


def _image_only(page: _Page, source: str) -> Problem:
    message = f"第{page.number}页是图片，没有文字层，没有读入；需要先做文字识别（OCR）。"
    return Problem(source, "reader", "no-text", message, page.number)


def _refuse_without_text(pages: Sequence[_Page], source: str) -> None:
    letters = sum(page.letters for page in pages)
    images = any(page.images for page in pages)
    if letters == 0 or (images and letters < _MIN_LETTERS * len(pages)):
        raise unreadable(
            source,
            "no-text",
            "没有文字层（扫描件或图片），需要先做文字识别（OCR），另存为可复制文字的 pdf 或 docx。",
        )


def _is_private(text: str) -> bool:
    return text == _UNREADABLE or "\ue000" <= text <= "\uf8ff"


def _lines(pages: Sequence[_Page]) -> list[RawLine]:
    """Return text lines and table rows; the rows of a table stand where the page shows them."""
    around = [lines_of([char for char in page.chars if not _inside(char, page.tables)]) for page in pages]
    rows = iter(table_lines(_pieces(pages, around)))
    usual = measures(around)
    lines: list[RawLine] = []
    for page, texts in zip(pages, around, strict=True):
        waiting = [(table.box[1], next(rows)) for table in page.tables]
        for line in layout_lines(texts, page.number, usual):
            while waiting and line.box and waiting[0][0] < (line.box[1] + line.box[3]) / 2:
                lines += waiting.pop(0)[1]
            lines.append(line)
        for _, left_over in waiting:
            lines += left_over
    return lines


def _inside(char: Char, tables: Sequence[PageTable]) -> bool:
    across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return any(
        table.box[0] <= across <= table.box[2] and table.box[1] <= down <= table.box[3] for table in tables
    )


def _pieces(pages: Sequence[_Page], around: Sequence[Sequence[TextLine]]) -> list[Piece]:
    """Return the tables of all pages, each with whether it may continue the one before."""
    marked = mark_furniture(
        [
            RawLine(line.text, page.number, line.box)
            for page, lines in zip(pages, around, strict=True)
            for line in lines
        ],
        {page.number: page.frame.height for page in pages},
    )
    text: dict[int, list[Box]] = {page.number: [] for page in pages}
    for line in marked:
        if not line.furniture and line.page is not None and line.box is not None:
            text[line.page].append(line.box)
    pieces: list[Piece] = []
    for page in pages:
        for table in page.tables:
            pieces.append(Piece(table, page.number, _follows(pieces, table, page.number, text)))
    return pieces


def _follows(pieces: Sequence[Piece], table: PageTable, page: int, text: dict[int, list[Box]]) -> bool:
    """Tell whether a table stands on top of the page after the one on whose bottom the last piece stands."""
    if not pieces or pieces[-1].page != page - 1:
        return False
    below = any(box[1] >= pieces[-1].table.box[3] - 1 for box in text[page - 1])
    above = any(box[3] <= table.box[1] + 1 for box in text[page])
    return not below and not above


READER = PdfReader()

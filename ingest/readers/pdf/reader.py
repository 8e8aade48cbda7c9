"""Pdf files: layout lines with their places, tables, and marked page furniture; scanned pages through OCR."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from corpus.document import Problem
from ingest.readers.base import RawDocument
from ingest.readers.paged.lines import is_inside, lines_of_pages
from ingest.readers.paged.page import Char, Page
from ingest.readers.pages_done import page_done
from ingest.readers.pdf.bombs import has_bomb
from ingest.readers.pdf.frame import Frame, frame_of
from ingest.readers.pdf.objects import Drawn, survey
from ingest.readers.pdf.page import characters, lines_of
from ingest.readers.pdf.rules import tables_of
from ingest.readers.refusal import unreadable
from ingest.readers.scan.scanner import Scanner

_PROBE = 1024
"""Bytes within which a pdf file says that it is one."""
_MIN_LETTERS = 8
"""Letters below which a page has no text layer worth the name."""
_HEAD_LETTERS = 80
"""Letters that a page head and a page number hold at most, beside a scan of the page."""
_SCAN_SHARE = 0.5
"""Share of the page that a scan of it covers at least."""
_MIN_OUTLINES = 60
"""Drawn objects from which a page without letters may be text turned into outlines."""
MAX_PAGES = 3000
"""Pages that are read of one file."""
_MAX_UNKNOWN = 0.5
"""Letters without a known meaning, per letter that has one, up to which a text layer is worth reading."""
_UNREADABLE = "\ufffd"
_NO_PAGE = "文件已损坏或没有可读的页面，请重新复制、下载或另存后再试。"
_BOMB = "文件解压后异常庞大，为安全起见不读取；请重新另存为 pdf 后再试。"
_ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be called from two threads at once."""


class PdfReader:
    """Reads pdf files with PDFium; pages without a text layer go through OCR where it is installed."""

    name = "pdf"
    version = 2
    suffixes: tuple[str, ...] = (".pdf",)

    def recognises(self, data: bytes) -> bool:
        """Tell whether the file says that it is a pdf."""
        return b"%PDF-" in data[:_PROBE]

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines of all pages in reading order, with table rows in their place.

        Pages that could not be read, or hardly, are reported as problems while others have text.

        Raises:
            UnreadableError: when the file is damaged, encrypted, has no page or no text that can be read.
        """
        with _ONE_AT_A_TIME:
            pages, problems = _pages(data, source)
        lines = lines_of_pages(pages)
        if not any(line.text for line in lines):
            raise _no_text(problems, source)
        return RawDocument(source, tuple(lines), f"{self.name}-{self.version}", problems=tuple(problems))


def _pages(data: bytes, source: str) -> tuple[list[Page], list[Problem]]:
    import pypdfium2  # loads a library of 7 MB

    if has_bomb(data):
        raise unreadable(source, "too-large", _BOMB)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(data, source) from error
    pages: list[Page] = []
    problems: list[Problem] = []
    with closing(document):
        scanner = Scanner(source)
        count = min(len(document), MAX_PAGES)
        for number in range(count):
            page_done(number, count)
            try:
                pages.append(_page(document, number, scanner))
            except pypdfium2.PdfiumError:
                message = f"第{number + 1}页已损坏，没有读入；其余各页已读入。"
                problems.append(Problem(source, "reader", "damaged", message, number + 1))
        page_done(count, count)
        if len(document) > MAX_PAGES:
            message = f"文件有{len(document)}页，只读入了前{MAX_PAGES}页；请拆分后再试。"
            problems.append(Problem(source, "reader", "too-large", message, MAX_PAGES + 1))
    if not pages:
        raise unreadable(source, "damaged", _NO_PAGE)
    return pages, [*problems, *scanner.problems]


def _refused(data: bytes, source: str) -> Exception:
    """Return the refusal of a file that PDFium does not open.

    PDFium's own error code is that of an earlier file where it opens a file and finds no page in it.
    """
    if b"/Encrypt" in data:
        return unreadable(source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。")
    return unreadable(source, "damaged", _NO_PAGE)


def _no_text(problems: Sequence[Problem], source: str) -> Exception:
    """Return the refusal of a file without words: the reason is that of its first page."""
    if problems:
        first = problems[0]
        return unreadable(source, first.category, first.message, first.page)
    return unreadable(source, "no-text", "文件里没有文字，请检查是否选错了文件。")


def _page(document: Any, number: int, scanner: Scanner) -> Page:
    with closing(document[number]) as page:
        found = survey(page)
        shown = frame_of(page)
        frame = shown if found.lie is None else replace(shown, rotation=found.lie)
        chars = characters(page, frame, slanted=found.slanted)
        drawn = found.drawn(frame)
        if _is_scan(chars, drawn, frame):
            return scanner.pdf_page(page, number + 1)
    tables = tables_of(drawn, chars)
    around = [char for char in chars if not is_inside(char[1:], tables)] if tables else chars
    return Page(
        number + 1,
        frame.width,
        frame.height,
        lines_of(around),
        tables,
        (frame.rotation - shown.rotation) % 360,
    )


def _is_scan(chars: Sequence[Char], drawn: Drawn, frame: Frame) -> bool:
    """Tell whether the words of a page must be recognised.

    They are in a picture that has at most a page head and number beside it, their letters have no known
    meaning, or they were turned into outlines.
    """
    letters = sum(char.text.isalpha() and not _is_private(char.text) for char in chars)
    if sum(_is_private(char.text) for char in chars) > _MAX_UNKNOWN * letters:
        return True
    if letters < _MIN_LETTERS and drawn.images:
        return True
    if not letters:
        return drawn.paths >= _MIN_OUTLINES
    return letters < _HEAD_LETTERS and _covered(drawn, frame) >= _SCAN_SHARE


def _covered(drawn: Drawn, frame: Frame) -> float:
    """Return the share of the page that its largest image covers."""
    areas = [(right - left) * (bottom - top) for left, top, right, bottom in drawn.images]
    return max(areas, default=0.0) / max(1.0, frame.width * frame.height)


def _is_private(text: str) -> bool:
    return text == _UNREADABLE or "\ue000" <= text <= "\uf8ff"


READER = PdfReader()

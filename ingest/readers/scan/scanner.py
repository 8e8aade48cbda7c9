"""Reads the pictures of one file's pages, and tells what was not or hardly read."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from corpus.document import Problem
from ingest.readers.paged.page import Page
from ingest.readers.scan import engine

if TYPE_CHECKING:
    from ingest.readers.scan.engine import Picture

LONG_SIDE = 2200
"""Pixels of a page's longer side, 190 to the inch of a sheet: finer pictures only cost time and memory."""
MAX_SCALE = 4.0
"""Pixels per point at most; a small page is not blown up further."""
MAX_SECONDS = 240.0
"""Time that the recognition of one file may take; the pages after that are reported."""
SURE = 0.85
"""Confidence of a page, 0 to 1, below which it is reported."""
_BLANK = 6.0
"""Shades, of 255, by which the pixels of an empty page differ."""

MAX_PIXELS = 70_000_000
"""Of the pictures on one page; a sheet at 600 dots to the inch has 35 million."""

_TOO_LARGE = "第{}页的图像过大，没有读入；请降低分辨率（200 dpi 足够）后再试。"
_TOO_MUCH = "第{}页的图像太杂乱，文字识别没有完成，没有读入；请重新扫描后再试。"
_NOT_INSTALLED = (
    "第{}页是图片，没有文字层，没有读入；要读扫描件，请管理员安装文字识别（OCR）组件："
    'pip install "taizhang[ocr]"。'
)
_NO_WORDS = "第{}页是图片，文字识别（OCR）没有认出文字；请检查是否空白页或图像太模糊。"
_UNSURE = "第{}页是扫描图像，文字识别的把握只有{:.0%}，请对照原件核对。"
_OUT_OF_TIME = "从第{}页起的扫描页没有识别：文字识别用时超过{:.0f}分钟；请把文件拆分后再试。"


class Scanner:
    """Recognises page after page of one file and collects its problems."""

    def __init__(self, source: str) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._until: float | None = None

    def pdf_page(self, page: Any, number: int) -> Page:
        """Return a pypdfium2 page as OCR reads it; `number` is 1-indexed."""
        width, height = page.get_size()
        scale = min(MAX_SCALE, LONG_SIDE / max(width, height, 1.0))
        if not self._may_read(number):
            return Page(number, width, height)
        if _pixels(page) > MAX_PIXELS:
            self._report("too-large", _TOO_LARGE.format(number), number)
            return Page(number, width, height)
        bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False, force_bitmap_format=None)
        return self._recognised(_colours(bitmap.to_numpy()), number, 1 / scale)

    def picture(self, picture: Picture, number: int, scale: float) -> Page:
        """Return a page that is a picture already; `scale` is how many points a pixel measures."""
        height, width = picture.shape[:2]
        if not self._may_read(number):
            return Page(number, width * scale, height * scale)
        return self._recognised(picture, number, scale)

    def _may_read(self, number: int) -> bool:
        if not engine.is_installed():
            self._report("no-text", _NOT_INSTALLED.format(number), number)
            return False
        self._until = self._until or monotonic() + MAX_SECONDS
        if monotonic() < self._until:
            return True
        if not any(problem.category == "timeout" for problem in self.problems):
            self._report("timeout", _OUT_OF_TIME.format(number, MAX_SECONDS / 60), number)
        return False

    def _recognised(self, picture: Picture, number: int, scale: float) -> Page:
        from ingest.readers.scan.recognise import recognise  # brings the recogniser's libraries

        height, width = picture.shape[:2]
        page = Page(number, width * scale, height * scale)
        if picture[::4, ::4].std() >= _BLANK:
            try:
                page = recognise(picture, number, scale)
            except TimeoutError:
                self._report("timeout", _TOO_MUCH.format(number), number)
                return page
        sure = confidence(page)
        if sure is None:
            self._report("no-text", _NO_WORDS.format(number), number)
        elif sure < SURE:
            self._report("low-confidence", _UNSURE.format(number, sure), number)
        return page

    def _report(self, category: str, message: str, number: int) -> None:
        self.problems.append(Problem(self._source, "reader", category, message, number))


def _pixels(page: Any) -> int:
    """Return how many pixels the pictures of a pypdfium2 page have together, before any is unpacked."""
    import pypdfium2.raw as pdfium  # loaded with the page

    sizes = (image.get_px_size() for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    return sum(width * height for width, height in sizes)


def confidence(page: Page) -> float | None:
    """Return how sure the words of a page are, 0 to 1, long lines counting more; None for no words."""
    weighed = [(len(line.text), line.confidence or 0.0) for line in page.lines]
    for table in page.tables:
        for row, sure in zip(table.rows, table.confidences, strict=True):
            letters = sum(len(cell.text) for cell in row if cell.own)
            weighed += [(letters, sure)] if sure is not None else []
    letters = sum(length for length, _ in weighed)
    return sum(length * sure for length, sure in weighed) / letters if letters else None


def _colours(pixels: Picture) -> Picture:
    """Return a rendered page in three colours."""
    import numpy as np  # loaded with the pixels

    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.ascontiguousarray(np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2))
    return np.ascontiguousarray(pixels[:, :, :3])

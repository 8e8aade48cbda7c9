"""Shows a place in the original: the page of a pdf or a photo, with boxes around the words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.document import Box
from corpus.errors import NotFoundError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SCALE = 1.5
"""Pixels per point: a page of A4 is 893 pixels wide, enough to read its body text."""
MOST_PIXELS = 4_000
"""Of the longer side; a page of ten metres is shown smaller."""
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
"""The only decoders that are tried."""
FILL, EDGE = (255, 193, 7, 70), (200, 120, 0, 255)
NO_PAGES = "这份文件没有可以对照的页面图像；pdf 和照片才有，其他格式请在“更多”中下载原始文件查看。"


def page_picture(data: bytes, page: int, boxes: Sequence[Box]) -> bytes:
    """Return a page as PNG, the boxes coloured. It takes memory, so a server leaves it to a worker.

    Args:
        data: a pdf or a picture.
        page: 1-indexed.
        boxes: in points from the upper left corner of the page as shown.

    Raises:
        NotFoundError: when the bytes are neither, or have no such page.
    """
    from PIL import Image, ImageDraw

    picture, scale = _pdf_page(data, page) if b"%PDF" in data[:1024] else _photo(data, page)
    veil = Image.new("RGBA", picture.size)
    drawing = ImageDraw.Draw(veil)
    for box in boxes:
        drawing.rectangle([edge * scale for edge in box], fill=FILL, outline=EDGE, width=2)
    shown = io.BytesIO()
    Image.alpha_composite(picture.convert("RGBA"), veil).convert("RGB").save(shown, "PNG")
    return shown.getvalue()


def _pdf_page(data: bytes, number: int) -> tuple[Picture, float]:
    """Return a page of a pdf and its pixels per point."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= number <= len(document):
            raise NotFoundError(NO_PAGES)
        page = document[number - 1]
        scale = min(SCALE, MOST_PIXELS / max(*page.get_size(), 1.0))
        return page.render(scale=scale, may_draw_forms=False).to_pil(), scale
    except pypdfium2.PdfiumError as error:
        raise NotFoundError(NO_PAGES) from error


def _photo(data: bytes, number: int) -> tuple[Picture, float]:
    """Return a page of a picture file and its pixels per point, by the sheet that the reader took it for."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    from ingest.readers.image import SHEET_HEIGHT  # brings the readers of pages, and numpy

    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
        opened.seek(number - 1)
        picture = ImageOps.exif_transpose(opened).convert("RGB")  # as its camera says, and as it was read
    except (UnidentifiedImageError, EOFError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NotFoundError(NO_PAGES) from error
    wanted = SCALE * SHEET_HEIGHT
    picture.thumbnail((wanted, wanted))
    return picture, max(picture.size) / SHEET_HEIGHT

"""Builds small pdf files; the font is one that every pdf reader brings along."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, password: str = "", rotation: int = 0) -> bytes:
    """The bytes of a pdf with one page per drawing."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=encryption)
    for draw in pages:
        canvas.setFont(FONT, 16)
        canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(*lines: str, top: float = 760.0, left: float = 80.0, step: float = 28.0) -> Draw:
    """Draw lines from the top of the page down."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(left, top - number * step, line)

    return draw


def table(
    rows: list[list[str]],
    *,
    top: float = 700.0,
    left: float = 80.0,
    width: float = 100.0,
    height: float = 30.0,
) -> Draw:
    """Draw a table with ruling lines; a cell "^" is merged with the one above it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text != "^":
                    tall = 1 + _merged_below(rows, number, column)
                    bottom = top - (number + tall) * height
                    canvas.rect(left + column * width, bottom, width, tall * height)
                    canvas.drawString(left + column * width + 5, top - number * height - 18, text)

    return draw


def both(*draws: Draw) -> Draw:
    """Draw several things on one page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            canvas.setFont(FONT, 16)
            each(canvas)

    return draw


def turned(draw: Draw, rotation: int) -> Draw:
    """Draw so that it stands upright on a page that is shown turned by `rotation` degrees."""

    def drawing(canvas: Canvas) -> None:
        height, width = A4  # reportlab lays a page down that is to be shown turned
        if rotation:
            canvas.translate(*{90: (width, 0), 270: (0, height)}[rotation])
            canvas.rotate({90: 90, 270: -90}[rotation])
        draw(canvas)

    return drawing


def image(canvas: Canvas) -> None:
    """Draw a page that is nothing but a picture, as a scanner makes it."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, *A4)


def _merged_below(rows: list[list[str]], number: int, column: int) -> int:
    count = 0
    while number + count + 1 < len(rows) and rows[number + count + 1][column] == "^":
        count += 1
    return count

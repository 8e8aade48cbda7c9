"""Draws pages as a scanner sees them, so that a test says what stands on the paper."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ingest.readers.scan.engine import Picture

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
WIDTH, HEIGHT = 1100, 700
_LEFT, _TOP, _STEP, _SIZE = 90, 80, 56, 32


@cache
def font() -> ImageFont.FreeTypeFont | None:
    """A Chinese font of this machine, None where it has none."""
    found = next((path for path in _FONTS if Path(path).exists()), None)
    return ImageFont.truetype(found, _SIZE) if found else None


def sheet(*lines: str) -> Image.Image:
    """White paper with lines of words."""
    image = Image.new("L", (WIDTH, HEIGHT), 245)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((_LEFT, _TOP + number * _STEP), line, font=font(), fill=20)
    return image


def ruled(rows: list[list[str]], width: int = 230, height: int = 70, words: bool = True) -> Image.Image:
    """White paper with a table; a cell "^" is merged with the one above."""
    image = Image.new("L", (WIDTH, HEIGHT), 245)
    draw = ImageDraw.Draw(image)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "^":
                continue
            tall = 1
            while number + tall < len(rows) and rows[number + tall][column] == "^":
                tall += 1
            left, top = _LEFT + column * width, _TOP + number * height
            draw.rectangle((left, top, left + width, top + tall * height), outline=20, width=2)
            if words:
                draw.text((left + 14, top + 16), text, font=font(), fill=20)
    return image


def pixels(image: Image.Image) -> Picture:
    """The picture as the recogniser takes it."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The bytes of a picture file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()

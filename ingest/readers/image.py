"""Photos and scans as picture files (png, jpg, tiff, bmp, gif, webp): every page through OCR."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.readers.base import RawDocument
from ingest.readers.paged.lines import lines_of_pages
from ingest.readers.pages_done import page_done
from ingest.readers.refusal import unreadable
from ingest.readers.scan import engine
from ingest.readers.scan.scanner import LONG_SIDE, Scanner

if TYPE_CHECKING:
    from ingest.readers.scan.engine import Picture

MAX_BYTES = 160_000_000
"""Unpacked size at which a picture is refused: a colour sheet at 600 dots to the inch has 105 million."""
MAX_FRAMES = 500
"""Pages of one tiff file that are read."""
SHEET_HEIGHT = 842.0
"""Points of the longer side of a sheet of A4: pictures do not tell how large their paper was."""

_SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
"""The only decoders that are tried."""
_NOT_INSTALLED = (
    '文件是图片，里面的文字要先识别；请管理员安装文字识别（OCR）组件：pip install "taizhang[ocr]"。'
)
_DAMAGED = "图片不完整或已损坏，请重新扫描、拍照或复制后再试。"
_TOO_LARGE = "图片过大，请降低分辨率（200 dpi 足够）后再试。"


class ImageReader:
    """Reads picture files with the recogniser of the `ocr` extra."""

    name = "image"
    version = 1
    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the file is a picture."""
        if data.startswith(b"BM"):
            return b"\x00" in data[:32]
        return data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines of all pages in reading order, with table rows in their place.

        Raises:
            UnreadableError: when the picture is damaged or too large, holds no words, or when the `ocr`
                extra is not installed.
        """
        if not engine.is_installed():
            raise unreadable(source, "no-text", _NOT_INSTALLED)
        scanner = Scanner(source)
        pages = [
            scanner.picture(picture, number, SHEET_HEIGHT / max(picture.shape[:2]))
            for number, picture in enumerate(_pictures(data, source), start=1)
        ]
        lines = lines_of_pages(pages)
        if not any(line.text for line in lines):
            message = "图片里没有认出文字；请检查图像是否太模糊、太小或是空白页。"
            raise unreadable(source, "no-text", message)
        reader = f"{self.name}-{self.version}"
        return RawDocument(source, tuple(lines), reader, problems=tuple(scanner.problems))


def _pictures(data: bytes, source: str) -> Iterator[Picture]:
    """Yield the pages of a picture file, none larger than recognition needs."""
    from PIL import Image, ImageSequence, UnidentifiedImageError  # pictures are rare

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                total = min(MAX_FRAMES, getattr(image, "n_frames", 1))
                for number, frame in enumerate(ImageSequence.Iterator(image)):
                    page_done(min(number, total), total)
                    if frame.width * frame.height * len(frame.getbands()) > MAX_BYTES:
                        raise unreadable(source, "too-large", _TOO_LARGE)
                    if number < MAX_FRAMES and not (number and image.format in ("GIF", "WEBP")):
                        yield _colours(frame)
    except Image.DecompressionBombError as error:
        raise unreadable(source, "too-large", _TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise unreadable(source, "damaged", _DAMAGED) from error


def _colours(frame: Any) -> Picture:
    """Return the pixels of a picture as a person sees it: turned as its camera says, on white paper."""
    import numpy as np  # pictures are rare
    from PIL import Image, ImageOps

    frame.draft("RGB", (LONG_SIDE, LONG_SIDE))
    frame = ImageOps.exif_transpose(frame)
    frame.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame)
    return np.ascontiguousarray(np.asarray(frame.convert("RGB"))[:, :, ::-1])


READER = ImageReader()

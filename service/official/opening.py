"""Opens a docx that somebody sent: no hostile file may take memory or time out of all proportion."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ingest.readers.package import Package
from ingest.readers.refusal import unreadable

MOST_BYTES = 200 * 1024 * 1024
"""Inflated size of all parts together."""
MOST_PARAGRAPHS = 20_000
"""Some 1,000 pages; each takes time to look at."""


def opened(data: bytes, source: str = "") -> WordDocument:
    """Return the document in the bytes of a docx.

    Raises:
        ValueError: when they are none.
        UnreadableError: when the archive is damaged, too large, or declares entities.
    """
    _refuse_excess(data, source)
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises whatever zip, XML and package trouble there is
        raise ValueError("no docx") from error
    body: Any = document.element.find(qn("w:body"))
    if body is None:
        raise ValueError("no docx")
    if sum(1 for _ in body.iter(qn("w:p"))) > MOST_PARAGRAPHS:
        raise unreadable(source, "too-large", f"文件超过{MOST_PARAGRAPHS}段，请分成几个文件再检查。")
    return document


def _refuse_excess(data: bytes, source: str) -> None:
    """Refuse an archive that inflates beyond measure, and XML that is none of an office file."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ValueError("no docx")
    package = Package(data, source)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise unreadable(source, "too-large", "文件解压后异常庞大，为安全起见不读取；请另存后再试。")
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    for name in names:
        package.tree(name)

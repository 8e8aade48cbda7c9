"""The whole way from a file's bytes to a Document."""

from __future__ import annotations

import hashlib

from corpus.document import Document, Problem
from corpus.errors import SecretError, UnreadableError
from ingest.clean import clean
from ingest.detect import reader_for
from ingest.header import header_facts
from ingest.headfacts.marks import secrecy_mark
from ingest.outline import outline
from ingest.readers.base import RawDocument
from ingest.readers.limits import refuse_excess_lines

RULES_VERSION = "1"
"""Counts changes of cleaning, outline and header rules that alter what is read."""


def read_document(data: bytes, source: str) -> Document:
    """Return the document that a file holds.

    `source` is the path or name as given; its suffix is a hint only.

    Raises:
        UnreadableError: when the file is empty, damaged, encrypted, of a kind that no reader reads, or
            holds nothing but page furniture.
        SecretError: when the file is marked 秘密, 机密 or 绝密.
    """
    raw = reader_for(data, source).read(data, source)
    refuse_excess_lines(raw.lines, source)
    refuse_secret(raw)
    cleaned = clean(raw)
    if not cleaned.text:
        message = "除网页按钮、页码之外没有正文，请检查是否选错了文件。"
        raise UnreadableError(Problem(source, "clean", "no-text", message))
    blocks = outline(cleaned.text, cleaned.lines)
    return Document(
        id=hashlib.sha256(data).hexdigest()[:16],
        source=source,
        text=cleaned.text,
        blocks=blocks,
        header=header_facts(cleaned.text, blocks, cleaned.clues),
        origins=cleaned.origins,
        problems=raw.problems,
        readings={"reader": raw.reader, "rules": RULES_VERSION},
    )


def refuse_secret(raw: RawDocument) -> None:
    """Refuse a file that bears a mark of secrecy.

    Raises:
        SecretError: when it does.
    """
    mark = secrecy_mark(raw)
    if mark:
        message = f"文件标有密级“{mark}”，本系统不处理涉密文件；请按保密规定在涉密设备上处理。"
        raise SecretError(Problem(raw.source, "reader", "secret", message))

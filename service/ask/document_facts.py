"""Answers out of the head of a document: its number (发文字号)."""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.result import Citation

_FIRST_LINE = re.compile(r"[^\n]+")


def number_of(document: Document, passage: PassageRow) -> tuple[str, Citation] | None:
    """Return the number of a document with where it stands; None where its head tells none.

    Args:
        document: the document.
        passage: any passage of it, which tells what it is called.
    """
    number = document.header.doc_number
    if not number:
        return None
    written = re.search(r"\s*".join(map(re.escape, number)), document.text)
    # A catalogue beside the text may tell the number too; then the first line says which document it is.
    found = written or _FIRST_LINE.search(document.text)
    span = Span(*found.span()) if found else Span(0, 0)
    quote = span.of(document.text)
    return number, Citation(document.id, passage.title, passage.source, (), quote, span, None)

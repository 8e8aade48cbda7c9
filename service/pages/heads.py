"""The head above a document's text and ledger: its title, its facts, the ledger to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath

from nicegui import ui

from corpus.document import Document
from corpus.records import JsonObject
from service.ledgerbook.files import ledger_bytes

EXPORT_NAMES = {".xlsx": "导出 Excel", ".docx": "导出 Word"}


def fact_line(*facts: object) -> str:
    """Return facts as one line; what is not known is left out."""
    return " · ".join(str(fact) for fact in facts if fact)


def document_head(document: Document, *more: str) -> None:
    """Show a document's title, or the name of its file, and the facts of its head; `more` follows them."""
    header = document.header
    facts = (header.doc_type, header.issuer, header.doc_number, header.date, header.region)
    title = title_of(document)
    with ui.column().classes("grow gap-0 head-words"):
        ui.label(title).classes("doc-title").tooltip(title)
        ui.label(fact_line(*facts, *more)).classes("faint")


def export_button(suffix: str, document: Document, rows: Callable[[], Sequence[JsonObject]]) -> None:
    """Offer the ledger as a file with `suffix`; `rows` gives its rows when the button is pressed."""
    button = ui.button(EXPORT_NAMES[suffix], on_click=partial(_export, suffix, document, rows))
    button.props("outline dense no-caps")


def title_of(document: Document) -> str:
    """Return the title, or the name of the file where the document has none."""
    return document.header.title or PurePath(document.source).stem


def _export(suffix: str, document: Document, rows: Callable[[], Sequence[JsonObject]]) -> None:
    data = ledger_bytes(rows(), title_of(document), suffix)
    ui.download.content(data, f"{PurePath(document.source).stem}-台账{suffix}")

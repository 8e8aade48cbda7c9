"""The head above a document's text and ledger: its title, its facts, the ledger to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.document import Document
from corpus.records import JsonObject
from service.ledgerbook.files import Book, book_bytes
from service.ledgerbook.look import Look

if TYPE_CHECKING:
    from service.library import Library

Rows = Callable[[], Sequence[JsonObject]]
EXPORT_NAMES = {".xlsx": "导出 Excel", ".docx": "导出 Word"}
PUBLIC = "公开版（不含人名、电话、内部备注）"


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


def export_buttons(library: Library, document: Document, rows: Rows) -> None:
    """Offer the ledger as Excel and Word; `rows` gives its rows when a button is pressed."""
    for suffix, words in EXPORT_NAMES.items():
        export = partial(_export, library, suffix, document, rows)
        with ui.dropdown_button(words, on_click=export, split=True, auto_close=True) as button:
            ui.item(PUBLIC, on_click=partial(export, public=True))
        format_name = words.removeprefix("导出 ")
        button.props(f'outline dense no-caps toggle-aria-label="{format_name} 的其他版本"')


def title_of(document: Document) -> str:
    """Return the title, or the name of the file where the document has none."""
    return document.header.title or PurePath(document.source).stem


def _export(library: Library, suffix: str, document: Document, rows: Rows, public: bool = False) -> None:
    look = Look.of(library.settings.read())
    data = book_bytes(Book(rows(), title_of(document), look, public, library.today()), suffix)
    edition = "（公开版）" if public else ""
    ui.download.content(data, f"{PurePath(document.source).stem}-台账{edition}{suffix}")

"""Boxes in which a document is chosen by typing a part of its title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from nicegui import ui

from service.intake.sources import shown_title

if TYPE_CHECKING:
    from corpus.store.rows import DocumentRow


def document_names(rows: Iterable[DocumentRow]) -> dict[str, str]:
    """Return what documents are called in a box, by id."""
    return {row.id: f"{shown_title(row.title, row.source)}（{row.date or '无日期'}）" for row in rows}


def document_choice(names: Mapping[str, str], value: str | None, label: str) -> ui.select:
    """Lay out a box with these names; an unknown `value` is none."""
    box = ui.select(dict(names), value=value if value in names else None, label=label, with_input=True)
    tell_none(box)
    return box.props("outlined dense options-dense bg-color=white").classes("grow")


def tell_none(box: ui.select) -> None:
    """Let a box say so where it has nothing to choose, or nothing with the words that were typed."""
    with box.add_slot("no-option"), ui.item():
        ui.label("没有这样的文件。").classes("faint")

"""A box for a day, typed as people type days or chosen from a calendar, alike in every browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from nicegui import ui

from corpus.errors import UserError
from service.editing.cells import parse_day


def day_box(
    words: str, value: date | str | None = None, changed: Callable[[], Any] | None = None
) -> ui.date_input:
    """Lay out a box with a label; `changed` is told when its words are others."""
    shown = value.isoformat() if isinstance(value, date) else value or ""
    box = ui.date_input(words, value=shown, placeholder="如 2026-12-31", on_change=changed)
    box.button.props('dense size=sm aria-label="选日期"')
    box.props("outlined dense").props["aria-label"] = words
    return box


def day_in(box: ui.date_input) -> date | None:
    """Return the day that stands in a box; None where nothing does, or no day."""
    try:
        return parse_day(box.value) if box.value else None
    except UserError:
        return None

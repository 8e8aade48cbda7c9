"""The two days between which tasks are due, as a form asks for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from service.pages.day_box import day_box, day_in


class Period:
    """Two boxes for days, either of which may stay empty.

    Args:
        first: the day that the first box holds at the beginning.
        last: the same for the second.
        changed: what is done when a day has been changed.
    """

    def __init__(
        self,
        first: date | None = None,
        last: date | None = None,
        changed: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        with ui.row().classes("w-full no-wrap gap-2"):
            self._first = day_box("任务到期：从", first, changed)
            self._last = day_box("到", last, changed)
        for box in (self._first, self._last):
            # Without the delay each digit of a year would be a change.
            box.props("debounce=500").classes("w-full")

    @property
    def first(self) -> date | None:
        """The first day, None where there is none."""
        return day_in(self._first)

    @property
    def last(self) -> date | None:
        """The last day, None where there is none."""
        return day_in(self._last)

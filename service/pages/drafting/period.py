"""The two days between which tasks are due, as a form asks for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui


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
            self._first = ui.input("任务到期：从", value=_words(first), on_change=changed)
            self._last = ui.input("到", value=_words(last), on_change=changed)
        for box in (self._first, self._last):
            # Without the delay each digit of a year would be a change.
            box.props("type=date stack-label outlined dense debounce=500").classes("w-full")

    @property
    def first(self) -> date | None:
        """The first day, None where there is none."""
        return _day(self._first.value)

    @property
    def last(self) -> date | None:
        """The last day, None where there is none."""
        return _day(self._last.value)


def _words(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        return None

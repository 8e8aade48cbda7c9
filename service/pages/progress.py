"""How far a number of uploads has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nicegui import ui


class UploadProgress:
    """A bar with words, shown while files are being worked on."""

    def __init__(self) -> None:
        self._total = 0
        self._done = 0
        with ui.column().classes("w-full gap-1 upload-progress").props("aria-live=polite") as self._area:
            self._words = ui.label().classes("faint")
            self._bar = ui.linear_progress(show_value=False).props('instant-feedback aria-label="进度"')
        self._area.set_visibility(False)

    @contextmanager
    def one(self, name: str) -> Iterator[Callable[[str], None]]:
        """Count a file in, and out when the block ends, however it ends; `name` is what the user calls it.

        What the block is given tells more of the file while it is worked on.
        """
        self._total += 1
        self._show(name)
        try:
            yield self._show
        finally:
            self._done += 1
            self._show(name)

    def _show(self, words: str) -> None:
        busy = self._done < self._total
        self._words.set_text(f"正在存入第 {self._done + 1} 份，共 {self._total} 份：{words}")
        self._bar.set_value(self._done / self._total)
        self._area.set_visibility(busy)
        if not busy:
            self._total = self._done = 0

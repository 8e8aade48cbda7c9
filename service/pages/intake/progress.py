"""How far files have come that are being read: a bar for each, with what it is called and a way to end it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from nicegui import ui

from service.pages.intake.files import Arrivals, Arriving

LOOK_EVERY = 0.4
"""Seconds between two looks at work that is going on; nothing is looked at, nor sent, when there is none."""
MOST_BARS = 6
"""Bars that are shown at a time; further files are counted."""


class Work(Protocol):
    """Work on one file that tells how far it has come."""

    @property
    def begun(self) -> bool:
        """False while it waits for its turn."""

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None where nothing tells."""

    @property
    def words(self) -> str:
        """How far it has come, in words."""

    def stop(self) -> bool:
        """End it; False when it can no longer be ended."""


class Bar:
    """How far one file has come, and a button to end it; `name` is what the user calls it."""

    def __init__(self, name: str, work: Work) -> None:
        self._work = work
        self._shown: tuple[float | None, str] | None = None
        with ui.element("div").classes("file-bar"):
            self._words = ui.label().classes("file-bar-words")
            self._bar = ui.linear_progress(value=0.0, show_value=False, size="6px")
            # A name may hold quotation marks, so it does not go through the text of `props`.
            self._bar.props("instant-feedback").props["aria-label"] = f"进度 {name}"
            stop = ui.button(icon="close", on_click=self._stop).props("flat dense round size=xs")
            stop.props["aria-label"] = f"取消 {name}"
        self.update()

    def update(self) -> None:
        """Show how far the file has come; nothing is sent when that is shown already."""
        now = (self._work.share, self._work.words)
        if now == self._shown:
            return
        self._shown = now
        share, words = now
        self._words.set_text(words)
        self._bar.set_value(share or 0.0)
        self._bar.props(remove="indeterminate") if share is not None or not self._work.begun else (
            self._bar.props(add="indeterminate")
        )

    def _stop(self) -> None:
        if not self._work.stop():
            ui.notify("已经读完，正在存入，不能取消；存入后可以移出。", type="warning")
        self.update()


class UploadProgress:
    """The files that a person hands in: how many there are, and a bar for each whose turn has come.

    Args:
        arrivals: what is on its way; it may have begun on a page that was left since.
        on_look: called with each look, the last of them after all has come to its end.
    """

    def __init__(self, arrivals: Arrivals, on_look: Callable[[], Awaitable[None]]) -> None:
        self._arrivals = arrivals
        self._on_look = on_look
        self._rows: dict[Arriving, tuple[ui.element, Bar]] = {}
        with ui.column().classes("w-full gap-1 upload-progress") as self._area:
            with ui.row().classes("w-full items-center gap-2"):
                self._words = ui.label().classes("faint").props("aria-live=polite")
                ui.button("全部取消", on_click=self._stop_all).props("flat dense size=sm")
                ui.label("可以先去别的页面，存入照常进行。").classes("faint")
            self._bars = ui.column().classes("w-full gap-1")
        self._timer = ui.timer(LOOK_EVERY, self._look, active=False)
        self._area.set_visibility(False)

    def begin(self) -> None:
        """Look from now on, until nothing is on its way any more."""
        self._timer.active = True

    async def _look(self) -> None:
        self._timer.active = self._arrivals.busy
        self._show()
        await self._on_look()

    def _show(self) -> None:
        files = self._arrivals.files
        self._area.set_visibility(bool(files))
        done = self._arrivals.total - len(files)
        self._words.set_text(f"正在存入：共 {self._arrivals.total} 份，已完成 {done} 份。")
        for gone in [file for file in self._rows if file not in files]:
            self._rows.pop(gone)[0].delete()
        for file in files:
            if file in self._rows:
                self._rows[file][1].update()
            elif file.work.begun and len(self._rows) < MOST_BARS:
                self._rows[file] = self._bar(file)

    def _bar(self, file: Arriving) -> tuple[ui.element, Bar]:
        with self._bars, ui.row().classes("w-full items-center gap-2 no-wrap") as row:
            ui.label(file.name).classes("upload-name")
            return row, Bar(file.name, file.work)

    def _stop_all(self) -> None:
        self._arrivals.stop_all()
        self._show()

"""How far files have come that are being read: a bar for each, with what it is called and a way to end it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from nicegui import ui

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


@dataclass(eq=False)
class _File:
    name: str
    work: Work
    row: ui.element | None = None
    bar: Bar | None = None


class UploadProgress:
    """The files that are being taken in: how many there are, and a bar for each whose turn has come."""

    def __init__(self) -> None:
        self._files: list[_File] = []
        self._total = 0
        with ui.column().classes("w-full gap-1 upload-progress") as self._area:
            with ui.row().classes("w-full items-center gap-2"):
                self._words = ui.label().classes("faint").props("aria-live=polite")
                ui.button("全部取消", on_click=self._stop_all).props("flat dense size=sm")
            self._bars = ui.column().classes("w-full gap-1")
        self._timer = ui.timer(LOOK_EVERY, self._look, active=False)
        self._area.set_visibility(False)

    @property
    def busy(self) -> bool:
        """True while files are being taken in."""
        return bool(self._files)

    @property
    def left(self) -> bool:
        """True once nobody looks any more: the page was left while files were taken in, which goes on."""
        return self._area.is_deleted

    @contextmanager
    def one(self, name: str, work: Work) -> Iterator[None]:
        """Count a file in, and out when the block ends, however it ends; `name` is what the user calls it."""
        file = _File(name, work)
        self._files.append(file)
        self._total += 1
        self._look()
        try:
            yield
        finally:
            self._files.remove(file)
            if not self.left:
                if file.row is not None:
                    file.row.delete()
                self._look()

    def _look(self) -> None:
        left = len(self._files)
        self._timer.active = bool(left)
        self._area.set_visibility(bool(left))
        if not left:
            self._total = 0
            return
        self._words.set_text(f"正在存入：共 {self._total} 份，已完成 {self._total - left} 份。")
        shown = sum(file.row is not None for file in self._files)
        for file in self._files:
            if file.bar is not None:
                file.bar.update()
            elif file.work.begun and shown < MOST_BARS:
                shown += 1
                self._show(file)

    def _show(self, file: _File) -> None:
        with self._bars, ui.row().classes("w-full items-center gap-2 no-wrap") as file.row:
            ui.label(file.name).classes("upload-name")
            file.bar = Bar(file.name, file.work)

    def _stop_all(self) -> None:
        for file in self._files:
            file.work.stop()
        self._look()

"""How far the work on one file has come: told by the worker that does it, shown and ended by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from corpus.errors import UserError
from ingest.readers.pages_done import page_done, telling

TELL_EVERY = 0.2
"""Seconds between two messages of a worker about the pages of one file."""


class StoppedError(UserError):
    """A person ended the work before it was done."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a worker tells of its work."""

    done: int = 0
    """Pages that are read."""
    total: int = 0
    """Pages that there are; 0 where the format has none."""
    settled: bool = False
    """True once the work can no longer be ended: what was read is being stored."""


class Course:
    """The work on one file, from its place in the queue to its end. May be used from several threads."""

    def __init__(self) -> None:
        self.begun = False
        self.stopped = False
        self.mark = Mark()

    @property
    def share(self) -> float | None:
        """How much is read, 0 to 1; None where nothing tells."""
        return self.mark.done / self.mark.total if self.mark.total else None

    @property
    def words(self) -> str:
        """How far it has come, in words."""
        mark = self.mark
        if self.stopped:
            return "正在取消…"
        if not self.begun:
            return "排队等候"
        if mark.settled:
            return "正在存入…"
        if mark.total:
            return f"第 {mark.done + 1}/{mark.total} 页" if mark.done < mark.total else "正在整理任务…"
        return "正在读取…"

    def stop(self) -> bool:
        """End the work as soon as may be; False when it can no longer be ended."""
        self.stopped = self.stopped or not self.mark.settled
        return self.stopped

    def refuse_stopped(self) -> None:
        """Go on only while nobody wants it to end.

        Raises:
            StoppedError: when somebody does.
        """
        if self.stopped:
            raise StoppedError("已取消，没有读取。")


_send: ContextVar[Callable[[Mark], None] | None] = ContextVar("course", default=None)


@contextmanager
def told_to(send: Callable[[Mark], None]) -> Iterator[None]:
    """Let the work within the block tell `send`, in a worker, how far it has come: not too often."""
    last = -TELL_EVERY

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= TELL_EVERY or done == total:
            last = monotonic()
            send(Mark(done, total))

    before = _send.set(send)
    try:
        with telling(tell):
            yield
    finally:
        _send.reset(before)


def step_done(done: int, total: int) -> None:
    """Say, in a worker, that `done` steps of `total` are done, as readers say it of pages."""
    page_done(done, total)


def settle() -> None:
    """Say, in a worker, that from now on the work cannot be ended."""
    send = _send.get()
    if send is not None:
        send(Mark(settled=True))

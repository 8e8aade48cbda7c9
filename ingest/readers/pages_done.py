"""How far the reading of a file has come: told page by page to whoever asked to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Tell = Callable[[int, int], None]
"""Takes how many pages are done, and how many there are."""

_asked: ContextVar[Tell | None] = ContextVar("pages_done", default=None)


@contextmanager
def telling(tell: Tell) -> Iterator[None]:
    """Tell `tell` of each page that is read within the block."""
    before = _asked.set(tell)
    try:
        yield
    finally:
        _asked.reset(before)


def page_done(done: int, total: int) -> None:
    """Say that `done` pages of `total` are read; nothing happens where nobody asked."""
    tell = _asked.get()
    if tell is not None:
        tell(done, total)

"""Work done beside other work of one search: vectors are compared while the words are looked up.

Both tantivy and faiss let other threads run meanwhile, so a search takes as long as the slower of the two.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Generic, TypeVar

T = TypeVar("T")


class Begun(Generic[T]):
    """Work in another thread. Who waits does what no thread has taken up: a busy machine loses nothing."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._begun = _pool().submit(work)

    def __call__(self) -> T:
        """Return the result, or raise the error. What no thread has taken up by now is done here."""
        return self._work() if self._begun.cancel() else self._begun.result()

    @property
    def running(self) -> bool:
        """Tell whether a thread is at it right now."""
        return self._begun.running()


def beside(work: Callable[[], T]) -> Begun[T]:
    """Begin `work` in another thread."""
    return Begun(work)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="beside")

"""Work done beside other work of one search: vectors are compared while the words are looked up.

Both tantivy and faiss let other threads run meanwhile, so a search takes as long as the slower of the two.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin `work` in another thread, and return what waits for its result or raises its error.

    Work that no thread has taken up by then is done by who waits, so a busy machine loses nothing.
    """
    begun = _pool().submit(work)
    return lambda: work() if begun.cancel() else begun.result()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="beside")

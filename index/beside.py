"""Work done beside other work of one search: vectors are compared while the words are looked up.

Both tantivy and faiss let other threads run meanwhile, so a search takes as long as the slower of the two.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin `work` in another thread, and return what waits for its result or raises its error.

    Work that no thread has taken up by then is done by who waits, so a busy machine loses nothing.
    """
    begun = _pool().submit(work)
    return lambda: work() if begun.cancel() else begun.result()


def handed_over(to: Future[T], work: Callable[[], T]) -> T:
    """Return what `work` gives, and hand that, or its error, over to the thread that waits for `to`."""
    try:
        result = work()
    except BaseException as error:
        to.set_exception(error)
        raise
    to.set_result(result)
    return result


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="beside")

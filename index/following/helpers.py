"""Processes that prepare a long history for the indexes, on all cores; short ones are not worth their start.

A helper (`index.following.helper`) reads the library by itself and answers with what the indexes take. It is
told what to do through its input and ends when that closes, so none outlives its parent, however that ended.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from enum import Enum
from typing import Any

from corpus.errors import TaizhangError
from corpus.store.searching.records import Stretch
from corpus.store.store import Store
from index.encoders.base import Encoder
from index.encoders.static import built_in_encoder
from index.following.prepared import Encoded
from index.lexical.writing import Words
from index.wording.said import Names

log = logging.getLogger(__name__)

STRETCH = 2_000
"""Passages that a helper prepares together: about 6 MB of terms."""
LEAST = 5_000
"""Passages from which on helpers are started."""
MOST_HELPERS = 4
"""More would wait for the one thread that writes."""
AHEAD = 2
"""Stretches of each helper that are under way or wait to be taken in, which bounds the memory."""


class HelperError(TaizhangError):
    """A helper ended before its answer."""


class Job(Enum):
    """What a helper is asked for."""

    WORDS = "words"
    NAMES = "names"
    VECTORS = "vectors"


def words_after(store: Store, number: int) -> Iterator[Words]:
    """Yield what the index of words takes of a long history after step `number`, in order.

    Yields nothing, or stops early, where the rest is short or a helper ended: the caller goes on by itself.
    """
    for answer in _answers(store, number, Job.WORDS):
        yield from answer


def names_after(store: Store, number: int) -> Iterator[Names]:
    """Yield where the texts of a long history after step `number` explain names, in the same way."""
    for answer in _answers(store, number, Job.NAMES):
        yield from answer


def vectors_after(store: Store, number: int, encoder: Encoder) -> Iterator[Encoded]:
    """Yield what the index of vectors takes of a long history after step `number`, in the same way.

    Only the built-in encoder runs in helpers: those that an office brings use all cores, or another machine.
    """
    if encoder.name == built_in_encoder().name:
        yield from _answers(store, number, Job.VECTORS)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _answers(store: Store, number: int, job: Job) -> Iterator[Any]:
    """Yield the answer to each stretch in order."""
    helpers = min(processors(), MOST_HELPERS)
    stretches = list(store.stretches_after(number, STRETCH))
    if helpers < 2 or sum(stretch.passages for stretch in stretches) < LEAST:
        return
    with closing(_Helpers(store.location, helpers)) as team:
        try:
            yield from team.prepare(job, stretches)
        except HelperError:
            log.warning("a helper ended, going on without", exc_info=True)


class _Helpers:
    """Some helpers, each with a thread that waits for its answers."""

    def __init__(self, location: str, count: int) -> None:
        self._location = location
        self._count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="helper")
        self._own = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []

    def prepare(self, job: Job, stretches: Sequence[Stretch]) -> Iterator[Any]:
        """Yield the answers in the order of the stretches.

        Raises:
            HelperError: when a helper ended.
        """
        waiting: deque[Future[Any]] = deque()
        for stretch in stretches:
            waiting.append(self._threads.submit(self._ask, job, stretch))
            if len(waiting) >= AHEAD * self._count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def close(self) -> None:
        """End the helpers; what they are at is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.kill()
        self._threads.shutdown(wait=True)
        for process in self._processes:
            process.communicate()

    def _ask(self, job: Job, stretch: Stretch) -> Any:
        """Run in a thread: let the thread's helper prepare one stretch."""
        try:
            process = self._hired()
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump((job, stretch), process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise HelperError("后台进程意外退出，请再试一次。") from error

    def _hired(self) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
            command, pipe = [sys.executable, "-m", "index.following.helper"], subprocess.PIPE
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)
            self._processes.append(process)
            assert process.stdin is not None
            # No argument, which others could see: it may hold a password.
            pickle.dump(self._location, process.stdin)
            self._own.process = process
        return process

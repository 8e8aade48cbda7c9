"""Worker processes that read and extract, so that neither a bad file nor a long one stops anything else.

Every worker process belongs to one thread of the parent: the thread hands it one file, waits for the answer
or the time limit, and starts a new process when the old one died or hung. A worker ends itself when its
parent is gone, however the parent went.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from corpus.document import Problem
from corpus.errors import BusyError
from service.extraction import Reading, read_or_problem

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext  # Windows has none

Outcome = Reading | Problem
Read = Callable[[bytes, str], Outcome]

TIME_LIMIT = 300.0
"""Seconds that one file may take; a plan of 300 pages takes about ten."""
FILES_AHEAD = 4
"""Files per worker that are read from disk before their turn, so that no worker waits for the disk."""
BYTES_AHEAD = 64 * 1024 * 1024
"""Bytes that may wait for workers; a single larger file waits alone."""
TOO_LONG = "处理时间过长，已停止；请拆分文件或另存为 docx 后再试。"
LOST = "处理时进程意外退出，文件可能已损坏；请另存后再试。"


class WorkerPool:
    """A fixed number of worker processes, started when first needed.

    `read` is what a worker does with one file; it must be a function that can be imported.
    Use it as a context manager, or call `close`.
    """

    def __init__(
        self, size: int | None = None, time_limit: float = TIME_LIMIT, read: Read = read_or_problem
    ) -> None:
        self.size = size or max(1, os.cpu_count() or 1)
        self._time_limit = time_limit
        self._read = read
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="worker")
        self._own = threading.local()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, data: bytes, source: str) -> Future[Outcome]:
        """Queue one file; the future never raises for the file's sake.

        Raises (in the future):
            BusyError: when the pool is closed meanwhile.
        """
        return self._threads.submit(self._serve, data, source)

    def map(self, files: Iterable[tuple[bytes, str]]) -> Iterator[Outcome]:
        """Yield the outcome of each file in the order given, pulling files only as workers come free."""
        waiting: deque[tuple[Future[Outcome], int]] = deque()
        held = 0
        for data, source in files:
            while waiting and self._is_full(len(waiting), held, len(data)):
                future, size = waiting.popleft()
                yield future.result()
                held -= size
            waiting.append((self.submit(data, source), len(data)))
            held += len(data)
        while waiting:
            yield waiting.popleft()[0].result()

    def close(self) -> None:
        """Drop what is queued, stop the running files, end all processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _is_full(self, files: int, held: int, more: int) -> bool:
        return files >= self.size * FILES_AHEAD or held + more > BYTES_AHEAD

    def _serve(self, data: bytes, source: str) -> Outcome:
        """Run in a thread: give the file to the thread's worker, replacing it when it was lost."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.is_alive():
            worker = self._own.worker = self._hire()
        try:
            return worker.ask(data, source, self._time_limit)
        except TimeoutError:
            worker.kill()
            return Problem(source, "reader", "timeout", TOO_LONG)
        except (EOFError, OSError):
            worker.kill()
            return Problem(source, "reader", "damaged", LOST)

    def _hire(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise BusyError("正在关闭，文件没有处理；请稍后再试。")
            worker = _Worker(self._read)
            self._workers = [known for known in self._workers if known.is_alive()]
            self._workers.append(worker)
        return worker


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, read: Read) -> None:
        context = _context()
        self._pipe, far = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(far, read), daemon=True)
        self._process.start()
        far.close()  # so that the worker's end closes when the worker dies

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, data: bytes, source: str, time_limit: float) -> Outcome:
        self._pipe.send((data, source))
        if not self._pipe.poll(time_limit):
            raise TimeoutError
        outcome: Outcome = self._pipe.recv()
        return outcome

    def kill(self) -> None:
        """End the process, busy or not; it holds nothing that could be lost."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _context() -> SpawnContext | ForkServerContext:
    """Return a way to start processes that never copies a parent with threads in mid-flight."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["service.extraction"])
    return context


def _work(pipe: Connection, read: Read) -> None:
    """Run in the worker: answer one file after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError):
        while True:
            data, source = pipe.recv()
            pipe.send(read(data, source))


def _end_with_parent() -> None:
    """Wait for the parent's end, then end at once: nobody is left to read the answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

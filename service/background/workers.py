"""Worker processes, so that neither a bad file nor a long one stops anything else.

Every worker process belongs to one thread of the parent: the thread hands it one job, waits for the answer or
the time limit, and starts a new process when the old one died or hung. A worker ends itself, and what it
started, when its parent is gone, however the parent went.
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
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from corpus.document import Problem
from corpus.errors import BusyError, TaizhangError
from service.background.course import Course, Mark, StoppedError, told_to
from service.background.priority import let_others_first
from service.background.process_usage import own_memory, processor_seconds
from service.intake.extraction import Reading, read_or_problem

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext  # Windows has none

Outcome = Reading | Problem
Read = Callable[[bytes, str], Outcome]
Result = TypeVar("Result")

TIME_LIMIT = 300.0
"""Seconds that one file may take; a plan of 300 pages takes about ten."""
SMALL_FILE_LIMIT = 9.0
"""Seconds that a file may take however small it is."""
PATIENCE = 6
"""A busy machine gives a worker little of its time: while it has not had all it may, so many times as long is
waited. Where the system does not tell, there is no such patience."""
BYTES_PER_SECOND = 250_000
"""For so many bytes a file may take a second more."""
SCANNED_BYTES_PER_SECOND = 2048
"""The same for what may be a scan: its pages have 15 kB at least and take three seconds each."""
MEMORY_LIMIT = 500 * 1024 * 1024
"""Bytes of memory that a worker may hold while it reads one file; looked at where the system tells."""
FILES_AHEAD = 4
"""Files per worker that are read from disk before their turn, so that no worker waits for the disk."""
BYTES_AHEAD = 64 * 1024 * 1024
"""Bytes that may wait for workers; a single larger file waits alone."""
TOO_LARGE = "处理时需要的内存过大，已停止；请拆分文件或另存为 docx 后再试。"
TOO_LONG = "处理时间过长，已停止；请拆分文件或另存为 docx 后再试。"
LOST = "处理时进程意外退出，文件可能已损坏；请另存后再试。"


_LOOK = 0.1
"""Seconds between two looks at a worker's memory."""
_PRELOADED = ["service.intake.extraction", "ingest.read", "ingest.extract.extract"]
"""Imported once in the process that workers are copied from: their patterns take a second to compile."""


class LostError(TaizhangError):
    """A worker process died in the middle of its job."""


class OverweightError(TaizhangError):
    """A worker process held more memory than it may."""


def time_limit_of(data: bytes) -> float:
    """Return the seconds that the reading of a file may take: little files must be quick.

    Those that LibreOffice converts wait for their turn, and are limited there.
    """
    if data.startswith(_CONVERTED):
        return TIME_LIMIT
    rate = SCANNED_BYTES_PER_SECOND if data.startswith(_SCANS) else BYTES_PER_SECOND
    return min(TIME_LIMIT, SMALL_FILE_LIMIT + len(data) / rate)


_CONVERTED = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_SCANS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"RIFF", b"BM")


class WorkerPool:
    """A fixed number of worker processes, started when first needed.

    `read` is what a worker does with one file; it must be a function that can be imported. With `last` the
    workers let others use the processors first: a long file must not keep people waiting for a page.
    Use it as a context manager, or call `close`.
    """

    def __init__(
        self,
        size: int | None = None,
        time_limit: float = TIME_LIMIT,
        read: Read = read_or_problem,
        last: bool = True,
    ) -> None:
        self.size = size or max(2, os.cpu_count() or 1)
        self._last = last
        self._time_limit = time_limit
        self._read = read
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="worker")
        self._own = threading.local()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, data: bytes, source: str, course: Course | None = None) -> Future[Outcome]:
        """Queue the reading of one file; the future never raises for the file's sake.

        `course` tells meanwhile how far it has come, and may end it.

        Raises (in the future):
            BusyError: when the pool is closed meanwhile.
        """
        return self.submit_to(self._read, data, source, course)

    def submit_to(
        self, read: Callable[[bytes, str], Result], data: bytes, source: str, course: Course | None = None
    ) -> Future[Result | Problem]:
        """Queue what `read` makes of one file, as `submit` does with the pool's own `read`."""
        return self._threads.submit(self._outcome, read, data, source, course)

    def run(
        self,
        job: Callable[..., Result],
        *arguments: object,
        time_limit: float,
        memory_limit: int | None = None,
        course: Course | None = None,
    ) -> Future[Result]:
        """Queue a call of `job`, a function that can be imported, with arguments that can be pickled.

        `course` tells meanwhile how far it has come, and may end it.

        Raises (in the future):
            BusyError: when the pool is closed meanwhile.
            TimeoutError: when the job took longer than `time_limit` seconds.
            OverweightError: when the process held more than `memory_limit` bytes, where one is given.
            LostError: when the process died.
            StoppedError: when `course` ended it.
        """
        return self._threads.submit(self._call, job, arguments, time_limit, memory_limit, course)

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
        """Drop what is queued, stop the running jobs, end all processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in workers:
            worker.bury()

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _is_full(self, files: int, held: int, more: int) -> bool:
        return files >= self.size * FILES_AHEAD or held + more > BYTES_AHEAD

    def _outcome(
        self, read: Callable[[bytes, str], Result], data: bytes, source: str, course: Course | None
    ) -> Result | Problem:
        """Run in a thread: let the thread's worker read one file."""
        try:
            limit = min(self._time_limit, time_limit_of(data))
            return self._call(read, (data, source), limit, MEMORY_LIMIT, course)
        except StoppedError as error:
            return Problem(source, "reader", "cancelled", str(error))
        except TimeoutError:
            return Problem(source, "reader", "timeout", TOO_LONG)
        except OverweightError:
            return Problem(source, "reader", "too-large", TOO_LARGE)
        except LostError:
            return Problem(source, "reader", "damaged", LOST)

    def _call(
        self,
        job: Callable[..., Result],
        arguments: tuple[object, ...],
        time_limit: float,
        memory_limit: int | None = None,
        course: Course | None = None,
    ) -> Result:
        """Run in a thread: let the thread's worker do a job; one that hangs or dies is replaced later."""
        course = course or Course()
        course.refuse_stopped()
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.is_alive():
            worker = self._own.worker = self._hire()
        try:
            return worker.ask(job, arguments, _Limits(time_limit, memory_limit), course)
        except (TimeoutError, OverweightError, StoppedError):
            worker.kill()
            worker.bury()
            raise
        except (EOFError, OSError) as error:
            worker.kill()
            worker.bury()
            raise LostError("后台进程意外退出，请再试一次。") from error

    def _hire(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise BusyError("正在关闭，文件没有处理；请稍后再试。")
            worker = _Worker(self._last)
            self._workers = [known for known in self._workers if known.is_alive()]
            self._workers.append(worker)
        return worker


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a job may cost: seconds, and bytes of memory, None for any."""

    seconds: float
    memory: int | None


class _Wait:
    """The wait for a process to answer."""

    def __init__(self, process: int, limits: _Limits) -> None:
        self._process = process
        self._limits = limits
        self._until = monotonic() + limits.seconds
        self._last = self._until + limits.seconds * PATIENCE
        self._begun = processor_seconds(process)

    @property
    def left(self) -> float:
        """Seconds until the time limit, and a moment after it."""
        return max(0.01, self._until - monotonic())

    def check(self) -> None:
        """Go on waiting only while the process keeps to its limits.

        Raises:
            TimeoutError: when it took too long.
            OverweightError: when it holds too much memory.
        """
        now, limits = monotonic(), self._limits
        if now >= self._until and (now >= self._last or self._used() >= limits.seconds):
            raise TimeoutError
        if limits.memory is not None and own_memory(self._process) > limits.memory:
            raise OverweightError

    def _used(self) -> float:
        """Return the seconds of a processor that the process had; infinite where none are told."""
        now = processor_seconds(self._process)
        return now - self._begun if now else float("inf")


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, last: bool) -> None:
        context = _context()
        self._pipe, far = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(far, last), daemon=True)
        self._process.start()
        far.close()  # so that the worker's end closes when the worker dies

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def ask(
        self,
        job: Callable[..., Result],
        arguments: tuple[object, ...],
        limits: _Limits,
        course: Course,
    ) -> Result:
        course.begun = True
        self._pipe.send((job, arguments))
        wait = _Wait(self._process.pid or 0, limits)
        while True:
            while not self._pipe.poll(min(_LOOK, wait.left)):
                wait.check()
                course.refuse_stopped()
            done, answer = self._pipe.recv()
            if isinstance(answer, Mark):
                course.mark = answer
                continue
            if not done:
                raise answer
            result: Result = answer
            return result

    def kill(self) -> None:
        """End the process with all that it started, busy or not; it holds nothing that could be lost.

        Any thread may call this; who waits for an answer then gets EOFError.
        """
        if self._process.is_alive():
            _kill_group(self._process.pid or 0)
            self._process.kill()

    def bury(self) -> None:
        """Let go of a killed process. Only for the thread that owns the worker, or when that is gone."""
        self._process.join()
        self._pipe.close()


def _context() -> SpawnContext | ForkServerContext:
    """Return a way to start processes that never copies a parent with threads in mid-flight."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _work(pipe: Connection, last: bool) -> None:
    """Run in the worker: do one job after another until the pipe closes; with `last` after all others."""
    if last:
        let_others_first()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent decides
    if sys.platform != "win32":
        os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError):
        while True:
            job, arguments = pipe.recv()
            with told_to(lambda mark: pipe.send((True, mark))):
                answer = _done(job, arguments)
            pipe.send(answer)


def _done(job: Callable[..., object], arguments: tuple[object, ...]) -> tuple[bool, object]:
    """Return True and what the job gives, or False and the error for the parent to raise."""
    try:
        return True, job(*arguments)
    except Exception as error:  # raised again in the parent
        return False, error


def _end_with_parent() -> None:
    """Wait for the parent's end, then end at once: nobody is left to read the answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _kill_group(os.getpid())
        os._exit(1)


def _kill_group(leader: int) -> None:
    """End the process `leader` and all that it started; on Windows its own children end by themselves."""
    if sys.platform != "win32":
        # Right after its start a worker does not lead a group yet; then it has started nothing either.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)

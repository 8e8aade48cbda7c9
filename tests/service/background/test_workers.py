"""Worker processes: order, loss of a process, time limit, end."""

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Problem
from corpus.errors import BusyError
from service.background.priority import NICENESS
from service.background.workers import WorkerPool, time_limit_of
from tests.service.jobs import answer


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, time_limit=1.0, read=answer) as opened:
        yield opened


def outcomes(pool: WorkerPool, *names: str) -> list[tuple[str, str]]:
    found = pool.map((b"ab", name) for name in names)
    return [(item.file, item.category) for item in found if isinstance(item, Problem)]


def test_outcomes_come_in_the_order_given(pool: WorkerPool) -> None:
    names = [str(number) for number in range(40)]
    assert outcomes(pool, *names) == [(name, "counted") for name in names]


def test_a_lost_worker_costs_one_file(pool: WorkerPool) -> None:
    assert outcomes(pool, "a", "die", "b", "die", "c") == [
        ("a", "counted"),
        ("die", "damaged"),
        ("b", "counted"),
        ("die", "damaged"),
        ("c", "counted"),
    ]


def test_a_file_that_takes_too_long_is_given_up(pool: WorkerPool) -> None:
    assert outcomes(pool, "hang", "a") == [("hang", "timeout"), ("a", "counted")]


def test_a_file_that_takes_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("this system does not tell how much memory a process holds")
    monkeypatch.setattr("service.background.workers.MEMORY_LIMIT", 100 * 2**20)
    with WorkerPool(1, time_limit=30.0, read=answer) as pool:
        assert outcomes(pool, "hog", "a") == [("hog", "too-large"), ("a", "counted")]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system does not tell")
@pytest.mark.parametrize(("last", "more"), [(True, NICENESS), (False, 0)])
def test_workers_that_nobody_waits_for_come_after_others(last: bool, more: int) -> None:
    with WorkerPool(1, last=last) as pool:
        theirs = pool.run(os.getpriority, os.PRIO_PROCESS, 0, time_limit=30.0).result()
    assert theirs == min(19, os.getpriority(os.PRIO_PROCESS, 0) + more)


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (b"", 9),
        (bytes(1_000_000), 13),
        (b"%PDF-" + bytes(204_795), 109),
        (b"%PDF-" + bytes(10_000_000), 300),
        (b"\xd0\xcf\x11\xe0" + bytes(100), 300),
    ],
)
def test_small_files_must_be_quick(data: bytes, seconds: int) -> None:
    assert time_limit_of(data) == seconds


def test_files_are_pulled_only_as_workers_come_free(pool: WorkerPool) -> None:
    pulled = 0

    def files() -> Iterator[tuple[bytes, str]]:
        nonlocal pulled
        for number in range(100):
            pulled += 1
            yield b"", str(number)

    running = pool.map(files())
    next(running)
    assert pulled < 20
    assert len(list(running)) == 99


def test_large_files_wait_alone(pool: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.background.workers.BYTES_AHEAD", 10)
    pulled = 0

    def files() -> Iterator[tuple[bytes, str]]:
        nonlocal pulled
        for number in range(5):
            pulled += 1
            yield bytes(8), str(number)

    running = pool.map(files())
    next(running)
    assert pulled == 2
    running.close()  # type: ignore[attr-defined]


def test_closing_ends_busy_and_idle_workers_alike() -> None:
    others = set(multiprocessing.active_children())
    pool = WorkerPool(2, read=answer)
    assert outcomes(pool, "a") == [("a", "counted")]
    hanging = pool.submit(b"", "hang")
    later = pool.submit(b"", "hang")
    pool.close()
    assert hanging.done() and later.done()
    assert set(multiprocessing.active_children()) <= others


def test_a_closed_pool_takes_no_files() -> None:
    pool = WorkerPool(1, read=answer)
    pool.close()
    with pytest.raises((BusyError, RuntimeError)):
        pool.submit(b"", "a").result()

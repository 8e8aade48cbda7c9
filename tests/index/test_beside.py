import threading

import pytest

from index.beside import beside


def test_what_is_begun_is_waited_for() -> None:
    assert [result() for result in [beside(lambda number=number: number * 2) for number in range(50)]] == [
        number * 2 for number in range(50)
    ]


def test_an_error_reaches_who_waits() -> None:
    def fail() -> None:
        raise ValueError("读不出")

    with pytest.raises(ValueError, match="读不出"):
        beside(fail)()


def test_where_all_threads_are_busy_who_waits_does_the_work() -> None:
    free = threading.Event()
    busy = [beside(free.wait) for _ in range(64)]
    assert beside(threading.get_ident)() == threading.get_ident()
    free.set()
    assert all(result() for result in busy)

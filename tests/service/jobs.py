"""What worker processes do in tests: functions that a worker can import."""

from __future__ import annotations

import os
import threading

from corpus.document import Problem
from service.background.course import settle
from service.background.workers import Outcome


def answer(data: bytes, source: str) -> Outcome:
    """Answer with the number of bytes; files named die, hog and hang do as they say."""
    if source == "die":
        os._exit(3)
    if source == "hog":
        held = bytearray(os.urandom(1024) * 200_000)
        threading.Event().wait(len(held))
    if source == "hang":
        threading.Event().wait()
    return Problem(source, "reader", "counted", str(len(data)))


def settled_work() -> str:
    """Say that it can no longer be ended, then be done."""
    settle()
    return "done"


def answer_by_units(_units: object, data: bytes, source: str) -> Outcome:
    """Answer as `answer` does, where a table of units comes along."""
    return answer(data, source)

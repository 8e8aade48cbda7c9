"""Letting a process run within bounds, and telling what it used, its children included."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from corpus.records import JsonObject
from evaluation.speed.memory import tree
from service.background.process_usage import processor_seconds

LOOK = 0.2
"""Seconds between two looks at a process's memory."""
PEAK, LOAD = "peak memory, MB", "load"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one process may use."""

    minutes: float = 25.0
    """By the clock."""
    memory: float = 16_000.0
    """MB, its children included."""


BOUNDS = Bounds()


def run_within(bounds: Bounds, command: Sequence[str], given: str) -> JsonObject:
    """Run a program and return what the last line of its output tells, with its peak memory and the load.

    One that is ended or fails has told how far it came in lines that are numbers; that, and why it ended,
    is returned instead.

    Args:
        bounds: what it may use.
        command: the program and what it is told.
        given: its input.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        watch = _Watch(process, bounds)
        watch.start()
        process.stdin.write(given)
        process.stdin.close()
        lines = process.stdout.read().splitlines()
        watch.join()
    figures: JsonObject = {LOAD: round(os.getloadavg()[0], 1), PEAK: watch.peak}
    if process.returncode == 0:
        measured: JsonObject = json.loads(lines[-1])
        return figures | measured
    done = next((line for line in reversed(lines) if line.isdigit()), "0")
    figures |= {"ended": watch.reason or "failed", "handed over": int(done)}
    return figures | {"after, s": watch.seconds, "after, processor s": watch.busy}


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children, and ends all of them when they exceed the bounds."""

    def __init__(self, process: subprocess.Popen[str], bounds: Bounds) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._bounds = bounds
        self.peak = 0.0
        self.reason = ""
        self.seconds = 0.0
        self.busy = 0.0

    def run(self) -> None:
        begin = monotonic()
        while self._process.poll() is None and not self.reason:
            everyone = tree(self._process.pid)
            self.peak = max(self.peak, sum(memory_of(one, "VmRSS") for one in everyone))
            self.seconds = monotonic() - begin
            self.busy = max(self.busy, sum(map(processor_seconds, everyone)))
            if self.peak > self._bounds.memory:
                self.reason = "too much memory"
            elif self.seconds > 60 * self._bounds.minutes:
                self.reason = "too long"
            sleep(LOOK)
        if self.reason:
            os.killpg(self._process.pid, signal.SIGKILL)


def own_memory(field: str) -> float:
    """Return a field of this process and its children in MB, 0 where the system does not tell."""
    return sum(memory_of(process, field) for process in tree(os.getpid()))


def memory_of(process: int, field: str) -> float:
    """Return a field of a process's status in MB; 0 for one that is gone, or where none is told."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields[field].split()[0]) / 1024 if field in fields else 0.0

"""How much memory a program and the processes it starts use together."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

PROCESSES = Path("/proc")
_PROPORTIONAL = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_EVERY = 0.25
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Run:
    """What running a program took."""

    seconds: float
    peak_bytes: int | None
    """Most memory seen, pages that processes share counted once; None where the system does not tell."""
    output: str


def run_watched(command: Sequence[str], accept: Container[int] = (0,)) -> Run:
    """Run a program to its end and watch the memory of its whole tree of processes.

    Raises:
        subprocess.CalledProcessError: when it ends with an exit code that is not in `accept`.
    """
    begin = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        peak = Peak(process.pid)
        output, _ = process.communicate()
        most = peak.stop()
    if process.returncode not in accept:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(perf_counter() - begin, most, output)


def tree_memory(root: int) -> int:
    """Return the bytes that a process and everything below it hold now; 0 where the system does not tell."""
    return sum(map(_memory, tree(root)))


def tree(root: int) -> list[int]:
    """Return a process and everything below it; the process alone where the system does not tell."""
    children: dict[int, list[int]] = {}
    for entry in PROCESSES.glob("[0-9]*/stat"):
        # "pid (name, which may hold anything) state parent …"
        fields = _read(entry).rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


class Peak(threading.Thread):
    """Looks at a tree of processes until it is stopped."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._most = 0
        self._done = threading.Event()
        self.start()

    def run(self) -> None:
        """Look until it is stopped."""
        while not self._done.wait(_EVERY):
            self._most = max(self._most, tree_memory(self._root))

    def stop(self) -> int | None:
        """Stop looking, and return the most bytes seen; None where the system does not tell."""
        self._done.set()
        self.join()
        return self._most or None


def _memory(process: int) -> int:
    found = _PROPORTIONAL.search(_read(PROCESSES / str(process) / "smaps_rollup"))
    return int(found.group(1)) * 1024 if found else 0


def _read(path: Path) -> str:
    """Return the file, "" for a process that has ended meanwhile or a system that keeps no such file."""
    try:
        return path.read_text()
    except OSError:
        return ""

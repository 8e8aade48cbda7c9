"""Other search programs over a library of many passages: building, disk, memory, searches, coming and going.

Each builds in a process of its own and answers in another, one after the other; what takes too long or too
much memory is ended, and told with how far it came.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.made_up import Sentences
from evaluation.peer_data import prepare
from evaluation.peer_process import OURS, Errand, children_of, memory_of, processor_seconds_of
from evaluation.peers import installed, versions
from evaluation.scale import QUERIES

LOOK = 0.2
"""Seconds between two looks at a process's memory."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one process may use."""

    minutes: float = 25.0
    """By the clock."""
    memory: float = 10_000.0
    """MB, its children included."""


BOUNDS = Bounds()


@dataclass(slots=True)
class PeersScaleReport:
    """What each program reached."""

    data: str
    passages: int = 0
    systems: dict[str, JsonObject] = field(default_factory=dict)

    def record(self) -> JsonObject:
        """Return all figures."""
        return {"passages": self.passages, "systems": self.systems}

    def show(self, console: Console) -> None:
        """Print one column per program."""
        heads = list(dict.fromkeys(head for figures in self.systems.values() for head in figures))
        table = Table("what", *self.systems, title=f"{self.passages:,} passages")
        for head in heads:
            values = (figures.get(head, "") for figures in self.systems.values())
            table.add_row(
                head, *(f"{value:,.2f}" if isinstance(value, float) else str(value) for value in values)
            )
        console.print(table)


def evaluate(
    corpus: Path,
    library: Path,
    work: Path,
    passages: int,
    wanted: Sequence[str],
    bounds: Bounds = BOUNDS,
    queries: int = QUERIES,
) -> PeersScaleReport:
    """Build and ask each program that is installed, and ask ours.

    Args:
        corpus: folder of texts whose sentences are asked, and make the documents that come and go.
        library: a library built from them, see `evaluation.scale`; documents come and go in it.
        work: folder for what the programs are given and keep; what was built there is not built again.
        passages: how many of the library's passages the programs get.
        wanted: beginnings of the names of programs; () for all and ours.
        bounds: what building, and what answering, may use.
        queries: how many are asked.
    """
    sentences = Sentences.of(corpus)
    data = prepare(library, work / "data", passages)
    report = PeersScaleReport(f"made up of {len(sentences.texts)} sentences", len(data))

    def errand(name: str, build: bool, folder: Path) -> Errand:
        return Errand(name, build, str(folder), str(data.folder), str(corpus), queries)

    if not wanted or OURS in wanted:
        report.systems[OURS] = _run(errand(OURS, False, library), bounds)
    for name in installed(wanted):
        folder = work / name.split(",")[0].replace(" ", "-")
        figures = _built(errand(name, True, folder), bounds)
        failed = "ended" in figures
        report.systems[name] = figures | ({} if failed else _run(errand(name, False, folder), bounds))
    return report


def _built(errand: Errand, bounds: Bounds) -> JsonObject:
    """Let a program build unless it has, and return what that took."""
    folder = Path(errand.folder)
    kept = folder.with_suffix(".json")
    if not kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        took = _run(errand, bounds)
        took = {
            **took,
            "build: peak memory, MB": took.pop("peak memory, MB"),
            "build: load": took.pop("load"),
        }
        took |= {"versions": versions(errand.program), "disk, MB": _megabytes(folder)}
        kept.write_text(json.dumps(took), "utf-8")
    figures: JsonObject = json.loads(kept.read_text("utf-8"))
    return figures


def _run(errand: Errand, bounds: Bounds) -> JsonObject:
    """Let a process do an errand; where it is ended or fails, tell so and how far it came."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "evaluation.peer_process"]
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
        process.stdin.write(errand.as_json())
        process.stdin.close()
        watch = _Watch(process, bounds)
        watch.start()
        lines = process.stdout.read().splitlines()
        watch.join()
    figures: JsonObject = {"load": round(os.getloadavg()[0], 1), "peak memory, MB": watch.peak}
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
            everyone = (self._process.pid, *children_of(self._process.pid))
            self.peak = max(self.peak, sum(memory_of(one, "VmRSS") for one in everyone))
            self.seconds = monotonic() - begin
            self.busy = max(self.busy, sum(map(processor_seconds_of, everyone)))
            if self.peak > self._bounds.memory:
                self.reason = "too much memory"
            elif self.seconds > 60 * self._bounds.minutes:
                self.reason = "too long"
            sleep(LOOK)
        if self.reason:
            os.killpg(self._process.pid, signal.SIGKILL)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20

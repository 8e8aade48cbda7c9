"""Other search programs over a library of many passages: building, disk, memory, searches, coming and going.

Each builds in a process of its own and answers in another, one after the other; what takes too long or too
much memory is ended, and told with how far it came. What is built stays, and is only asked the next time.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.peers.data import prepare
from evaluation.peers.installed import installed, versions
from evaluation.peers.process import OURS, Errand
from evaluation.peers.table import markdown
from evaluation.peers.watched import BOUNDS, LOAD, PEAK, Bounds, run_within
from evaluation.report import SystemsReport
from evaluation.speed.made_up import Sentences
from evaluation.speed.scale import QUERIES

SECONDS = 12.0
"""How long a program is asked in each scope, and how long documents come and go."""


class PeersScaleReport(SystemsReport):
    """Building, disk, memory, start-up, searches, adding and removing, by program."""

    __slots__ = ()

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


@dataclass(frozen=True, slots=True)
class Asking:
    """How much is asked."""

    queries: int = QUERIES
    seconds: float = SECONDS


def evaluate(
    corpus: Path,
    keep: Path,
    passages: int,
    wanted: Sequence[str] = (),
    bounds: Bounds = BOUNDS,
    asking: Asking | None = None,
    table: Path | None = None,
) -> PeersScaleReport:
    """Build ours and each program that is installed, unless that was done, and ask them.

    Args:
        corpus: folder of texts whose sentences make the documents, and are asked.
        keep: folder for what the programs are given and what they build.
        passages: how many they get.
        wanted: beginnings of the names of programs; () for all and ours.
        bounds: what building, and what answering, may use.
        asking: how much is asked, None for the usual.
        table: where the figures are written as a table in Markdown, None for nowhere.
    """
    sentences, asking = Sentences.of(corpus), asking or Asking()
    report = PeersScaleReport(f"made up of {len(sentences.texts)} sentences")

    def errand(name: str, build: bool) -> Errand:
        folder = str(folder_of(keep, name))
        data = str(keep / "data")
        return Errand(name, build, folder, data, str(corpus), passages, asking.queries, asking.seconds)

    built = _built(errand(OURS, True), bounds)
    data = prepare(folder_of(keep, OURS), keep / "data", passages)
    report.passages = len(data)
    if not wanted or OURS in wanted:
        report.systems[OURS] = _answered(built, errand(OURS, False), bounds)
    for name in installed(wanted):
        built = _built(errand(name, True), bounds)
        report.systems[name] = _answered(built, errand(name, False), bounds)
    if table is not None:
        table.write_text(markdown(report.systems), "utf-8")
    return report


def folder_of(keep: Path, name: str) -> Path:
    """Return the folder of a program's own."""
    return keep / name.split(",")[0].replace(" ", "-")


def _built(errand: Errand, bounds: Bounds) -> JsonObject:
    """Let a program build unless it has, and return what that took."""
    folder = Path(errand.folder)
    kept = folder.with_suffix(".json")
    if not kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        took = _run(errand, bounds)
        took |= {f"build: {name}": took.pop(name) for name in (PEAK, LOAD)}
        if errand.program != OURS:
            took["versions"] = versions(errand.program)
        took["disk, MB"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
        kept.write_text(json.dumps(took), "utf-8")
    figures: JsonObject = json.loads(kept.read_text("utf-8"))
    return figures


def _answered(built: JsonObject, errand: Errand, bounds: Bounds) -> JsonObject:
    """Ask a program, unless it could not be built, and return what both took."""
    return built if "ended" in built else built | _run(errand, bounds)


def _run(errand: Errand, bounds: Bounds) -> JsonObject:
    return run_within(bounds, [sys.executable, "-m", "evaluation.peers.process"], errand.as_json())

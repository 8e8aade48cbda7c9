"""Whether killing the program at any moment loses anything: after each restart index and store agree.

A process adds, changes and removes documents, and is killed without warning after a random time, again and
again over one library.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from corpus.store.filters import Filters
from corpus.store.store import Store
from index.lexical.fields import Scope
from index.search import NO_LIMIT, SearchIndex

MOST_STEPS = 15
"""Steps that a process has told of at most when its end is near."""
LONGEST = 0.3
"""Seconds that it goes on from there at most before it is killed."""
MATTERS = ("河道清淤", "秸秆禁烧", "古树保护", "尾矿库治理", "电子证照", "养老服务", "公积金提取")

Step = tuple[str, str]
"""What a process tells of: what it does or has done, and with which document."""


@dataclass(slots=True)
class KillReport:
    """What was found after each kill."""

    data: str
    kills: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    """What the process was at when it was killed, as far as it had told."""
    lost: int = 0
    """Documents that had been acknowledged and were not there, or had been removed and were."""
    ahead: int = 0
    """Restarts after which the index held a change that the store did not have."""
    differing: int = 0
    """Restarts after which the index, caught up, held other passages than the store."""
    damaged: int = 0
    """Restarts after which a search before catching up failed."""
    documents: int = 0
    passages: int = 0
    slowest: float = 0.0
    """Seconds of the longest restart: opening and catching up."""

    def record(self) -> JsonObject:
        """Return the counts."""
        return {
            "kills": self.kills,
            "moments": dict(self.moments),
            "lost": self.lost,
            "ahead": self.ahead,
            "differing": self.differing,
            "damaged": self.damaged,
            "documents": self.documents,
            "passages": self.passages,
            "slowest restart, s": round(self.slowest, 2),
        }

    def show(self, console: Console) -> None:
        """Print the counts."""
        table = Table("what", "count", title="killed at random moments")
        for name, value in self.record().items():
            table.add_row(name, str(value))
        console.print(table)


def evaluate(times: int, seed: int = 0) -> KillReport:
    """Kill a writing process `times` times over one library, and look at it after each."""
    chance = random.Random(seed)
    report = KillReport(f"made up, seed {seed}")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        known = _Acknowledged()
        for kill in range(times):
            told = _worked(Path(folder), kill, chance)
            report.kills += 1
            report.moments[told[-1][0] if told else "opened"] += 1
            known.hear(told)
            _look(Path(folder), known, report)
    return report


@dataclass(slots=True)
class _Acknowledged:
    """What the killed processes said was done."""

    there: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def hear(self, told: list[Step]) -> None:
        """Take in what one process told; what it had only begun may be done or not."""
        for what, name in told:
            if what == "stored":
                self.there.add(name)
            elif what == "removing":
                self.there.discard(name)
            elif what == "removed":
                self.gone.add(name)


def work(folder: Path, run: int, told: Connection) -> None:
    """Add and remove documents until killed, telling each step before and after it."""
    from service.intake.extraction import Reading, read_or_problem

    def tell(what: str, name: str) -> None:
        told.send((what, name))

    chance = random.Random(run)
    store = Store.open(folder)
    index = SearchIndex.open(folder / "index", store)
    for number in range(10_000):
        name = f"{run}-{number}.txt"
        data = _text(chance, number).encode()
        reading = read_or_problem(data, name)
        assert isinstance(reading, Reading)
        tell("storing", name)
        added = store.add(name, data, reading.document, reading.extraction)
        tell("stored", name)
        index.catch_up(renew=False)
        tell("indexed", name)
        if number % 4 == 3:
            tell("removing", name)
            store.remove(added.document_id)
            tell("removed", name)
            index.catch_up(renew=False)
            tell("indexed", name)


def _text(chance: random.Random, number: int) -> str:
    lines = [f"安澜市{chance.choice(MATTERS)}第{number}号方案"]
    for place in range(1, chance.choice((3, 30, 200))):
        matter = chance.choice(MATTERS)
        closing = f"（责任单位：市水利局，{place % 12 + 1}月底前）"
        lines.append(f"{place}．推进{matter}。建立{matter}台账，每季度巡查。{closing}")
    return "\n".join(lines)


def _worked(folder: Path, run: int, chance: random.Random) -> list[Step]:
    """Let a process work, kill it at a random moment, and return what it had told."""
    quick = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver") if quick else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(folder, run, theirs))
    process.start()
    theirs.close()
    told = [ours.recv() for _ in range(chance.randint(0, MOST_STEPS))]
    time.sleep(chance.uniform(0, LONGEST))
    process.kill()
    process.join()
    return [*told, *_rest(ours)]


def _rest(told: Connection) -> Iterator[Step]:
    """Yield what a process had told before its end and nobody had heard yet."""
    while True:
        try:
            yield told.recv()
        except (EOFError, OSError):  # the last message may be cut off in the middle
            return


def _look(folder: Path, known: _Acknowledged, report: KillReport) -> None:
    """Open the library as a restarted program does, and compare."""
    begin = time.perf_counter()
    store = Store.open(folder)
    index = SearchIndex.open(folder / "index", store)
    last = store.last_change()
    report.ahead += bool(index.lexical and index.lexical.last_change > last)
    try:
        index.search("河道清淤台账")
    except Exception:  # whatever a damaged index raises is what is counted here
        report.damaged += 1
    index.catch_up()
    report.slowest = max(report.slowest, time.perf_counter() - begin)
    held = {row.source for row in store.documents()}
    report.lost += len(known.there - held) + len(known.gone & held)
    kept = set(store.matching(Filters(), NO_LIMIT) or ())
    lexical, semantic = index.lexical, index.semantic
    assert lexical is not None
    words = set(lexical.allowed(Scope(), max(1, len(lexical))))
    vectors = set(semantic.vectors.ids()) if semantic else set()
    report.differing += not (words == kept == vectors)
    report.documents, report.passages = len(held), len(kept)
    store.close()

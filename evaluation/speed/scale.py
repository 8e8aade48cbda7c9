"""How a library of many passages behaves: building, disk, memory, searching, adding and removing."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from corpus.store.filters import Filters
from corpus.store.store import Store
from evaluation.speed.made_up import NARROW, NARROWEST, Sentences, made_up, one_made_up
from evaluation.speed.measure import percentile
from evaluation.speed.memory import Peak
from index.lexical.fields import Scope
from index.lexical.lexical_index import LexicalIndex
from index.lexical.terms import BALANCED, WORDS_ONLY, Weights
from index.query.parsing import plain_query
from index.search import SearchIndex
from service.background.garbage import leave_what_is_loaded

AT_ONCE = 200
"""Documents of one transaction."""
QUERIES = 200
SETTLING = 20
"""Searches before timing begins."""
REPEATS = 10
"""Documents added and removed one by one."""
ROUNDS = 5
"""Times that each query is asked. The first is what users meet; the middle of all leaves out what other
programs on the machine took."""
BARE = 100
"""Passages that the bare index of words is asked for."""
SCOPES = {"everything": Filters(), "2 %": Filters(region=NARROW), "0.1 %": Filters(region=NARROWEST)}


@dataclass(slots=True)
class ScaleReport:
    """What was measured."""

    data: str
    passages: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    """By name with unit."""
    times: dict[str, JsonObject] = field(default_factory=dict)
    """Milliseconds per search by system and scope: median and 95th percentile, by clock and processor."""

    def record(self) -> JsonObject:
        """Return all figures."""
        figures = {name: round(value, 3) for name, value in self.figures.items()}
        return {"passages": self.passages, "figures": figures, "searches": self.times}

    def show(self, console: Console) -> None:
        """Print both tables."""
        table = Table("what", "figure", title=f"{self.passages:,} passages")
        for name, value in self.figures.items():
            table.add_row(name, f"{value:,.2f}")
        console.print(table)
        heads = list(next(iter(self.times.values())))
        searches = Table("search", *heads)
        for name, times in self.times.items():
            searches.add_row(name, *(f"{times[head]:.1f}" for head in heads))
        console.print(searches)


def evaluate(corpus: Path, data: Path, passages: int) -> ScaleReport:
    """Build a library of made-up documents in `data`, unless it is there, and measure it.

    Args:
        corpus: folder of texts whose sentences make the documents.
        data: folder of the library.
        passages: how many it is to have.
    """
    sentences = Sentences.of(corpus)
    report = ScaleReport(f"made up of {len(sentences.texts)} sentences")
    store = Store.open(data)
    if not store.last_change():
        begin = perf_counter()
        fill(store, sentences, passages)
        report.figures["build: store, s"] = perf_counter() - begin
    index = SearchIndex.open(data / "index", store)
    _index(index, report)
    assert index.lexical is not None, "it was caught up"
    report.passages = len(index.lexical)
    _disk(data, report)
    queries = asked(sentences)
    report.figures |= _in_a_process_of_its_own(data, queries)
    _searches(index, index.lexical, queries, report)
    _comings_and_goings(data, store, index, sentences, report)
    store.close()
    return report


def asked(sentences: Sentences, count: int | None = None) -> list[str]:
    """Return queries: clauses of the sentences, the same ones each time."""
    chance = random.Random(1)
    clauses = [clause for text in sentences.texts for clause in text.split("，") if 6 <= len(clause) <= 20]
    return chance.sample(clauses, min(len(clauses), count or QUERIES))


def fill(store: Store, sentences: Sentences, passages: int) -> None:
    """Put made-up documents with so many passages into an empty store, some at a time."""
    documents = made_up(sentences, passages)
    while some := list(itertools.islice(documents, AT_ONCE)):
        store.add_many(some)


def _index(index: SearchIndex, report: ScaleReport) -> None:
    """Let the index catch up, and keep how long each stage took where there was something to do."""
    begin, stages = perf_counter(), dict[str, float]()

    def progress(stage: str, _done: int, _total: int) -> None:
        stages[stage] = perf_counter() - begin

    busy, memory = process_time(), Peak(os.getpid())
    index.catch_up(progress)
    most = memory.stop()
    before = 0.0
    for stage, end in stages.items():
        report.figures[f"build: {stage}, s"] = end - before
        before = end
    if stages:
        report.figures["build: learning cells, s"] = perf_counter() - begin - before
        report.figures["build: index, processor s"] = process_time() - busy
        report.figures["build: index, memory of all processes at the peak, MB"] = (most or 0) / 2**20


def _disk(data: Path, report: ScaleReport) -> None:
    def megabytes(*paths: Path) -> float:
        return sum(path.stat().st_size for path in paths if path.is_file()) / 2**20

    report.figures["disk: database, MB"] = megabytes(*data.glob("taizhang.db*"))
    report.figures["disk: words, MB"] = megabytes(*(data / "index" / "lexical").iterdir())
    report.figures["disk: vectors, MB"] = megabytes(*(data / "index").glob("*.npz"))


_FRESH = """
import sys, time
from pathlib import Path
begin = time.perf_counter()
from corpus.store.store import Store
from index.search import SearchIndex
folder = Path(sys.argv[1])
store = Store.open(folder)
index = SearchIndex.open(folder / "index", store)
assert not index.behind
opened = time.perf_counter() - begin
queries = sys.stdin.read().splitlines()
index.search(queries[0])
first = time.perf_counter() - begin
for query in queries:
    index.search(query)
import resource
status = Path("/proc/self/status")
fields = dict(line.split(":", 1) for line in status.read_text().splitlines()) if status.exists() else {}
private = int(fields["RssAnon"].split()[0]) / 1024 if "RssAnon" in fields else 0
print(opened, first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, private)
"""


def _in_a_process_of_its_own(data: Path, queries: Sequence[str]) -> dict[str, float]:
    """Return start-up, first search and memory of a fresh process that answers the queries (Linux, macOS)."""
    command = [sys.executable, "-c", _FRESH, str(data)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, input="\n".join(queries), capture_output=True, text=True, check=True, env=environment
    )
    names = (
        "start-up, s",
        "start-up and first search, s",
        "memory: peak, MB",
        "memory: own, without mapped files, MB",
    )
    return dict(zip(names, map(float, done.stdout.split()), strict=True))


def _searches(index: SearchIndex, lexical: LexicalIndex, queries: Sequence[str], report: ScaleReport) -> None:
    """Time our search beside the bare index of words, by turns, so that both meet the same machine."""
    names = (f"words alone, top {BARE}", f"words, pairs, titles, top {BARE}", "taizhang, top 10")
    for name, filters in SCOPES.items():
        scope = Scope(filters)
        bare = (_bare(lexical, scope, weights) for weights in (WORDS_ONLY, BALANCED))
        systems = (*bare, _ours(index, filters))
        rounds = [timed(queries, *systems) for _ in range(ROUNDS)]
        for system, *times in zip(names, *rounds, strict=True):
            report.times[f"{system}, {name}"] = percentiles(times[0]) | steady(times)


def _bare(lexical: LexicalIndex, scope: Scope, weights: Weights) -> Callable[[str], object]:
    return lambda query: lexical.search(plain_query(query), BARE, scope, weights)


def _ours(index: SearchIndex, filters: Filters) -> Callable[[str], object]:
    return lambda query: index.search(query, filters, facets=False, highlights=False)


def timed(queries: Sequence[str], *systems: Callable[[str], object]) -> list[list[tuple[float, float]]]:
    """Return the milliseconds of each query for each system, the systems by turns.

    By the clock, and of processor time, which other programs on the machine disturb less.
    """
    for query in queries[:SETTLING]:
        for system in systems:
            system(query)
    leave_what_is_loaded()  # as a server does
    times: list[list[tuple[float, float]]] = [[] for _ in systems]
    for query in queries:
        for system, own in zip(systems, times, strict=True):
            begin, busy = perf_counter(), process_time()
            system(query)
            own.append((1000 * (perf_counter() - begin), 1000 * (process_time() - busy)))
    return times


def percentiles(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return median and 95th percentile of what `timed` gives for one system."""
    clock, busy = zip(*times, strict=True)
    shares = {
        "p50 ms": (clock, 50),
        "p95 ms": (clock, 95),
        "p50 cpu ms": (busy, 50),
        "p95 cpu ms": (busy, 95),
    }
    return {name: round(percentile(values, share), 2) for name, (values, share) in shares.items()}


def steady(rounds: Sequence[Sequence[tuple[float, float]]]) -> dict[str, float]:
    """Return the percentiles by the clock of each query's middle time over several rounds of `timed`."""
    middle = [median(clock for clock, _ in times) for times in zip(*rounds, strict=True)]
    return {f"p{share} ms, middle": round(percentile(middle, share), 2) for share in (50, 95)}


def _comings_and_goings(
    data: Path, store: Store, index: SearchIndex, sentences: Sentences, report: ScaleReport
) -> None:
    """Add documents one by one and remove them, until another opening of the index finds them and no more."""
    reader = SearchIndex.open(data / "index", store)
    reader.search("巡查")
    added, removed = [], []
    for number in range(REPEATS):
        new = one_made_up(sentences, 10**6 + store.last_change(), random.Random(f"new-{number}"))
        begin = perf_counter()
        (one,) = store.add_many([new])
        index.catch_up(renew=False)
        assert _held(reader, one.document_id)
        added.append(perf_counter() - begin)
        begin = perf_counter()
        store.remove(one.document_id)
        index.catch_up(renew=False)
        assert not _held(reader, one.document_id)
        removed.append(perf_counter() - begin)
    report.figures["add one document until found, s, slowest"] = max(added)
    report.figures["remove one document until gone, s, slowest"] = max(removed)


def _held(index: SearchIndex, document: str) -> bool:
    return bool(index.search("通知", Filters(document=document)).hits)

"""How fast the product is. Seconds differ from machine to machine; ratios to a fixed loop hardly do."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from corpus.document import Document, Problem
from corpus.records import JsonObject
from evaluation.extraction.systems import taizhang
from evaluation.gold import Case, cases_hash, load_cases, samples
from evaluation.speed.memory import Run, run_watched
from evaluation.speed.reading import rates
from service.intake.extraction import Reading, read_or_problem
from service.library import Library

LOOPS = 3_000_000
REPEATS = 3
PROGRAM = [sys.executable, "-c", "from service.cli import main; main()"]
QUERIES = (
    "农家乐整治怎么做",
    "责任单位 完成时限",
    "优化营商环境",
    "生态环境保护督察整改",
    "政务公开",
    "住房公积金提取",
)
SEARCHES = 100
PLAN_STATEMENTS = 300
LENGTHS = (1_700, 6_800)
"""Statements of the plans that show whether time grows with length alone: a quarter and a whole million
characters."""
_ITEM = (
    "加强河道巡查管护。对辖区内的河道、水库和堤防开展拉网式排查，逐项建立问题台账，明确整改措施，{}月底前完成阶段性"
    "任务，整改率达到95%以上。一是清理河道内的违法建筑，恢复行洪能力；二是开展入河排污口排查整治。"
    "（牵头单位：市水利局；责任单位：市自然资源局、市生态环境局，各县〔市、区〕人民政府）"
)


@dataclass(frozen=True, slots=True)
class Timing:
    """One thing that was measured."""

    name: str
    value: float
    unit: str
    """s, ms, MB, or something per second."""
    ratio: float | None = None
    """Seconds over the seconds of the reference loop, for times only."""


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """All that was measured in one run."""

    data: str
    reference: float
    """Seconds that the reference loop took."""
    timings: tuple[Timing, ...]

    def record(self) -> JsonObject:
        """Return the timings by name, with the seconds of the reference loop."""
        timings = {
            timing.name: {"value": round(timing.value, 4), "unit": timing.unit, "ratio": timing.ratio}
            for timing in self.timings
        }
        return {"reference_seconds": round(self.reference, 4), "timings": timings}

    def show(self, console: Console) -> None:
        """Print one row per timing."""
        table = Table("measured", title=f"speed (reference loop {self.reference:.3f} s)")
        for column in ("value", "unit", "× reference"):
            table.add_column(column, justify="right")
        for timing in self.timings:
            ratio = "" if timing.ratio is None else f"{timing.ratio:.2f}"
            table.add_row(timing.name, f"{timing.value:,.2f}", timing.unit, ratio)
        console.print(table)


def evaluate(gold: Path | None, corpus: Path | None, data: Path | None) -> SpeedReport:
    """Measure start-up, reading and extraction; with `corpus` also adding it as a whole, and searching.

    Args:
        gold: folder of documents to read and extract; None for the bundled samples.
        corpus: folder of documents for a library; None leaves adding and searching out.
        data: where that library is built, or already is; None for a temporary folder.

    Raises:
        UserError: when a folder holds nothing to measure.
    """
    cases = load_cases(gold or samples())
    reference = best_of(REPEATS, _reference_loop)
    timings = [*_start_up(load_cases(samples())), *_extraction(cases), *_tasks_of_text(cases)]
    timings += [Timing(f"{rate.name}, two workers", rate.value, rate.unit) for rate in rates()]
    if corpus is not None:
        with TemporaryDirectory() if data is None else nullcontext(data) as folder:
            timings += _library(corpus, Path(folder))
    return SpeedReport(
        cases_hash(cases), reference, tuple(_with_ratio(timing, reference) for timing in timings)
    )


def best_of(times: int, work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of some runs: the others only show what else the machine did."""
    return min(_seconds(work) for _ in range(times))


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` per cent of the values lie.

    Raises:
        statistics.StatisticsError: with fewer than two values.
    """
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def plan_text(statements: int) -> str:
    """Return the text of a made-up plan of so many items with a statement each."""
    heads = ["安澜市河道整治三年实施方案", "一、重点任务"]
    items = (f"{number}．{_ITEM.format(number % 12 + 1)}" for number in range(1, statements + 1))
    tail = ["安澜市人民政府", "2024年3月1日"]
    return "\n".join([*heads, *items, *tail])


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def _reference_loop() -> int:
    total = 0
    for number in range(LOOPS):
        total += number & 7
    return total


def _with_ratio(timing: Timing, reference: float) -> Timing:
    in_seconds = {"s": 1.0, "ms": 0.001}.get(timing.unit)
    ratio = None if in_seconds is None else round(timing.value * in_seconds / reference, 3)
    return Timing(timing.name, timing.value, timing.unit, ratio)


def _start_up(cases: Sequence[Case]) -> list[Timing]:
    docx = next(case.path for case in cases if case.path.suffix == ".docx")
    return [
        Timing("python alone", best_of(REPEATS, lambda: _call([sys.executable, "-c", "pass"])), "s"),
        Timing("taizhang --help", best_of(REPEATS, lambda: _call([*PROGRAM, "--help"])), "s"),
        Timing(
            "extract one docx, cold",
            best_of(REPEATS, lambda: _call([*PROGRAM, "extract", str(docx), "--json"])),
            "s",
        ),
    ]


def _call(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _extraction(cases: Sequence[Case]) -> list[Timing]:
    taizhang(cases[0].path)  # the first call also loads word tables
    characters = 0
    begin = perf_counter()
    for case in cases:
        characters += len(taizhang(case.path).get("text", ""))
    seconds = perf_counter() - begin
    return [
        Timing(f"read and extract {len(cases)} files", seconds, "s"),
        Timing("read and extract", characters / seconds, "characters/s"),
    ]


def _tasks_of_text(cases: Sequence[Case]) -> list[Timing]:
    """Measure the way from canonical text to tasks: of the cases, of a long plan, and of ever longer ones."""
    from ingest.extract.extract import extract  # only here is it called by itself

    documents = [read.document for case in cases if isinstance(read := _read(case.path), Reading)]
    seconds = best_of(REPEATS, lambda: [extract(document) for document in documents])
    characters = sum(len(document.text) for document in documents)
    plan = _plan(PLAN_STATEMENTS)
    short, long = (best_of(1, partial(extract, _plan(count))) for count in LENGTHS)
    return [
        Timing("from text to tasks", characters / seconds, "characters/s"),
        Timing(
            f"plan of {len(plan.text):,} characters, {PLAN_STATEMENTS} statements",
            best_of(REPEATS, lambda: extract(plan)),
            "s",
        ),
        Timing(f"plan of {len(_plan(LENGTHS[1]).text):,} characters", long, "s"),
        Timing(
            "the same, over a plan of a quarter, per character", long / short * LENGTHS[0] / LENGTHS[1], "×"
        ),
    ]


def _read(path: Path) -> Reading | Problem:
    return read_or_problem(path.read_bytes(), path.name)


@cache
def _plan(statements: int) -> Document:
    """Return a made-up plan of so many items with a statement each."""
    from ingest.read import read_document

    return read_document(plan_text(statements).encode(), "plan.txt")


def _library(corpus: Path, data: Path) -> list[Timing]:
    # 1: some files could not be read, which costs the others nothing
    run = run_watched([*PROGRAM, "add", str(corpus), "--data", str(data), "--json"], accept=(0, 1))
    documents = json.loads(run.output)["added"]
    return _adding(run, documents) + _searches(data)


def _adding(run: Run, documents: int) -> list[Timing]:
    """Return what adding took; nothing where the library knew the documents before."""
    if not documents:
        return []
    timings = [
        Timing(f"add {documents} documents", run.seconds, "s"),
        Timing("add", documents / run.seconds, "documents/s"),
    ]
    if run.peak_bytes is not None:
        timings.append(Timing("add, peak memory of all processes", run.peak_bytes / 2**20, "MB"))
    return timings


def _searches(data: Path) -> list[Timing]:
    with Library.open(data, create=False) as library:
        for query in QUERIES:
            library.search(query)
        asked = (QUERIES[number % len(QUERIES)] for number in range(SEARCHES))
        milliseconds = [1000 * _seconds(partial(library.search, query)) for query in asked]
    return [
        Timing("search, warm, p50", percentile(milliseconds, 50), "ms"),
        Timing("search, warm, p95", percentile(milliseconds, 95), "ms"),
    ]

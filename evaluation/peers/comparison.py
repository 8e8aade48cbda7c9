"""Ours beside other search programs over one library: how good, how fast, how long to build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from corpus.store.filters import Filters
from evaluation.gold import data_hash
from evaluation.library import built_library, document_folders
from evaluation.peers.data import AT_ONCE, part_of
from evaluation.peers.installed import installed
from evaluation.peers.program import Asked, Peer
from evaluation.report import SystemsReport
from evaluation.search.judgements import Judged, load_judged, load_same
from evaluation.search.ranking import DEPTH, ndcg
from evaluation.search.systems import ENOUGH, System, first_of, search_systems
from evaluation.speed.scale import percentiles, timed
from index.encoders.base import Encoder
from index.encoders.static import built_in_encoder
from index.search import NO_LIMIT
from index.tokens import words
from service.library import Library

OURS, ALL = "taizhang", "all"
Asking = Callable[[str, int], list[int]]
"""Query and number of passages -> their ids, best first."""


class ComparisonReport(SystemsReport):
    """nDCG@10 by kind of search, milliseconds per search, seconds to build, by program."""

    __slots__ = ()

    def show(self, console: Console) -> None:
        """Print one row per program."""
        heads = list(next(iter(self.systems.values())))
        table = Table("program", *heads, title=f"{self.passages:,} passages, searches without filters")
        for name, figures in self.systems.items():
            table.add_row(name, *(f"{figures[head]:.3f}" if head in figures else "" for head in heads))
        console.print(table)


def evaluate(
    gold: Path, corpus: Path | None, data: Path | None, wanted: Sequence[str] = ()
) -> ComparisonReport:
    """Ask every judged search, its filters left to its words, of each program that is installed.

    Args:
        gold: folder with `search/precedents.jsonl`, `docs/`, and perhaps `same.tsv`.
        corpus: folder of more documents, None for none.
        data: library to build or reuse, None for a temporary one.
        wanted: beginnings of the names of programs to compare with; () for all.
    """
    path = gold / "search" / "precedents.jsonl"
    same = load_same(gold / "same.tsv")
    judged = [search for search in load_judged(path, same) if search.filters.empty]
    report = ComparisonReport(data_hash([path]))
    with built_library(document_folders(gold, corpus), data) as library:
        rows = library.store.passages(library.store.matching(Filters(), NO_LIMIT) or [])
        report.passages = len(rows)

        def ours(query: str) -> object:
            return library.search(query)

        system = search_systems(library, same)[OURS]
        report.systems[OURS] = _quality(system, judged) | _speed(judged, ours, ours)
        encoder = built_in_encoder()
        parts = [part_of(rows[start : start + AT_ONCE], encoder) for start in range(0, len(rows), AT_ONCE)]
        for name, program in installed(wanted).items():
            with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                begin = perf_counter()
                program(Path(folder), encoder.dimensions).build(parts)
                built = {"build s": perf_counter() - begin}
                asking = _asking(program(Path(folder), encoder.dimensions), encoder)
                quality = _quality(_chosen(library, asking, same), judged)
                report.systems[name] = quality | _speed(judged, _top(asking), ours) | built
    return report


def _asking(peer: Peer, encoder: Encoder) -> Asking:
    """Return the search of a program; to cut and to encode the question is part of it, as it is of ours."""
    return lambda query, limit: peer.search(Asked(" ".join(words(query)), encoder.encode_query(query)), limit)


def _chosen(library: Library, asking: Asking, same: dict[str, str]) -> System:
    """Return a program as a system whose passages are chosen as ours are: copies folded, few each."""
    return lambda asked: first_of(library.store.passages(asking(asked.query, ENOUGH)), same)


def _top(asking: Asking) -> Callable[[str], object]:
    return lambda query: asking(query, DEPTH)


def _quality(system: System, judged: Sequence[Judged]) -> dict[str, float]:
    """Return the mean nDCG over all searches and by kind."""
    scores: dict[str, list[float]] = {ALL: []}
    for search in judged:
        value = ndcg([found.names for found in system(search)], search.grades)
        scores.setdefault(search.kind, []).append(value)
        scores[ALL].append(value)
    return {f"nDCG {kind}": sum(values) / len(values) for kind, values in scores.items()}


def _speed(
    judged: Sequence[Judged], program: Callable[[str], object], ours: Callable[[str], object]
) -> dict[str, float]:
    """Return the milliseconds of a program, and of ours by turns with it on the same machine."""
    queries = [search.query for search in judged]
    its, own = timed(queries, program, ours)
    beside = {f"ours beside {name}": value for name, value in percentiles(own).items()}
    return percentiles(its) | beside

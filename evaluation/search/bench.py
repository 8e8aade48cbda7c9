"""How well questions of a bench find the documents that answer them: ours, its parts, and words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.gold import data_hash
from evaluation.intervals import interval
from evaluation.library import built_library
from evaluation.search.bench_systems import DEPTH, bench_systems
from evaluation.search.benches import CORPUS, QUESTIONS, RELEVANT, Asked, Bench, unseen
from index.encoders.base import Encoder
from index.encoders.static import StaticEncoder
from index.models.choice import configured_encoder, configured_reranker

ALL, UNSHARED = "all", "unshared"
"""Groups of questions; those that share no document with any other are reported apart."""
FIRST = 10
MEASURES = (f"R@{FIRST}", f"R@{DEPTH}", f"MRR@{FIRST}")


@dataclass(frozen=True, slots=True)
class BenchReport:
    """The scores of each system on each question."""

    data: str
    name: str
    scores: dict[str, dict[str, tuple[float, float, float]]]
    """By system and question, in the order of `MEASURES`."""
    groups: dict[str, list[str]]
    """Ids of the questions in each group."""
    encoder: str
    """Which encoder made the vectors, and whether it had seen the questions."""
    reranker: str = ""
    """Name of the reranker, "" without one."""

    def record(self) -> JsonObject:
        """Return means with intervals by system, group and measure."""
        systems = {
            system: {
                group: {name: self._figure(system, group, place) for place, name in enumerate(MEASURES)}
                for group in self.groups
            }
            for system in self.scores
        }
        return {
            "bench": self.name,
            "encoder": self.encoder,
            "reranker": self.reranker,
            "systems": systems,
            "questions": self._sizes(),
        }

    def show(self, console: Console) -> None:
        """Print one table: systems by groups, each with the three measures."""
        title = f"{self.name}: {', '.join(MEASURES)} ({self.encoder})"
        table = Table("system", title=title)
        for group, size in self._sizes().items():
            table.add_column(f"{group} ({size})", justify="right")
        for system in self.scores:
            cells = (
                " ".join(f"{self._mean(system, group, place):.3f}" for place in range(len(MEASURES)))
                for group in self.groups
            )
            table.add_row(system, *cells)
        console.print(table)

    def _sizes(self) -> dict[str, int]:
        return {group: len(ids) for group, ids in self.groups.items()}

    def _values(self, system: str, group: str, place: int) -> list[float]:
        return [self.scores[system][id][place] for id in self.groups[group]]

    def _mean(self, system: str, group: str, place: int) -> float:
        values = self._values(system, group, place)
        return sum(values) / len(values) if values else 0.0

    def _figure(self, system: str, group: str, place: int) -> JsonObject:
        low, high = interval(self._values(system, group, place))
        return {
            "mean": round(self._mean(system, group, place), 4),
            "from": round(low, 4),
            "to": round(high, 4),
        }


def evaluate_bench(
    bench: Bench, data: Path | None, fold_encoders: Path | None, distractors: Path | None = None
) -> BenchReport:
    """Ask every question of `bench` over its documents.

    Args:
        bench: the questions.
        data: library to build or reuse, None for a temporary one.
        fold_encoders: folder of encoders, each of which is asked what it has not seen; None for the product's
            encoder, which may have seen all.
        distractors: folder of more documents that answer nothing.
    """
    parts = _parts(bench.questions, fold_encoders)
    reranker = configured_reranker()
    scores: dict[str, dict[str, tuple[float, float, float]]] = {}
    with _documents(bench, data) as own, built_library(_folders(own, distractors), data) as library:
        for encoder, questions in parts:
            for name, system in bench_systems(library, encoder, reranker).items():
                measured = {asked.id: measure(system(asked), asked.relevant) for asked in questions}
                scores.setdefault(name, {}).update(measured)
    seen = "product's encoder, which may have learnt from these questions"
    told = seen if fold_encoders is None else f"{len(parts)} encoders that have not seen what they are asked"
    digest = data_hash([bench.folder / name for name in (CORPUS, QUESTIONS, RELEVANT)])
    name = bench.name + (" with distractors" if distractors else "")
    return BenchReport(digest, name, scores, _groups(bench), told, reranker.name if reranker else "")


def measure(found: Sequence[str], relevant: frozenset[str]) -> tuple[float, float, float]:
    """Return the share of the relevant among the first 10 and 100, and one over the rank of the first one."""
    ranks = [rank for rank, name in enumerate(found, 1) if name in relevant]
    shares = [sum(rank <= depth for rank in ranks) / len(relevant) for depth in (FIRST, DEPTH)]
    return shares[0], shares[1], 1 / ranks[0] if ranks and ranks[0] <= FIRST else 0.0


def _parts(questions: tuple[Asked, ...], fold_encoders: Path | None) -> list[tuple[Encoder, Sequence[Asked]]]:
    if fold_encoders is None:
        return [(configured_encoder(), questions)]
    return [(StaticEncoder(folder), part) for folder, part in unseen(fold_encoders, questions)]


def _groups(bench: Bench) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {ALL: [], UNSHARED: []}
    for asked in bench.questions:
        groups[ALL].append(asked.id)
        if asked.id in bench.unshared:
            groups[UNSHARED].append(asked.id)
        groups.setdefault(asked.kind, []).append(asked.id)
    return groups


@contextmanager
def _documents(bench: Bench, data: Path | None) -> Iterator[Path]:
    """Yield the folder of the bench's documents as files: beside the library if it is kept."""
    if data is None:
        with TemporaryDirectory() as name:
            bench.write_documents(Path(name))
            yield Path(name)
    else:
        folder = data / "documents"
        if not folder.exists():
            bench.write_documents(folder)
        yield folder


def _folders(own: Path, distractors: Path | None) -> list[Path]:
    return [own, *([distractors] if distractors else [])]

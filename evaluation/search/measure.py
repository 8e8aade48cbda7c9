"""How well precedent search finds what a person judged relevant: ours beside simpler systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.gold import data_hash
from evaluation.library import built_library, document_folders
from evaluation.search.judgements import IN_WORDS, Judged, load_judged, load_same
from evaluation.search.ranking import DEPTH, ndcg, recall
from evaluation.search.systems import Found, search_systems
from evaluation.text import squash
from index.models.choice import configured_reranker

ALL = "all"
TITLES = {
    "ndcg": f"nDCG@{DEPTH} by document (Järvelin and Kekäläinen 2002, linear gain)",
    "recall": f"recall@{DEPTH} by document",
    "evidence": f"evidence hit@{DEPTH}",
}


@dataclass(frozen=True, slots=True)
class Scores:
    """How good one answer is, or the mean over many; each 0 to 1."""

    ndcg: float
    """Over documents in the order in which they first appear."""
    recall: float
    """By document."""
    evidence: float
    """Whether one of the passages holds a quotation that was judged relevant."""


@dataclass(frozen=True, slots=True)
class SearchReport:
    """The scores of each system on each search."""

    data: str
    scores: dict[str, dict[str, Scores]]
    """By system and id of the search (with `IN_WORDS` behind it, where filters are left to the words)."""
    kinds: dict[str, str]
    """Kind of each search."""
    reranker: str = ""
    """Name of the reranker, "" without one."""

    def record(self) -> JsonObject:
        """Return mean scores by system and kind, and nDCG by system and search."""
        return {
            "depth": DEPTH,
            "reranker": self.reranker,
            "systems": {
                system: {kind: _rounded(scores) for kind, scores in self.means(system).items()}
                for system in self.scores
            },
            "searches": {
                system: {id: round(one.ndcg, 4) for id, one in scores.items()}
                for system, scores in self.scores.items()
            },
        }

    def show(self, console: Console) -> None:
        """Print one table per measure: systems by kinds."""
        for measure in ("ndcg", "recall", "evidence"):
            table = Table("system", title=TITLES[measure])
            kinds = list(self.means(next(iter(self.scores))))
            for kind in kinds:
                table.add_column(kind, justify="right")
            for system in self.scores:
                means = self.means(system)
                table.add_row(system, *(f"{getattr(means[kind], measure):.3f}" for kind in kinds))
            console.print(table)

    def means(self, system: str) -> dict[str, Scores]:
        """Return the mean scores of a system by kind; "all" counts each search once, with its filters."""
        groups: dict[str, list[Scores]] = {ALL: []}
        for id, scores in self.scores[system].items():
            groups.setdefault(self.kinds[id], []).append(scores)
            if not id.endswith(IN_WORDS):
                groups[ALL].append(scores)
        return {kind: _mean(group) for kind, group in groups.items()}


def evaluate(gold: Path, corpus: Path | None, data: Path | None) -> SearchReport:
    """Run every search of `gold/search/precedents.jsonl` over the documents of the gold and of `corpus`.

    Args:
        gold: folder with `search/precedents.jsonl`, `docs/`, and perhaps `same.tsv`.
        corpus: folder of more documents, None for none.
        data: library to build or reuse, None for a temporary one.

    Raises:
        UserError: when there are no judgements.
    """
    path = gold / "search" / "precedents.jsonl"
    same = load_same(gold / "same.tsv")
    judged = load_judged(path, same)
    reranker = configured_reranker()
    with built_library(document_folders(gold, corpus), data) as library:
        systems = search_systems(library, same, reranker)
        scores = {
            name: {search.id: score(search, system(search)) for search in judged}
            for name, system in systems.items()
        }
    kinds = {search.id: search.kind for search in judged}
    return SearchReport(data_hash([path]), scores, kinds, reranker.name if reranker else "")


def score(search: Judged, found: Sequence[Found]) -> Scores:
    """Hold what a system found against what is relevant."""
    names = [item.names for item in found]
    quotes = [squash(item.quote) for item in search.relevant]
    texts = [squash(item.text) for item in found[:DEPTH]]
    evidence = any(quote in text for quote in quotes for text in texts)
    return Scores(ndcg(names, search.grades), recall(names, search.grades), float(evidence))


def _mean(group: Sequence[Scores]) -> Scores:
    columns = zip(*((one.ndcg, one.recall, one.evidence) for one in group), strict=True)
    return Scores(*(sum(column) / len(group) for column in columns))


def _rounded(scores: Scores) -> JsonObject:
    return {name: round(getattr(scores, name), 4) for name in ("ndcg", "recall", "evidence")}

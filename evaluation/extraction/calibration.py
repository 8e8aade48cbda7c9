"""Whether `confidence` keeps its word: of the rows it calls 0.95 sure, about 95 in 100 need no correction.

Each document is judged by weights that were fitted on the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject, task_from_record
from evaluation.extraction.scores import faults_of_found
from evaluation.extraction.systems import System, saved, taizhang
from evaluation.gold import Case, cases_hash, load_cases, samples
from ingest.extract.doubts.confidence import SIGNALS, probability, signals_of

SURE = 0.9
PERFECT_WANTED, SURE_WANTED = 0.97, 0.80
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
FAULT_WEIGHT = 2.0
"""A wrong row counts so much more than a right one: who trusts a sure row is to be right in 97 of 100."""
STRENGTH = 3.0
"""How far the weights may follow the rows: the inverse of the regularisation (scikit-learn's C)."""


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row that was extracted, and whether it was right."""

    case: str
    signals: tuple[bool, ...]
    perfect: bool
    shipped: float = 1.0
    """The confidence that it carries."""
    weight: float = 1.0
    """How much it counts in a fit; rows of documents that the rules were written by tell less."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows of one range of confidence."""

    low: float
    high: float
    rows: int
    said: float
    """Mean confidence."""
    perfect: float
    """Share of perfect rows."""


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """Reliability over all rows: by weights of the other documents, and by the weights of the product."""

    data: str
    bins: tuple[Bin, ...]
    sure_share: float
    """Share of all rows above `SURE`."""
    sure_perfect: float
    """Share of perfect rows among those."""
    shipped: CalibrationReport | None = None
    """The same of the confidence that the rows carry."""

    def record(self) -> JsonObject:
        """Return the table and the two shares."""
        bins = [
            {
                "from": b.low,
                "to": b.high,
                "rows": b.rows,
                "said": round(b.said, 4),
                "perfect": round(b.perfect, 4),
            }
            for b in self.bins
        ]
        return {
            "sure_share": round(self.sure_share, 4),
            "sure_perfect": round(self.sure_perfect, 4),
            "reliability": bins,
            "shipped": self.shipped.record() if self.shipped else None,
        }

    def show(self, console: Console) -> None:
        """Print the reliability table and the two shares with what is wanted."""
        title = (
            "reliability, each document left out of its own fit" if self.shipped else "as the rows carry it"
        )
        table = Table("confidence", title=title)
        for column in ("rows", "said", "perfect"):
            table.add_column(column, justify="right")
        for b in self.bins:
            table.add_row(f"{b.low:.2f} – {b.high:.2f}", str(b.rows), f"{b.said:.3f}", f"{b.perfect:.3f}")
        console.print(table)
        console.print(
            f"above {SURE}: {self.sure_share:.3f} of the rows (wanted {SURE_WANTED}), "
            f"{self.sure_perfect:.3f} of them perfect (wanted {PERFECT_WANTED})"
        )
        if self.shipped is not None:
            self.shipped.show(console)


def evaluate(gold: Path | None, outputs: Path | None = None) -> CalibrationReport:
    """Judge the rows of the documents in `gold`, or of the bundled samples, or saved extract lines of them.

    Raises:
        UserError: when there is no gold, or a path does not exist.
    """
    cases = load_cases(gold or samples())
    rows = judged_rows(cases, saved(outputs) if outputs else taizhang)
    data = cases_hash(cases)
    shipped = report(data, rows, [row.shipped for row in rows])
    return replace(report(data, rows, left_out(rows)), shipped=shipped)


def judged_rows(cases: Iterable[Case], system: System, weight: float = 1.0) -> list[JudgedRow]:
    """Return every row that a system extracts from the cases, with its signals and whether it is perfect."""
    return [
        JudgedRow(case.name, signals_of(task_from_record(record)), not fault, record["confidence"], weight)
        for case in cases
        for line in [system(case.path)]
        for record, fault in zip(line["tasks"], faults_of_found(case, line), strict=True)
    ]


def fit(rows: Sequence[JudgedRow]) -> tuple[float, ...]:
    """Return the weight of every row and of each signal, by logistic regression; signals only speak against.

    Rows that are all perfect give a constant: there is nothing to tell them apart by.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression  # takes a second; only evaluation and training pay it

    given = np.array([row.signals for row in rows], dtype=float)
    perfect = np.array([row.perfect for row in rows])
    counted = np.array([row.weight * (1.0 if row.perfect else FAULT_WEIGHT) for row in rows])
    if perfect.all():
        return (float(np.log(counted.sum() + 1.0)), *[0.0] * len(SIGNALS))
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(given, perfect, sample_weight=counted)
    return (float(model.intercept_[0]), *(min(0.0, float(weight)) for weight in model.coef_[0]))


def left_out(rows: Sequence[JudgedRow]) -> list[float]:
    """Return the confidence of each row by weights fitted without its document."""
    weights = {name: fit([row for row in rows if row.case != name]) for name in {row.case for row in rows}}
    return [probability(row.signals, weights[row.case]) for row in rows]


def report(data: str, rows: Sequence[JudgedRow], said: Sequence[float]) -> CalibrationReport:
    """Return the reliability of confidences `said` about `rows`."""
    pairs = list(zip(said, (row.perfect for row in rows), strict=True))
    sure = [perfect for confidence, perfect in pairs if confidence > SURE]
    return CalibrationReport(
        data,
        tuple(bin_ for low, high in pairwise(EDGES) if (bin_ := _bin(pairs, low, high)).rows),
        len(sure) / len(pairs) if pairs else 0.0,
        sum(sure) / len(sure) if sure else 0.0,
    )


def _bin(pairs: Sequence[tuple[float, bool]], low: float, high: float) -> Bin:
    inside = [(said, perfect) for said, perfect in pairs if low < said <= high]
    count = len(inside) or 1
    return Bin(low, high, len(inside), sum(s for s, _ in inside) / count, sum(p for _, p in inside) / count)

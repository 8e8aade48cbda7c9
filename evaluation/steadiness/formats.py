"""Whether a ledger depends on the format in which its document comes in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.document import Problem
from corpus.errors import UserError
from corpus.records import JsonObject
from evaluation.gold import Case, cases_hash, load_cases, samples
from evaluation.steadiness.renderings import RENDERINGS
from ingest.readers.libreoffice import find_program
from service.intake.extraction import Reading, read_or_problem

DOCUMENTS = 10
_KEPT = ("label", "section", "text", "assigned", "problem", "goal")
"""Keys of a row that must be equal as they stand; of units, deadlines and the like, what they say."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The ledger rows of one document in each format, in a form that can be compared."""

    name: str
    by_format: Mapping[str, Sequence[str]]

    @property
    def all(self) -> frozenset[str]:
        """Rows that at least one format gives."""
        return frozenset(row for rows in self.by_format.values() for row in rows)

    @property
    def shared(self) -> frozenset[str]:
        """Rows that every format gives alike."""
        return frozenset.intersection(*(frozenset(rows) for rows in self.by_format.values()))


@dataclass(frozen=True, slots=True)
class FormatsReport:
    """How many ledger rows are equal in all formats."""

    data: str
    documents: Sequence[DocumentRows]
    verbose: bool = False

    @property
    def equal(self) -> float:
        """Share of all rows that every format gives alike; 1 where there is no row."""
        rows = sum(len(document.all) for document in self.documents)
        return sum(len(document.shared) for document in self.documents) / rows if rows else 1.0

    def record(self) -> JsonObject:
        """Return the share of equal rows, and by document the rows and those that differ."""
        documents: JsonObject = {
            document.name: {
                "rows": len(document.all),
                "equal": len(document.shared),
                "by_format": {name: len(rows) for name, rows in document.by_format.items()},
            }
            for document in self.documents
        }
        return {"equal": round(self.equal, 4), "documents": documents}

    def show(self, console: Console) -> None:
        """Print rows by document and format; verbose adds every row that not all formats give."""
        table = Table("document", title=f"rows equal in all formats: {self.equal:.1%}")
        for column in ("rows", "equal", *RENDERINGS):
            table.add_column(column, justify="right")
        for document in self.documents:
            counts = [len(document.by_format.get(name, ())) for name in RENDERINGS]
            table.add_row(document.name, str(len(document.all)), str(len(document.shared)), *map(str, counts))
        console.print(table)
        if self.verbose:
            for document in self.documents:
                _print_differences(console, document)


def evaluate(gold: Path | None, *, verbose: bool = False) -> FormatsReport:
    """Render documents in every format, extract each, and compare the ledgers.

    Args:
        gold: a folder with `docs/*.txt` and `gold/*.json`; None for the bundled samples. Ten documents,
            spread evenly over the folder, are taken.
        verbose: also show every row that differs.

    Raises:
        UserError: when the folder has no gold, or LibreOffice is missing.
    """
    if find_program() is None:
        raise UserError("比较各种格式需要 LibreOffice（用来生成 pdf 和 doc），请安装后再试。")
    cases = _spread(load_cases(gold or samples()))
    return FormatsReport(cases_hash(cases), [_rows_of(case) for case in cases], verbose)


def _spread(cases: Sequence[Case]) -> list[Case]:
    """Return ten of the cases, evenly spaced; all where there are no more."""
    texts = list({case.text: case for case in cases}.values())
    count = min(DOCUMENTS, len(texts))
    return [texts[number * len(texts) // count] for number in range(count)]


def _rows_of(case: Case) -> DocumentRows:
    """Return the rows of one case in each format, made from its text as the product reads it.

    Raises:
        UserError: when the text itself cannot be read.
    """
    reading = read_or_problem(case.text.encode(), f"{Path(case.name).stem}.txt")
    if isinstance(reading, Problem):
        raise UserError(f"{case.name}：{reading.message}")
    return DocumentRows(
        case.name,
        {
            suffix: comparable_rows(read_or_problem(render(reading.document), f"{case.name}.{suffix}"))
            for suffix, render in RENDERINGS.items()
        },
    )


def comparable_rows(outcome: Reading | Problem) -> list[str]:
    """Return the ledger rows of a reading without places, each as one text; none for a problem."""
    if isinstance(outcome, Problem):
        return []
    return [json.dumps(_comparable(task), ensure_ascii=False) for task in outcome.record()["tasks"]]


def _comparable(task: JsonObject) -> JsonObject:
    kept = {key: task[key] for key in _KEPT}
    return kept | {
        "units": [[unit["name"], unit["role"], unit["inherited"]] for unit in task["units"]],
        "deadlines": [
            [limit["raw"], limit["kind"], limit["start"], limit["end"]] for limit in task["deadlines"]
        ],
        "indicators": [indicator["raw"] for indicator in task["indicators"]],
        "persons": [[person["name"], person["post"]] for person in task["persons"]],
        "measures": [measure["text"] for measure in task["measures"]],
    }


def _print_differences(console: Console, document: DocumentRows) -> None:
    for row in sorted(document.all - document.shared):
        holders = ",".join(name for name, rows in document.by_format.items() if row in rows)
        console.print(f"{document.name} [{holders}] {row}", markup=False, highlight=False)

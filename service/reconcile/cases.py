"""举一反三: for a problem, the same kind of problem in other documents and places, and how it was solved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import UserError
from corpus.records import JsonObject, plain
from corpus.spans import Span
from corpus.store.rows import TaskRow
from index.encoders.static import built_in_encoder
from ingest.extract.clauses import sentences
from service.reconcile.wording import mentions, terms_of

if TYPE_CHECKING:
    from service.library import Library

LOOKED_AT = 60
"""Passages that are looked at for the rows they belong to."""
LEAST = 0.3
"""Least likeness of a case."""
HAS_PROBLEM, HAS_MEASURES = 0.08, 0.04
"""What a row is preferred for that states a problem, and one that says what is done about it."""
FINISHED = 0.04
"""What a row is preferred for that was brought to its end: it shows what worked."""
_DONE = frozenset({"done", "closed", "rechecked"})


@dataclass(frozen=True, slots=True)
class SolvedCase:
    """A row with the same kind of problem."""

    row: TaskRow
    region: str
    """"" where the document does not tell."""
    date: str
    """ISO text, "" where the document has none."""
    likeness: float
    """0 to 1."""
    problem: str
    """The problem as the row states it, else its first sentence, which names the matter."""
    measures: tuple[str, ...]
    """What is to be done, or was: as the row lists it, else its further sentences."""
    goal: str
    progress: tuple[str, ...]
    """What was reported about it, the newest first."""

    def record(self) -> JsonObject:
        """Return the case as JSON knows it."""
        return {
            "task": self.row.id,
            "document": self.row.document_id,
            "title": self.row.title or self.row.source,
            "region": self.region,
            "date": self.date,
            "likeness": round(self.likeness, 3),
            "text": self.row.record["text"],
            "problem": self.problem,
            "measures": list(self.measures),
            "goal": self.goal,
            "units": plain([unit["name"] for unit in self.row.record["units"]]),
            "status": self.row.status.value,
            "due": plain(self.row.due),
            "progress": list(self.progress),
        }


def similar_cases(
    library: Library, *, text: str | None = None, task: str | None = None, count: int = 10
) -> tuple[SolvedCase, ...]:
    """Return rows with the same kind of problem as a text or a row has, the likest first; () for none.

    Rows of the document that `task` belongs to are left out.

    Raises:
        NotFoundError: when there is no such row.
        UserError: when there is nothing to look for.
    """
    own = library.task(task) if task else None
    wanted = (text or "").strip() or (problem_of(own) if own else "")
    if not wanted:
        raise UserError("请写出要找的问题，或给出一项任务的编号。")
    found = library.index.similar(
        wanted[:400],
        k=LOOKED_AT,
        exclude_document=own.document_id or None if own else None,
        tasks_only=True,
    )
    ids = list(dict.fromkeys(hit.passage.task_id for hit in found.hits if hit.passage.task_id))
    rows = [row for row in library.store.task_rows(ids) if row.hidden is None]
    ranked = sorted(_judged(library, wanted, rows), key=lambda case: -case.likeness)
    return tuple(case for case in ranked[:count] if case.likeness >= LEAST)


def problem_of(row: TaskRow) -> str:
    """Return the problem that a row states, else its own words."""
    return str(row.record.get("problem") or row.record["text"])


def _judged(library: Library, wanted: str, rows: Iterable[TaskRow]) -> list[SolvedCase]:
    kept = list(rows)
    encoder = built_in_encoder()
    cosines = np.asarray(
        encoder.encode([problem_of(row)[:400] for row in kept]) @ encoder.encode([wanted])[0]
    )
    return [
        _case(library, row, float(cosine), _shared(wanted, problem_of(row)))
        for row, cosine in zip(kept, cosines, strict=True)
    ]


def _shared(wanted: str, other: str) -> float:
    """Return the share of the telling words of the shorter text that both have."""
    left, right = mentions(terms_of(wanted)), mentions(terms_of(other))
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def _case(library: Library, row: TaskRow, near: float, shared: float) -> SolvedCase:
    record = row.record
    first, *rest = _sentences(record["text"])
    measures = tuple(item["text"] for item in record["measures"]) or tuple(rest)
    likeness = 0.7 * near + 0.2 * shared
    likeness += HAS_PROBLEM * bool(record.get("problem")) + HAS_MEASURES * bool(record["measures"])
    likeness += FINISHED * (row.status.value in _DONE)
    document = library.document_row(row.document_id) if row.document_id else None
    return SolvedCase(
        row,
        (document.region or "") if document else "",
        document.date.isoformat() if document and document.date else "",
        min(likeness, 1.0),
        record.get("problem") or first,
        measures,
        record.get("goal") or "",
        tuple(_reported(row)),
    )


def _sentences(text: str) -> list[str]:
    """Return the sentences of a row, at least one; the cells of a table row are sentences too."""
    return [span.of(text) for span in sentences(text, Span(0, len(text)))] or [text]


def _reported(row: TaskRow) -> list[str]:
    noted = [note["text"] for note in reversed(row.notes) if note.get("text")]
    return noted + [item["text"] for item in row.progress]

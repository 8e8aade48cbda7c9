"""Reads answers out of the ledger: who leads, until when, and which rows a question means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.records import JsonObject
from corpus.registry.units import canonical_unit
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, PassageRow, TaskRow
from corpus.store.store import Store
from corpus.task import Role
from index.search import SearchIndex
from index.tokens import bigrams, fold
from service.ask.evidence import Evidence
from service.ask.matching import Weights, fit, quoted_share
from service.ask.question import Kind, Question
from service.ask.wording import DayRange, StatusAsked

LEAST_FIT = 0.6
"""What of the question a row with its headings must hold before it answers anything."""
TITLE_FIT = 0.5
"""Share of the character pairs that a document's title must have in common with the name in the question."""
ABOUT_FIT = 0.6
"""What of a question's subject a row must hold, with its headings, to be one of those that are meant."""
ALL_ROWS = 10_000
ANY_ROLE = (Role.LEAD, Role.RESPONSIBLE)
"""Who is meant by "who is in charge": the lead where there is one, else who is responsible."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the ledger that may answer a question about who or until when."""

    row: TaskRow
    passage: PassageRow
    findings: tuple[JsonObject, ...]
    """The row's units or time limits that are asked for."""
    fit: float
    score: float

    @property
    def words(self) -> tuple[str, ...]:
        """The findings as written, each once, without spaces."""
        written = (item.get("name") or item.get("raw") or "" for item in self.findings)
        return tuple(dict.fromkeys("".join(words.split()) for words in written))


def findings_asked(record: JsonObject, question: Question) -> tuple[JsonObject, ...]:
    """Return the units in the role asked for, or the time limits; () where the row has none."""
    if question.kind is Kind.WHEN:
        return tuple(record["deadlines"][:1])
    roles = (Role(question.asks),) if question.asks else ANY_ROLE
    named = (tuple(unit for unit in record["units"] if unit["role"] == role) for role in roles)
    return next((units for units in named if units), ())


def rows_for(
    evidence: Sequence[Evidence], store: Store, question: Question, weights: Weights
) -> list[FoundRow]:
    """Return the rows behind the passages that hold what is asked for, best first."""
    behind = {item.passage.task_id: item for item in reversed(evidence) if item.passage.task_id}
    found = []
    for row in store.task_rows(list(behind)):
        piece = behind[row.id]
        findings = findings_asked(row.record, question)
        fits = fit(weights, f"{row.record['label']}{row.record['text']}", piece.context)
        if findings and fits >= LEAST_FIT:
            score = fits + piece.place_fit + 0.15 * piece.year_fit
            score += 0.2 * quoted_share(question.quoted, row.record["text"]) + 0.3 * weights.beside_in(
                row.record["text"]
            )
            found.append(FoundRow(row, piece.passage, findings, fits, score))
    return sorted(found, key=lambda item: -item.score)


def rows_about(evidence: Sequence[Evidence], store: Store, weights: Weights) -> list[TaskRow]:
    """Return the rows behind the passages whose words hold what the question is about, in ledger order."""
    ids = dict.fromkeys(item.passage.task_id for item in evidence if item.passage.task_id)
    rows = about(store.task_rows(list(ids)), weights)
    return sorted(rows, key=lambda row: (row.document_id, row.record["span"]))


def document_named(index: SearchIndex, name: str) -> PassageRow | None:
    """Return a passage of the document whose title is most like `name`, None where none is like it."""
    hits = index.search(name, k=50, per_document=1, collapse=False).hits
    best = max((hit.passage for hit in hits), key=lambda passage: _alike(name, passage), default=None)
    return best if best is not None and _alike(name, best) >= TITLE_FIT else None


def _alike(name: str, passage: PassageRow) -> float:
    """Return the share of the name's character pairs that the title has, less where it says much else."""
    wanted, title = set(bigrams(name)), set(bigrams(passage.title or passage.source))
    if not wanted or not title:
        return 0.0
    shared = len(wanted & title)
    return 0.8 * shared / len(wanted) + 0.2 * shared / len(title)


def ledger_rows(
    store: Store, question: Question, document: str | None, today: date | None = None
) -> list[TaskRow]:
    """Return the rows that the question picks out by all but its subject, in ledger order.

    Where several documents are the same text, as copies of one plan are, the rows of each are returned.
    """
    query = TaskQuery(
        document=document, due_before=question.due.last if question.due else None, limit=ALL_ROWS
    )
    rows = [row for row in store.tasks(query, today).items if _is_meant(row, question)]
    return _due_exactly(rows, question.due)


def about(rows: Sequence[TaskRow], weights: Weights) -> list[TaskRow]:
    """Return the rows that speak of what the question is about; all of them where it names nothing."""
    topic = {word: worth for word, worth in weights.topic.items() if len(word) > 1}
    if not topic:
        return list(rows)
    least = ABOUT_FIT * sum(topic.values())
    return [row for row in rows if _held(topic, row) >= least]


def _held(topic: Mapping[str, float], row: TaskRow) -> float:
    text = fold(" ".join((*row.record["section"], row.record["label"], row.record["text"])))
    return sum(worth for word, worth in topic.items() if word in text)


def _due_exactly(rows: list[TaskRow], due: DayRange | None) -> list[TaskRow]:
    """Return the rows due on the very time that the question names, all up to it where there is none such.

    6月底前要完成的 asks for the rows that say 6月底前, in a plan that has them.
    """
    if due is None:
        return rows
    exact = [row for row in rows if _is_due(row.record, due)]
    return exact or rows


def _is_meant(row: TaskRow, question: Question) -> bool:
    if question.unit and not any(_is_unit(unit, question) for unit in row.record["units"]):
        return False
    if question.status and not _has_status(row, question.status):
        return False
    return question.due is None or not question.due.strict or _is_due(row.record, question.due)


def _has_status(row: TaskRow, asked: StatusAsked) -> bool:
    if asked.overdue:
        return row.colour is Colour.RED
    return row.status in asked.statuses


def _is_unit(unit: JsonObject, question: Question) -> bool:
    if question.role and unit["role"] not in _roles(question.role):
        return False
    wanted = {question.unit, canonical_unit(question.unit) or question.unit}
    names = {unit["name"], unit["canonical"] or unit["name"]}
    return any(one.endswith(other) or other.endswith(one) for one in wanted for other in names)


def _roles(role: Role) -> tuple[Role, ...]:
    """Return the roles that a word of a question may mean: who 负责 may lead or be responsible."""
    return ANY_ROLE if role is Role.RESPONSIBLE else (role,)


def _is_due(record: JsonObject, due: DayRange) -> bool:
    return any(limit["end"] and due.holds(date.fromisoformat(limit["end"])) for limit in record["deadlines"])

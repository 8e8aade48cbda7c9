"""Finds the rows of the ledger that a question means: 由市水利局牵头的, 6月底前到期的, about a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.records import JsonObject
from corpus.registry.units import canonical_unit
from corpus.store.filters import TaskQuery
from corpus.store.rows import Colour, PassageRow, TaskRow
from corpus.store.store import Store
from corpus.task import Role
from index.search import SearchIndex
from index.tokens import bigrams, fold
from service.ask.fitting.evidence import Evidence
from service.ask.fitting.matching import Weights
from service.ask.pieces.duties import IN_CHARGE
from service.ask.questions.question import Question
from service.ask.questions.wording import DayRange, StatusAsked

TITLE_FIT = 0.5
"""Share of the character pairs that a document's title must have in common with the name in the question."""
ABOUT_FIT = 0.6
"""What of a question's subject a row must hold, with its headings, to be one of those that are meant."""
ALL_ROWS = 10_000_000
"""Counts come from all rows there are."""
_LEVEL = re.compile("^.*?[省市县区州旗镇乡](?![场政容民域])(?=.{2})")


def rows_about(evidence: Sequence[Evidence], store: Store, weights: Weights) -> list[TaskRow]:
    """Return the rows behind the passages whose words hold what the question is about, in ledger order."""
    ids = dict.fromkeys(item.passage.task_id for item in evidence if item.passage.task_id)
    rows = about(store.task_rows(list(ids)), weights)
    return _in_order(rows)


def documents_named(index: SearchIndex, name: str) -> list[tuple[float, PassageRow]]:
    """Return a passage of each document whose title is like `name`, with how alike, the most alike first."""
    hits = index.search(name, k=50, per_document=1, collapse=False).hits
    alike = [(_alike(name, hit.passage), hit.passage) for hit in hits]
    return sorted((pair for pair in alike if pair[0] >= TITLE_FIT), key=lambda pair: -pair[0])


def document_of_file(store: Store, name: str) -> str | None:
    """Return the id of the one document whose file is called so, or begins so: od03 for od03-report.docx."""
    wanted = re.compile(rf"{re.escape(name)}(?![A-Za-z0-9])", re.IGNORECASE)
    named = [row.id for row in store.documents() if wanted.match(re.split(r"[/\\]", row.source)[-1])]
    return named[0] if len(named) == 1 else None


def _alike(name: str, passage: PassageRow) -> float:
    return titles_alike(name, passage.title or passage.source)


def titles_alike(name: str, title: str) -> float:
    """Return the share of a name's character pairs that a title has, less where that says much else."""
    wanted, told = set(bigrams(name)), set(bigrams(title))
    if not wanted or not told:
        return 0.0
    shared = len(wanted & told)
    return 0.8 * shared / len(wanted) + 0.2 * shared / len(told)


def ledger_rows(
    store: Store, question: Question, document: str | None, today: date | None = None
) -> list[TaskRow]:
    """Return the rows that the question picks out by all but its subject, in ledger order.

    Where several documents are the same text, as copies of one plan are, the rows of each are returned.
    """
    until = question.due.last if question.due and not question.due.any_year else None
    query = TaskQuery(document=document, due_before=until, limit=ALL_ROWS)
    queries = list(_narrowed(query, question))
    found = {row.id: row for one in queries for row in store.tasks(one, today).items}
    rows = [row for row in found.values() if _is_meant(row, question)]
    return _due_exactly(rows if len(queries) == 1 else _in_order(rows), question.due)


def _narrowed(query: TaskQuery, question: Question) -> Iterator[TaskQuery]:
    """Yield queries that together give the rows of the unit and the status asked for, and perhaps others."""
    status = question.status
    states = sorted(status.statuses) if status and not status.overdue else [None]
    for name in bare_names(question.unit) if question.unit else [None]:
        for state in states or [None]:
            colour = Colour.RED if status and status.overdue else None
            yield replace(query, unit=name, status=state, colour=colour)


def bare_names(unit: str) -> list[str]:
    """Return a unit's names without the place and level before them, by which its rows are looked up."""
    return list({_LEVEL.sub("", name) for name in (unit, canonical_unit(unit) or unit)})


def _in_order(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Return rows in ledger order, those without a document last."""
    return sorted(rows, key=lambda row: (not row.document_id, _number(row), row.record["span"]))


def _number(row: TaskRow) -> int:
    return int(row.document_id[1:]) if row.document_id else 0


def about(rows: Sequence[TaskRow], weights: Weights, beside: str = "") -> list[TaskRow]:
    """Return the rows that speak of what the question is about; all of them where it names nothing.

    Words that stand in `beside`, as in the name of the rows' document, are no subject.
    """
    known = fold(beside)
    topic = {word: worth for word, worth in weights.topic.items() if len(word) > 1 and word not in known}
    if not topic:
        return list(rows)
    least = ABOUT_FIT * sum(topic.values())
    return [row for row in rows if _held(topic, row) >= least]


def _held(topic: Mapping[str, float], row: TaskRow) -> float:
    text = fold(" ".join((*row.record["section"], row.record["label"], row.record["text"])))
    return sum(worth for word, worth in topic.items() if word in text)


def _due_exactly(rows: list[TaskRow], due: DayRange | None) -> list[TaskRow]:
    """Return the rows due on the very time that the question names, all up to it where there is none such.

    6月底前要完成的 asks for the rows that say 6月底前, in a plan that has them; else for those of that year.
    """
    if due is None:
        return rows
    exact = [row for row in rows if _is_due(row, due)]
    early = [row for row in rows if any(not due.is_over(end) for end in _ends(row))]
    first = date(due.last.year, 1, 1)
    in_year = [row for row in early if due.any_year or any(end >= first for end in _ends(row))]
    return exact or in_year or early


def _is_meant(row: TaskRow, question: Question) -> bool:
    if question.unit and not _has_unit(row, question):
        return False
    if not all(any(_is_unit(unit, *one) for unit in row.record["units"]) for one in question.partners):
        return False
    if question.status and not _has_status(row, question.status):
        return False
    return question.due is None or not question.due.strict or _is_due(row, question.due)


def _has_unit(row: TaskRow, question: Question) -> bool:
    """Tell whether a row has the unit asked about in the role asked about, alone where that is asked."""
    units = row.record["units"]
    meant = [unit for unit in units if _is_unit(unit, question.unit, question.role)]
    others = [unit for unit in units if unit not in meant and question.role in (None, unit["role"])]
    return bool(meant) and not (question.alone and others)


def _has_status(row: TaskRow, asked: StatusAsked) -> bool:
    if asked.overdue:
        return row.colour is Colour.RED
    return row.status in asked.statuses


def _is_unit(unit: JsonObject, name: str, role: Role | None) -> bool:
    if role and unit["role"] not in _roles(role):
        return False
    wanted = {name, canonical_unit(name) or name}
    names = {unit["name"], unit["canonical"] or unit["name"]}
    return any(one.endswith(other) or other.endswith(one) for one in wanted for other in names)


def _roles(role: Role) -> tuple[Role, ...]:
    """Return the roles that a word of a question may mean: who 负责 may lead or be responsible."""
    return IN_CHARGE if role is Role.RESPONSIBLE else (role,)


def _is_due(row: TaskRow, due: DayRange) -> bool:
    return any(due.holds(end) for end in _ends(row))


def _ends(row: TaskRow) -> list[date]:
    """Return the last days of a row's limits; of one that was extended the day that counts now."""
    if row.extensions and row.due is not None:
        return [row.due]
    return [date.fromisoformat(limit["end"]) for limit in row.record["deadlines"] if limit["end"]]

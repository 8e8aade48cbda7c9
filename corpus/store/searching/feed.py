"""What the search index asks: passages by id, exact filters, counts for facets, and steps it has not seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from corpus.registry.regions import place_key
from corpus.registry.units import canonical_unit
from corpus.spans import Span
from corpus.store.database import Database, batches
from corpus.store.encoding import from_json
from corpus.store.filters import Filters
from corpus.store.identifiers import document_name, document_number, task_name
from corpus.store.ledger.table import is_shown
from corpus.store.rows import Change, PassageRow
from corpus.store.rows_by_id import IDS
from corpus.store.schema import (
    changes,
    documents,
    passages,
    places,
    task_deadlines,
    task_units,
    tasks,
    versions,
)
from corpus.store.searching.kept_passages import KeptPassages


def _of_version() -> ColumnElement[bool]:
    return (versions.c.document_id == passages.c.document_id) & (versions.c.version == passages.c.version)


def _joined() -> Any:
    return passages.join(documents, documents.c.id == passages.c.document_id).join(versions, _of_version())


def _passage_columns() -> Select[Any]:
    return select(
        passages,
        versions.c.title,
        versions.c.date,
        versions.c.region,
        versions.c.doc_type,
        versions.c.issuer,
        documents.c.source,
    ).select_from(_joined())


CHANGES_AT_ONCE = 64
"""Steps of the history that are read together."""

# Made once: putting a statement together takes longer than running it.
_WANTED = passages.c.id.in_(bindparam(IDS, expanding=True))
PASSAGES = (
    _passage_columns()
    .add_columns(
        func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("words")
    )
    .where(_WANTED)
)
# Of those whose words are kept.
PASSAGES_WITHOUT_WORDS = _passage_columns().where(_WANTED)
_OF_STEP = (
    (changes.c.document_id == passages.c.document_id)
    & passages.c.id.between(changes.c.added_first, changes.c.added_last)
    & changes.c.number.between(bindparam("first"), bindparam("last"))
)
PASSAGES_ADDED = (
    _passage_columns().add_columns(changes.c.number).where(_OF_STEP).order_by(changes.c.number, passages.c.id)
)
# The texts apart: a passage cut out by the database is looked for from the beginning of the text each time.
TEXTS_ADDED = (
    select(documents.c.id, versions.c.text)
    .join(versions, (versions.c.document_id == documents.c.id) & (versions.c.version == documents.c.version))
    .where(
        documents.c.id.in_(
            select(changes.c.document_id).where(
                changes.c.number.between(bindparam("first"), bindparam("last"))
            )
        )
    )
)
FACETS = (
    select(documents.c.id, versions.c.region, versions.c.date, versions.c.doc_type, versions.c.issuer)
    .select_from(_joined())
    .where(_WANTED)
    .distinct()
)

UNIT_FACETS = (
    select(passages.c.document_id, func.coalesce(task_units.c.canonical, task_units.c.name).label("unit"))
    .join(task_units, task_units.c.task_id == passages.c.task_id)
    .where(_WANTED)
    .distinct()
)


@cache
def _of_unit() -> Select[Any]:
    """Return the statement that `passages_of_unit` runs."""
    named = _has_name(bindparam("written"), bindparam("in_full"))
    joined = (
        select(passages.c.id).join(tasks, _over_task()).join(task_units, task_units.c.task_id == tasks.c.id)
    )
    return joined.where(_WANTED, named)


def read_passages(database: Database, ids: Sequence[int], kept: KeptPassages) -> list[PassageRow]:
    """Return the passages in the order of `ids`, leaving out those that are gone; they are kept."""
    moment, known = database.moment(), kept.of(ids)
    rows = {number: one.row for number, one in known.items() if one.moment == moment}
    older = [number for number in known if number not in rows]
    unknown = [number for number in ids if number not in known]
    again = database.rows_by_id(PASSAGES_WITHOUT_WORDS, older)
    new = database.rows_by_id(PASSAGES, unknown)
    read = [_passage(row, known[row[0]].row.text) for row in again] + [_passage(row, row[-1]) for row in new]
    kept.keep(read, moment)
    rows.update((row.id, row) for row in read)
    return [rows[number] for number in ids if number in rows]


def matching_passages(connection: Connection, filters: Filters, limit: int) -> list[int] | None:
    """Return the ids of the passages that the filters let through, None when they are more than `limit`."""
    query = select(passages.c.id).select_from(_joined())
    for condition in [*document_conditions(filters), *_task_conditions(filters)]:
        query = query.where(condition)
    found = connection.execute(query.order_by(passages.c.id).limit(limit + 1)).scalars().all()
    return list(found) if len(found) <= limit else None


def passages_of_unit(database: Database, ids: Sequence[int], unit: str) -> set[int]:
    """Return those of the passages in which a task names a unit."""
    written, in_full = _name_patterns(unit)
    return {number for (number,) in database.rows_by_id(_of_unit(), ids, written=written, in_full=in_full)}


def count_facets(connection: Connection, ids: Sequence[int]) -> dict[str, dict[str, int]]:
    """Return how many documents of the passages have each region, year, kind and issuer, most frequent first.

    "unit" counts the documents in which a unit has a task that one of the passages shows.
    """
    rows = {row.id: row for some in batches(ids) for row in connection.execute(FACETS, {"ids": some})}
    units = {tuple(row) for some in batches(ids) for row in connection.execute(UNIT_FACETS, {"ids": some})}
    return {
        "region": _counted(row.region for row in rows.values()),
        "year": _counted(str(row.date.year) if row.date else None for row in rows.values()),
        "doc_type": _counted(row.doc_type for row in rows.values()),
        "issuer": _counted(row.issuer for row in rows.values()),
        "unit": _counted(unit for _, unit in units),
    }


def step_sizes(connection: Connection, number: int) -> list[tuple[int, int]]:
    """Return the number of each step after `number`, in order, and how many passages it added."""
    size = changes.c.added_last - changes.c.added_first + 1
    query = select(changes.c.number, size).where(changes.c.number > number).order_by(changes.c.number)
    return [(step, added) for step, added in connection.execute(query)]


def next_changes(connection: Connection, number: int, last: int | None = None) -> list[Change]:
    """Return the first `CHANGES_AT_ONCE` steps after `number`, up to `last`, in order; [] for none."""
    query = select(changes).where(changes.c.number > number).order_by(changes.c.number)
    if last is not None:
        query = query.where(changes.c.number <= last)
    steps = connection.execute(query.limit(CHANGES_AT_ONCE)).all()
    if not steps:
        return []
    added = _passages_added(connection, steps[0].number, steps[-1].number)
    return [
        Change(
            step.number,
            tuple(range(step.removed_first, step.removed_last + 1)),
            tuple(added.get(step.number, ())),
        )
        for step in steps
    ]


def document_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Return what the filters ask of a document, over the tables of documents and current versions."""
    if filters.document is not None:
        yield documents.c.id == document_number(filters.document)
    if filters.doc_type is not None:
        yield versions.c.doc_type == filters.doc_type
    if filters.issuer is not None:
        yield versions.c.issuer == filters.issuer
    if filters.first_day is not None:
        yield versions.c.date >= filters.first_day
    if filters.last_day is not None:
        yield versions.c.date <= filters.last_day
    if filters.region is not None:
        at_place = (places.c.document_id == documents.c.id) & (places.c.place == place_key(filters.region))
        yield exists().where(at_place)


def names_unit(words: str) -> ColumnElement[bool]:
    """Return the condition that a row of `task_units` has `words` in its name, as written or in full.

    A short name is looked for in full too: 市发改委 finds 安澜市发展和改革委员会.
    """
    return _has_name(*_name_patterns(words))


def _name_patterns(words: str) -> tuple[str, str]:
    """Return what LIKE finds a unit by, as written and in full."""
    written, in_full = (re.sub(r"[%_/]", r"/\g<0>", name) for name in (words, canonical_unit(words) or words))
    return f"%{written}%", f"%{in_full}%"


def _has_name(written: str | BindParameter[str], in_full: str | BindParameter[str]) -> ColumnElement[bool]:
    canonical = task_units.c.canonical
    return or_(
        task_units.c.name.like(written, escape="/"),
        canonical.like(written, escape="/"),
        canonical.like(in_full, escape="/"),
    )


def _task_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.has_tasks:
        yield passages.c.task_id.is_not(None)
    if filters.unit is not None:
        query = (
            select(passages.c.id)
            .join(tasks, _over_task())
            .join(task_units, task_units.c.task_id == tasks.c.id)
        )
        yield passages.c.id.in_(query.where(names_unit(filters.unit)))
    if filters.due_before is not None:
        query = select(passages.c.id).join(tasks, _over_task())
        query = query.join(task_deadlines, task_deadlines.c.task_id == tasks.c.id)
        yield passages.c.id.in_(query.where(task_deadlines.c.end <= filters.due_before))


def _over_task() -> ColumnElement[bool]:
    same = (tasks.c.document_id == passages.c.document_id) & tasks.c.in_text & is_shown()
    return same & (tasks.c.start < passages.c.end) & (tasks.c.end > passages.c.start)


def _passages_added(connection: Connection, first: int, last: int) -> dict[int, list[PassageRow]]:
    """Return what is left of the passages that the steps from `first` to `last` added, by step."""
    bounds = {"first": first, "last": last}
    texts = {row.id: row.text for row in connection.execute(TEXTS_ADDED, bounds)}
    added: dict[int, list[PassageRow]] = {}
    for row in connection.execute(PASSAGES_ADDED, bounds):
        text = texts[row.document_id]
        added.setdefault(row.number, []).append(_passage(row, text[row.start : row.end]))
    return added


def _passage(row: Sequence[Any], words: str) -> PassageRow:
    # Unpacked at once: to ask a row for its values by name takes three times as long.
    values: tuple[Any, ...] = tuple(row)
    number, document, version, start, end, page, task, section = values[:8]
    title, date, region, kind, issuer, source = values[8:14]
    return PassageRow(
        number,
        document_name(document),
        version,
        title,
        source,
        date,
        region,
        kind,
        words,
        tuple(from_json(section)),
        Span(start, end),
        page,
        task_name(task) if task is not None else None,
        issuer,
    )


def _counted(values: Iterator[str | None]) -> dict[str, int]:
    return dict(Counter(value for value in values if value).most_common())

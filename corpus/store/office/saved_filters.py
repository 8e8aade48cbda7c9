"""What a person looks for again and again, kept under a name of their own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database, take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.schema import saved_filters

LONGEST_NAME = 50
LONGEST_QUERY = 10_000
"""Characters of a filter as JSON."""
MOST_FILTERS = 100
"""Filters of one person."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that a person keeps."""

    name: str
    query: JsonObject
    """What narrows the list, as the page or program that asks for it writes it."""


class SavedFilterTable:
    """Reads and writes the filters of people; `owner` is a person's name, "" where there are no accounts.

    Every change is written to the audit log with it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str) -> list[SavedFilter]:
        """Return a person's filters in the order in which they were first saved."""
        query = select(saved_filters).where(saved_filters.c.owner == owner).order_by(saved_filters.c.id)
        with self._database.reading() as connection:
            return [SavedFilter(row.name, from_json(row.query)) for row in connection.execute(query)]

    def save(self, owner: str, name: str, query: JsonObject) -> SavedFilter:
        """Keep a filter, in the place of the one of this name.

        Raises:
            UserError: when name or query will not do, or the person keeps too many.
        """
        name, words = name.strip(), to_json(query)
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise UserError(f"筛选的名称不能为空，最多 {LONGEST_NAME} 个字。")
        if len(words) > LONGEST_QUERY:
            raise UserError("筛选条件太长，请减少条件后再保存。")
        with self._database.writing() as connection:
            found = connection.execute(select(saved_filters).where(_named(owner, name))).one_or_none()
            ours = select(func.count()).select_from(saved_filters).where(saved_filters.c.owner == owner)
            if found is None and connection.execute(ours).scalar_one() >= MOST_FILTERS:
                raise UserError(f"每人最多保存 {MOST_FILTERS} 个筛选，请先删除不用的。")
            connection.execute(delete(saved_filters).where(_named(owner, name)))
            number = take_numbers(connection, "saved_filter") if found is None else found.id
            row = {"id": number, "owner": owner, "name": name, "query": words}
            connection.execute(insert(saved_filters), row)
            before = from_json(found.query) if found is not None else None
            write_audit(connection, owner, [Fact("filter.save", name, before, query)])
        return SavedFilter(name, query)

    def remove(self, owner: str, name: str) -> None:
        """Forget a filter.

        Raises:
            NotFoundError: when the person has none of that name.
        """
        with self._database.writing() as connection:
            found = connection.execute(select(saved_filters).where(_named(owner, name))).one_or_none()
            if found is None:
                raise NotFoundError(f"没有名为“{name}”的筛选。")
            connection.execute(delete(saved_filters).where(_named(owner, name)))
            write_audit(connection, owner, [Fact("filter.remove", name, from_json(found.query))])


def _named(owner: str, name: str) -> ColumnElement[bool]:
    return (saved_filters.c.owner == owner) & (saved_filters.c.name == name)

"""What search asks of a library: its history step by step, passages by id, filters and facets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from corpus.store.database import Database
from corpus.store.feed import (
    count_facets,
    matching_passages,
    next_changes,
    passages_of_unit,
    read_passages,
)
from corpus.store.filters import Filters
from corpus.store.rows import Change, PassageRow
from corpus.store.schema import changes


class SearchedRecords:
    """The side of the records that an index follows and searches by."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_change(self) -> int:
        """Return the number of the newest step, 0 for a library that never changed."""
        with self._database.reading() as connection:
            last: int | None = connection.execute(select(func.max(changes.c.number))).scalar()
        return last or 0

    def changes_after(self, number: int) -> Iterator[Change]:
        """Return the steps after `number` in order, some at a time, so that a long history fits in memory."""
        while True:
            with self._database.reading() as connection:
                some = next_changes(connection, number)
            if not some:
                return
            number = some[-1].number
            yield from some

    def passages(self, ids: Sequence[int]) -> list[PassageRow]:
        """Return the passages in the order of `ids`, leaving out those that are gone."""
        with self._database.reading() as connection:
            return read_passages(connection, ids)

    def matching(self, filters: Filters, limit: int) -> list[int] | None:
        """Return the ids of the passages that the filters let through, None when they are more than `limit`.

        Raises:
            NotFoundError: when `filters.document` is not an id of a document.
        """
        with self._database.reading() as connection:
            return matching_passages(connection, filters, limit)

    def of_unit(self, ids: Sequence[int], unit: str) -> set[int]:
        """Return those of the passages in which a task names a unit, given by part of its name."""
        with self._database.reading() as connection:
            return passages_of_unit(connection, ids, unit)

    def facets(self, ids: Sequence[int]) -> dict[str, dict[str, int]]:
        """Return how many documents of the passages have each "region", "year", "doc_type" … and "unit"."""
        with self._database.reading() as connection:
            return count_facets(connection, ids)

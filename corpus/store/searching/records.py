"""What search asks of a library: its history step by step, passages by id, filters and facets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from corpus.store.database import Database
from corpus.store.filters import Filters
from corpus.store.rows import Change, PassageRow
from corpus.store.schema import changes
from corpus.store.searching.feed import (
    count_facets,
    matching_passages,
    next_changes,
    passages_of_unit,
    read_passages,
    step_sizes,
)
from corpus.store.searching.kept_passages import KeptPassages


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps of the history: those after one, up to another."""

    after: int
    last: int
    passages: int
    """How many they added."""


class SearchedRecords:
    """The side of the records that an index follows and searches by."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept = KeptPassages()

    def last_change(self) -> int:
        """Return the number of the newest step, 0 for a library that never changed."""
        with self._database.reading() as connection:
            last: int | None = connection.execute(select(func.max(changes.c.number))).scalar()
        return last or 0

    @property
    def location(self) -> str:
        """The URL at which another process opens the same records; it may hold a password."""
        return self._database.url

    def changes_after(self, number: int, last: int | None = None) -> Iterator[Change]:
        """Return the steps after `number`, up to `last` or all, in order.

        They are read some at a time, so that a long history fits in memory.
        """
        while True:
            with self._database.reading() as connection:
                some = next_changes(connection, number, last)
            if not some:
                return
            number = some[-1].number
            yield from some

    def stretches_after(self, number: int, size: int) -> Iterator[Stretch]:
        """Yield the history after step `number` in stretches of about `size` passages, not the passages."""
        with self._database.reading() as connection:
            steps = step_sizes(connection, number)
        after, held = number, 0
        for step, passages in steps:
            held += passages
            if held >= size:
                yield Stretch(after, step, held)
                after, held = step, 0
        if steps and after != steps[-1][0]:
            yield Stretch(after, steps[-1][0], held)

    def passages(self, ids: Sequence[int]) -> list[PassageRow]:
        """Return the passages in the order of `ids`, leaving out those that are gone."""
        return read_passages(self._database, ids, self._kept)

    def matching(self, filters: Filters, limit: int) -> list[int] | None:
        """Return the ids of the passages that the filters let through, None when they are more than `limit`.

        Raises:
            NotFoundError: when `filters.document` is not an id of a document.
        """
        with self._database.reading() as connection:
            return matching_passages(connection, filters, limit)

    def of_unit(self, ids: Sequence[int], unit: str) -> set[int]:
        """Return those of the passages in which a task names a unit, given by part of its name."""
        return passages_of_unit(self._database, ids, unit)

    def facets(self, ids: Sequence[int]) -> dict[str, dict[str, int]]:
        """Return how many documents of the passages have each "region", "year", "doc_type" … and "unit"."""
        with self._database.reading() as connection:
            return count_facets(connection, ids)

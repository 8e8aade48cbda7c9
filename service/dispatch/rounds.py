"""A dispatch with the rows that it asked for, to hold returned sheets against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch
from service.dispatch.difference import Asked
from service.dispatch.likeness import Likely


class Round:
    """A dispatch with the rows that it asked for, to hold returned sheets against.

    Rows are read when first needed: a single sheet needs a few of thousands. `read` gives ledger records by
    their ids, without those that are gone.
    """

    def __init__(self, dispatch: Dispatch, read: Callable[[Sequence[str]], Mapping[str, JsonObject]]) -> None:
        self.dispatch = dispatch
        self._read = read
        self._records: dict[str, JsonObject | None] = {}

    def load(self, tasks: Iterable[str]) -> dict[str, JsonObject]:
        """Return the ledger records of rows, without those that are gone."""
        wanted = list(dict.fromkeys(tasks))
        unknown = [task for task in wanted if task not in self._records]
        if unknown:
            found = self._read(unknown)
            self._records.update({task: found.get(task) for task in unknown})
        return {task: record for task in wanted if (record := self._records[task]) is not None}

    def words(self, task: str) -> str:
        """Return the words of a task, "" for one that is gone."""
        return next(map(row_words, self.load([task]).values()), "")

    def like(self, text: str, least: float, most: int = 3) -> list[tuple[str, float]]:
        """Return the tasks of the whole dispatch that are like a text (`Likely.like`)."""
        return self._likely.like(text, least, most)

    @cached_property
    def _likely(self) -> Likely:
        return Likely((task, row_words(record)) for task, record in self.load(self.sheets_of).items())

    @cached_property
    def sheets_of(self) -> Mapping[str, Sequence[int]]:
        """For each row the 1-indexed sheets on which it stands."""
        found: dict[str, list[int]] = {}
        for number, sheet in enumerate(self.dispatch.sheets, start=1):
            for row in sheet.rows:
                found.setdefault(row.task, []).append(number)
        return found

    def asked(self, number: int) -> Asked:
        """Return what a sheet asked for."""
        sheet = self.dispatch.sheets[number - 1]
        return Asked(sheet.unit, {row.task: row.role for row in sheet.rows})

    def words_of_sheet(self, number: int) -> dict[str, str]:
        """Return the rows of a sheet that are still in the ledger, with their words."""
        found = self.load(row.task for row in self.dispatch.sheets[number - 1].rows)
        return {task: row_words(record) for task, record in found.items()}


def row_words(record: JsonObject) -> str:
    """Return the words of a task as they stand on a sheet, with its label."""
    return f"{record.get('label') or ''}{record['text']}"

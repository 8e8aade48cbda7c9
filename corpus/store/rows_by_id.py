"""Rows of a statement by ids, put to SQLite past SQLAlchemy.

A search reads some twenty passages, and most of that time went into putting statements and transactions
together: one statement over rows that are known by their ids needs neither.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection

IDS = "ids"
"""The parameter of a statement that takes the ids."""
ROUNDED_TO = 8
"""Numbers of ids are filled up to a multiple of it, so that few statements of different lengths are kept."""

Row = tuple[Any, ...]


class RowsById:
    """Reads rows from a file of SQLite. Threads may share it; each statement sees one moment."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._idle: deque[PoolProxiedConnection] = deque()
        self._prepared: dict[tuple[Select[Any], int], _Prepared] = {}

    def read(self, statement: Select[Any], ids: Sequence[int], bounds: Mapping[str, Any]) -> list[Row]:
        """Return the rows of `statement` for `ids` in no order, an id that comes twice counting once.

        Args:
            statement: with `IDS` as an expanding parameter; it is to be the same object each time.
            ids: at least one, as many as fit into one statement.
            bounds: values of its other parameters.
        """
        filled = list(ids) + [ids[-1]] * (-len(ids) % ROUNDED_TO)
        prepared = self._prepared_for(statement, len(filled))
        with self._connection() as connection:
            cursor = connection.cursor()
            cursor.execute(prepared.sql, prepared.values(filled, bounds))
            return prepared.as_python(list(cursor.fetchall()))

    def close(self) -> None:
        """Give the connections back to the engine."""
        while self._idle:
            self._idle.pop().close()

    def _prepared_for(self, statement: Select[Any], count: int) -> _Prepared:
        key = (statement, count)
        if key not in self._prepared:
            self._prepared[key] = _Prepared.of(statement, count, self._engine)
        return self._prepared[key]

    @contextmanager
    def _connection(self) -> Iterator[DBAPIConnection]:
        """Give a connection that nobody else uses meanwhile; after an error it is not used again."""
        try:
            taken = self._idle.pop()
        except IndexError:
            taken = self._engine.raw_connection()
        try:
            yield taken.dbapi_connection  # type: ignore[misc]  # None only once it is closed
        except BaseException:
            taken.invalidate()
            raise
        self._idle.append(taken)


@dataclass(frozen=True)
class _Prepared:
    """A statement for so many ids, as SQLite takes it."""

    sql: str
    names: Sequence[str]
    """What each placeholder stands for."""
    own: Mapping[str, Any]
    """Values that belong to the statement itself."""
    ids: Sequence[str]
    """Names of the ids among the placeholders."""
    converters: Sequence[tuple[int, Callable[[Any], Any]]]
    """By column, what makes a value of Python of what SQLite keeps: a date of a text."""

    @classmethod
    def of(cls, statement: Select[Any], count: int, engine: Engine) -> _Prepared:
        """Compile `statement` for `count` ids."""
        compiled = statement.compile(dialect=engine.dialect)
        state = compiled.construct_expanded_state({**compiled.params, IDS: list(range(count))})
        made = (
            (place, column.type.dialect_impl(engine.dialect).result_processor(engine.dialect, None))
            for place, column in enumerate(statement.selected_columns)
        )
        return cls(
            state.statement,
            state.positiontup or (),
            compiled.params,
            state.parameter_expansion[IDS],
            tuple((place, convert) for place, convert in made if convert is not None),
        )

    def values(self, ids: Sequence[int], bounds: Mapping[str, Any]) -> Row:
        """Return what is put in place of the placeholders."""
        known = {**self.own, **bounds, **dict(zip(self.ids, ids, strict=True))}
        return tuple(known[name] for name in self.names)

    def as_python(self, rows: list[Row]) -> list[Row]:
        """Return the rows with values of Python's types."""
        return [self._converted(row) for row in rows] if self.converters else rows

    def _converted(self, row: Row) -> Row:
        values = list(row)
        for place, convert in self.converters:
            values[place] = convert(values[place])
        return tuple(values)

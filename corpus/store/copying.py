"""Copies all records from one database to another, of whichever kind each is."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from corpus.store.schema import metadata
from corpus.store.store import Store

ROWS_AT_ONCE = 500


def copy_tables(source: Store, target: Store) -> None:
    """Put the records of `source`, as they stand at one moment, in the place of those of `target`.

    The target's audit log, which refuses deletion, is emptied by those who made the database: its triggers
    are put aside for this one transaction.
    """
    with source.moment() as reading, target.replacing() as writing:
        for table in reversed(metadata.sorted_tables):
            writing.execute(table.delete())
        for table in metadata.sorted_tables:
            _copy(reading, writing, table.name)


def _copy(reading: Connection, writing: Connection, name: str) -> None:
    table = metadata.tables[name]
    rows = reading.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
    for some in rows.partitions(ROWS_AT_ONCE):
        writing.execute(insert(table), [row._asdict() for row in some])

"""Dispatches (调度): which units were asked for which rows, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from corpus.errors import NotFoundError, UserError
from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database, take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import dispatch_name, dispatch_number, edit_name, edit_number
from corpus.store.schema import dispatch_returns, dispatches, edits


@dataclass(frozen=True, slots=True)
class DispatchedRow:
    """A row that a unit was asked for."""

    task: str
    role: str
    """lead, responsible or cooperate."""


@dataclass(frozen=True, slots=True)
class DispatchSheet:
    """What one unit was asked for."""

    unit: str
    names: tuple[str, ...]
    """Every name that documents give it."""
    rows: tuple[DispatchedRow, ...]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One round: a sheet for each unit."""

    id: str
    """Such as s3."""
    word: str
    """Six random digits that stand in the marks of its rows; no other library has them."""
    period: str
    """What is asked about: 2026年11月."""
    due: date
    by: str
    at: datetime
    """UTC."""
    sheets: tuple[DispatchSheet, ...]
    """Numbered from 1 in the marks."""
    withdrawn: bool = False
    """True once somebody took it back."""

    @property
    def number(self) -> int:
        """The number behind its id."""
        return dispatch_number(self.id)


@dataclass(frozen=True, slots=True)
class DispatchReturn:
    """A unit's sheet that came back and was stored."""

    id: int
    dispatch: str
    sheet: int
    """1-indexed sheet of the dispatch."""
    file: str
    digest: str
    """SHA-256 of its bytes."""
    content: str
    """SHA-256 of what its rows say, whatever the file."""
    rows: int
    """How many rows were stored."""
    by: str
    at: datetime
    """UTC."""
    edit: str
    """The edit that stored it, "" where nothing was new."""
    undone: bool = False
    """True while the edit is taken back."""


class DispatchTable:
    """Reads and writes dispatches. All methods may be called from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, word: str, period: str, due: date, sheets: Sequence[DispatchSheet], by: str) -> Dispatch:
        """Remember a dispatch."""
        with self._database.writing() as connection:
            number = take_numbers(connection, "dispatch")
            row = {
                "id": number,
                "word": word,
                "period": period,
                "due": due,
                "by": by,
                "at": _now(),
                "sheets": to_json([asdict(sheet) for sheet in sheets]),
                "withdrawn": False,
            }
            connection.execute(insert(dispatches), row)
            write_audit(connection, by, [Fact("dispatch.made", dispatch_name(number), None, period)])
        return self.get(dispatch_name(number))

    def get(self, name: str) -> Dispatch:
        """Return a dispatch.

        Raises:
            NotFoundError: when there is no such dispatch.
        """
        query = select(dispatches).where(dispatches.c.id == dispatch_number(name))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(f"没有编号为 {name} 的调度，请用 taizhang dispatch list 查看编号。")
        return _dispatch(row)

    def all(self) -> list[Dispatch]:
        """Return the dispatches that were not taken back, the newest first."""
        query = select(dispatches).where(~dispatches.c.withdrawn).order_by(dispatches.c.id.desc())
        with self._database.reading() as connection:
            return [_dispatch(row) for row in connection.execute(query)]

    def withdraw(self, name: str, by: str) -> None:
        """Take a dispatch back, so that nobody is chased for it.

        Raises:
            NotFoundError: when there is no such dispatch.
            UserError: when a sheet of it is stored.
        """
        dispatch = self.get(name)
        if any(not item.undone for item in self.returns(name)):
            raise UserError("这次调度已有单位报回，不能撤回；请先撤销已存入的回表。")
        with self._database.writing() as connection:
            which = dispatches.c.id == dispatch_number(name)
            connection.execute(update(dispatches).where(which).values(withdrawn=True))
            write_audit(connection, by, [Fact("dispatch.withdrawn", name, dispatch.period)])

    def add_returns(self, items: Sequence[DispatchReturn]) -> None:
        """Remember sheets that were stored; their `id` and `at` are given anew."""
        if not items:
            return
        with self._database.writing() as connection:
            first = take_numbers(connection, "return", len(items))
            rows = [_return_row(first + at, item) for at, item in enumerate(items)]
            connection.execute(insert(dispatch_returns), rows)
            facts = [Fact("dispatch.returned", item.dispatch, None, item.file) for item in items]
            write_audit(connection, items[0].by, facts)

    def forget_return(self, number: int, by: str) -> None:
        """Take back that a sheet came, where storing it made no edit; nothing happens to the ledger."""
        item = self.returned(number)
        with self._database.writing() as connection:
            which = dispatch_returns.c.id == number
            connection.execute(update(dispatch_returns).where(which).values(forgotten=True))
            write_audit(connection, by, [Fact("dispatch.return_undone", item.dispatch, item.file)])

    def returns(self, name: str) -> list[DispatchReturn]:
        """Return what came back for a dispatch, oldest first, sheets that were undone included."""
        return self._returns(dispatch_returns.c.dispatch_id == dispatch_number(name))

    def returned(self, number: int) -> DispatchReturn:
        """Return one sheet that came back.

        Raises:
            NotFoundError: when there is none of that number.
        """
        for item in self._returns(dispatch_returns.c.id == number):
            return item
        raise NotFoundError(f"没有编号为 {number} 的回表。")

    def known(self, digest: str, content: str) -> DispatchReturn | None:
        """Return the sheet with these bytes or these words that is stored already, None without one."""
        same = or_(dispatch_returns.c.digest == digest, dispatch_returns.c.content == content)
        found = [item for item in self._returns(same) if not item.undone]
        return found[0] if found else None

    def _returns(self, condition: Any) -> list[DispatchReturn]:
        joined = dispatch_returns.outerjoin(edits, edits.c.id == dispatch_returns.c.edit_id)
        query = select(dispatch_returns, edits.c.undone_by).select_from(joined)
        with self._database.reading() as connection:
            return _read_returns(connection, query.where(condition).order_by(dispatch_returns.c.id))


def _read_returns(connection: Connection, query: Any) -> list[DispatchReturn]:
    return [
        DispatchReturn(
            row.id,
            dispatch_name(row.dispatch_id),
            row.sheet,
            row.file,
            row.digest,
            row.content,
            row.rows,
            row.by,
            row.at.replace(tzinfo=UTC),
            edit_name(row.edit_id) if row.edit_id is not None else "",
            row.forgotten or row.undone_by is not None,
        )
        for row in connection.execute(query)
    ]


def _return_row(number: int, item: DispatchReturn) -> dict[str, Any]:
    return {
        "id": number,
        "dispatch_id": dispatch_number(item.dispatch),
        "sheet": item.sheet,
        "file": item.file,
        "digest": item.digest,
        "content": item.content,
        "rows": item.rows,
        "by": item.by,
        "at": _now(),
        "edit_id": edit_number(item.edit) if item.edit else None,
        "forgotten": False,
    }


def _dispatch(row: Any) -> Dispatch:
    sheets = tuple(
        DispatchSheet(
            sheet["unit"],
            tuple(sheet["names"]),
            tuple(DispatchedRow(item["task"], item["role"]) for item in sheet["rows"]),
        )
        for sheet in from_json(row.sheets)
    )
    at = row.at.replace(tzinfo=UTC)
    name = dispatch_name(row.id)
    return Dispatch(name, row.word, row.period, row.due, row.by, at, sheets, row.withdrawn)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

"""Drafts as records: the working text, its kept versions, and outlines that users saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database, take_numbers
from corpus.store.encoding import from_json, to_json
from corpus.store.identifiers import draft_name, draft_number, outline_name, outline_number
from corpus.store.office.draft_log import tell, untold
from corpus.store.schema import draft_versions, drafts, outlines

PAUSE = timedelta(minutes=30)
"""After so long without a change, what stood there before the next one is kept as a version."""
KEPT_BY_ITSELF = "自动保留"
LISTED = [column for column in drafts.c if column.name != "record"]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as it stands in a listing."""

    id: str
    genre: str
    title: str
    revision: int
    """How often its working text was saved."""
    made_at: datetime
    """UTC."""
    made_by: str
    changed_at: datetime
    """UTC."""
    changed_by: str
    removed: bool


@dataclass(frozen=True, slots=True)
class DraftVersionRow:
    """A version of a draft that was kept."""

    version: int
    at: datetime
    """UTC."""
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """An outline that a user saved."""

    id: str
    name: str
    genre: str
    parts: tuple[JsonObject, ...]
    changed_at: datetime
    """UTC."""
    changed_by: str


class DraftTable:
    """Reads and writes drafts and outlines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: JsonObject, by: str, note: str) -> str:
        """Store a new draft, which is its first version, and return its id."""
        now = _now()
        with self._database.writing() as connection:
            number = take_numbers(connection, "draft")
            row = {"id": number, "revision": 1, "removed": False, "made_at": now, "made_by": by}
            connection.execute(insert(drafts), {**row, **_values(record, by, now)})
            _keep(connection, number, record, by, note, now)
            write_audit(connection, by, [Fact("draft.add", draft_name(number), None, record["title"])])
        return draft_name(number)

    def all(self, removed: bool = False) -> list[DraftRow]:
        """Return the drafts, the one changed last first; with `removed` those that were removed."""
        query = select(*LISTED).where(drafts.c.removed == removed)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(drafts.c.changed_at.desc(), drafts.c.id.desc()))
            return [_draft(row) for row in rows]

    def row(self, draft_id: str) -> DraftRow:
        """Return a draft as it stands in a listing; removed ones too.

        Raises:
            NotFoundError: when there is no such draft.
        """
        with self._database.reading() as connection:
            return _draft(_found(connection, draft_id))

    def record(self, draft_id: str, version: int | None = None) -> JsonObject:
        """Return the working text of a draft, or a kept version of it.

        Raises:
            NotFoundError: when there is no such draft or version.
        """
        with self._database.reading() as connection:
            row = _found(connection, draft_id)
            if version is not None:
                row = _version(connection, draft_id, version)
        record: JsonObject = from_json(row.record)
        return record

    def change(self, draft_id: str, record: JsonObject, revision: int, by: str) -> int:
        """Put a text in the place of the working text, and return the new revision.

        What stood there is kept as a version where another person wrote it, or it was left for a while. The
        audit log tells a stretch of changes as one, see `corpus.store.office.draft_log`.

        Raises:
            NotFoundError: when there is no such draft.
            UserError: when it was changed since `revision`.
        """
        now = _now()
        with self._database.writing() as connection:
            row = _found(connection, draft_id)
            if row.revision != revision:
                raise UserError(f"这份文稿已被{row.changed_by or '他人'}修改过，请重新打开后再改。")
            if row.changed_by != by or now - row.changed_at > PAUSE:
                tell(connection, row)
                _keep(
                    connection, row.id, from_json(row.record), row.changed_by, KEPT_BY_ITSELF, row.changed_at
                )
            values = {**_values(record, by, now), "revision": revision + 1}
            connection.execute(update(drafts).where(drafts.c.id == row.id).values(**values))
        return revision + 1

    def tell_log(self) -> None:
        """Tell the audit log what was changed in drafts and is not told yet."""
        with self._database.reading() as connection:
            numbers = untold(connection)
        if numbers:
            with self._database.writing() as connection:
                for row in connection.execute(select(drafts).where(drafts.c.id.in_(numbers))).all():
                    tell(connection, row)

    def keep(self, draft_id: str, by: str, note: str = "") -> int:
        """Keep the working text as a version and return its number; the last one where nothing has changed.

        Raises:
            NotFoundError: when there is no such draft.
        """
        with self._database.writing() as connection:
            row = _found(connection, draft_id)
            tell(connection, row)
            version = _keep(connection, row.id, from_json(row.record), by, note, _now())
            write_audit(connection, by, [Fact("draft.keep", draft_id, None, version, note)])
        return version

    def versions(self, draft_id: str) -> list[DraftVersionRow]:
        """Return the kept versions of a draft, the newest first.

        Raises:
            NotFoundError: when there is no such draft.
        """
        columns = (draft_versions.c.version, draft_versions.c.at, draft_versions.c.by, draft_versions.c.note)
        with self._database.reading() as connection:
            number = _found(connection, draft_id).id
            query = select(*columns).where(draft_versions.c.draft_id == number)
            rows = connection.execute(query.order_by(draft_versions.c.version.desc())).all()
        return [DraftVersionRow(row.version, _utc(row.at), row.by, row.note) for row in rows]

    def set_removed(self, draft_id: str, removed: bool, by: str) -> None:
        """Take a draft out of the listing, or bring it back; its versions stay.

        Raises:
            NotFoundError: when there is no such draft.
        """
        with self._database.writing() as connection:
            row = _found(connection, draft_id)
            if row.removed == removed:
                return
            tell(connection, row)
            connection.execute(update(drafts).where(drafts.c.id == row.id).values(removed=removed))
            action = "draft.remove" if removed else "draft.restore"
            write_audit(connection, by, [Fact(action, draft_id, not removed, removed)])

    # Outlines

    def outlines(self) -> list[OutlineRow]:
        """Return the outlines that users saved, by genre and name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(outlines).order_by(outlines.c.genre, outlines.c.name)).all()
        return [_outline(row) for row in rows]

    def outline(self, outline_id: str) -> OutlineRow:
        """Return an outline.

        Raises:
            NotFoundError: when there is no such outline.
        """
        with self._database.reading() as connection:
            return _outline(_found_outline(connection, outline_id))

    def save_outline(
        self, name: str, genre: str, parts: Sequence[JsonObject], by: str, outline_id: str | None = None
    ) -> str:
        """Store an outline, in the place of another with `outline_id`, and return its id.

        Raises:
            NotFoundError: when there is no such outline.
        """
        values: dict[str, Any] = {"name": name, "genre": genre, "parts": to_json(list(parts))}
        values |= {"changed_at": _now(), "changed_by": by}
        with self._database.writing() as connection:
            if outline_id is None:
                number, before = take_numbers(connection, "outline"), None
                connection.execute(insert(outlines), {"id": number, **values})
            else:
                row = _found_outline(connection, outline_id)
                number, before = row.id, _told(row.name, from_json(row.parts))
                connection.execute(update(outlines).where(outlines.c.id == number).values(**values))
            fact = Fact("outline.save", outline_name(number), before, _told(name, list(parts)))
            write_audit(connection, by, [fact])
        return outline_name(number)

    def remove_outline(self, outline_id: str, by: str) -> None:
        """Forget an outline.

        Raises:
            NotFoundError: when there is no such outline.
        """
        with self._database.writing() as connection:
            row = _found_outline(connection, outline_id)
            connection.execute(delete(outlines).where(outlines.c.id == row.id))
            write_audit(
                connection, by, [Fact("outline.remove", outline_id, _told(row.name, from_json(row.parts)))]
            )


def _keep(connection: Connection, number: int, record: JsonObject, by: str, note: str, at: datetime) -> int:
    """Keep a text as a version, unless it is the last version already."""
    ours: ColumnElement[bool] = draft_versions.c.draft_id == number
    last = connection.execute(select(func.max(draft_versions.c.version)).where(ours)).scalar() or 0
    written = to_json(record)
    if last:
        newest = select(draft_versions.c.record).where(ours, draft_versions.c.version == last)
        if connection.execute(newest).scalar_one() == written:
            return int(last)
    row = {"draft_id": number, "version": last + 1, "at": at, "by": by, "note": note, "record": written}
    connection.execute(insert(draft_versions), row)
    return int(last) + 1


def _found(connection: Connection, draft_id: str) -> Any:
    row = connection.execute(select(drafts).where(drafts.c.id == draft_number(draft_id))).one_or_none()
    if row is None:
        raise NotFoundError(f"没有编号为 {draft_id} 的文稿。")
    return row


def _version(connection: Connection, draft_id: str, version: int) -> Any:
    ours = (draft_versions.c.draft_id == draft_number(draft_id)) & (draft_versions.c.version == version)
    row = connection.execute(select(draft_versions).where(ours)).one_or_none()
    if row is None:
        raise NotFoundError(f"文稿 {draft_id} 没有第 {version} 版。")
    return row


def _found_outline(connection: Connection, outline_id: str) -> Any:
    query = select(outlines).where(outlines.c.id == outline_number(outline_id))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"没有编号为 {outline_id} 的提纲。")
    return row


def _values(record: JsonObject, by: str, now: datetime) -> dict[str, Any]:
    written = {"genre": record["genre"], "title": record["title"], "record": to_json(record)}
    return {**written, "changed_at": now, "changed_by": by}


def _draft(row: Any) -> DraftRow:
    return DraftRow(
        draft_name(row.id),
        row.genre,
        row.title,
        row.revision,
        _utc(row.made_at),
        row.made_by,
        _utc(row.changed_at),
        row.changed_by,
        row.removed,
    )


def _outline(row: Any) -> OutlineRow:
    parts = tuple(from_json(row.parts))
    return OutlineRow(outline_name(row.id), row.name, row.genre, parts, _utc(row.changed_at), row.changed_by)


def _told(name: str, parts: list[JsonObject]) -> JsonObject:
    """Return an outline as the audit log has it."""
    return {"name": name, "parts": parts}


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _now() -> datetime:
    # Databases differ in what they make of time zones: columns hold UTC without one.
    return datetime.now(UTC).replace(tzinfo=None)

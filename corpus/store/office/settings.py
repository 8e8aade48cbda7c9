"""Settings of the office, as keys with JSON values; their types and defaults stand in `service.settings`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database
from corpus.store.encoding import from_json, to_json
from corpus.store.schema import settings


class SettingsTable:
    """Reads and writes settings. Changes are written to the audit log, secret values as their presence."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[str, Any]:
        """Return the settings that somebody made."""
        with self._database.reading() as connection:
            return {row.key: from_json(row.value) for row in connection.execute(select(settings))}

    def write(self, values: Mapping[str, Any], by: str, secret: Collection[str] = ()) -> None:
        """Put values in the place of those that stood there; None forgets one."""
        with self._database.writing() as connection:
            rows = connection.execute(select(settings)).all()
            before = {row.key: from_json(row.value) for row in rows}
            changed = {key: value for key, value in values.items() if before.get(key) != value}
            connection.execute(delete(settings).where(settings.c.key.in_(list(changed))))
            kept = [
                {"key": key, "value": to_json(value)} for key, value in changed.items() if value is not None
            ]
            if kept:
                connection.execute(insert(settings), kept)
            facts = [
                Fact("setting", key, *(_shown(item, key in secret) for item in (before.get(key), value)))
                for key, value in changed.items()
            ]
            write_audit(connection, by, facts)


def _shown(value: Any, secret: bool) -> Any:
    return "***" if secret and value else value

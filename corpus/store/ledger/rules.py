"""The rules that an office sets for the colours of its ledger, and what day it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

from sqlalchemy import Connection, select

from corpus.store.encoding import from_json
from corpus.store.schema import settings

_ZONE = re.compile(r"([+-])([01][0-9]):([0-5][0-9])")


class Scheme(StrEnum):
    """Which three colours a ledger has; red is overdue and yellow due soon in both."""

    RED_YELLOW_GREEN = "red_yellow_green"
    BLUE_YELLOW_RED = "blue_yellow_red"
    """Blue for what other offices show in green."""


@dataclass(frozen=True, slots=True)
class ColourRules:
    """What an office sets; the fields are keys of its settings."""

    colour_scheme: str = Scheme.RED_YELLOW_GREEN.value
    due_soon_days: int = 30
    """A row turns yellow so many days before its date; 0: on the very day."""
    review_days: int = 90
    """A row without a date, or one of 长期坚持, is to be looked at again after so many days."""
    time_zone: str = "+08:00"
    """How far the office's clock is ahead of UTC; "" takes the clock of this computer."""

    @property
    def soon(self) -> timedelta:
        """How long before its date a row turns yellow."""
        return timedelta(days=self.due_soon_days)

    def today(self, now: datetime | None = None) -> date:
        """Return the day in the office; `now` is the moment, that of the call when None."""
        return (now or datetime.now(UTC)).astimezone(zone_of(self.time_zone)).date()


def zone_of(words: str) -> tzinfo | None:
    """Return the zone that +08:00 names, None for the computer's own.

    Raises:
        ValueError: when the words are neither empty nor of that form.
    """
    if not words:
        return None
    found = _ZONE.fullmatch(words)
    if found is None:
        raise ValueError(words)
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-ahead if found[1] == "-" else ahead)


def read_rules(connection: Connection) -> ColourRules:
    """Return the rules that the office has set, defaults for the others."""
    names = [field.name for field in fields(ColourRules)]
    rows = connection.execute(select(settings).where(settings.c.key.in_(names)))
    return ColourRules(**{row.key: from_json(row.value) for row in rows})

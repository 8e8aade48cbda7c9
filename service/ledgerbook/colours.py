"""The colours of a ledger as formulas of its own cells: they ask for the day on which they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from service.ledgerbook.columns import REPEATS, LedgerTable
from service.ledgerbook.look import DONE, SETTLED_WORDS, WITHOUT_COLOUR, tint
from service.ledgerbook.sheets import FIRST_ROW, Sheets


@dataclass(frozen=True, slots=True)
class Places:
    """The letters of the columns on which the colour of a row depends."""

    KEYS: ClassVar = ("number", "day", "status", "repeat", "done_on")

    number: str
    day: str
    status: str
    repeat: str
    done_on: str | None = None
    """None where nobody has told when a row was done."""


def places_of(table: LedgerTable) -> Places:
    """Return the columns of a ledger on which its colours depend."""
    names = {key: xl_col_to_name(place) for key in Places.KEYS if (place := table.place(key)) is not None}
    return Places(names["number"], names["day"], names["status"], names["repeat"], names.get("done_on"))


def add_colours(sheets: Sheets, sheet: Worksheet, places: Places, end: int) -> None:
    """Colour number, day and state by formulas, so that they are right on every day."""
    first, look = FIRST_ROW + 1, sheets.look
    ranges = " ".join(f"{name}{first}:{name}{end + 1}" for name in (places.number, places.day, places.status))
    rules = [
        (without_colour(places, first), {"font_color": "#7F7F7F"}),
        (done_late(places, first), {"bg_color": tint(look.good), "font_color": look.red}),
        (overdue(places, first), {"bg_color": tint(look.red), "font_color": "#7F1D12", "bold": True}),
        (soon(places, first, look.days), {"bg_color": tint(look.yellow)}),
        (good(places, first, look.days), {"bg_color": tint(look.good)}),
    ]
    for formula, wanted in rules:
        if formula:
            sheet.conditional_format(
                f"{places.number}{first}:{places.number}{end + 1}",
                {
                    "type": "formula",
                    "criteria": formula,
                    "format": sheets.target.add_format(wanted),
                    "stop_if_true": True,
                    "multi_range": ranges,
                },
            )


def without_colour(places: Places, row: int) -> str:
    """Return the formula that is true of a row, 1-indexed, that is closed or ended."""
    return f"={_one_of(places, row, WITHOUT_COLOUR)}"


def done_late(places: Places, row: int) -> str:
    """Return the formula that is true of a row done after its day; "" where no days of doing are told."""
    if places.done_on is None:
        return ""
    done, day = f"${places.done_on}{row}", f"${places.day}{row}"
    return f"=AND({_one_of(places, row, [DONE])},ISNUMBER({done}),ISNUMBER({day}),{done}>{day})"


def overdue(places: Places, row: int) -> str:
    """Return the formula that is true of an open row whose day has passed; one of many days never has."""
    day = f"${places.day}{row}"
    once = f'${places.repeat}{row}<>"{REPEATS}"'
    return f"=AND(ISNUMBER({day}),{day}>0,{day}<TODAY(),{once},NOT({_one_of(places, row, SETTLED_WORDS)}))"


def soon(places: Places, row: int, days: int) -> str:
    """Return the formula that is true of an open row whose day comes within `days`."""
    day = f"${places.day}{row}"
    within = f"{day}>=TODAY(),{day}<=TODAY()+{days}"
    return f"=AND(ISNUMBER({day}),{within},NOT({_one_of(places, row, SETTLED_WORDS)}))"


def good(places: Places, row: int, days: int) -> str:
    """Return the formula that is true of a row that is done, or due later than within `days`."""
    day = f"${places.day}{row}"
    later = f"OR({_one_of(places, row, [DONE])},{day}>TODAY()+{days})"
    return f"=AND(ISNUMBER({day}),{day}>0,{later})"


def _one_of(places: Places, row: int, states: Sequence[str]) -> str:
    # Excel takes no lists of values in formulas of colours, so each state is named.
    named = ",".join(f'${places.status}{row}="{words}"' for words in states)
    return f"OR({named})"

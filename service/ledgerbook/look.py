"""How a ledger looks on paper: colours, days of warning, font."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.store.ledger.rules import Scheme
from service.ledger import STATUS_WORDS

if TYPE_CHECKING:
    from service.settings import Settings

SETTLED = ("done", "closed", "rechecked", "cancelled")
"""States of rows that are no longer due."""
FONT = "宋体"
SETTLED_WORDS = tuple(STATUS_WORDS[status] for status in SETTLED)
WITHOUT_COLOUR = tuple(STATUS_WORDS[status] for status in ("closed", "rechecked", "cancelled"))
DONE = STATUS_WORDS["done"]


@dataclass(frozen=True, slots=True)
class Look:
    """What an office sets for its ledgers."""

    red: str = "#c0392b"
    """Overdue."""
    yellow: str = "#d9a404"
    """Due within `days`."""
    good: str = "#2e8b57"
    """Done, or due later; blue in offices that have blue, yellow and red."""
    good_word: str = "绿"
    days: int = 30
    font: str = FONT
    office: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Look:
        """Return the look that the settings of a library ask for."""
        blue = settings.colour_scheme == Scheme.BLUE_YELLOW_RED
        good = settings.colour_blue if blue else settings.colour_green
        return cls(
            settings.colour_red,
            settings.colour_yellow,
            good,
            "蓝" if blue else "绿",
            settings.due_soon_days,
            settings.font or FONT,
            settings.office_name,
        )


def tint(colour: str, share: float = 0.3) -> str:
    """Return a colour mixed with white, as a ground on which black words can be read.

    >>> tint("#c0392b")
    '#ECC4BF'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in parts)

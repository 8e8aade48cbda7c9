"""How a process that answers for long looks for garbage."""

from __future__ import annotations

import gc

YOUNG_OBJECTS = 50_000
"""How many new objects come up between two looks for garbage: a long ledger is that many several times over,
and with the usual 700 half the time that it takes to read one goes into looking."""


def look_seldom() -> None:
    """Look for garbage seldom from now on: what a server loads at its start is none."""
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def leave_what_is_loaded() -> None:
    """Never look again among what is loaded by now, which would hold up answers."""
    gc.collect()
    gc.freeze()

"""The ledger behind an editor: one that is open, or one of the library that is opened for who changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.editing.editable import EditableLedger
from service.editing.sight import Sight, filled_cells


@dataclass(slots=True)
class Held:
    """A ledger on a page."""

    text: str
    """The source text."""
    ledger: EditableLedger | None
    """None as long as nobody has begun to change it."""
    open: Callable[[], EditableLedger]
    """Opens it; takes a second for thousands of rows."""
    address: str = ""
    """Where the browser fetches what it first shows, "" for a ledger that is open from the beginning."""
    sight: Sight | None = None
    """What is known of the rows before the ledger is open; None while it is being put together."""
    is_as_shown: Callable[[], bool] = lambda: True
    """Tells whether the stored rows are still those that the browser fetched."""

    @classmethod
    def opened(cls, ledger: EditableLedger) -> Held:
        """Return a ledger that is open already."""
        return cls(ledger.document.text, ledger, lambda: ledger)

    @property
    def rows(self) -> int | None:
        """Return the number of rows; None while it is not known."""
        return len(self.ledger.rows) if self.ledger else self.sight.rows if self.sight else None

    @property
    def doubtful(self) -> int | None:
        """Return the number of rows that a person should look at; None while it is not known."""
        return len(self.ledger.doubtful) if self.ledger else self.sight.doubtful if self.sight else None

    @property
    def filled(self) -> frozenset[str]:
        """Return the fields of the cells that are known to be filled in some row."""
        if self.ledger:
            return filled_cells(self.ledger.rows)
        return self.sight.filled if self.sight else frozenset()

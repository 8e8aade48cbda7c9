"""What stands around the line in question: what the rules of joining ask about."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.cleaning.layout import Layout
from ingest.cleaning.paragraph import Paragraph
from ingest.cleaning.pieces import Piece, width
from ingest.labels import Label, LabelKind, find_label
from ingest.official_lines import (
    begins_addressees,
    ends_like_organ,
    is_addressee_line,
    is_date_line,
    is_own_line,
)
from ingest.titles import is_surely_whole

ADDRESS_LINES = 6
"""主送机关 take at most so many lines."""
TITLE_LINES = 8
"""A title takes at most so many lines."""
MAX_FRAGMENTS = 12
"""At most so many pieces make up one printed line."""


@dataclass(slots=True)
class Surroundings:
    """The lines of a text, and the one in question among them."""

    pieces: list[Piece]
    layout: Layout
    at: int = 0
    """The line in question."""
    address_end: int = -1
    """The last line of the addressees, once they have begun."""
    counts: dict[LabelKind, int] = field(default_factory=dict)
    """The last number seen of each kind of label."""

    def is_full(self, paragraph: Paragraph, ended: bool) -> bool:
        """Tell whether the last line reaches the margin: measured on the page where the format tells."""
        known = paragraph.last.raw.full
        return self.layout.full(paragraph.printed, ended) if known is None else known

    def miss(self, reached: float) -> float | None:
        """Return how far from the margin the next pieces end if they go on a line printed so far.

        None when no number of them ends at the margin: then they do not stand on that line.
        """
        best: float | None = None
        for piece in self.pieces[self.at : self.at + MAX_FRAGMENTS]:
            reached += width(piece.text)
            if piece.fixed or piece.raw.full is not None or self.layout.over(reached):
                break
            off = self.layout.deviation(reached)
            best = off if best is None or (off is not None and off < best) else best
        return best

    def signs(self) -> bool:
        """Tell whether the line in question is the issuer's name above the date."""
        for piece in self.pieces[self.at : self.at + 4]:
            if is_date_line(piece.text):
                return piece is not self.pieces[self.at]
            if len(piece.text) > 40 or not ends_like_organ(piece.text):
                return False
        return False

    def addresses(self) -> bool:
        """Tell whether addressees begin on the line in question, and remember where they end."""
        words = ""
        if not begins_addressees(self.pieces[self.at].text):
            return False
        for at, piece in enumerate(self.pieces[self.at : self.at + ADDRESS_LINES], start=self.at):
            words += piece.text
            if piece.text[-1] in "：:":
                self.address_end = at if is_addressee_line(words) else self.address_end
                return is_addressee_line(words)
            if piece.text[-1] in "。；" or len(piece.text) < 12:
                return False
        return False

    def completes_title(self, words: str) -> bool:
        """Tell whether the words become a whole title with the line in question and a few more."""
        for piece in self.pieces[self.at : self.at + TITLE_LINES]:
            if piece.fixed or len(piece.text) > 60 or is_own_line(piece.text) or find_label(piece.text):
                return False
            words += piece.text
            if is_surely_whole(words):
                return True
            if piece.text[-1] in "。；：:":
                return False
        return False

    def continues_count(self, label: Label) -> bool:
        """Tell whether a label is the next of its kind."""
        return label.value == self.counts.get(label.kind, 0) + 1

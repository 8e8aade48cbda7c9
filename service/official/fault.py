"""What a check found wrong."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import JsonObject


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a document that is not as it should be."""

    rule: str
    """Short name of the rule, for programs."""
    message: str
    """What is wrong and what would be right, in words for the user."""
    paragraph: int | None = None
    """Which paragraph, 1-indexed; None for the whole document."""
    text: str = ""
    """The words at fault, or the beginning of the paragraph."""
    table: str = ""
    """Where in a table, in words: 表1第3行; "" outside tables."""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.table or (f"第{self.paragraph}段" if self.paragraph else "全文")

    def record(self) -> JsonObject:
        """Return the fault as public JSON."""
        return {
            "rule": self.rule,
            "message": self.message,
            "place": self.place,
            "paragraph": self.paragraph,
            "text": self.text,
        }

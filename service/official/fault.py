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

    def record(self) -> JsonObject:
        """Return the fault as public JSON."""
        return {"rule": self.rule, "message": self.message, "paragraph": self.paragraph, "text": self.text}

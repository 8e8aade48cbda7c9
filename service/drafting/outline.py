"""Which parts a document of a genre has, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.registry.tables import read_table


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an outline."""

    heading: str
    """Without its number; "" for words without a heading, below the title or at the end."""
    contents: tuple[str, ...]
    """Names of what stands in it, see `service.drafting.contents.registry`."""

    def record(self) -> JsonObject:
        """Return the part as public JSON."""
        return {"heading": self.heading, "contents": list(self.contents)}


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document of one genre, in their order."""

    genre: str
    parts: tuple[Part, ...]

    def has(self, content: str) -> bool:
        """Tell whether some part asks for a content."""
        return any(content in part.contents for part in self.parts)

    def record(self) -> JsonObject:
        """Return the outline as public JSON."""
        return {"genre": self.genre, "parts": [part.record() for part in self.parts]}


def genres() -> tuple[str, ...]:
    """Return the names of the genres that have an outline, in the order of the table."""
    return tuple(_outlines())


def outline_of(genre: str) -> Outline:
    """Return the outline of a genre.

    Raises:
        UserError: when there is none; the message names those there are.
    """
    found = _outlines().get(genre)
    if found is None:
        raise UserError(f"没有名为“{genre}”的文种。可选：{'、'.join(genres())}。")
    return found


@cache
def _outlines() -> dict[str, Outline]:
    parts: dict[str, list[Part]] = {}
    for row in read_table("service.drafting", "outlines.tsv"):
        parts.setdefault(row["genre"], []).append(Part(row["part"], tuple(row["content"].split())))
    return {genre: Outline(genre, tuple(rows)) for genre, rows in parts.items()}

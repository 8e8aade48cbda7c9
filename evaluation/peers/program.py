"""What another search program is given and asked, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.encoders.base import Vectors


@dataclass(frozen=True, slots=True)
class Part:
    """Some passages as a program gets them; all four have the same length."""

    ids: Sequence[int]
    words: Sequence[str]
    """The words of each, with spaces between them."""
    vectors: Vectors
    places: Sequence[str]
    """The place of each passage's document, to filter by; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    words: str
    """With spaces between them."""
    vector: Vectors
    place: str = ""
    """Only passages of this place, where one is given."""


class Peer(Protocol):
    """A search program over a folder, which is empty before `build` and may be opened again after it.

    The words come cut already, since no program brings our names of places and units.
    """

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Open what `folder` holds; `dimensions` are those of the vectors."""

    def build(self, parts: Iterable[Part]) -> None:
        """Take in all passages and keep them on disk."""

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the ids of at most `limit` passages, best first."""

    def add(self, part: Part) -> None:
        """Take in some more, to be found from then on.

        Raises:
            NotImplementedError: when the program can only be built anew.
        """

    def remove(self, ids: Sequence[int]) -> None:
        """Take some out.

        Raises:
            NotImplementedError: when the program can only be built anew.
        """

"""Clauses of a text that say the opposite of the clause they repeat: 未完成 for 完成, 降低 for 提高."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from index.tokens import fold

_GROUPS = {row["word"]: row["group"] for row in read_table("service.verify", "polar_words.tsv")}
_WORD = re.compile(any_of(_GROUPS))
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?\n\t（）()]+")
_SHORTEST = 6
"""Characters that a clause must have besides such words to be recognised."""
_LEFT_OUT = "not"
"""The group whose words are simply there or not; those of the others stand in each other's place."""


class Polarity:
    """The clauses of some texts, by what is left of them without the words that turn them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._signs: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for text in texts:
            for found in _CLAUSE.finditer(text):
                rest, signs = _parts(found[0])
                if len(rest) >= _SHORTEST:
                    self._signs[rest].add(signs)

    def turned(self, text: str) -> Iterator[Span]:
        """Yield the clauses of a text that the sources hold only with other such words."""
        for found in _CLAUSE.finditer(text):
            rest, signs = _parts(found[0])
            known = self._signs.get(rest)
            if known and signs not in known:
                yield Span(*found.span())


def _parts(clause: str) -> tuple[str, tuple[str, ...]]:
    """Return a clause without the words that turn it, and these in their order."""
    folded = "".join(fold(clause).split())
    signs = tuple(_WORD.findall(folded))
    return _WORD.sub(lambda found: "" if _GROUPS[found[0]] == _LEFT_OUT else "*", folded), signs

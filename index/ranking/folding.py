"""Chooses what is shown of what was found: copies folded, no document crowding out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from corpus.store.rows import PassageRow
from index.hits import Copy
from index.ranking.fusion import Fused
from index.tokens import letters_of, text_key

SHINGLE = 4
"""Letters of a shingle, the unit by which texts are compared."""
ALIKE = 0.9
"""Share of the shorter passage's shingles from which two passages are the same notice published twice."""
NO_SHORTER = 0.75
"""And the shorter one's size as a share of the longer one's: a salutation may be missing, not a section."""
SAMPLES = 8
"""Shingles from all over a passage that are looked for first: a nearly equal text has most of them."""
SHARED = 4
"""So many of these it must have before the two are compared as a whole."""
SHORTEST = 40
"""Letters below which only equal texts are copies: in a short sentence one figure makes another matter."""
LOOKED_THROUGH = 2
"""So many times the hits wanted are looked through at most for more copies of what is shown."""
CLOSE = 0.95
"""Share of a score that a copy of the passage has at least: of 14 copies found behind the tenth hit in 440
searches 11 had it, and four passages behind it in ten. Equal texts are found anyway, by their key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many hits, and of what variety."""

    k: int
    per_document: int | None
    """None: no limit."""
    collapse: bool
    """Whether the same passage in several documents is one hit."""
    facets: bool = True
    """Whether what was found is counted by place, year …, which takes as long as the search itself."""
    highlights: bool = True
    """Whether hits tell where the query's words stand in them."""


@dataclass(frozen=True)
class Chosen:
    """A passage to be shown."""

    found: Fused
    row: PassageRow
    like: list[PassageRow] = field(default_factory=list)
    """Passages found besides that say nearly the same."""

    @cached_property
    def key(self) -> int:
        """Equal for passages of the same text."""
        return text_key(self.row.text)


def looked_through(found: Sequence[Fused], wanted: Wanted) -> int:
    """Return how many of what was found, best first, are looked at: those wanted, and what may be copies."""
    if not wanted.collapse or len(found) <= wanted.k:
        return wanted.k
    least = CLOSE * found[wanted.k - 1].score
    return wanted.k + sum(item.score >= least for item in found[wanted.k : LOOKED_THROUGH * wanted.k])


def choose(
    found: Iterable[tuple[Fused, PassageRow]], wanted: Wanted, looked_at: int | None = None
) -> list[Chosen]:
    """Return the first `k` that are neither copies of an earlier one nor too many of their document.

    `looked_at` are looked at even so, for more copies of these; None for `k`.
    """
    chosen: list[Chosen] = []
    known = _Known()
    from_document: Counter[str] = Counter()
    for place, (item, row) in enumerate(found, 1):
        original = known.original_of(row) if wanted.collapse else None
        if original:
            original.like.append(row)
        elif len(chosen) < wanted.k and not _is_full(from_document, row, wanted):
            one = Chosen(item, row)
            from_document[row.document_id] += 1
            chosen.append(one)
            if wanted.collapse:
                known.add(one)
        # Seen here, not with the next one: to ask for that may mean to read it.
        if len(chosen) >= wanted.k and place >= (looked_at or wanted.k):
            break
    return chosen


def copies_of(chosen: Chosen, same: Iterable[PassageRow]) -> tuple[Copy, ...]:
    """Return the other documents among `same` and those found with nearly the same, each once."""
    others = (*same, *chosen.like)
    rows = {row.document_id: row for row in others if row.document_id != chosen.row.document_id}
    return tuple(Copy(row.document_id, row.title, row.source) for row in rows.values())


def alike(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1; white space and punctuation do not count."""
    return _similarity(_shingles(letters_of(one)), _shingles(letters_of(other)))


def _is_full(from_document: Counter[str], row: PassageRow, wanted: Wanted) -> bool:
    return wanted.per_document is not None and from_document[row.document_id] >= wanted.per_document


class _Known:
    """The passages chosen so far, found again by those that say nearly the same."""

    def __init__(self) -> None:
        self._by_text: dict[str, Chosen] = {}
        self._long = ""
        """The letters of all that are long enough to have copies that differ, one text a line."""

    def original_of(self, row: PassageRow) -> Chosen | None:
        """Return the chosen passage of which `row` is a copy, None when it is none."""
        letters = letters_of(row.text)
        if letters in self._by_text:
            return self._by_text[letters]
        if len(letters) < SHORTEST or not _may_be_in(self._long, letters):
            return None
        close = (self._by_text[known] for known in self._long.split() if _may_be_in(known, letters))
        return next((chosen for chosen in close if alike(row.text, chosen.row.text) >= ALIKE), None)

    def add(self, chosen: Chosen) -> None:
        """Remember a passage."""
        letters = letters_of(chosen.row.text)
        self._by_text[letters] = chosen
        if len(letters) >= SHORTEST:
            self._long += f"{letters}\n"


def _may_be_in(known: str, letters: str) -> bool:
    """Tell in little time whether it pays to look in `known` for a text that is nearly equal."""
    missing = 0
    for place in _places(len(letters) - SHINGLE):
        if letters[place : place + SHINGLE] not in known:
            missing += 1
            if missing > SAMPLES - SHARED:
                return False
    return True


@lru_cache(maxsize=1024)
def _places(last: int) -> tuple[int, ...]:
    """Return `SAMPLES` places from 0 to `last`, equally far from each other."""
    return tuple(last * number // (SAMPLES - 1) for number in range(SAMPLES))


@lru_cache(maxsize=1024)
def _shingles(letters: str) -> frozenset[str]:
    """Return all stretches of `SHINGLE` letters."""
    return frozenset([letters[start : start + SHINGLE] for start in range(len(letters) - SHINGLE + 1)])


def _similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that is in the other too, 0 where it is much smaller or empty."""
    smaller, larger = sorted((len(one), len(other)))
    if not smaller or smaller < NO_SHORTER * larger:
        return 0.0
    return len(one & other) / smaller

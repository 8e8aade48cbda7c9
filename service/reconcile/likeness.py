"""How like each claim is to each task: shared words by rarity, vectors, headings, figures, units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.encoders.base import Encoder
from service.reconcile.segments import segments
from service.reconcile.wording import terms_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

UNKNOWN = 0.6
"""What a word of a claim counts that no task has: a report has details of its own."""
ENOUGH = 5.0
"""Worth of shared words at which half of what is shared is believed; two rare words are worth about this."""


SHORT = 30.0
"""Code points of a claim that is short."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A task or a claim, cut into stretches that speak of one matter each."""

    text: str
    parts: tuple[str, ...]
    """At least one."""
    heading: str
    """The innermost heading above it, "" without one."""
    figures: frozenset[tuple[float, str]]
    """Its figures in base units."""
    units: frozenset[str]
    """The units that it names."""


def stretch(text: str, heading: str, figures: frozenset[tuple[float, str]], units: frozenset[str]) -> Stretch:
    """Return the stretch for a text."""
    parts = tuple(span.of(text) for span in segments(text)) or (text,)
    return Stretch(text, parts, heading, figures, units)


FEATURES = (
    "claim_in_task",
    "part_in_task",
    "task_in_claim",
    "task_part_in_claim",
    "vectors",
    "part_vectors",
    "ahead",
    "part_ahead",
    "task_ahead",
    "figures",
    "headings",
    "units",
    "task_head_in_claim",
    "head_vectors",
    "head_ahead",
    "length",
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is known of each pair of claim and task."""

    features: Matrix
    """Shape (claims, tasks, len(FEATURES))."""
    best_part: NDArray[np.int64]
    """Shape (claims, tasks): which part of the claim speaks of the task most."""


def likeness(claims: Sequence[Stretch], tasks: Sequence[Stretch], encoder: Encoder) -> Likeness:
    """Return what each claim and each task have in common; both need at least one."""
    words = _Words(claims, tasks)
    vectors = _Vectors(claims, tasks, encoder)
    part_words, part_cosine = words.parts_in_tasks(), vectors.parts()
    owner = _owners(claims)
    part_base = 0.5 * part_words + 0.5 * part_cosine
    claim_in_task, part_in_task = words.claims_in_tasks(), _most(part_words, owner, len(claims))
    cosine, best_cosine = vectors.wholes(), _most(part_cosine, owner, len(claims))
    head_words, head_cosine = words.task_heads_in_claims(), _most(vectors.heads(), owner, len(claims))
    head_base = 0.5 * head_words + 0.5 * head_cosine
    base = 0.25 * (claim_in_task + part_in_task + cosine + best_cosine)
    features = np.stack(
        [
            claim_in_task,
            part_in_task,
            words.tasks_in_claims(),
            words.task_parts_in_claims(),
            cosine,
            best_cosine,
            _ahead(base, axis=1),
            _most(_ahead(part_base, axis=1), owner, len(claims)),
            _ahead(base, axis=0),
            _common(claims, tasks, lambda item: item.figures),
            vectors.headings(),
            _common(claims, tasks, lambda item: item.units),
            head_words,
            head_cosine,
            _ahead(head_base, axis=1),
            np.repeat(_brevity(claims)[:, None], len(tasks), axis=1),
        ],
        axis=2,
    ).astype(np.float32)
    return Likeness(features, _best_part(part_base, owner, len(claims)))


class _Words:
    """Shared words, worth the more the fewer tasks have them."""

    def __init__(self, claims: Sequence[Stretch], tasks: Sequence[Stretch]) -> None:
        self._task_terms = [terms_of(task.text) for task in tasks]
        self._claim_terms = [terms_of(claim.text) for claim in claims]
        self._parts = [terms_of(part) for claim in claims for part in claim.parts]
        self._task_parts = [terms_of(part) for task in tasks for part in task.parts]
        self._task_owner = _owners(tasks)
        known = Counter(term for terms in self._task_terms for term in terms)
        said = Counter(term for terms in self._claim_terms for term in terms)
        # Texts of figures alone have no term; one that nothing has keeps the tables from being empty.
        self._places = {term: place for place, term in enumerate(known | said | Counter([""]))}
        self._by_task = self._rarity(known, len(tasks))
        self._tasks, self._claims = self._table(self._task_terms), self._table(self._claim_terms)

    def claims_in_tasks(self) -> Matrix:
        """Return how much of each claim stands in each task."""
        return _covered(self._claims, self._tasks, self._by_task)

    def parts_in_tasks(self) -> Matrix:
        """Return how much of each part of a claim stands in each task, believed by what is shared."""
        return _believed(self._table(self._parts), self._tasks, self._by_task)

    def tasks_in_claims(self) -> Matrix:
        """Return how much of each task stands in each claim, shape (claims, tasks)."""
        return _covered(self._tasks, self._claims, self._by_task).T

    def task_parts_in_claims(self) -> Matrix:
        """Return how much of the best part of each task stands in each claim."""
        found = _believed(self._table(self._task_parts), self._claims, self._by_task)
        return _most(found, self._task_owner, len(self._task_terms)).T

    def task_heads_in_claims(self) -> Matrix:
        """Return how much of the first part of each task, often its heading, stands in each claim."""
        firsts = np.searchsorted(self._task_owner, np.arange(len(self._task_terms)))
        return _covered(self._table(self._task_parts)[firsts], self._claims, self._by_task).T

    def _rarity(self, known: Mapping[str, int], total: int) -> Matrix:
        counts = np.array([known.get(term, 0) for term in self._places], dtype=np.float64)
        rarity = np.log1p((total - counts + 0.5) / (counts + 0.5))
        worth: Matrix = np.asarray(rarity * np.where(counts == 0, UNKNOWN, 1.0), dtype=np.float32)
        return worth

    def _table(self, found: Sequence[Mapping[str, float]]) -> Matrix:
        table = np.zeros((len(found), len(self._places)), dtype=np.float32)
        for row, terms in enumerate(found):
            for term, worth in terms.items():
                if (place := self._places.get(term)) is not None:
                    table[row, place] = worth
        return table


def _shared(some: Matrix, others: Matrix, rarity: Matrix) -> Matrix:
    """Return what the terms of `some` are worth that stand in `others`, shape (some, others)."""
    found: Matrix = np.asarray((some * rarity) @ (others > 0).T, dtype=np.float32)
    return found


def _covered(some: Matrix, others: Matrix, rarity: Matrix) -> Matrix:
    total = (some * rarity).sum(axis=1, keepdims=True)
    found: Matrix = _shared(some, others, rarity) / np.maximum(total, 1e-6)
    return found


def _believed(some: Matrix, others: Matrix, rarity: Matrix) -> Matrix:
    """Return the covered share, less where little is shared: two words may fit anywhere."""
    shared = _shared(some, others, rarity)
    found: Matrix = _covered(some, others, rarity) * shared / (shared + ENOUGH)
    return found


class _Vectors:
    """Nearness of meaning as the encoder sees it."""

    def __init__(self, claims: Sequence[Stretch], tasks: Sequence[Stretch], encoder: Encoder) -> None:
        self._claims = encoder.encode([claim.text for claim in claims])
        self._tasks = encoder.encode([task.text for task in tasks])
        self._claim_parts = encoder.encode([part for claim in claims for part in claim.parts])
        self._task_parts = encoder.encode([part for task in tasks for part in task.parts])
        self._owner, self._count = _owners(tasks), len(tasks)
        self._claim_heads = encoder.encode([claim.heading for claim in claims])
        self._task_heads = encoder.encode([task.heading for task in tasks])

    def wholes(self) -> Matrix:
        """Return the cosines of whole claims and tasks."""
        found: Matrix = self._claims @ self._tasks.T
        return found

    def parts(self) -> Matrix:
        """Return for each part of a claim and each task the cosine with the nearest part of the task."""
        nearest = _most((self._claim_parts @ self._task_parts.T).T, self._owner, self._count).T
        whole = self._claim_parts @ self._tasks.T
        found: Matrix = np.maximum(nearest, whole)
        return found

    def heads(self) -> Matrix:
        """Return for each part of a claim the cosine with the first part of each task."""
        firsts = np.searchsorted(self._owner, np.arange(self._count))
        found: Matrix = self._claim_parts @ self._task_parts[firsts].T
        return found

    def headings(self) -> Matrix:
        """Return the cosines of the headings above, less what a heading has in common with all."""
        cosine: Matrix = self._claim_heads @ self._task_heads.T
        found: Matrix = cosine - cosine.mean(axis=1, keepdims=True, dtype=np.float32)
        return found


def _owners(stretches: Sequence[Stretch]) -> NDArray[np.int64]:
    """Return for each part of all stretches which of them it belongs to."""
    return np.repeat(np.arange(len(stretches)), [len(item.parts) for item in stretches])


def _most(values: Matrix, owner: NDArray[np.int64], count: int) -> Matrix:
    """Return for each owner the largest value of its rows; each has at least one."""
    found = np.full((count, values.shape[1]), -1.0, dtype=np.float32)
    np.maximum.at(found, owner, values)
    return found


def _best_part(values: Matrix, owner: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return for each claim and task which of the claim's own parts has the largest value."""
    firsts = np.searchsorted(owner, np.arange(count))
    ends = np.searchsorted(owner, np.arange(count), side="right")
    return np.stack([values[first:end].argmax(axis=0) for first, end in zip(firsts, ends, strict=True)])


def _brevity(claims: Sequence[Stretch]) -> Matrix:
    """Return how short each claim is, 1 for a few words to nearly 0 for a long paragraph."""
    lengths = np.array([len(claim.text) for claim in claims], dtype=np.float32)
    found: Matrix = SHORT / (lengths + SHORT)
    return found


def _ahead(values: Matrix, axis: int) -> Matrix:
    """Return how far each value lies before the best other one of its row (1) or column (0).

    Where there is no other, half the value: one like the average may still come.
    """
    if values.shape[axis] < 2:
        half: Matrix = (values / 2).astype(np.float32)
        return half
    ordered = np.sort(values, axis=axis)
    best, second = np.take(ordered, [-1], axis=axis), np.take(ordered, [-2], axis=axis)
    found: Matrix = values - np.where(values >= best, second, best)
    return found


def _common(
    claims: Sequence[Stretch], tasks: Sequence[Stretch], of: Callable[[Stretch], frozenset[Hashable]]
) -> Matrix:
    """Return whether a claim and a task share something that few other tasks have."""
    held = Counter(thing for task in tasks for thing in of(task))
    found = np.zeros((len(claims), len(tasks)), dtype=np.float32)
    for row, claim in enumerate(claims):
        for place, task in enumerate(tasks):
            shared = of(claim) & of(task)
            if shared:
                found[row, place] = max(1 / held[thing] for thing in shared)
    return found

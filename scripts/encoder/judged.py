"""Questions with passages that answer them, as rows of matrices, and the wrong passages that look right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from index.tokens import words
from scripts.encoder.learning import Batch, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

LOOKED_AT = 60
"""First passages by words, and by the model, among which wrong ones are sought."""
WRONG = 3
"""Wrong passages that a question brings into its batch."""
OTHER_WORDING = 0.35
"""How often an explanation or the key words ask in place of the question."""


@dataclass(slots=True)
class Judged:
    """A question as rows of the matrix of questions, with passages as rows of the matrix of passages."""

    id: str
    wordings: Sequence[int]
    """The question itself first, then what else asks for the same."""
    right: Numbers
    wrong: Numbers


class Collection:
    """Judged questions over passages."""

    def __init__(self, questions: csr_matrix, passages: csr_matrix, judged: Sequence[Judged]) -> None:
        self._questions = questions
        self._passages = passages
        self._judged = judged

    def without(self, ids: frozenset[str]) -> Collection:
        """Return the collection without the questions that have these ids."""
        left = [item for item in self._judged if item.id not in ids]
        return Collection(self._questions, self._passages, left)

    def batch(self, size: int, chance: np.random.Generator) -> Batch:
        """Return at most `size` questions, each with one right passage and some wrong ones."""
        size = min(size, len(self._judged))
        chosen = [self._judged[place] for place in chance.choice(len(self._judged), size, replace=False)]
        asked = [_wording(item, chance) for item in chosen]
        right = [int(chance.choice(item.right)) for item in chosen]
        wrong = [int(row) for item in chosen for row in _some(item.wrong, chance)]
        rows = np.array(right + wrong)
        right_too = np.stack([np.isin(rows, item.right) for item in chosen])
        right_too |= rows[None] == np.array(right)[:, None]
        right_too[np.arange(size), np.arange(size)] = False
        return Batch(self._questions[asked], self._passages[rows], right_too)


def by_words(questions: Sequence[str], passages: Sequence[str], first: int) -> Numbers:
    """Return the `first` passages by BM25 over words, shape (questions, first)."""
    import bm25s

    ranking = bm25s.BM25()
    ranking.index([words(passage) for passage in passages], show_progress=False)
    asked = [words(question) or [""] for question in questions]
    found = ranking.retrieve(asked, k=first, show_progress=False, return_as="documents")
    return np.asarray(found, dtype=np.int64)


def by_model(model: Model, questions: csr_matrix, passages: csr_matrix, first: int) -> Numbers:
    """Return the `first` passages by the model, in no order, shape (questions, first)."""
    scores = model.questions(questions) @ model.passages(passages).T
    return np.argpartition(-scores, first, axis=1)[:, :first]


def _wording(item: Judged, chance: np.random.Generator) -> int:
    if len(item.wordings) > 1 and chance.random() < OTHER_WORDING:
        return int(chance.choice(item.wordings[1:]))
    return item.wordings[0]


def _some(rows: Numbers, chance: np.random.Generator) -> Numbers:
    return chance.choice(rows, min(WRONG, len(rows)), replace=False)

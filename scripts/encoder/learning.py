"""Contrastive learning of gram vectors and weights, with numpy and scipy alone.

The score of a question and a passage is the cosine of the two sums of their grams' vectors, each gram by its
weight. Each question is to score its own passage above every other passage of the batch (InfoNCE, van den
Oord et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

TEMPERATURE = 0.05
WEIGHT_RATE = 5.0
"""Weights learn so many times faster than vectors."""
TURN_RATE = 0.5
"""And the turn of the query this much slower."""
_TINY = 1e-6


@dataclass(slots=True)
class Model:
    """What is learnt."""

    vectors: Vectors
    """Shape (grams, dimensions)."""
    question_weights: Vectors
    """Logarithm of what each gram counts in a question, shape (grams,)."""
    passage_weights: Vectors
    """The same in a passage."""
    turn: Vectors
    """What is added to a question's sum, as a linear map of it, shape (dimensions, dimensions)."""

    @classmethod
    def start(cls, vectors: Vectors, weights: Vectors) -> Model:
        """Return the model before learning: both weights alike, no turn."""
        logarithm = np.log(weights + 1e-4).astype(np.float32)
        turn = np.zeros((vectors.shape[1],) * 2, dtype=np.float32)
        return cls(vectors.copy(), logarithm.copy(), logarithm.copy(), turn)

    def copy(self) -> Model:
        """Return a model that learns apart from this one."""
        parts = (self.vectors, self.question_weights, self.passage_weights, self.turn)
        return Model(*(part.copy() for part in parts))

    def passages(self, matrix: csr_matrix) -> Vectors:
        """Return unit vectors, shape (texts, dimensions)."""
        return _unit(matrix @ (self.vectors * np.exp(self.passage_weights)[:, None]))[0]

    def questions(self, matrix: csr_matrix) -> Vectors:
        """Return unit vectors, shape (texts, dimensions)."""
        summed = matrix @ (self.vectors * np.exp(self.question_weights)[:, None])
        return _unit(summed + summed @ self.turn)[0]


@dataclass(slots=True)
class Batch:
    """Questions with passages, of which the first belong to the questions one by one and the rest to none."""

    questions: csr_matrix
    passages: csr_matrix
    right_too: NDArray[np.bool_]
    """Other pairs that are right and must not be pushed apart, shape (questions, passages)."""


@dataclass(slots=True)
class Learner:
    """Adam (Kingma and Ba 2015) that touches only the rows a batch speaks of, with one power for each row."""

    model: Model
    rate: float
    learns_turn: bool = False
    _moments: dict[str, tuple[Vectors, Vectors]] = field(default_factory=dict)
    _steps: int = 0

    def step(self, batch: Batch, pace: float) -> float:
        """Learn from one batch at `pace` times the rate, and return the loss."""
        self._steps += 1
        asked = _Side(self.model, batch.questions, self.model.question_weights)
        given = _Side(self.model, batch.passages, self.model.passage_weights)
        turned, lengths = _unit(asked.sums + asked.sums @ self.model.turn)
        passages, passage_lengths = _unit(given.sums)
        loss, to_turned, to_passages = contrast(turned, passages, batch.right_too)
        to_sum = _through_unit(to_turned, turned, lengths)
        to_asked = to_sum + to_sum @ self.model.turn.T
        to_given = _through_unit(to_passages, passages, passage_lengths)
        rate = self.rate * pace
        for name, side, slope in (("question", asked, to_asked), ("passage", given, to_given)):
            to_vectors, to_weights = side.slopes(slope)
            weights: Vectors = getattr(self.model, f"{name}_weights")
            self._move(name, weights, side.grams, to_weights, rate * WEIGHT_RATE)
            self._move("vectors", self.model.vectors, side.grams, to_vectors, rate)
        if self.learns_turn:
            every = np.arange(len(self.model.turn))
            self._move("turn", self.model.turn, every, asked.sums.T @ to_sum, rate * TURN_RATE)
        return loss

    def _move(
        self, name: str, values: Vectors, rows: NDArray[np.int64], slopes: Vectors, rate: float
    ) -> None:
        if name not in self._moments:
            powers = values[:, :1] if values.ndim > 1 else values
            self._moments[name] = (np.zeros_like(values), np.zeros_like(powers))
        first, second = self._moments[name]
        mean = first[rows]
        mean += 0.1 * (slopes - mean)
        power = (slopes * slopes).mean(axis=-1, keepdims=True) if slopes.ndim > 1 else slopes * slopes
        square = second[rows]
        square += 0.01 * (power - square)
        first[rows], second[rows] = mean, square
        rate *= float(np.sqrt(1 - 0.99**self._steps) / (1 - 0.9**self._steps))
        values[rows] -= mean * (np.float32(rate) / (np.sqrt(square) + np.float32(1e-8)))


def contrast(
    questions: Vectors, passages: Vectors, right_too: NDArray[np.bool_]
) -> tuple[float, Vectors, Vectors]:
    """Return the loss, and its slopes by `questions` and by `passages`; both have length 1 per row."""
    own = np.arange(len(questions))
    scores = questions @ passages.T / TEMPERATURE
    scores[right_too] = -np.inf
    scores -= scores.max(axis=1, keepdims=True)
    shares = np.exp(scores)
    shares /= shares.sum(axis=1, keepdims=True)
    loss = float(-np.log(np.maximum(shares[own, own], 1e-12)).mean())
    shares[own, own] -= 1
    shares /= TEMPERATURE * len(questions)
    return loss, shares @ passages, shares.T @ questions


class _Side:
    """The grams that one side of a batch speaks of."""

    def __init__(self, model: Model, texts: csr_matrix, weights: Vectors) -> None:
        self.grams, columns = np.unique(texts.indices, return_inverse=True)
        self._texts = csr_matrix((texts.data, columns, texts.indptr), (texts.shape[0], len(self.grams)))
        self._vectors = model.vectors[self.grams]
        self._weights = np.exp(weights[self.grams])[:, None]
        self.sums: Vectors = self._texts @ (self._vectors * self._weights)

    def slopes(self, to_sums: Vectors) -> tuple[Vectors, Vectors]:
        """Return the slopes by the vectors and by the logarithms of the weights of `grams`."""
        to_vectors = self._weights * (self._texts.T @ to_sums)
        return to_vectors, (to_vectors * self._vectors).sum(axis=1)


def _unit(vectors: Vectors) -> tuple[Vectors, Vectors]:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _TINY)
    return vectors / lengths, lengths


def _through_unit(slopes: Vectors, units: Vectors, lengths: Vectors) -> Vectors:
    """Return the slopes by vectors, given those by the same vectors made length 1."""
    return (slopes - (slopes * units).sum(axis=1, keepdims=True) * units) / lengths

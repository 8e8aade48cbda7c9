"""The stages of training, from texts to a model; every one of them gives the same for the same material."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from index.encoders.grams import Grams
from index.tokens import fold
from scripts.encoder.judged import Collection
from scripts.encoder.learning import Batch, Learner, Model
from scripts.encoder.material import Piece
from scripts.encoder.pairs import (
    Pair,
    clause_pairs,
    heading_pairs,
    law_pairs,
    neighbour_pairs,
    sentence_pairs,
    title_pairs,
)
from scripts.encoder.vocabulary import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 0
DROPPED = 0.3
"""Share of the grams that a batch of self-made pairs leaves out, so that no single one carries a pair."""
PAIR_BATCH, JUDGED_BATCH = 512, 192
SHARES = {
    "heading": 2.0,
    "title": 1.0,
    "sentence": 3.0,
    "neighbour": 1.0,
    "clause": 3.0,
    "law": 0.5,
    "paraphrase": 3.0,
    "answer": 0.2,
}
"""How often each kind of pair makes a batch. Batches of one kind are harder than mixed ones."""
KEPT_KINDS = ("sentence", "clause", "heading", "paraphrase")
"""Kinds that go on being learnt beside the judged questions."""
KEPT = 0.33
"""How often such a batch follows one of judged questions, at half the pace."""

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts, by kind, as rows of one matrix."""

    texts: csr_matrix
    rows: dict[str, NDArray[np.int64]]
    """Shape (pairs, 2) for each kind."""

    def batch(self, kind: str, size: int, chance: np.random.Generator) -> Batch:
        """Return pairs of one kind; equal texts are not pushed apart."""
        rows = self.rows[kind]
        chosen = rows[chance.choice(len(rows), min(size, len(rows)), replace=False)]
        asked, given = chosen.T
        right_too = (asked[:, None] == asked[None]) | (given[:, None] == given[None])
        np.fill_diagonal(right_too, False)
        return Batch(
            _thinned(self.texts[asked], chance),
            _thinned(self.texts[given], chance),
            right_too,
        )


def made_pairs(
    pieces: Sequence[Piece],
    articles: Sequence[Piece],
    paraphrases: Sequence[tuple[str, str]],
    answers: Sequence[tuple[str, str]],
) -> dict[str, list[Pair]]:
    """Return the pairs to learn from before any judgement, folded, by kind."""
    chance = random.Random(SEED)
    return {
        "heading": list(heading_pairs(pieces)),
        "title": list(title_pairs(pieces)),
        "sentence": list(sentence_pairs(pieces, chance)),
        "neighbour": list(neighbour_pairs(pieces, chance)),
        "clause": list(clause_pairs(articles, chance)),
        "law": list(law_pairs(articles, chance)),
        "paraphrase": [(fold(left), fold(right)) for left, right in paraphrases],
        "answer": [(fold(left), fold(right)) for left, right in answers],
    }


def as_rows(pairs: dict[str, list[Pair]], grams: Grams) -> Pairs:
    """Return the pairs with each text counted once."""
    numbers: dict[str, int] = {}
    rows = {
        kind: np.array([[numbers.setdefault(text, len(numbers)) for text in pair] for pair in listed])
        for kind, listed in pairs.items()
        if listed
    }
    return Pairs(counted(grams, list(numbers)), rows)


def learn_from_pairs(model: Model, pairs: Pairs, steps: int, rate: float, told: Told) -> None:
    """Teach `model` the self-made pairs."""
    chance = np.random.default_rng(SEED)
    learner = Learner(model, rate)
    kinds = [kind for kind in SHARES if kind in pairs.rows]
    shares = np.array([SHARES[kind] for kind in kinds])
    for step in range(1, steps + 1):
        kind = kinds[chance.choice(len(kinds), p=shares / shares.sum())]
        loss = learner.step(pairs.batch(kind, PAIR_BATCH, chance), _pace(step, steps))
        if step % 100 == 0:
            told(f"pairs {step}/{steps} {kind} {loss:.3f}")


def learn_from_judged(
    model: Model, collections: Sequence[Collection], pairs: Pairs, steps: int, rate: float, told: Told
) -> None:
    """Teach `model` judged questions, the collections by turns, and keep it from forgetting the pairs."""
    chance = np.random.default_rng(SEED)
    learner = Learner(model, rate, learns_turn=True)
    kinds = [kind for kind in KEPT_KINDS if kind in pairs.rows]
    for step in range(1, steps + 1):
        collection = collections[step % len(collections)]
        loss = learner.step(collection.batch(JUDGED_BATCH, chance), _pace(step, steps))
        if kinds and chance.random() < KEPT:
            kind = kinds[int(chance.integers(len(kinds)))]
            learner.step(pairs.batch(kind, PAIR_BATCH, chance), _pace(step, steps) / 2)
        if step % 50 == 0:
            told(f"judged {step}/{steps} {loss:.3f}")


def _pace(step: int, steps: int) -> float:
    """Return the share of the rate: up over the first steps, then down to a twentieth."""
    return min(1.0, step / 20) * max(0.05, 1 - step / steps)


def _thinned(texts: csr_matrix, chance: np.random.Generator) -> csr_matrix:
    kept = chance.random(texts.nnz) >= DROPPED
    ends = np.concatenate([[0], np.cumsum(kept)])[texts.indptr]
    return csr_matrix((texts.data[kept], texts.indices[kept], ends), texts.shape)

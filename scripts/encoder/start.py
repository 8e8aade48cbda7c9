"""The vectors that training starts from: word2vec, and from its words the grams that are no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, diags

from scripts.encoder.vocabulary import LEAST_WORD, document_frequency

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SMOOTHING = 1e-3
"""The a of a / (a + p), what a gram of frequency p counts (Arora et al. 2017)."""
KNOWN_WELL = 20
"""Texts in which a word must stand for the map from contexts to vectors to be learnt from it."""


def inverse_frequency(matrix: csr_matrix) -> Vectors:
    """Return what each gram counts before anything is learnt, 0 to 1."""
    share = document_frequency(matrix) / matrix.shape[0]
    return (SMOOTHING / (SMOOTHING + share)).astype(np.float32)


def word_vectors(texts: Sequence[Sequence[str]], dimensions: int, epochs: int) -> dict[str, Vectors]:
    """Return word2vec's vectors of the words of `texts`; the same for the same texts."""
    from gensim.models import Word2Vec

    model = Word2Vec(
        texts,
        vector_size=dimensions,
        window=8,
        min_count=LEAST_WORD,
        sg=1,
        negative=8,
        epochs=epochs,
        sample=1e-4,
        workers=1,  # more are faster, and give other vectors each time
        seed=1,
    )
    return {word: model.wv[word] for word in model.wv.index_to_key}


def start_vectors(grams: Sequence[str], words: dict[str, Vectors], matrix: csr_matrix) -> Vectors:
    """Return a vector of length 1 for each gram, shape (grams, dimensions).

    Grams without a vector of their own get what their contexts say, by the linear map that takes the contexts
    of the known ones to their vectors (à la carte embedding, Khodak et al. 2018).
    """
    dimensions = len(next(iter(words.values())))
    known = np.array([gram in words for gram in grams])
    vectors = np.zeros((len(grams), dimensions), dtype=np.float32)
    vectors[known] = [words[gram] for gram in grams if gram in words]
    texts = _unit(matrix @ diags(inverse_frequency(matrix) * known) @ vectors)
    frequency = document_frequency(matrix)
    contexts = matrix.T @ texts / np.maximum(frequency, 1)[:, None]
    sure = known & (frequency >= KNOWN_WELL)
    weight = np.log(frequency[sure])[:, None]
    square = contexts[sure].T @ (weight * contexts[sure]) + 0.01 * np.eye(dimensions)
    vectors[~known] = contexts[~known] @ np.linalg.solve(square, contexts[sure].T @ (weight * vectors[sure]))
    return _unit(vectors)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-6)).astype(np.float32)

"""Chooses the grams that the encoder knows, and tells where they stand in texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import rjieba
from scipy.sparse import csr_matrix

from index.encoders.grams import LONGEST, Grams

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_CHARACTER, LEAST_WORD, LEAST_PAIR = 5, 3, 20
"""Texts in which a character, a word of the dictionary and a pair of characters must stand at least."""
_RUN = re.compile("[0-9a-z]+|[㐀-鿿〇]+")


def cut(text: str) -> list[str]:
    """Return the dictionary's words of folded `text`, without punctuation."""
    return [word for word in _CUTTER.cut(text, False) if _RUN.fullmatch(word)]


def choose_grams(texts: Iterable[str], words: Iterable[Sequence[str]]) -> list[str]:
    """Return the grams worth knowing, sorted.

    Args:
        texts: folded texts.
        words: the words of each text.
    """
    in_characters: Counter[str] = Counter()
    in_pairs: Counter[str] = Counter()
    for text in texts:
        runs = [run for run in _RUN.findall(text) if run[0] > "z"]
        in_characters.update({character for run in runs for character in run})
        in_pairs.update({run[place : place + 2] for run in runs for place in range(len(run) - 1)})
    in_words = Counter(word for cut_text in words for word in set(cut_text) if len(word) <= LONGEST)
    return sorted(
        _frequent(in_characters, LEAST_CHARACTER)
        | _frequent(in_pairs, LEAST_PAIR)
        | _frequent(in_words, LEAST_WORD)
    )


def counted(grams: Grams, texts: Sequence[str], at_once: int = 4_000) -> csr_matrix:
    """Return how often each gram stands in each folded text, shape (texts, grams)."""
    rows, found = [], []
    for start in range(0, len(texts), at_once):
        text, gram = grams.find(texts[start : start + at_once])
        rows.append((text + start).astype(np.int32))
        found.append(gram.astype(np.int32))
    times = np.ones(sum(map(len, found)), dtype=np.float32)
    matrix = csr_matrix((times, (np.concatenate(rows), np.concatenate(found))), (len(texts), len(grams)))
    matrix.sum_duplicates()
    return matrix


def document_frequency(matrix: csr_matrix) -> NDArray[np.int64]:
    """Return in how many texts each gram stands."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def _frequent(counts: Counter[str], least: int) -> set[str]:
    return {gram for gram, count in counts.items() if count >= least}


_CUTTER = rjieba.Jieba()  # without the registry's names: the encoder must not change with them

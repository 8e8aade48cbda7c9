"""Fits the library's own encoder on its passages.

Run as a program of its own (`python -m index.encoders.fit PASSAGES MODEL`), so that neither scikit-learn nor
the memory of the fit ever enters the process that answers queries.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoders.latent import LatentEncoder, LatentModel
from index.tokens import terms

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

DIMENSIONS = 256
MOST_TERMS = 40_000
"""Terms in the vocabulary: the most frequent of those that are not in a large share of the passages."""


def fit(texts: Sequence[str], fitted_on: int, dimensions: int = DIMENSIONS) -> LatentEncoder:
    """Return an encoder fitted on `texts`, with fewer dimensions where there are few texts.

    Raises:
        ValueError: when the texts have too few terms to learn from.
    """
    # scikit-learn takes more than a second to import, which only a fit need pay.
    from sklearn.decomposition import TruncatedSVD

    vectorizer = _vectorizer(len(texts))
    matrix = vectorizer.fit_transform(texts)
    dimensions = min(dimensions, *(size - 1 for size in matrix.shape))
    decomposition = TruncatedSVD(dimensions, n_iter=3, random_state=0).fit(matrix)
    model = LatentModel(
        vocabulary=tuple(vectorizer.get_feature_names_out()),
        weights=vectorizer.idf_.astype(np.float32),
        directions=decomposition.components_.T.astype(np.float16),
        fitted_on=fitted_on,
    )
    return LatentEncoder(model)


def _vectorizer(texts: int) -> TfidfVectorizer:
    """Return what counts terms. Only among many texts do rare and common terms tell nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    many = texts >= 200
    return TfidfVectorizer(
        analyzer=terms,
        min_df=2 if many else 1,
        max_df=0.2 if many else 1.0,
        max_features=MOST_TERMS,
        sublinear_tf=True,
        dtype=np.float32,
    )


def main(passages: Path, model: Path) -> None:
    """Fit on the JSON file `passages` ({"texts": [...], "fitted_on": n}) and write `model`."""
    if hasattr(os, "nice"):
        os.nice(10)  # whoever works with the library meanwhile comes first
    task = json.loads(passages.read_text("utf-8"))
    fit(task["texts"], task["fitted_on"]).save(model)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Learns the weights of `index.articles`.

`python -m scripts.train_articles --bench DIR --folds DIR --data DIR`

The bench's questions are dealt into parts that share no relevant article, with one encoder for each part that
has not seen it (`python -m scripts.encoder --folds N`). Each part is judged by weights learnt on the others,
which is what is printed; the last line has the weights learnt on all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from evaluation.bench import measure
from evaluation.bench_systems import DEPTH, encoded
from evaluation.benches import Asked, folds, load_bench
from index.articles import FEATURES, FIRST
from index.encoders.static import StaticEncoder
from index.fields import Scope
from index.lookup import LookUp
from index.query import parse_query
from service.library import Library

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.reading import Semantic

    Values = NDArray[np.float64]


STRENGTH = 1.0
"""C of the logistic regression."""

app = typer.Typer(add_completion=False)


@app.command()
def train(
    bench: Annotated[Path, typer.Option(help="Folder of the bench: corpus, queries, qrels.")],
    fold_encoders: Annotated[Path, typer.Option("--folds", help="Encoders that have not seen a part.")],
    data: Annotated[Path, typer.Option(help="Library that holds the bench's documents.")],
) -> None:
    """Print R@10, R@100 and MRR@10 before and after, each part judged by the others, and the weights.

    For all questions, and for those whose articles answer no other question.
    """
    folders = sorted(path for path in fold_encoders.iterdir() if path.is_dir())
    asked = load_bench(bench)
    parts = folds(asked.questions, len(folders))
    with Library.open(data) as library:
        judged = [
            _look_all(library, encoded(library, StaticEncoder(folder)), part)
            for folder, part in zip(folders, parts, strict=True)
        ]
    before = [one.measured(range(len(one.names))) for part in judged for one in part]
    after = []
    for place, part in enumerate(judged):
        weights = _learnt([one for other in judged if other is not judged[place] for one in other])
        after += [one.measured(one.order(weights)) for one in part]
    alone = [one.asked.id in asked.unshared for part in judged for one in part]
    for name, scores in (("fused", np.array(before)), ("judged", np.array(after))):
        typer.echo(
            f"{name}: all {scores.mean(axis=0).round(4)}, unshared {scores[alone].mean(axis=0).round(4)}"
        )
    weights = _learnt([one for part in judged for one in part])
    typer.echo(dict(zip(FEATURES, weights.round(2).tolist(), strict=True)))


class Looked:
    """What was found for one question, in the fused order."""

    def __init__(self, asked: Asked, names: list[str], values: Values) -> None:
        self.asked = asked
        self.names = names
        self.values = values
        """Shape (judged passages, features): those of the first `names`."""

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which of the judged passages answer, shape (judged passages,)."""
        return np.array([name in self.asked.relevant for name in self.names[: len(self.values)]])

    def order(self, weights: Values) -> list[int]:
        """Return the places of all passages in the order of the model."""
        judged = np.argsort(-(self.values @ weights), kind="stable").tolist() if len(self.values) else []
        return [*judged, *range(len(judged), len(self.names))]

    def measured(self, order: Sequence[int]) -> tuple[float, float, float]:
        """Return R@10, R@100 and MRR@10 of that order."""
        names = list(dict.fromkeys(self.names[place] for place in order))
        return measure(names[:DEPTH], self.asked.relevant)


def _look_all(library: Library, semantic: Semantic, part: Sequence[Asked]) -> list[Looked]:
    return [_look(library, semantic, asked) for asked in part]


def _look(library: Library, semantic: Semantic, asked: Asked) -> Looked:
    lexical = library.index.lexical
    assert lexical is not None, "the library was caught up"
    look_up = LookUp(lexical, semantic, library.store, parse_query(asked.text), Scope())
    found, values = look_up.found(2 * DEPTH)
    rows = {row.id: row for row in library.store.passages([item.id for item in found])}
    ids = [item.id for item in found if item.id in rows]
    judged = [values[id] for id in ids[:FIRST] if id in values]
    names = [PurePath(rows[id].source).stem for id in ids]
    return Looked(asked, names, np.array(judged).reshape(-1, len(FEATURES)))


def _learnt(judged: Sequence[Looked]) -> Values:
    """Return the weights of a logistic regression: which of the judged passages answer."""
    from sklearn.linear_model import LogisticRegression

    known = [one for one in judged if one.right.any()]
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(np.concatenate([one.values for one in known]), np.concatenate([one.right for one in known]))
    weights: Values = model.coef_[0]
    return weights


if __name__ == "__main__":
    app()

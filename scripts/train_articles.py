"""Learns the weights of `index.ranking.articles`.

`python -m scripts.train_articles --bench DIR --folds DIR --folds DIR --data DIR`

The bench's questions are dealt into parts, with one encoder for each part that has not seen it
(`python -m scripts.encoder --folds N`, with and without `--shared`: where articles are shared, vectors are
surer, so weights are learnt on both). Each part is judged by weights learnt on the other questions, which is
what is printed; the last lines have the weights learnt on all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from evaluation.search.bench import measure
from evaluation.search.bench_systems import DEPTH, encoded
from evaluation.search.benches import Asked, load_bench, unseen
from index.encoders.likeness import LIKENESSES
from index.encoders.static import StaticEncoder
from index.lexical.fields import Scope
from index.lookup import DEPTH_PER_HIT, LookUp
from index.query.parsing import parse_query
from index.ranking.articles import CLOSELY, FEATURES, FIRST
from service.library import Library

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.vectors.semantic import Semantic

    Values = NDArray[np.float64]
    Places = NDArray[np.int64]


SHRINKING = 0.001
"""What a weight costs: its square, times this, in units of the features' spreads."""

LOOKED_THROUGH = DEPTH * DEPTH_PER_HIT
"""Passages that each index is asked for, as in a search for `DEPTH` hits."""

app = typer.Typer(add_completion=False)


@app.command()
def train(
    bench: Annotated[Path, typer.Option(help="Folder of the bench: corpus, queries, qrels.")],
    fold_encoders: Annotated[
        list[Path], typer.Option("--folds", help="Encoders that have not seen a part; may be given again.")
    ],
    data: Annotated[Path, typer.Option(help="Library that holds the bench's documents.")],
) -> None:
    """Print R@10, R@100 and MRR@10 before and after, each part judged by the others, and the weights.

    For all questions, and for those whose articles answer no other question.
    """
    asked = load_bench(bench)
    with Library.open(data) as library:
        dealt = [
            [
                _look_all(library, encoded(library, StaticEncoder(encoder)), part)
                for encoder, part in unseen(folder, asked.questions)
            ]
            for folder in fold_encoders
        ]
    every = [one for parts in dealt for part in parts for one in part]
    for folder, parts in zip(fold_encoders, dealt, strict=True):
        _tell(folder.name, parts, every, asked.unshared)
    far, close = _learnt(every)
    typer.echo(dict(zip(FEATURES, far.round(2).tolist(), strict=True)))
    typer.echo(dict(zip((*FEATURES, *LIKENESSES), close.round(2).tolist(), strict=True)))


def _tell(
    name: str, parts: Sequence[Sequence[Looked]], every: Sequence[Looked], unshared: frozenset[str]
) -> None:
    """Print how the orders fare, each part with weights learnt on the other questions of `every`."""
    learnt = []
    for part in parts:
        ids = {one.asked.id for one in part}
        learnt.append(_learnt([one for one in every if one.asked.id not in ids]))
    alone = [one.asked.id in unshared for part in parts for one in part]
    for way, order in (("fused", _fused), ("judged", _judged), ("compared", _compared)):
        scores = np.array(
            [
                one.measured(order(one, weights))
                for part, weights in zip(parts, learnt, strict=True)
                for one in part
            ]
        )
        means = scores.mean(axis=0), scores[alone].mean(axis=0)
        typer.echo(f"{name}, {way}: all {means[0].round(4)}, unshared {means[1].round(4)}")


class Looked:
    """What was found for one question, in the fused order."""

    def __init__(self, asked: Asked, names: list[str], far: Values, close: Values) -> None:
        self.asked = asked
        self.names = names
        self.far = far
        """Shape (judged passages, features): those of the first `names`."""
        self.close = close
        """The same with the likenesses beside them."""

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which of the judged passages answer, shape (judged passages,)."""
        return np.array([name in self.asked.relevant for name in self.names[: len(self.far)]], dtype=bool)

    def first(self, weights: Values) -> Places:
        """Return the places of the judged passages in the order of the features."""
        return _sorted(self.far, weights) if len(self.far) else np.arange(0)

    def measured(self, order: Places) -> tuple[float, float, float]:
        """Return R@10, R@100 and MRR@10 when the judged passages come in that order."""
        places = [*order.tolist(), *range(len(order), len(self.names))]
        names = list(dict.fromkeys(self.names[place] for place in places))
        return measure(names[:DEPTH], self.asked.relevant)


def _fused(one: Looked, weights: tuple[Values, Values]) -> Places:
    return np.arange(len(one.far))


def _judged(one: Looked, weights: tuple[Values, Values]) -> Places:
    return one.first(weights[0])


def _compared(one: Looked, weights: tuple[Values, Values]) -> Places:
    first = one.first(weights[0])
    head = first[:CLOSELY]
    return np.concatenate([head[_sorted(one.close[head], weights[1])], first[CLOSELY:]])


def _sorted(values: Values, weights: Values) -> Places:
    return np.argsort(-(values @ weights), kind="stable")


def _look_all(library: Library, semantic: Semantic, part: Sequence[Asked]) -> list[Looked]:
    return [_look(library, semantic, asked) for asked in part]


def _look(library: Library, semantic: Semantic, asked: Asked) -> Looked:
    lexical = library.index.lexical
    assert lexical is not None, "the library was caught up"
    look_up = LookUp(lexical, semantic, library.store, parse_query(asked.text), Scope())
    found, values = look_up.found(LOOKED_THROUGH)
    rows = {row.id: row for row in library.store.passages([item.id for item in found])}
    ids = [item.id for item in found if item.id in rows]
    judged = [id for id in ids[:FIRST] if id in values]
    likenesses = look_up.compared(judged)
    far = np.array([values[id] for id in judged]).reshape(-1, len(FEATURES))
    close = np.array([likenesses[id] for id in judged]).reshape(-1, len(LIKENESSES))
    names = [PurePath(rows[id].source).stem for id in ids]
    return Looked(asked, names, far, np.concatenate([far, close], axis=1))


def _learnt(judged: Sequence[Looked]) -> tuple[Values, Values]:
    """Return the weights of the features, and those of all values among what the first put on top."""
    far = listwise([(one.far[:DEPTH], one.right[:DEPTH]) for one in judged])
    heads = [(one, one.first(far)[:CLOSELY]) for one in judged]
    return far, listwise([(one.close[head], one.right[head]) for one, head in heads if len(head)])


def listwise(lists: Sequence[tuple[Values, NDArray[np.bool_]]]) -> Values:
    """Return weights by which the right ones of each list come first (ListNet, Cao et al. 2007).

    The chances that a softmax over the weighted sums gives are to be shared by the right ones. Lists without
    any teach nothing.

    Args:
        lists: values, shape (length, features), with which are right, shape (length,).
    """
    from scipy.optimize import minimize

    known = [(values, right) for values, right in lists if right.any()]
    spread = np.concatenate([values for values, _ in known]).std(axis=0) + 1e-9
    scaled = [(values / spread, right / right.sum()) for values, right in known]

    def cost(weights: Values) -> tuple[float, Values]:
        total, slope = SHRINKING * float(weights @ weights), 2 * SHRINKING * weights
        for values, wanted in scaled:
            sums = values @ weights
            chances = np.exp(sums - sums.max())
            chances /= chances.sum()
            total -= float(wanted @ np.log(chances + 1e-12)) / len(scaled)
            slope = slope + (chances - wanted) @ values / len(scaled)
        return total, slope

    best = minimize(cost, np.zeros(len(spread)), jac=True, method="L-BFGS-B")
    weights: Values = best.x / spread
    return weights


if __name__ == "__main__":
    app()

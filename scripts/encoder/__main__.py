"""`python -m scripts.encoder --corpus DIR --bench DIR --work DIR`: trains the built-in encoder.

What takes long is kept in the work folder, so a second run with another recipe need not read and count
again. Runs on the same texts give the same files.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer

from evaluation.search.benches import UNSEEN
from index.encoders.grams import Grams
from index.encoders.static import BUILT_IN, save
from index.tokens import fold
from scripts.encoder import material
from scripts.encoder.learning import Model
from scripts.encoder.material import Piece
from scripts.encoder.questions import on_articles, on_pieces
from scripts.encoder.recipe import Pairs, as_rows, learn_from_judged, learn_from_pairs, made_pairs
from scripts.encoder.start import inverse_frequency, start_vectors, word_vectors
from scripts.encoder.vocabulary import choose_grams, counted, cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 256
EPOCHS = 5
PAIR_STEPS, PAIR_RATE = 500, 0.002
JUDGED_STEPS, JUDGED_RATE = 200, 0.001

app = typer.Typer(add_completion=False)
_began = time.monotonic()


@app.command()
def train(
    corpus: Annotated[list[Path], typer.Option(help="Folder of documents as text; may be given again.")],
    bench: Annotated[Path, typer.Option(help="Folder with stard/, ncp/ and pairs/.")],
    work: Annotated[Path, typer.Option(help="Folder for what is kept between runs.")],
    out: Annotated[Path, typer.Option(help="Folder of the encoder.")] = BUILT_IN,
    folds: Annotated[
        int, typer.Option(help="Also one encoder per part of the judged questions that has not seen them.")
    ] = 0,
    shared: Annotated[
        bool, typer.Option(help="Deal the parts at random: documents may answer questions of several.")
    ] = False,
) -> None:
    """Train on everything, and with `--folds` once more for each part of the questions, without it."""
    work.mkdir(parents=True, exist_ok=True)
    articles = list(material.articles_of(bench))
    pieces = [Piece(**{**row, "section": tuple(row["section"])}) for row in _pieces(work, corpus)]
    loose = _sentences(bench)
    grams, vectors, weights = _start(work, [*pieces, *articles], loose)
    known = Grams(grams)
    pairs = _pairs(pieces, articles, bench, known)
    model = _taught(work, Model.start(vectors, weights), pairs)
    laws = on_articles(model, known, articles, bench)
    notices = on_pieces(model, known, pieces, bench)
    outs = [work / ("folds-shared" if shared else "folds") / str(place) for place in range(folds)]
    parts = [*zip(outs, material.parts(bench, folds, shared), strict=True), (out, frozenset[str]())]
    for folder, left_out in parts:
        taught = model.copy()
        on_laws, on_notices = laws.without(left_out), notices.without(left_out)
        # Statutes take two turns of three: their questions are the more.
        learn_from_judged(taught, [on_laws, on_notices, on_laws], pairs, JUDGED_STEPS, JUDGED_RATE, _tell)
        _write(taught, grams, folder)
        if left_out:
            (folder / UNSEEN).write_text("\n".join(sorted(left_out)), "utf-8")


def _write(model: Model, grams: Sequence[str], folder: Path) -> None:
    passages = model.vectors * np.exp(model.passage_weights)[:, None]
    save(folder, grams, passages, np.exp(model.question_weights - model.passage_weights), model.turn)
    _tell(f"written {folder}")


def _pieces(work: Path, corpus: Sequence[Path]) -> list[dict[str, Any]]:
    def read() -> list[dict[str, Any]]:
        return [asdict(piece) for piece in material.pieces_of(corpus)]

    return _kept(work / "pieces.json", read)


def _sentences(bench: Path) -> list[str]:
    """Return the short texts whose words are to be known too."""
    asked = [*material.law_questions(bench), *material.notice_questions(bench)]
    texts = [text for question in asked for text in (question.text, question.answer, *question.also)]
    texts += [text for pair in material.lay_questions() for text in pair]
    return [text for text in (*texts, *material.everyday(bench)) if text]


def _start(
    work: Path, pieces: Sequence[Piece], sentences: Sequence[str]
) -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    """Return the grams, their first vectors and their first weights."""
    path = work / "start.npz"
    if not path.exists():
        texts = [fold(text) for text in (*(piece.whole for piece in pieces), *sentences)]
        cut_texts = [cut(text) for text in texts]
        grams = choose_grams(texts, cut_texts)
        _tell(f"{len(grams)} grams, {len(texts)} texts")
        matrix = counted(Grams(grams), texts)
        vectors = start_vectors(grams, word_vectors(cut_texts, DIMENSIONS, EPOCHS), matrix)
        np.savez(path, grams=np.array(grams), vectors=vectors, weights=inverse_frequency(matrix))
    with np.load(path) as kept:
        _tell("start")
        return kept["grams"].tolist(), kept["vectors"], kept["weights"]


def _pairs(pieces: Sequence[Piece], articles: Sequence[Piece], bench: Path, known: Grams) -> Pairs:
    pairs = made_pairs(pieces, articles, list(material.paraphrases(bench)), list(material.answered(bench)))
    _tell(f"pairs { ({kind: len(listed) for kind, listed in pairs.items()}) }")
    return as_rows(pairs, known)


def _taught(work: Path, model: Model, pairs: Pairs) -> Model:
    """Return `model` after the self-made pairs."""
    path = work / "pairs.npz"
    if not path.exists():
        learn_from_pairs(model, pairs, PAIR_STEPS, PAIR_RATE, _tell)
        np.savez(path, **asdict(model))
    with np.load(path) as kept:
        return Model(**kept)


def _kept(path: Path, make: Callable[[], Any]) -> Any:
    if not path.exists():
        path.write_text(json.dumps(make(), ensure_ascii=False), "utf-8")
    _tell(path.name)
    return json.loads(path.read_text("utf-8"))


def _tell(words: str) -> None:
    typer.echo(f"{time.monotonic() - _began:7.0f} s  {words}")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    app()

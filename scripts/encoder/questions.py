"""Judged questions as collections to learn from: which passages answer them, and which only look so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoders.grams import Grams
from index.tokens import fold
from scripts.encoder import material
from scripts.encoder.judged import LOOKED_AT, Collection, Judged, by_model, by_words
from scripts.encoder.learning import Model
from scripts.encoder.material import Piece, Question
from scripts.encoder.vocabulary import counted

if TYPE_CHECKING:
    from scripts.encoder.judged import Numbers

ON_THE_MATTER = 3
"""First passages for the words of documents that count as answers to a question in everyday words."""
LONGEST_ANSWER = 40
"""Characters of an answer by whose head the passage that holds it is known."""


def on_articles(model: Model, grams: Grams, articles: Sequence[Piece], bench: Path) -> Collection:
    """Return the questions on statutes.

    `model` helps to find wrong passages that look right, `grams` is what it knows.
    """
    questions = material.law_questions(bench)
    numbers = {piece.document: number for number, piece in enumerate(articles)}
    right = [np.array(sorted(numbers[name] for name in question.documents)) for question in questions]
    return _collection(model, grams, articles, questions, right)


def on_pieces(model: Model, grams: Grams, pieces: Sequence[Piece], bench: Path) -> Collection:
    """Return the questions on notices, and those in everyday words with what their official words find."""
    asked = [question for question in material.notice_questions(bench) if question.answer]
    places = _holding(pieces, {question.answer for question in asked})
    known = [question for question in asked if len(places[question.answer])]
    right = [places[question.answer] for question in known]
    plain = material.lay_questions()
    found = by_words([official for _, official in plain], [piece.whole for piece in pieces], ON_THE_MATTER)
    everyday = [
        Question(f"lay-{number}", text, frozenset(), also=(official,))
        for number, (text, official) in enumerate(plain)
    ]
    return _collection(model, grams, pieces, [*known, *everyday], [*right, *found])


def _holding(pieces: Sequence[Piece], answers: set[str]) -> Mapping[str, Numbers]:
    """Return, for each answer, the passages that hold its first words."""
    squashed = ["".join(piece.text.split()) for piece in pieces]
    found = {}
    for answer in answers:
        head = "".join(answer.split())[:LONGEST_ANSWER]
        found[answer] = np.array([number for number, text in enumerate(squashed) if head in text], dtype=int)
    return found


def _collection(
    model: Model,
    grams: Grams,
    pieces: Sequence[Piece],
    questions: Sequence[Question],
    right: Sequence[Numbers],
) -> Collection:
    wordings, texts = [], []
    for question in questions:
        own = [question.text, *question.also]
        wordings.append(range(len(texts), len(texts) + len(own)))
        texts += [fold(text) for text in own]
    asked = counted(grams, texts)
    given = counted(grams, [fold(piece.whole) for piece in pieces])
    first = [rows[0] for rows in wordings]
    words = by_words([question.text for question in questions], [piece.whole for piece in pieces], LOOKED_AT)
    likely = np.concatenate([words, by_model(model, asked[first], given, LOOKED_AT)], axis=1)
    judged = [
        Judged(question.id, rows, answers, np.setdiff1d(wrong, answers))
        for question, rows, answers, wrong in zip(questions, wordings, right, likely, strict=True)
    ]
    return Collection(asked, given, judged)

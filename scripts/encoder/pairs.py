"""Pairs that the texts themselves offer: a heading and its section, a sentence and what stands around it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.tokens import fold
from scripts.encoder.material import Piece

Pair = tuple[str, str]
"""What asks and what answers, folded."""
_SENTENCE = re.compile(r"[^。；;！？?\n]+[。；;！？?\n]?")
_CLAUSE = re.compile(r"(?<=[，,：:])")
_NUMBER = re.compile(r"第[一二三四五六七八九十百千零〇]+条.*$")
SHORTEST = 6
"""Characters of a sentence that says something."""
BODY = 20
"""Characters that a section must have to be asked for."""
LONGEST_HEADING = 60


def heading_pairs(pieces: Iterable[Piece]) -> Iterator[Pair]:
    """Yield the headings above a passage with its words."""
    for piece in pieces:
        body = _without(piece.text, piece.section)
        if piece.section and len(body) > BODY:
            yield _pair(" ".join(piece.section)[-LONGEST_HEADING:], body)


def title_pairs(pieces: Iterable[Piece]) -> Iterator[Pair]:
    """Yield the title of a document with each of its passages."""
    for piece in pieces:
        body = _without(piece.text, (*piece.section, piece.title))
        if piece.title and len(body) > BODY:
            yield _pair(piece.title, body)


def sentence_pairs(pieces: Iterable[Piece], chance: random.Random, times: int = 2) -> Iterator[Pair]:
    """Yield a sentence of a passage with the others (inverse cloze task, Lee et al. 2019)."""
    for piece in pieces:
        parts = sentences(_without(piece.text, piece.section))
        if len(parts) > 2:
            for _ in range(times):
                yield _cloze(parts, chance, "")


def clause_pairs(articles: Iterable[Piece], chance: random.Random) -> Iterator[Pair]:
    """Yield a sentence, else a clause, of an article with the others and the name of the law."""
    for piece in articles:
        parts = sentences(piece.text)
        if len(parts) < 2:
            parts = [part for part in _CLAUSE.split(piece.text) if len(part) > 3]
        if len(parts) > 1:
            asked, rest = _cloze(parts, chance, law_of(piece) + "\n")
            if len(rest) > SHORTEST:
                yield asked, rest


def law_pairs(articles: Iterable[Piece], chance: random.Random, share: float = 0.3) -> Iterator[Pair]:
    """Yield the name of a law with some of its articles."""
    for piece in articles:
        if chance.random() < share:
            yield _pair(law_of(piece), piece.text)


def neighbour_pairs(pieces: Iterable[Piece], chance: random.Random, share: float = 0.5) -> Iterator[Pair]:
    """Yield passages that follow each other in a document."""
    for before, after in pairwise(pieces):
        if before.document == after.document and chance.random() < share:
            yield _pair(before.text, after.text)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` that say something."""
    found = (sentence.strip() for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in found if len(sentence) >= SHORTEST]


def law_of(article: Piece) -> str:
    """Return the name of the law without the number of the article."""
    return _NUMBER.sub("", article.title)


def _cloze(parts: Sequence[str], chance: random.Random, before: str) -> Pair:
    place = chance.randrange(len(parts))
    return _pair(parts[place], before + "".join([*parts[:place], *parts[place + 1 :]]))


def _without(text: str, headings: Iterable[str]) -> str:
    for heading in headings:
        text = text.replace(heading, "", 1)
    return text


def _pair(left: str, right: str) -> Pair:
    return fold(left), fold(right)

"""Reads lists in running text as answers: 保障蔬菜、肉类以及方便食品3类必需品."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.fitting.evidence import Evidence
from service.ask.fitting.matching import Weights, fit, most_fit, said
from service.ask.questions.question import Question
from service.ask.texts.enumerations import enumerations, names_ending, quoted_names
from service.ask.texts.passages import beside_words, sentences

LEAST_LIST_FIT = 0.65
"""What of the question a sentence that lists things must hold, with its surroundings."""
LEAST_OWN_FIT = 0.4
"""What of the question must stand in the very sentence that lists things."""
LEAST_PAPERS_FIT = 0.3
"""The same for papers, which a short sentence names: 需提供证明材料（户口本、出生证明）."""
COUNTED = "counted"
"""What a question asks that wants the names of one kind counted: 几个村."""
BRACKETS = ("（", "(")
FOLLOWS = 0.25
"""What it is worth that as many items as are asked for are followed by their noun: …方便食品8类生活必需品."""
REACH = 8
"""Characters behind a list within which that noun begins."""
PAPERS = ("材料", "证件", "凭证", "资料")
_NUMBERED = r"[ 　]*(?:[（(第\n]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、)"
_SENTENCE = re.compile(
    r"[^\t\n]*\t[^\n]*\n?"
    rf"|(?:[^。！？!?；;\n]|(?<=[^\n]{{16}}[一-龥、，,和及])\n(?!{_NUMBERED}))*[。！？!?；;\n]?"
)
"""A sentence; one that a page breaks into long lines goes on behind the end of a line."""


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list in a sentence that may answer a question."""

    passage: PassageRow
    sentence: Span
    """Counted in the passage's own text."""
    items: tuple[str, ...]
    fit: float
    score: float


def read_lists(evidence: Sequence[Evidence], question: Question, weights: Weights) -> list[FoundList]:
    """Return the lists in the passages that may answer the question, best first."""
    found = [item for piece in evidence for item in _lists(piece, question, weights)]
    return sorted(found, key=lambda item: -item.score)


def _lists(evidence: Evidence, question: Question, weights: Weights) -> Iterator[FoundList]:
    passage = evidence.passage
    told = FOLLOWS if question.how_many and question.counted else 0.0
    if (most_fit(weights, evidence.context) + told) * evidence.place_fit < LEAST_LIST_FIT:
        return
    places = weights.places_in(passage.text)
    for sentence in sentences(passage.text, _SENTENCE):
        words = sentence.of(passage.text)
        if question.counted[-1:] not in f"{''.join(passage.section)}{words}":
            continue
        least = LEAST_PAPERS_FIT if question.asks == "papers" else LEAST_OWN_FIT
        own, around = weights.sum(said(weights, words)), fit(weights, words, evidence.context)
        if (around + told) * evidence.place_fit < LEAST_LIST_FIT or (own < least and not told):
            continue
        for place, items in _lists_in(passage.text, sentence, question):
            before, after = passage.text[: place.start], passage.text[place.end :]
            if before.endswith(BRACKETS) and not _are_meant(before[:-1], items, question):
                continue
            follows = told if question.counted in after[: REACH + len(question.counted)] else 0.0
            fits = around + follows
            if fits * evidence.place_fit < LEAST_LIST_FIT or (own < least and not follows):
                continue
            near = 0.5 * weights.near(places, Span(place.start, place.start))
            yield FoundList(
                passage, sentence, items, min(1.0, fits), fits + near + beside_words(evidence, question)
            )


def _lists_in(text: str, sentence: Span, question: Question) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists of a sentence, of those names that are asked for by their number only so many."""
    noun = question.counted if len(question.counted) > 1 or question.asks == COUNTED else ""
    named = names_ending(text, sentence, noun) if noun else ()
    if question.asks == COUNTED:
        yield from named
        return
    listed = (*enumerations(text, sentence, question.counted[:2]), *named)
    if not question.how_many:
        yield from listed
        return
    for place, items in (*listed, *quoted_names(text, sentence)):
        if len(items) == question.how_many:
            yield place, items


def _are_meant(before: str, items: Sequence[str], question: Question) -> bool:
    """Tell whether what stands in brackets is what the question counts: 东城区、西城区 for 哪几个区.

    Papers are named in brackets right behind the word for them: 证明材料（户口本、出生证明）.
    """
    if question.asks == "papers":
        return before.endswith(PAPERS)
    if question.how_many:
        return True
    return bool(question.counted) and 2 * sum(item.endswith(question.counted[-1]) for item in items) > len(
        items
    )

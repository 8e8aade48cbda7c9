"""Reads answers out of passages: the sentence that fits the question best, and the value in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.spans import Span, trim
from corpus.store.rows import PassageRow
from service.ask.fitting.evidence import Evidence
from service.ask.fitting.matching import (
    NEARBY,
    ROUNDING,
    Weights,
    contradicts,
    fit,
    held,
    most_fit,
    quoted_share,
    said,
    wording_shared,
)
from service.ask.fitting.years import years_in
from service.ask.pieces.own_words import Reading, clause_end
from service.ask.pieces.value import Value
from service.ask.pieces.values import asks_bound, asks_for_document, in_brackets, is_told, values
from service.ask.questions.question import Kind, Question
from service.ask.result import LONGEST_ANSWER

LEAST_FIT = 0.6
"""What of the question a sentence with its surroundings must hold before it answers anything."""
LONGEST_HEADING = 20
"""Characters of a sentence that names a matter and says nothing of it: （二）拆除违法建筑。"""
FITS = 1.5
"""What the fit is worth beside what stands near a value."""
NEAR = 0.5
"""What it is worth that the question's words stand near a value."""
SUITS = {Kind.WHEN: 0.7, Kind.NUMBER: 0.5, Kind.WHAT: 0.5}
"""What it is worth that the words beside a value suit the question: 不超过 where an upper bound is asked."""
SHARED = 0.5
"""What it is worth that a sentence has the question's very wording, beside its words one by one."""
NAMED = 1.0
"""What the words are worth that name a value in a list: 硕士研究生 in 博士研究生20万元、硕士研究生10万元."""
LEAST_NUMBER_FIT = 0.1
"""What of the question must stand in the very sentence that gives a number."""
UNKNOWN_YEAR = 0.85
"""How surely a document that tells no year speaks of the one asked about."""
LEAST_NUMBER_SCORE = 1.72
"""What must speak for a number in all."""
CLEARLY_AHEAD = 0.35
"""By how much a value must score above every other one to be taken though it fits less than wanted."""
LEAST_FIT_AHEAD, LEAST_OWN_AHEAD = 0.38, 0.05
"""What its sentence must hold of the question then, with what stands around it and by itself."""
OTHER_KIND = 0.2
"""What it takes off that a sentence speaks of another kind, or another year, than the question."""
HEAD_FIT = 0.8
"""What a word counts that stands at the head of the document, where its beginning or end is asked for."""
ITSELF = 0.3
"""What it is worth that a sentence tells from when its document holds, where that is asked."""
YEAR_TOLD = 0.15
"""What it is worth at least that a passage or its document tells the year asked about, rather than none."""
OTHER_CASE = 0.12
"""What it takes off that a number is of one kind of which the question does not speak."""
OTHER_GROUP = 0.25
"""What it takes off that a number is of everybody where a group with a rule of its own is asked about."""
FORMER = -0.5
"""How well what held before a change suits: it answers nothing."""
WHOLE_FIT = 0.7
"""What a word of the document counts where a sentence speaks of the document itself: 本通知自…起施行."""
SUITED = 0.7
"""How well a day must suit such a question: the day on which it was issued answers none."""
LEAST_DUTY_FIT = 0.65
"""The same for a sentence that tells who is responsible."""
_SENTENCE = re.compile(r"[^\t\n]*\t[^\n]*\n?|[^。！？!?；;\n]*[。！？!?；;\n]?")
_ITEM_BEFORE = re.compile(r"[A-Za-z一-龥]{2,16}\d[\d.]*[万亿]?[一-龥%％]{1,4}、$")
_ITEM_AFTER = re.compile(r"(?:以上|以下|左右|以内)?、[A-Za-z一-龥]{2,16}\d")
OF_ITSELF = re.compile(
    "[本该]《?(?:通知|政策|新政|办法|措施|意见|方案|规定|细则|公告|通告|决定|文件|条款|规程)|(?:以上|上述)(?:政策|措施|规定)"
)
"""How a sentence speaks of the document that it stands in."""
_BRACKETED = re.compile(r"[（(〔\[][^（(〔\[]*(?:[（(][^（）()]*[）)][^（(〔\[]*)*[）)〕\]][。；;]?")
_CLAUSE = re.compile(r"[^，,、]*[，,、]?")


@dataclass(frozen=True, slots=True)
class Least:
    """What a sentence must reach before it answers anything."""

    fit: float
    """What it must hold of the question, with what stands around it."""
    number: float
    """What must speak for a number in all: numbers stand in every other sentence."""


_ANY = Least(0.2, 0.0)
"""What is looked at to see whether one value stands out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value, or a whole sentence, that may answer a question."""

    passage: PassageRow
    sentence: Span
    """Counted in the passage's own text."""
    value: Value | None
    fit: float
    """How much of the question stands in the sentence and around it, 0 to 1."""
    score: float
    """Orders what was found; not bound to 0 to 1."""
    known: float = 1.0
    """How surely its document speaks of the place and the year asked about, 0 to 1."""

    @property
    def sureness(self) -> float:
        """How surely it answers: its fit, less where its document hardly tells its place or year."""
        return self.fit * self.known

    @property
    def answer(self) -> str:
        """The bare value, or the words of the sentence that fit into an answer."""
        words = self.value.text if self.value else shortened(self.sentence.of(self.passage.text))
        return words[:LONGEST_ANSWER]


def read_passages(evidence: Sequence[Evidence], question: Question, weights: Weights) -> list[Found]:
    """Return what in the passages may answer the question, best first; empty when nothing fits enough."""
    least = Least(LEAST_DUTY_FIT if question.kind is Kind.WHO else LEAST_FIT, LEAST_NUMBER_SCORE)
    found = [item for piece in evidence for item in _read(piece, question, weights, least)]
    return sorted(found, key=lambda item: -item.score)


def clearly_ahead(evidence: Sequence[Evidence], question: Question, weights: Weights) -> list[Found]:
    """Return the one value that stands out where nothing fits as it should, with what agrees with it.

    People ask in words of their own (捐款当时没拿到票据), which no document has; then the right value holds
    less of them than wanted, but far more than any other.
    """
    # Every notice tells in one sentence from when it holds, which so stands out in any of them.
    read = [] if asks_bound(question) else evidence
    found = [item for piece in read for item in _read(piece, question, weights, _ANY)]
    ordered = sorted(
        (item for item in found if item.value and not _is_aside(item, item.value)),
        key=lambda item: -item.score,
    )
    if not ordered:
        return []
    best = ordered[0]
    other = next((item.score for item in ordered if item.answer != best.answer), best.score - CLEARLY_AHEAD)
    words = best.sentence.of(best.passage.text)
    own = weights.sum(said(weights, words))
    ahead = best.score - other >= CLEARLY_AHEAD - ROUNDING
    return ordered if ahead and best.sureness >= LEAST_FIT_AHEAD and own >= LEAST_OWN_AHEAD else []


def _is_aside(found: Found, value: Value) -> bool:
    """Tell whether a value stands in brackets, as what explains another one does: （上年标准为1850元）."""
    return in_brackets(found.sentence.of(found.passage.text)[: value.span.start])


def sentences(text: str, sentence: re.Pattern[str] = _SENTENCE) -> Iterator[Span]:
    """Yield the sentences of a text without the white space around them; empty ones are left out.

    A row of a table, whose cells are joined by tabs, is one sentence: its full stops end cells.

    Args:
        text: the text.
        sentence: finds them; as given, the end of a line ends a sentence too.
    """
    for found in sentence.finditer(text):
        span = trim(text, Span(*found.span()))
        if len(span):
            yield span


def shortened(sentence: str) -> str:
    """Return as many whole clauses of a sentence, from its beginning, as an answer may hold."""
    bare = re.sub(r"\s", "", sentence).rstrip("。；;")
    if len(bare) <= LONGEST_ANSWER:
        return bare
    kept = ""
    for clause in _CLAUSE.findall(bare):
        if len(kept) + len(clause) > LONGEST_ANSWER:
            break
        kept += clause
    return kept.rstrip("，,、") or bare[:LONGEST_ANSWER]


def _read(evidence: Evidence, question: Question, weights: Weights, least: Least) -> Iterator[Found]:
    passage = evidence.passage
    sure = evidence.place_fit * (UNKNOWN_YEAR if question.years and evidence.year_fit == 0 else 1)
    if _most_fit(evidence, question, weights) * sure < least.fit:
        return
    beside = beside_words(evidence, question)
    places = weights.places_in(passage.text)
    for sentence in sentences(passage.text):
        words = sentence.of(passage.text)
        fits = _sentence_fit(_spoken_of(passage.text, sentence, question), evidence, question, weights)
        if fits * sure < least.fit:
            continue
        if question.kind is Kind.WHAT and _asks_to_tell(question) and is_told(words, question):
            told = _told(passage.text, sentence)
            yield Found(passage, told, None, fits, fits + beside, sure)
        reading = Reading.of(passage.text, sentence, question, weights)
        given = reading.of_kind(list(values(words, question)))
        if not given:
            continue
        of_itself = _of_itself(words, question)
        shared = SHARED * wording_shared(question.text, words)
        for value in given:
            own = _value_fit(value, given, reading, evidence)
            if own is None or (fits + own) * sure < min(least.fit, LEAST_FIT):
                continue
            until = sentence.start + clause_end(words, value.span) if question.kind is Kind.NUMBER else None
            near = NEAR * weights.near(places, value.span.shift(sentence.start), until)
            near += 0.7 * weights.beside_in(_clause_around(words, value.span))
            near += NAMED * weights.sum(held(weights, _name_of(words, value.span)))
            suits = SUITS.get(question.kind, 0.25) * value.suits
            score = FITS * (fits + own) + beside + near + suits + of_itself + shared
            if question.kind is not Kind.NUMBER or score >= least.number:
                score -= OTHER_GROUP * reading.misses_group("".join(passage.section))
                score -= OTHER_CASE * reading.is_of_other_case(value, given)
                yield Found(passage, sentence, value, fits + own, score, sure)


def _spoken_of(text: str, sentence: Span, question: Question) -> str:
    """Return a sentence; with its paragraph where it only names units: 发放补贴。（责任单位：…）."""
    words = sentence.of(text)
    if question.kind is not Kind.WHO or not _BRACKETED.fullmatch(words):
        return words
    return text[text.rfind("\n", 0, sentence.start) + 1 : sentence.end]


def _asks_to_tell(question: Question) -> bool:
    """Tell whether a sentence answers; which one it is (哪一家) is answered by a name only."""
    return not question.asks and "哪" not in question.text


def _most_fit(evidence: Evidence, question: Question, weights: Weights) -> float:
    """Return what `_sentence_fit` gives at most for a sentence of a passage: most need not be cut then."""
    fits = most_fit(weights, evidence.context)
    if not asks_bound(question):
        return fits
    context = evidence.context
    whole = WHOLE_FIT * weights.sum(context.document) if OF_ITSELF.search(evidence.passage.text) else 0.0
    return max(fits, HEAD_FIT * weights.sum(context.head), whole)


def _sentence_fit(words: str, evidence: Evidence, question: Question, weights: Weights) -> float:
    """Return how much of the question stands in a sentence and around it, less for one of other years."""
    fits = fit(weights, words, evidence.context)
    if _of_other_years(words, question):
        fits -= OTHER_KIND
    if question.kind is not Kind.NUMBER and contradicts(weights, words):
        fits -= OTHER_KIND
    if asks_bound(question):
        fits = max(fits, HEAD_FIT * weights.sum(evidence.context.head))
        if OF_ITSELF.search(words):
            fits = max(fits, WHOLE_FIT * weights.sum(evidence.context.document))
    return fits


def _value_fit(value: Value, given: Sequence[Value], reading: Reading, evidence: Evidence) -> float | None:
    """Return what a value's own part of the sentence adds to its fit; None where it answers nothing."""
    question, weights, words = reading.question, reading.weights, reading.words
    if asks_bound(question) and value.suits < SUITED:
        return None
    if value.suits <= FORMER:
        return None
    if question.kind is Kind.WHO and len(given) > 1:
        return -(1 - NEARBY) * weights.sum(
            said(weights, words) - said(weights, reading.duty_of(value, given))
        )
    if question.kind is not Kind.NUMBER:
        return 0.0
    said_before = said(weights, words[: reading.end_of(value)])
    if weights.sum(said_before) < LEAST_NUMBER_FIT or not _names_what_is_counted(words, evidence, question):
        return None
    later = weights.sum(said(weights, words) - said_before)
    return -(1 - NEARBY) * later - OTHER_KIND * reading.is_other(value, given)


def _of_itself(words: str, question: Question) -> float:
    """Return what it is worth that a sentence tells from when the document holds that is asked about."""
    return ITSELF if asks_bound(question) and asks_for_document(question) and OF_ITSELF.search(words) else 0.0


def _names_what_is_counted(words: str, evidence: Evidence, question: Question) -> bool:
    """Tell whether a sentence, or a heading above it, names what is counted: 大学 in 多少所大学."""
    noun = question.counted_noun
    return not noun or noun in f"{words}{' '.join(evidence.passage.section)}{evidence.passage.title or ''}"


def beside_words(evidence: Evidence, question: Question) -> float:
    """Return what speaks for a passage beside its words: place, year, quoted names, the search."""
    of_year = YEAR_TOLD if evidence.year_fit > 0 else 0.0
    known = evidence.place_fit - 1 + 0.15 * evidence.year_fit + of_year
    shown = f"{evidence.passage.title or ''}{evidence.passage.text}"
    return known + 0.15 * quoted_share(question.quoted, shown) + 0.1 * evidence.search_score


def _told(text: str, sentence: Span) -> Span:
    """Return the sentence that says something of a matter: after one that only names it, the next one."""
    following = next(sentences(text[sentence.end :]), None)
    if len(sentence) > LONGEST_HEADING or following is None:
        return sentence
    return following.shift(sentence.end)


def _clause_around(sentence: str, place: Span) -> str:
    """Return the words between the commas around `place`."""
    start = max(sentence.rfind(mark, 0, place.start) for mark in "，,、：:") + 1
    return sentence[start : clause_end(sentence, place)]


def _of_other_years(sentence: str, question: Question) -> bool:
    """Tell whether a sentence names years, and none of those that the question names."""
    told = years_in(sentence, plans=False) if question.years else frozenset()
    return bool(told) and told.isdisjoint(question.years)


def _name_of(sentence: str, place: Span) -> str:
    """Return the words that name a value in a list of values with names; "" outside such a list."""
    start = max(sentence.rfind(mark, 0, place.start) for mark in "，,、：:；;（(") + 1
    follows = _ITEM_BEFORE.search(sentence[:start]) is not None
    return sentence[start : place.start] if follows or _ITEM_AFTER.match(sentence[place.end :]) else ""


def agreeing(found: Iterable[Found], best: Found) -> list[Found]:
    """Return what gives the same answer as `best`, `best` first, each passage once."""
    same = {(best.passage.document_id, best.passage.span): best}
    for item in found:
        if item.answer == best.answer:
            same.setdefault((item.passage.document_id, item.passage.span), item)
    return list(same.values())

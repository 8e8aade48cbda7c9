"""How well a stretch of text fits a question: which of the question's words it holds, and where."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus.registry.regions import is_within, regions_in
from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.store.rows import PassageRow
from index.search import SearchIndex
from index.tokens import fold, word_tokens, words
from service.ask.questions.places import Place

NOWHERE = "zzqxjkv"
"""A word that no document has."""
KEPT_TEXTS = 4096
"""Texts whose words are kept for the next question, some 3 kB each."""
LONGEST_KEPT = 2_000
"""Characters of the longest of them."""
NEARBY = 0.7
"""What a word counts that stands elsewhere in the passage, not in the sentence itself."""
ABOVE = 0.6
"""What a word counts that stands in the headings or the title only."""
FAR = 0.4
"""What a word counts that stands only elsewhere in the document."""
_COUNTED = re.compile(
    r"(?!单套)(?:[二三四五六七八九十两首双单](?:孩|套|级|类|档|期|批|轮|职工|方|人)|一(?:孩|级|类|档|期)|[a-z](?:类|级|档))(?!间|何)"
)
"""A numeral with what it counts, where it tells kinds apart."""
_NUMERAL = "[二三四五六七八九十一a-z]"
_DAY_OR_MONTH = re.compile("\\d{1,2}")
_HAN = re.compile("[一-鿿]+")
BEGINNING = 300
"""Characters at the head of a document that tell whose document it is; at its foot, who signs it."""
SIGNED = 0.95
"""How surely a document speaks of a place that its last words name."""
IN_PASSAGE = 0.9
"""The same where only the passage names it, and where only something else in the document does."""
IN_TEXT = 0.6
ROUNDING = 1e-9
INSIDE = 0.3
"""What a word counts that is part of a longer word of the question: the text may have only the part."""
BESIDE_REACH = 2.0
"""Characters over which the worth of a word beside those that ask falls to about a third."""
BY_DISTRICTS = 0.9
"""How surely a document speaks of a place of which it names only districts."""
BY_PROVINCE = 0.75
"""The same where it names only what the place lies in."""
PLACES_WITHIN = 2_000
"""Characters of a document that does not name its place in which other places are looked for."""
KEPT_PLACES = 2_000
"""Documents of which those places are kept."""
REACH = 12.0
"""Characters over which the worth of a word near an answer falls to about a third."""


def rarity_of(index: SearchIndex, topic: str) -> dict[str, float]:
    """Return how rare each word of `topic` is in the library.

    A word of three or more characters that no document has may be cut wrongly (保函用); where one end of it
    is a word that documents do have, that one stands for it. What a numeral makes of a noun is a word too:
    三孩 is not 二孩.
    """
    unknown = index.rarity(NOWHERE).get(NOWHERE, 0.0)
    found: dict[str, float] = {}
    for word, value in index.rarity(topic).items():
        ends = index.rarity(f"{word[:-1]} {word[1:]}") if value >= unknown and len(word) > 2 else {}
        known = {part: worth for part, worth in ends.items() if worth < unknown and len(part) > 1}
        found.update(known or {word: value})
    rarest = max(found.values(), default=0.0)
    known = {word: worth for word, worth in found.items() if word not in _general_alone()}
    return known | dict.fromkeys(_COUNTED.findall(fold(topic)), rarest)


@cache
def _general_alone() -> frozenset[str]:
    """Return what, as a word of its own, does not tell what a question is about: 才能, not in 人才能贷."""
    rows = read_table("service.ask", "general_words.tsv")
    return frozenset(row["word"] for row in rows if row["whole"] or len(row["word"]) == 1)


def said_otherwise(index: SearchIndex, topic: str) -> dict[str, tuple[str, ...]]:
    """Return what documents say for words of `topic`, by word: 子女 for 孩子.

    What stands for several words together (夫妻双方: 双职工) stands for each of them.
    """
    folded = fold(topic)
    pairs = [(item.words, item.official) for item in index.parsed(topic).stand_ins]
    pairs += [(said, other) for said, other in document_words().items() if said in folded]
    found: dict[str, tuple[str, ...]] = {}
    for word in set(words(topic)):
        others = [other for said, official in pairs if word in said for other in official]
        if others:
            found[word] = tuple(dict.fromkeys(others))
    return found


@cache
def document_words() -> dict[str, tuple[str, ...]]:
    """Return what documents write for words of questions."""
    rows = read_table("service.ask", "document_words.tsv")
    return {row["asked"]: tuple(row["written"].split()) for row in rows}


def kinds_counted(text: str) -> frozenset[str]:
    """Return what numerals tell apart in a text: 二孩, 首套, A类 (as a类)."""
    return frozenset(_COUNTED.findall(fold(text)))


def contradicts(weights: Weights, text: str) -> bool:
    """Tell whether a text speaks of another kind than the question: of 单职工 where 双职工 is asked about."""
    asked = [word for word in weights.topic if _COUNTED.fullmatch(word)]
    text = fold(text) if asked else ""
    others = set(_COUNTED.findall(text))
    return any(_is_other_kind(word, others, text, weights) for word in asked)


def _is_other_kind(word: str, others: Iterable[str], text: str, weights: Weights) -> bool:
    of_its_sort = any(other[1:] == word[1:] for other in others)
    return of_its_sort and not any(form in text for form in weights.written(word))


@dataclass(frozen=True, slots=True)
class Weights:
    """The words of a question with what each is worth."""

    topic: Mapping[str, float]
    """By rarity in the library; the worths sum to 1, unless there are no words."""
    beside: Mapping[str, float]
    """The words that stand beside those that ask, by nearness; the worths sum to 1, unless there are none."""
    otherwise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What documents say for words of the question."""

    @classmethod
    def of(
        cls,
        rarity: Mapping[str, float],
        beside: tuple[str, str],
        otherwise: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Weights:
        """Return the weights for words of known rarity and the words before and after those that ask."""
        before, after = beside
        nearness: dict[str, float] = {}
        for token in word_tokens(before):
            nearness[token.term] = math.exp((token.span.end - len(before)) / BESIDE_REACH)
        for token in word_tokens(after):
            nearness[token.term] = math.exp(-token.span.start / BESIDE_REACH)
        return cls(_shares(_discounted(rarity)), _shares(_discounted(nearness)), otherwise or {})

    def sum(self, held: Iterable[str]) -> float:
        """Return what the words of `held` are worth together, each once."""
        return sum(self.topic.get(word, 0.0) for word in set(held))

    def places_in(self, text: str) -> list[tuple[str, Span]]:
        """Return where the words of the question stand in a text, those of one character left out."""
        return [
            (word, Span(found.start(), found.end()))
            for word in self.topic
            if len(word) > 1
            for found in re.finditer("|".join(map(re.escape, self.written(word))), text)
        ]

    def written(self, word: str) -> tuple[str, ...]:
        """Return a word with all that documents say for it."""
        return (word, *self.otherwise.get(word, ()))

    def near(self, places: Iterable[tuple[str, Span]], place: Span, until: int | None = None) -> float:
        """Return the worth of the words at `places`, falling with their distance from `place`.

        Args:
            places: where words stand, see `places_in`.
            place: the answer.
            until: words that begin there or later count for nothing; None for no such point.
        """
        nearest: dict[str, int] = {}
        for word, span in places:
            if until is None or span.start < until:
                distance = max(span.start - place.end, place.start - span.end, 0)
                nearest[word] = min(distance, nearest.get(word, distance))
        return sum(self.topic[word] * math.exp(-distance / REACH) for word, distance in nearest.items())

    def beside_in(self, clause: str) -> float:
        """Return what the words of a clause are worth as neighbours of the answer."""
        cut = _cut(clause)
        return sum(worth for word, worth in self.beside.items() if f"\n{word}\n" in cut)


def _discounted(rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the rarities, less for what says little: a single character, or a word inside a longer one.

    农家乐 must not count thrice.
    """
    return {word: value * _share_of(word, rarity) for word, value in rarity.items()}


def _share_of(word: str, others: Iterable[str]) -> float:
    inside = any(word != other and word in other for other in others)
    # 7 and 月 of 2024年7月 say when a document was made, which few tell in words.
    slight = len(word) == 1 and word.isalpha()
    return INSIDE if inside or slight or _DAY_OR_MONTH.fullmatch(word) else 1.0


def _shares(worths: Mapping[str, float]) -> dict[str, float]:
    total = sum(worths.values())
    return {word: worth / total for word, worth in worths.items()} if total else {}


@dataclass(frozen=True, slots=True)
class Context:
    """The words of the question that stand around a sentence, by how far away they are."""

    passage: frozenset[str]
    above: frozenset[str]
    """In the headings and the title."""
    document: frozenset[str]
    """Anywhere in the document."""
    head: frozenset[str] = frozenset()
    """In the title and the first words of the document."""


def held_above(weights: Weights, passage: PassageRow) -> frozenset[str]:
    """Return the words of the question that stand in the title and the headings of a passage."""
    return held(weights, " ".join((passage.title or "", *passage.section)))


def held_at_head(weights: Weights, title: str | None, text: str) -> frozenset[str]:
    """Return the words of the question that stand in a document's title and at the beginning of its text."""
    return held(weights, f"{title or ''} {text[:BEGINNING]}")


def held(weights: Weights, text: str) -> frozenset[str]:
    """Return the words of the question that stand in a text, also within longer words."""
    told = weights.otherwise
    written = frozenset(
        word
        for word in weights.topic
        if word in text or (word in told and any(form in text for form in told[word]))
    )
    # Folding changes no Chinese character, and takes long for the texts of whole documents.
    others = [word for word in weights.topic if word not in written and not _HAN.fullmatch(word)]
    folded = _folded(text) if others else ""
    found = written.union(word for word in others if word in folded)
    return found.union(word for word in weights.topic if word not in found and _is_listed(word, text))


def _is_listed(word: str, text: str) -> bool:
    """Tell whether a text names what is counted together with others of its sort: 二孩 in 二、三孩."""
    if not _COUNTED.fullmatch(word) or word[1:] not in text:
        return False
    return re.search(rf"{word[0]}(?:[、,，和及或]{{1,2}}{_NUMERAL})+{word[1:]}", fold(text)) is not None


def quoted_share(quoted: Sequence[str], text: str) -> float:
    """Return the share of the question's quoted names that a text has; 0 where it quotes none."""
    if not quoted:
        return 0.0
    folded = fold(text)
    return sum(fold(name) in folded for name in quoted) / len(quoted)


def fit(weights: Weights, sentence: str, context: Context) -> float:
    """Return 0 to 1: how much of the question stands in the sentence and, counting less, around it."""
    own = said(weights, sentence)
    total = weights.sum(own)
    seen = own
    for part, worth in ((context.passage, NEARBY), (context.above, ABOVE), (context.document, FAR)):
        total += worth * weights.sum(part - seen)
        seen = seen | part
    return total


def most_fit(weights: Weights, context: Context) -> float:
    """Return what `fit` gives at most for a sentence of a passage with such a context."""
    seen = context.passage
    total = weights.sum(seen)
    for part, worth in ((context.above, ABOVE), (context.document, FAR)):
        total += worth * weights.sum(part - seen)
        seen = seen | part
    return total + ROUNDING


def said(weights: Weights, sentence: str) -> frozenset[str]:
    """Return the words of the question that a sentence says; a single character only as a word of its own.

    Only for such is a sentence cut, which takes most of the time of reading it.
    """
    found = held(weights, sentence)
    single = {word for word in found if len(word) == 1 and word in sentence}
    cut = _cut(sentence) if single else ""
    return found - {word for word in single if f"\n{word}\n" not in cut}


def wording_shared(asked: str, sentence: str) -> float:
    """Return the share of the question's runs of three characters that stand in a sentence, 0 to 1.

    It tells names apart that no dictionary has: 三和村 from 金徐村.
    """
    runs = _runs(asked)
    return sum(run in sentence for run in runs) / len(runs) if runs else 0.0


@lru_cache(maxsize=16)
def _runs(text: str) -> tuple[str, ...]:
    return tuple({text[at : at + 3] for at in range(len(text) - 2) if _HAN.fullmatch(text[at : at + 3])})


def _folded(text: str) -> str:
    return _folded_before(text) if len(text) <= LONGEST_KEPT else fold(text)


def _cut(text: str) -> str:
    """Return the search words of a text, each between line ends."""
    return _cut_before(text) if len(text) <= LONGEST_KEPT else _words_of(text)


def _words_of(text: str) -> str:
    return "\n".join(("", *words(text), ""))


# Rows and passages are held against one question after another. A string takes a tenth of a set's memory.
_folded_before = lru_cache(maxsize=KEPT_TEXTS)(fold)
_cut_before = lru_cache(maxsize=KEPT_TEXTS)(_words_of)


def document_place_fit(passage: PassageRow, text: str, places: tuple[Place, ...]) -> float:
    """Return how surely a passage's document speaks of one of the places: 1 it does, 0 nothing says so.

    `text` is that of the whole document; many name their place in the salutation or the closing only.
    """
    return max((_document_speaks_of(passage, text, place) for place in places), default=1.0)


def passage_place_fit(passage: PassageRow, document: float, places: tuple[Place, ...]) -> float:
    """Return how surely a passage speaks of one of the places, where its document does so by `document`."""
    said = document < IN_PASSAGE and any(place.written in passage.text for place in places)
    return IN_PASSAGE if said else document


def _document_speaks_of(passage: PassageRow, text: str, place: Place) -> float:
    if passage.region and is_within(passage.region, place.name):
        return 1.0
    if place.written in f"{passage.title or ''}{passage.source}" or place.written in text[:BEGINNING]:
        return 1.0
    if place.written in text[-BEGINNING:]:
        return SIGNED
    told = IN_TEXT if place.written in text else 0.0
    if passage.region and not is_within(place.name, passage.region):
        return told
    return max(told, _by_other_places(text, place.name))


def _by_other_places(text: str, place: str) -> float:
    """Return how surely a document that does not name its own place is of `place`, by the others it names.

    Its districts or its short name (南昌高新区) tell of it, as long as no more is said of places elsewhere.
    That only what it lies in is named tells little, and only of a text that calls its place by that level
    (我市).
    """
    named = _places_named(text[:PLACES_WITHIN])
    inside = sum(is_within(name, place) for name in named)
    around = sum(is_within(place, name) and not is_within(name, place) for name in named)
    elsewhere = len(named) - inside - around
    if inside > elsewhere:
        return BY_DISTRICTS
    own = re.search(f"[我本]{place[-1]}", text) is not None
    # A bank's branch elsewhere (中国人民银行广州分行) may be named as often as the place itself.
    as_often = inside > 0 and len(set(named)) == 2
    return BY_PROVINCE if own and (as_often or (around and not inside and not elsewhere)) else 0.0


@lru_cache(maxsize=KEPT_PLACES)
def _places_named(text: str) -> tuple[str, ...]:
    return tuple(mention.region.name for mention in regions_in(text))

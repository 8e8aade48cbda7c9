"""Words a plan's task as a report would: other words, other order, outcomes for intentions, other figures.

The tables of words are made for this and read by nothing else: a matcher measured with its own synonyms
would only prove that it has read them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from random import Random

import rjieba

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from ingest.extract.figures.indicators import find_indicators

_SENTENCE = re.compile(r"[。；;\n\t]+")
_CLAUSE = re.compile(r"[，,]")
_LIMIT = re.compile(
    r"(?:力争|确保|原则上)?(?:到|在|于|自)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|中旬|上旬|下旬)?(?:之?前|以前|内)[，,]?"
    r"|(?:力争|确保|争取|着力|努力)"
)
_WITH_FIGURES = re.compile(r"([^，,]{0,4}[0-9百分之]+[^，,]{0,6})")
_INTENT = re.compile(r"^(?:要|应|须|将|进一步|切实|积极|大力|持续|深入|全面|加快)+")
_BRACKETS = re.compile(r"[（(][^（()）]{0,60}[）)]")
_OPENINGS = ("截至目前，", "今年以来，", "目前，", "", "", "", "上半年，", "按照方案要求，", "坚持问题导向，")
_CLOSINGS = ("，取得阶段性成效", "，受到各方好评", "", "", "", "，完成年度任务", "，各项工作有序开展")
_DIGITS = "零一二三四五六七八九"
KEEP = 0.82
"""Share of the clauses that stay in a paraphrase."""
DROPPED = 0.2
"""Share of the words that the strongest paraphrase leaves out."""
DETAILS = 0.6
"""Chance, twice in each sentence, of a clause of its own in the strongest paraphrase."""
FEWEST = 6
"""Code points of the shortest clause that tells something."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A target that a paraphrase restates."""

    target: str
    stated: str
    short: bool
    """True when the figure falls short of the target."""


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """What a report says of a task."""

    words: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """Words tasks anew. The two halves of a measurement have other words for other words."""

    half: str
    """"first" or "second"."""
    strength: float = 0.6
    """Share of the words with a synonym that are replaced."""

    def paraphrase(self, sentences: list[str], random: Random) -> Paraphrase:
        """Return what a report could say of these sentences of a task."""
        told: list[str] = []
        figures: list[Figure] = []
        for sentence in sentences:
            words, changed = _other_figures(_BRACKETS.sub("", sentence), random)
            figures += changed
            told.append(self._sentence(words, random))
        body = "。".join(self._with_details(part, random) for part in told if part)
        return Paraphrase(f"{random.choice(_OPENINGS)}{body}{random.choice(_CLOSINGS)}。", tuple(figures))

    def _sentence(self, sentence: str, random: Random) -> str:
        clauses = [clause for clause in _CLAUSE.split(_LIMIT.sub("", sentence)) if len(clause.strip()) > 1]
        kept = [clause for clause in clauses if random.random() < KEEP] or clauses[:1]
        if len(kept) > 2 and random.random() < 0.5:
            first, *rest = kept
            random.shuffle(rest)
            kept = [first, *rest]
        return "，".join(self._clause(clause.strip(), random) for clause in kept)

    def _with_details(self, sentence: str, random: Random) -> str:
        """Return the sentence with what a report adds of its own, more of it the stronger the paraphrase."""
        clauses = sentence.split("，")
        for _ in range(2):
            if random.random() < self.strength * DETAILS:
                clauses.insert(random.randint(1, len(clauses)), _detail(self.half, random))
        return "，".join(clauses)

    def _clause(self, clause: str, random: Random) -> str:
        bare = _INTENT.sub("", clause)
        return self._shortened(self._replaced(_outcome(bare, random), random), random)

    def _shortened(self, clause: str, random: Random) -> str:
        """Return the clause without some of its words."""
        kept = [word for word in _words(clause) if len(word) < 2 or random.random() > self.strength * DROPPED]
        return "".join(kept) or clause

    def _replaced(self, clause: str, random: Random) -> str:
        table = _synonyms(self.half)
        pattern = _pattern(self.half)

        def other(found: re.Match[str]) -> str:
            return random.choice(table[found[0]]) if random.random() < self.strength else found[0]

        return pattern.sub(other, clause)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a task that tell something, in order."""
    return [part.strip() for part in _SENTENCE.split(text) if len(part.strip()) >= FEWEST]


def _outcome(clause: str, random: Random) -> str:
    """Return the clause with its intention as an outcome: 推进污水治理 becomes 污水治理有序推进."""
    verbs = _verbs()
    verb = next((verb for verb in verbs if clause.startswith(verb)), None)
    if verb is None:
        return f"已{clause}" if random.random() < 0.2 else clause
    rest = clause[len(verb) :]
    if 3 <= len(rest) <= 22 and random.random() < 0.55:
        return f"{rest}{random.choice(verbs[verb])}"
    begun = random.choice(("已", "累计", "认真", "正在", ""))
    return f"{begun}{verb}{'了' if random.random() < 0.3 else ''}{rest}"


def _other_figures(sentence: str, random: Random) -> tuple[str, list[Figure]]:
    """Return the sentence with its targets in other units or figures, and what was changed."""
    parts: list[str] = []
    changed: list[Figure] = []
    position = 0
    for target in find_indicators(sentence, Span(0, len(sentence))):
        value = target.value
        if value is None or value < 5 or target.max is not None or target.op in ("<", "<=", "~"):
            continue
        short = random.random() < 0.3
        reached = value * random.uniform(0.5, 0.9) if short else value
        stated = _stated(round(reached) if value == int(value) else round(reached, 2), target.unit, random)
        parts += [sentence[position : target.span.start], stated]
        position = target.span.end
        changed.append(Figure(target.raw, stated, short))
    return "".join([*parts, sentence[position:]]), changed


def _detail(half: str, random: Random) -> str:
    rows = read_table("evaluation.reconcile", "details.tsv")
    clause = random.choice([row["clause"] for row in rows if half_of(row["clause"]) == half])
    return clause.format(n=random.randint(2, 40), m=random.randint(60, 3000), d=random.randint(1, 9))


def _words(clause: str) -> list[str]:
    """Return the words of a clause, one after the other; a stretch with figures stays whole."""
    pieces = _WITH_FIGURES.split(clause)
    return [
        word
        for place, piece in enumerate(pieces)
        for word in ([piece] if place % 2 else _cutter().cut(piece, False))
    ]


@cache
def _cutter() -> rjieba.Jieba:
    return rjieba.Jieba()


def _stated(value: float, unit: str, random: Random) -> str:
    """Return a figure in one of the ways in which it may be written."""
    number = f"{value:g}"
    ways = [f"{number}{unit}"]
    if unit.startswith("万") and len(unit) > 1 and value < 1000:
        ways.append(f"{round(value * 10000)}{unit[1:]}")
    if unit == "%":
        ways.append(f"百分之{_chinese(value)}" if value == int(value) and value < 100 else f"{number}％")
    if unit.endswith("亩"):
        ways.append(f"{round(value / 15, 3):g}{unit[:-1]}公顷")
    if unit == "公里":
        ways.append(f"{number}千米")
    if unit == "亿元":
        ways.append(f"{round(value * 10000)}万元")
    return random.choice(ways)


def _chinese(value: float) -> str:
    tens, ones = divmod(int(value), 10)
    head = ("十" if tens == 1 else f"{_DIGITS[tens]}十") if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


@cache
def _verbs() -> dict[str, list[str]]:
    rows = read_table("evaluation.reconcile", "results.tsv")
    return {row["verb"]: row["outcomes"].split() for row in sorted(rows, key=lambda row: -len(row["verb"]))}


@cache
def _synonyms(half: str) -> dict[str, list[str]]:
    """Return the other words of one half of the table, chosen by a hash of the word."""
    rows = read_table("evaluation.reconcile", "synonyms.tsv")
    return {row["word"]: row["others"].split() for row in rows if half_of(row["word"]) == half}


@cache
def _pattern(half: str) -> re.Pattern[str]:
    return re.compile(any_of(_synonyms(half)))


def half_of(name: str) -> str:
    """Return which half of the measurement a thing belongs to, by a hash of its name."""
    return "second" if hashlib.sha256(name.encode()).digest()[0] % 2 else "first"

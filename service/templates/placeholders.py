"""Texts with xx where a figure, a year or a place is missing: 共开展督查xx次, 20xx年, xx县.

A placeholder is filled only where the records state one value for it: a count of the ledger that its words
name, or a figure with the same unit in a clause that says the same. What is left is marked as missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.records import JsonObject
from corpus.registry.regions import find_region
from corpus.spans import Span
from ingest.extract.figures.quantities import find_quantities
from service.drafting.saying import gap
from service.verify.alike import pairs
from service.verify.counts import count_named

_XX = re.compile(r"[xX×Ｘｘ＊*]{2,4}")
_YEAR = re.compile(r"(?:20|２０)[xX×Ｘｘ＊*]{2}(?=年)")
_PLACE = re.compile(r"[xX×Ｘｘ＊*]{2,4}(?P<level>省|市|县|区|州|旗|镇|乡)(?![级直辖域])")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_MEASURE_AFTER = re.compile(r"(?:百|千)?[万亿]?(?:[a-zA-Z%％]+|[\u4e00-\u9fff]{1,3})")
LEAST = 0.6
"""Share of a clause's pairs that another must hold to speak of the same."""
FEWEST = 3
"""Pairs of a clause without which it says too little."""
_OF_TASKS = re.compile("任务|问题|事项|销号|办结|整改|完成|逾期|推进|启动")
PLANNED = "【待核：方案所列，请核对是否已实现】"
"""Behind a figure that a plan demands, in a text that may report it as done."""
_LONGEST_UNIT = 12
_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the records that may fill a placeholder."""

    text: str
    source: str
    """Where it stands, in words: 《…》."""
    ids: tuple[str, ...] = ()
    """Rows of the ledger or documents."""
    planned: bool = False
    """True for what a plan demands, which nobody has reported as done."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count over rows of the ledger."""

    value: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place where something is missing, and what was put there."""

    line: int
    """1-indexed; counts the paragraphs of a Word file with fields, else those with xx."""
    raw: str
    """The xx, or the name of a field."""
    words: str
    """The clause it stands in, or what the field means."""
    value: str = ""
    """"" where nothing was found."""
    source: str = ""
    ids: tuple[str, ...] = ()
    quote: str = ""
    """The sentence that states the value, letter for letter."""
    planned: bool = False
    """True where it is what a plan demands; the text says so behind it."""

    def record(self) -> JsonObject:
        """Return it as public JSON."""
        return {
            "line": self.line,
            "placeholder": self.raw,
            "words": self.words,
            "value": self.value or None,
            "source": self.source or None,
            "ids": list(self.ids),
            "quote": self.quote or None,
            "planned": self.planned,
        }


def count_placeholders(line: str) -> int:
    """Return in how many places something is missing in a line."""
    return sum(1 for _ in _XX.finditer(line))


def filled(
    lines: Sequence[str],
    statements: Sequence[Evidence],
    counts: Mapping[str, Counted],
    regions: Sequence[tuple[str, str]] = (),
) -> tuple[list[str], list[Placeholder]]:
    """Return the lines with what the records state, and every placeholder in text order.

    Args:
        lines: the paragraphs of the template.
        statements: what may fill it.
        counts: what the ledger counts, by the names of `service.verify.counts`.
        regions: the places that the documents govern, each with the document's title.
    """
    book = _Book(statements, counts, regions)
    texts: list[str] = []
    found: list[Placeholder] = []
    for number, line in enumerate(lines, 1):
        text, own = _filled_line(number, line, book)
        texts.append(text)
        found += own
    return texts, found


def _filled_line(number: int, line: str, book: _Book) -> tuple[str, list[Placeholder]]:
    pieces: list[str] = []
    found: list[Placeholder] = []
    position = 0
    for span in _spans(line):
        placeholder = book.look_up(number, line, span)
        pieces += [line[position : span.start], placeholder.value or gap(_missing(line, span))]
        found.append(placeholder)
        position = span.end
        if placeholder.planned:
            position = _unit_end(line, span)
            pieces += [line[span.end : position], PLANNED]
    return "".join([*pieces, line[position:]]), found


def _spans(line: str) -> list[Span]:
    """Return where something is missing in a line; 20xx is one place."""
    years = [Span(*found.span()) for found in _YEAR.finditer(line)]
    others = [Span(*found.span()) for found in _XX.finditer(line)]
    return sorted([*years, *(span for span in others if not any(span.overlaps(year) for year in years))])


def _missing(line: str, span: Span) -> str:
    """Return what is missing in words: 年份, 地名, or the clause with its measure word."""
    if _YEAR.match(line, span.start):
        return "年份"
    place = _PLACE.match(line, span.start)
    if place:
        return f"{place['level']}名"
    clause = _clause(line, span)
    before = clause.of(line)[: span.start - clause.start]
    after = _MEASURE_AFTER.match(line, span.end)
    return f"{_XX.sub('', _PLACE.sub('', before))[-_SHOWN:]}…{after[0] if after else ''}"


def _clause(line: str, span: Span) -> Span:
    for found in _CLAUSE.finditer(line):
        if Span(*found.span()).contains(span):
            return Span(*found.span())
    return span


class _Book:
    """The records by their clauses."""

    def __init__(
        self,
        statements: Sequence[Evidence],
        counts: Mapping[str, Counted],
        regions: Sequence[tuple[str, str]],
    ) -> None:
        self._counts = counts
        self._regions = dict(regions)
        self._clauses = [entry for statement in statements for entry in _entries(statement)]

    def look_up(self, number: int, line: str, span: Span) -> Placeholder:
        """Return the placeholder with the value that the records give it, if they give one."""
        clause = _clause(line, span).of(line)
        empty = Placeholder(number, span.of(line), clause.strip())
        if _YEAR.match(line, span.start):
            return empty
        place = _PLACE.match(line, span.start)
        if place:
            return self._place(empty, place["level"])
        return self._count(empty, line, span) or self._figure(empty, line, span)

    def _count(self, empty: Placeholder, line: str, span: Span) -> Placeholder | None:
        """Fill in what the ledger counts, where the words before name such a count of tasks."""
        kind = count_named(line, span)
        counted = self._counts.get(kind) if kind else None
        if counted is None or not _OF_TASKS.search(_clause(line, span).of(line)):
            return None
        source = f"台账{len(counted.ids)}行的统计"
        return replace(empty, value=str(counted.value), source=source, ids=counted.ids)

    def _place(self, empty: Placeholder, level: str) -> Placeholder:
        """Fill in the one place of that level which the documents govern."""
        names = [name for name in self._regions if name.endswith(level) or _level_of(name) == level]
        if len(names) != 1:
            return empty
        stem = names[0].removesuffix(level)
        return replace(empty, value=stem, source=self._regions[names[0]], quote=names[0])

    def _figure(self, empty: Placeholder, line: str, span: Span) -> Placeholder:
        """Fill in the figure of the clause that says the same with the same unit, if all such agree."""
        wanted = _wanted(line, span)
        if wanted is None or len(wanted[1]) < FEWEST:
            return empty
        unit, words = wanted
        scored = [
            (len(words & entry.words) / len(words), entry) for entry in self._clauses if entry.unit == unit
        ]
        best = max((score for score, _ in scored), default=0.0)
        fitting = [entry for score, entry in scored if score >= max(LEAST, best - 0.01)]
        if len({entry.value for entry in fitting}) != 1:
            return empty
        entry = fitting[0]
        found = entry.statement
        return replace(
            empty,
            value=entry.value,
            source=found.source,
            ids=found.ids,
            quote=found.text,
            planned=found.planned,
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure of a clause of the records."""

    value: str
    """As written, without its unit."""
    unit: str
    words: frozenset[str]
    statement: Evidence


def _entries(statement: Evidence) -> Iterator[_Entry]:
    text = statement.text
    for quantity in find_quantities(text, Span(0, len(text))):
        digits = re.search(r"\d+(?:\.\d+)?", quantity.span.of(text))
        if quantity.value is not None and quantity.max is None and digits:
            span = Span(quantity.span.start + digits.start(), quantity.span.start + digits.end())
            words = pairs(_before(text, span))
            yield _Entry(digits[0], quantity.unit.replace("％", "%"), words, statement)


def _unit_end(line: str, span: Span) -> int:
    """Return where the measure word of a placeholder ends; the placeholder's own end without one."""
    for quantity in find_quantities(line, Span(span.start, min(len(line), span.end + _LONGEST_UNIT))):
        if quantity.span.start <= span.start and quantity.span.end > span.end:
            return quantity.span.end
    return span.end


def _wanted(line: str, span: Span) -> tuple[str, frozenset[str]] | None:
    """Return the unit of a placeholder and the pairs of the clause before it; None without a unit."""
    for quantity in find_quantities(line, Span(span.start, min(len(line), span.end + _LONGEST_UNIT))):
        if quantity.span.start <= span.start and quantity.span.end > span.end:
            return quantity.unit.replace("％", "%"), pairs(_before(line, span))
    return None


def _before(text: str, span: Span) -> str:
    """Return the words of the clause before a figure, with the last ones of the clause before it if short."""
    clause = _clause(text, span)
    words = text[clause.start : span.start]
    if len(words) < 4:
        words = text[max(0, clause.start - 8) : clause.start] + words
    return words + _kind(text, span.end)


def _kind(text: str, end: int) -> str:
    """Return what is counted, where it follows the measure word: 家涉气工业企业."""
    found = re.match(r"[\u4e00-\u9fff]{1,10}", text[end:])
    return found[0] if found else ""


def _level_of(name: str) -> str:
    region = find_region(name)
    return region.level[-1] if region and region.level else ""

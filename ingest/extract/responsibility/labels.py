"""Labels such as 牵头单位： and 完成时限：, and the fields that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.registry.tables import any_of, column, read_table
from corpus.registry.units import ends_like_unit
from corpus.spans import Span
from ingest.extract.cover import Cover
from ingest.extract.responsibility.names import looks_like_name

_WORDS = "ingest.extract.words"


class FieldKind(StrEnum):
    """What stands after a label."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATE = "cooperate"
    SUPERVISE = "supervise"
    PERSON = "person"
    DEADLINE = "deadline"
    PROBLEM = "problem"
    GOAL = "goal"
    MEASURES = "measures"
    PROGRESS = "progress"
    CONTACT = "contact"
    OTHER = "other"
    """A label that no table knows; it only ends the field before."""


UNIT_FIELDS = frozenset({FieldKind.LEAD, FieldKind.RESPONSIBLE, FieldKind.COOPERATE, FieldKind.SUPERVISE})
STATEMENT_FIELDS = UNIT_FIELDS | {FieldKind.PERSON, FieldKind.DEADLINE}
"""The fields that say who and when, in contrast to those that say what."""

_KINDS = {row["word"]: FieldKind(row["field"]) for row in read_table(_WORDS, "labels.tsv")}
_STEMS = {row["stem"]: FieldKind(row["field"]) for row in read_table(_WORDS, "label_stems.tsv")}
_LEVEL = (
    r"(?:[省市州县区乡镇]级|[省市州县区](?=牵头|责任|配合|分工|领导)|国家|主要|总|第[一二三]|直接|具体|共同|联合"
    r"|任务|工作|项目|指标|改革|对接|拟)?"
)
_ANY = any_of(column(_WORDS, "labels.tsv", "word", alone=""))
_ALONE = any_of(column(_WORDS, "labels.tsv", "word"))
_UNIT_WORDS = [
    row["word"] for row in read_table(_WORDS, "labels.tsv") if row["alone"] and row["field"] in UNIT_FIELDS
]
_SHORT = any_of(word for word in _UNIT_WORDS if len(word) == 2)
_BARE = rf"(?:{_ANY}|{any_of(word for word in _UNIT_WORDS if len(word) > 2)})"
_STEM = any_of(column(_WORDS, "label_stems.tsv", "stem"))
_TAIL = "(?:单位|部门|处室|科室|股室|机构|主体)"
_COMPOUND = rf"(?:{_STEM}[\u4e00-\u9fff]{{0,4}}?{_TAIL})"
_MARK = r"(?:[:：∶﹕︰]|——|[|｜])"
_COLON = rf"(?:(?:及|和)[\u4e00-\u9fff]{{2,5}})?\s*(?:[（(][^（()）]{{1,10}}[）)])?\s*(?:为|是)?\s*{_MARK}\s*"
_BEGINNING = r"(?:^|(?<=[。；;，,、（(〔［\[【\n]))\s*"
_FRAMED = (
    rf"[（(〔［\[【]\s*{_LEVEL}(?P<framed>{_ANY}|(?<=[［\[【]){_SHORT})\s*[）)〕］\]】]"
    rf"\s*{_MARK}?\s*(?=[\u4e00-\u9fff])"
)
_PLAIN = (
    rf"(?:^|(?<=[。；;（(〔［\[【\n]))\s*{_LEVEL}(?P<plain>{_ANY})[,，;；\s]+(?!的|要|应|和|及|与)"
    rf"|{_BEGINNING}{_LEVEL}(?P<bare>{_BARE})(?:为|是|有|包括|包含|[ \u3000]+)?(?=[\u4e00-\u9fff])"
    rf"|{_BEGINNING}{_LEVEL}(?P<short>{_SHORT})[ \u3000]+"
    rf"|{_FRAMED}"
)
_LABEL = re.compile(
    rf"(?<![各关直级]){_LEVEL}(?<![各关直])(?P<word>{_ANY}|{_COMPOUND}){_COLON}"
    rf"|(?:^|(?<=[。；;，,、（(〔［\[【\s]))[（(【]?{_LEVEL}(?P<alone>{_ALONE})(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[）)】]?{_COLON}"
    rf"|{_PLAIN}",
    re.MULTILINE,
)
_OTHER = re.compile(r"(?<=[。；;，,])\s*(?P<word>[\u4e00-\u9fff]{2,8})[:：]\s*")
_NAMES_UNITS = re.compile(f"{_TAIL}$")


def _by_beginning(patterns: Iterable[str]) -> str:
    """Return a regular expression for any of the patterns, in order, one beginning at a time."""
    groups: dict[str, list[str]] = {}
    for pattern in patterns:
        groups.setdefault(pattern[:2], []).append(pattern[2:])
    return "|".join(f"{beginning}(?:{'|'.join(rests)})" for beginning, rests in groups.items())


_CORE = re.compile(
    _by_beginning(
        [re.escape(word) for word in sorted(_KINDS, key=len, reverse=True)]
        + [rf"{stem}[\u4e00-\u9fff]{{0,4}}?{_TAIL}" for stem in _STEMS]
    )
)
"""The word of a label without all that may stand around it: the search for it is fast."""
_LONGEST_PREFIX = 4
"""A level and a bracket before the word of a label: 〔市级牵头单位."""
_WORD_GROUPS = ("word", "alone", "plain", "bare", "short", "framed")
_FIRST_NAME = re.compile(r"[\u4e00-\u9fff]+")
_AFTER_NAME = re.compile("牵头|负责|配合|会同|等|按")
_NUMBERED = re.compile(r"[（(][1一][）)]|1[.．、](?!\d)|①")
"""A value that numbers its own members: 责任单位：（1）市水利局；（2）市财政局."""
_NEXT_NUMBER = re.compile(
    r"(?<![\d第.．])\d{1,2}[.．、](?!\d)|(?<=[\u4e00-\u9fff）)])[一二三四五六七八九十]{1,3}、"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)](?=[\u4e00-\u9fff]{2})"
    r"|(?<=[\u4e00-\u9fff）)])[一二三四五六七八九十]是(?=[\u4e00-\u9fff]{4})"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value."""

    kind: FieldKind
    label: Span
    value: Span
    """Up to the next label or the end; separators at its end included."""


def find_labels(text: str, span: Span) -> list[tuple[FieldKind, Span]]:
    """Return the labels within `span`, each with its colon, in order."""
    found: list[tuple[FieldKind, Span]] = []
    position = search = span.start
    while core := _CORE.search(text, search, span.end):
        match = _label_around(text, core.start(), Span(position, span.end))
        if match is not None:
            found.append((_kind(match), Span(*match.span())))
            position = match.end()
        search = match.end() if match is not None else core.start() + 1
    return sorted([*found, *_others(text, span, found)], key=lambda item: item[1]) if found else []


def _label_around(text: str, word: int, within: Span) -> re.Match[str] | None:
    """Return the label whose word begins at `word`, None where what stands around it makes it none."""
    start = max(within.start, word - _LONGEST_PREFIX)
    while start > within.start and text[start - 1].isspace():
        start -= 1
    for at in range(start, word + 1):
        match = _LABEL.match(text, at, within.end)
        if match and _is_label(text, match, within.end):
            return match
    return None


def _others(text: str, span: Span, found: list[tuple[FieldKind, Span]]) -> Iterator[tuple[FieldKind, Span]]:
    """Yield the labels that no table knows beside those found: they end the field before.

    One that ends in 单位 or 部门 (配部门：, a slip) has units after it, in a role that nobody knows.
    """
    labels = Cover(label for _, label in found)
    for match in _OTHER.finditer(text, span.start, span.end):
        other = Span(*match.span())
        if not labels.meets(other):
            yield FieldKind.RESPONSIBLE if _NAMES_UNITS.search(match["word"]) else FieldKind.OTHER, other


def _is_label(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether a match is a label: one without a colon must lead over to the name of a unit."""
    if match["bare"] is None and match["short"] is None and match["framed"] is None:
        return True
    found = _FIRST_NAME.match(text, match.end(), end)
    name = _AFTER_NAME.split(found.group())[0] if found else ""
    return ends_like_unit(name) and looks_like_name(name)


def _kind(match: re.Match[str]) -> FieldKind:
    """Return the field that a matched label names."""
    word = next(found for name in _WORD_GROUPS if (found := match[name]))
    if word in _KINDS:
        return _KINDS[word]
    if "牵头" in word:
        return FieldKind.LEAD
    return next(kind for stem, kind in _STEMS.items() if word.startswith(stem))


def find_fields(text: str, span: Span) -> list[Field]:
    """Return the fields within `span`; each value reaches to the next label or to the end of `span`."""
    labels = find_labels(text, span)
    ends = [*(label.start for _, label in labels[1:]), span.end][: len(labels)]
    return [
        Field(kind, label, Span(label.end, _before_number(text, Span(label.end, end))))
        for (kind, label), end in zip(labels, ends, strict=True)
    ]


def value_end(text: str, label: Span, end: int) -> int:
    """Return where the value of a label ends at the latest: before a paragraph number within the line."""
    return _before_number(text, Span(label.end, max(label.end, end)))


def _before_number(text: str, value: Span) -> int:
    if _NUMBERED.match(text, value.start, value.end):
        return value.end
    match = _NEXT_NUMBER.search(text, value.start + 1, value.end)
    return match.start() if match else value.end


def field_of(word: str) -> FieldKind | None:
    """Return the field that a whole word labels, such as the head of a column; None for other words."""
    bare = re.sub(r"[\s:：]|[（(][^（()）]*[）)]", "", word)
    match = re.fullmatch(rf"{_LEVEL}(?P<word>{_ALONE})", bare)
    return _KINDS[match["word"]] if match else None

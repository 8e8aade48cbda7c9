"""Short names that a document gives: 以上园区管委会简称各管委会 · （以下简称“三区”） · （以下统称各园区）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.registry.units import is_group
from corpus.spans import Span
from ingest.extract.brackets import find_brackets
from ingest.extract.responsibility.names import all_real_units
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Named
from ingest.extract.units import UnitName, split_units

_SHORT = r"[“\"‘《]?(?P<short>[^”\"’》，,。；;、）)〕\s“（(]{2,16})[”\"’》]?"
_CALLED = r"(?:以下|以上|下)?(?:均|并)?(?:统称|简称|合称|(?<=下)称|(?<=上)称)(?:为|：|:)?"
_IN_BRACKETS = re.compile(rf"[（(〔［\[【]{_CALLED}{_SHORT}(?:[，,；;][^（）()]{{0,20}})?[）)〕］\]】]")
_INLINE = re.compile(rf"(?:以下|以上|下)均?(?:统称|简称|合称)为?{_SHORT}")
_AFTERWARDS = re.compile(
    rf"[，,；;。](?P<what>以上[^，,；;。（）()]{{0,14}}?)(?:均)?(?:统称|简称|合称)(?:为)?{_SHORT}"
)
_PLURAL = r"(?P<short>各[\u4e00-\u9fff]{1,10}?|[两三四五六七八九十][\u4e00-\u9fff]{1,6}?)"
_LIST = r"(?P<list>[^。；;（(\n]{4,150}?)"
_WITH_LIST = re.compile(rf"{_PLURAL}[”\"]?[（(](?:含|包括|包含|指|即)?[:：]?{_LIST}[，,](?:以)?下同[）)]")
_MEANS = re.compile(
    rf"{_PLURAL}[”\"]?[，,]?(?:是指|指的是|指|即|包括|包含|分别为){_LIST}(?=[。；;\n]|$)", re.MULTILINE
)
_TRIGGER = re.compile("[统简合]称|[下上]称|下同|是?指|即|包[括含]|分别为")
_OTHERS = re.compile(r"等[^，,。；;、]{0,12}$")
_LIST_START = re.compile(
    r"[。；;：:\n\t（(〔［\[【]|(?:主体|单位|部门)[为是]|牵头|负责|配合|要求|成立|组建|设立|组成"
)
_LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Definitions:
    """Short names with what they stand for, as the document itself says."""

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Short names of several units, with the units as written: 三区 → three names."""
    full_names: dict[str, str] = field(default_factory=dict)
    """Short names of one unit: 县整改办 → its full name."""

    def members_of(self, name: str) -> tuple[str, ...]:
        """Return the members of a group by its short name, also within a longer name: “三区”管委会."""
        if name in self.members:
            return self.members[name]
        for short, members in self.members.items():
            if f"“{short}”" in name or name in (f"各{short}", short.removeprefix("各")):
                return members
        return ()


def find_definitions(text: str) -> Definitions:
    """Return the short names that `text` defines for units; those of laws and plans are left out."""
    definitions = Definitions()
    if not _TRIGGER.search(text):
        return definitions
    for match in _IN_BRACKETS.finditer(text):
        _add(text, match["short"], _units_before(text, match.start()), definitions)
    for match in _INLINE.finditer(text):
        end = match.start() - (text[match.start() - 1 : match.start()] in ("，", ","))
        _add(text, match["short"], _units_before(text, end), definitions)
    for match in _AFTERWARDS.finditer(text):
        members = _run_of_kind(text, _units_in_statement(text, match.start()), match["short"])
        _add(text, match["short"], members, definitions)
    for pattern in (_WITH_LIST, _MEANS):
        for match in pattern.finditer(text):
            _add(
                text, match["short"], _listed(text, Span(match.start("list"), match.end("list"))), definitions
            )
    return definitions


def _listed(text: str, span: Span) -> list[UnitName]:
    """Return the units of a list that follows a short name; empty where it holds anything else."""
    units = list(split_units(text, span))
    return units if all_real_units([unit.span.of(text) for unit in units]) else []


def _add(text: str, short: str, units: Sequence[UnitName | Named], definitions: Definitions) -> None:
    """Add a short name for the units that stand before its definition."""
    names = tuple(unit.span.of(text) for unit in units)
    plural = short[0] in "各两三四五六七八九十" or is_group(short)
    if len(names) > 1 and plural:
        definitions.members.setdefault(short, names)
    elif names and not plural:
        definitions.full_names.setdefault(short, names[-1])


def _units_before(text: str, end: int) -> list[UnitName]:
    """Return the units of the list that ends at `end`; empty when no unit stands there."""
    window = max(0, end - _LONGEST_LIST)
    others = _OTHERS.search(text, window, end)
    end = others.start() if others else end
    start = window
    for match in _LIST_START.finditer(text, window, end):
        start = match.end()
    units = list(split_units(text, Span(start, end)))
    return units if units and units[-1].span.end >= end - 1 else []


def _units_in_statement(text: str, end: int) -> list[Named]:
    """Return the units of the statement that ends at `end`."""
    window = max(0, end - _LONGEST_LIST)
    open_ = [item.inner.start for item in find_brackets(text, Span(window, end)) if not item.closed]
    start = max(window, *open_, *(text.rfind(mark, window, end) + 1 for mark in "。；;\n"))
    return list(read_phrases(text, Span(start, end)))


def _run_of_kind(text: str, units: list[Named], short: str) -> list[Named]:
    """Return the run of single units that ends with the last one of the kind that 各管委会 names."""
    kind = short.lstrip("各")
    last = max((i for i, unit in enumerate(units) if unit.span.of(text).endswith(kind)), default=None)
    if last is None:
        return [unit for unit in units if not unit.group]
    first = last
    while first > 0 and not units[first - 1].group:
        first -= 1
    return units[first : last + 1]

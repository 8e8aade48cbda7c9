"""The administrative divisions of China down to counties: names, codes, what lies in what, and older names.

Tables are read on the first question and take some milliseconds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.registry.tables import read_table
from corpus.spans import Span

PEOPLES = (
    "蒙古|柯尔克孜|哈萨克|锡伯|塔吉克|达斡尔|各族|(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|"
    "傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|保安|普米|怒|鄂温克|裕固|独龙)族"
)
_AUTONOMOUS = re.compile(rf"(.+?)(?:{PEOPLES})+自治([州县旗])")
_PLAIN = re.compile(r"(.{2,}?)(?:地区|新区|林区|特区|[市盟县区旗州])")
REMEMBERED = 10
"""How many places named before may tell which place an ambiguous name means."""
LEVELS = ("省", "市", "县")


@dataclass(frozen=True, slots=True)
class Region:
    """A place with a government of its own."""

    name: str
    """In full: 临夏回族自治州."""
    level: str
    """省, 市 or 县, as in a document's header: 直辖市 count as 省, their districts as 县."""
    code: str
    """Six digits of GB/T 2260."""
    parent: str | None
    """Code of the place above, None for 省."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names."""

    span: Span
    region: Region


def find_region(name: str) -> Region | None:
    """Return the place of that name: in full, short (苏州, 陕), older (襄樊市), or with what it lies in.

    None where no place is called so, or where several are and the name does not say which (鼓楼区).
    """
    known, rest = _parts(_folded(name))
    return known[-1] if known and not rest else None


def chain(name: str) -> tuple[Region, ...]:
    """Return the place and every place above it, innermost first; () where `find_region` finds none."""
    region = find_region(name)
    return _upwards(region) if region else ()


def codes_upwards(code: str) -> tuple[str, ...]:
    """Return the code of a place and of every place above it, innermost first; () for a code of no place."""
    region = _tables().regions.get(code)
    return tuple(place.code for place in _upwards(region)) if region else ()


def places_below(name: str) -> tuple[Region, ...]:
    """Return the places right below a place, in the order of their codes; () where none is known."""
    region = find_region(name)
    if region is None:
        return ()
    return tuple(place for place in _tables().regions.values() if place.parent == region.code)


@lru_cache(maxsize=10_000)
def place_keys(name: str) -> tuple[str, ...]:
    """Return what stands for a place, and for every place above it that is known, where places are compared.

    That is a code, or for a place that the registry does not know its name as written, which still lies in
    what it begins with: 浙江省望川县 in 浙江省.
    """
    known, rest = _parts(_folded(name))
    outer = codes_upwards(known[-1].code) if known else ()
    return (rest, *outer) if rest else outer


def place_key(name: str) -> str:
    """Return the first of `place_keys`, "" for a blank name."""
    return next(iter(place_keys(name)), "")


def is_within(name: str, outer: str) -> bool:
    """Tell whether the place `name` is `outer` or lies in it."""
    return place_key(outer) in place_keys(name)


def regions_in(text: str) -> tuple[Mention, ...]:
    """Return the places that a text names, in order and without overlap.

    A name that several places bear counts where a place named before tells which (北京市…朝阳区).
    """
    tables = _tables()
    mentions: list[Mention] = []
    position = 0
    while position < len(text) - 1:
        longest = tables.longest_from.get(text[position : position + 2], 0)
        mention = _mention_at(text, position, longest, mentions) if longest else None
        if mention:
            mentions.append(mention)
        position = mention.span.end if mention else position + 1
    return tuple(mentions)


def region_names() -> frozenset[str]:
    """Return all full names, and those short and older ones that running text may use."""
    return frozenset(_tables().in_text)


class _Tables:
    """The registry by code and by name. A name may belong to several places."""

    def __init__(self) -> None:
        self.regions = {
            row["code"]: Region(row["name"], row["level"], row["code"], row["parent"] or None)
            for row in _rows("regions.tsv")
        }
        self.in_text: dict[str, set[str]] = defaultdict(set)
        self.asked: dict[str, set[str]] = defaultdict(set)
        self._read_names()
        self.longest_from: dict[str, int] = defaultdict(int)
        for name in self.asked:
            self.longest_from[name[:2]] = max(self.longest_from[name[:2]], len(name))

    def _read_names(self) -> None:
        uses = {(row["alias"], row["code"]): row["use"] for row in _rows("region_aliases.tsv")}
        for region in self.regions.values():
            usual = _usual_use(region.name)
            self._add(region.name, region.code, uses.get((region.name, region.code), usual))
            for short in _short_names(region):
                usual = "exact" if region.level == "县" else "text"
                self._add(short, region.code, uses.get((short, region.code), usual))
        for (alias, code), use in uses.items():
            self._add(alias, code, use)
        for row in _rows("region_history.tsv"):
            if row["name"] not in self.in_text:
                self._add(row["name"], row["code"], _usual_use(row["name"]))

    def _add(self, name: str, code: str, use: str) -> None:
        if use == "text":
            self.in_text[name].add(code)
        if use != "never":
            self.asked[name].add(code)


@cache
def _tables() -> _Tables:
    return _Tables()


def _rows(name: str) -> tuple[dict[str, str], ...]:
    return read_table("corpus.registry", name)


def _usual_use(name: str) -> str:
    """Return where a full name is looked for: 成县, 户县 and their like stand inside 形成县级, 农户县域."""
    return "text" if len(name) > 2 else "exact"


def _short_names(region: Region) -> list[str]:
    if region.level == "省":
        return []  # these stand in the table of aliases
    if "自治" in region.name and (own := _AUTONOMOUS.fullmatch(region.name)):
        return [own[1] + own[2], own[1]] if len(own[1]) > 1 else [own[1] + own[2]]
    plain = _PLAIN.fullmatch(region.name)
    return [plain[1]] if plain else []


def _folded(name: str) -> str:
    words = re.sub(r"\s+", "", name)
    return words.removeprefix("中华人民共和国").removeprefix("中国") or words


def _upwards(region: Region) -> tuple[Region, ...]:
    parent = _tables().regions.get(region.parent or "")
    return (region, *_upwards(parent)) if parent else (region,)


def _parts(name: str) -> tuple[list[Region], str]:
    """Return the places that a name of several parts names, outermost first, and what is left of it."""
    tables = _tables()
    known: list[Region] = []
    while name:
        outer = known[-1] if known else None
        if whole := _only(tables.asked.get(name, ()), outer):
            return [*known, whole], ""
        ends = range(min(len(name) - 1, tables.longest_from.get(name[:2], 0)), 1, -1)
        parts = ((_only(tables.in_text.get(name[:end], ()), outer), end) for end in ends)
        part, end = next(((region, end) for region, end in parts if region), (None, 0))
        if part is None:
            break
        known.append(part)
        name = name[end:]
    return known, name


def _mention_at(text: str, start: int, longest: int, before: list[Mention]) -> Mention | None:
    for end in range(min(start + longest, len(text)), start + 1, -1):
        if region := _meant(text[start:end], start, before):
            return Mention(Span(start, end), region)
    return None


def _meant(name: str, start: int, before: list[Mention]) -> Region | None:
    """Return the place that a name in a text means, given the places named before it."""
    tables = _tables()
    # Directly after the place around it even 城区 is a name.
    around = before[-1].region if before and before[-1].span.end == start else None
    if around and (inside := _only(tables.asked.get(name, ()), around)):
        return inside
    codes = tables.in_text.get(name, ())
    if not codes:
        return None
    outers = [mention.region for mention in reversed(before[-REMEMBERED:])]
    told = next((region for outer in outers if (region := _only(codes, outer))), None)
    return told or _only(codes, None)


def _only(codes: Iterable[str], outer: Region | None) -> Region | None:
    """Return the one place among `codes` that lies in `outer`; of several, that of the highest level."""
    regions = [_tables().regions[code] for code in codes]
    inside = [region for region in regions if outer is None or outer in _upwards(region)[1:]]
    highest = min((LEVELS.index(region.level) for region in inside), default=0)
    best = [region for region in inside if region.level == LEVELS[highest]]
    return best[0] if len(best) == 1 else None

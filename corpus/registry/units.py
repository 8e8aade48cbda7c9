"""What the names of units mean: full names for short forms, groups, and how such names end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from corpus.registry.tables import any_of, column, read_table

_PACKAGE = "corpus.registry"
_SHORT_ENDS = {"委员会": "委", "办公室": "办"}
_LEVELS = "省市县区州盟旗镇乡"
_PREFIX_END = re.compile(f"自治区|[{_LEVELS}]")
_BRACKETS = re.compile(r"[（(〔［\[【〈<][^（(〔［\[【〈<）)〕］\]】〉>]*[）)〕］\]】〉>]")
_GENERAL = any_of(column(_PACKAGE, "unit_tails.tsv", "tail", kind="general"))
_GENERAL_TAIL = re.compile(_GENERAL + "$")
_LOOSE_TAIL = re.compile(f"(?:{_GENERAL}|{any_of(column(_PACKAGE, 'unit_tails.tsv', 'tail', kind='area'))})$")
_PLAIN_TAIL = re.compile(
    any_of(
        column(_PACKAGE, "unit_tails.tsv", "tail", kind="unit")
        + column(_PACKAGE, "unit_tails.tsv", "tail", kind="place")
    )
    + "$"
)
_PLACE_TAIL = re.compile(any_of(column(_PACKAGE, "unit_tails.tsv", "tail", kind="place")) + "$")
_GROUP_HEAD = re.compile("各|有关|相关|其他|其它|全体|所有")
_GROUP_WORD = re.compile(
    r"(?<!负)各[^自]|有关|相关|成员单位|成员部门|[省市县区州盟旗镇乡]直(?!属|机关)|运营商|乡镇|镇街|街镇|区县|县区|旗县|县市区"
    r"|[省市县区州镇乡]级|主管|职能|所属|下属|直属|公共服务|市政公用|行业|业务部门|管理机构"
)
_GROUP_LEVELS = re.compile(
    r"[省市州县区旗乡镇村][（(〔［\[][省市州县区旗乡镇街道村社区自治特、，,]+[）)〕］\]]"
)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The full name that a short form stands for, and from when."""

    full: str
    before: str = ""
    since: date | None = None


@lru_cache(maxsize=20_000)
def canonical_unit(name: str, region: str | None = None, on: date | None = None) -> str | None:
    """Return the full name of a unit, with the place or level it begins with: 市发改委 → 市发展和改革委员会.

    The document's own `region` becomes its level (云岭市发改委 in 云岭市 → 市发展和改革委员会), so that both
    ways of writing mean one unit. `on`, the date of the document, keeps the name of an older unit that a
    reform replaced later. None for groups and when the registry does not know the name.
    """
    if is_group(name):
        return None
    bare = _BRACKETS.sub("", re.sub(r"\s", "", name)).strip("“”‘’")
    national = _national().get(bare)
    if national is not None:
        return national
    for end in [0, *(match.end() for match in _PREFIX_END.finditer(bare))]:
        meaning = _local().get(bare[end:])
        if meaning is not None:
            return _prefix(bare[:end], region) + _name_on(meaning, on)
    return None


def is_group(name: str) -> bool:
    """Tell whether a name stands for several units: 各县（区）, 市直有关部门, 领导小组成员单位."""
    bare = _BRACKETS.sub("", name).strip()
    if _GROUP_HEAD.match(bare) or _GROUP_WORD.search(bare) or _GROUP_LEVELS.search(name):
        return True
    return _GENERAL_TAIL.search(bare) is not None and len(bare) > 2


def ends_like_unit(name: str) -> bool:
    """Tell whether `name` ends as the name of a unit, a place or, after 各 or 有关, a general noun does."""
    bare = _BRACKETS.sub("", name).rstrip("）)〕］]】”’》 ")
    if _PLAIN_TAIL.search(bare):
        return True
    return _LOOSE_TAIL.search(bare) is not None and _GROUP_WORD.search(bare) is not None


def ends_like_place(name: str) -> bool:
    """Tell whether `name` ends as a place does, so that it is a unit only in the company of units."""
    return _PLACE_TAIL.search(_BRACKETS.sub("", name).rstrip("）)〕］]】 ")) is not None


def is_general(name: str) -> bool:
    """Tell whether `name` is nothing but a general noun, such as 部门, 单位 or 部门（单位）."""
    return _GENERAL_TAIL.fullmatch(_BRACKETS.sub("", name).strip()) is not None


@cache
def unit_names() -> frozenset[str]:
    """Return every name and short form the registry knows, local ones without their place."""
    return frozenset(_national()) | frozenset(_local())


@cache
def _national() -> dict[str, str]:
    """Return the full name for every name of a national unit."""
    names: dict[str, str] = {}
    for row in read_table(_PACKAGE, "unit_names.tsv"):
        if row["scope"] == "national":
            names.update(dict.fromkeys([row["name"], *row["aliases"].split()], row["name"]))
    return names


@cache
def _local() -> dict[str, _Meaning]:
    """Return the meaning of every name of a local unit, without its place."""
    names: dict[str, _Meaning] = {}
    for row in read_table(_PACKAGE, "unit_names.tsv"):
        if row["scope"] == "local":
            for alias in [row["name"], *row["aliases"].split()]:
                names.setdefault(alias, _Meaning(row["name"]))
    for row in read_table(_PACKAGE, "unit_stems.tsv"):
        _add_stem(names, row)
    return names


def _add_stem(names: dict[str, _Meaning], row: dict[str, str]) -> None:
    """Add every combination of a stem's forms with its endings; names already known keep their meaning."""
    since = date.fromisoformat(row["since"]) if row["since"] else None
    aliases = row["aliases"].split()
    for end in row["ends"].split():
        full = row["stem"] + end
        before = aliases[0] + end if since else ""
        for form in aliases if since else [row["stem"], *aliases]:
            for written in {end, _SHORT_ENDS.get(end, end)}:
                names.setdefault(form + written, _Meaning(full, before, since))


def _prefix(prefix: str, region: str | None) -> str:
    """Return the place of a unit; the document's own region as its level alone."""
    if region and len(prefix) > 1 and (prefix == region or region.endswith(prefix)):
        return "自治区" if prefix.endswith("自治区") else prefix[-1]
    return prefix


def _name_on(meaning: _Meaning, on: date | None) -> str:
    """Return the name that the unit bore on a day."""
    if on is not None and meaning.since is not None and on < meaning.since:
        return meaning.before
    return meaning.full

"""What the names of units mean: full names for short forms, groups, and how such names end."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from corpus.registry.full_names import full_name
from corpus.registry.own_units import own_unit
from corpus.registry.tables import any_of, column
from corpus.registry.unit_tables import bank_names, local_names, national_names

_PACKAGE = "corpus.registry"
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


def canonical_unit(name: str, region: str | None = None, on: date | None = None) -> str | None:
    """Return the full name of a unit with its place: 市发改委 in 汉中市 → 汉中市发展和改革委员会.

    Args:
        name: as written.
        region: the place that the document governs; without it a level stays a level (市发展和改革委员会).
        on: the date of the document: an older unit keeps its name until the reform that replaced it.

    Returns:
        None for groups, and when the registry does not know the name.

    What a user's table says wins (`corpus.registry.own_units`).
    """
    own = own_unit(name)
    if own is not None:
        return None if own.group else own.name
    return _known_unit(name, region, on)


@lru_cache(maxsize=20_000)
def _known_unit(name: str, region: str | None, on: date | None) -> str | None:
    return None if is_group(name) else full_name(name, region, on)


def is_group(name: str) -> bool:
    """Tell whether a name stands for several units: 各县（区）, 市直有关部门, 领导小组成员单位."""
    own = own_unit(name)
    return own.group if own is not None else _reads_as_group(name)


@lru_cache(maxsize=20_000)
def _reads_as_group(name: str) -> bool:
    bare = _BRACKETS.sub("", name).strip()
    if _GROUP_HEAD.match(bare) or _GROUP_WORD.search(bare) or _GROUP_LEVELS.search(name):
        return True
    return _GENERAL_TAIL.search(bare) is not None and len(bare) > 2


def ends_like_unit(name: str) -> bool:
    """Tell whether `name` ends as the name of a unit, a place or, after 各 or 有关, a general noun does."""
    return own_unit(name) is not None or _ends_like_unit(name)


@lru_cache(maxsize=20_000)
def _ends_like_unit(name: str) -> bool:
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
    local = (name for names in local_names().values() for name in names)
    return frozenset(name for name in (*national_names(), *local, *bank_names()) if "{" not in name)

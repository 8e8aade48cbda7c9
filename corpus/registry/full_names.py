"""Full names of units: 市发改委 in a paper of 汉中市 is 汉中市发展和改革委员会.

Each rule takes the bare name and says the full name, or None; the first that speaks decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from corpus.registry.home import LEVEL_MARKS, Home, Place, home_of
from corpus.registry.regions import find_region
from corpus.registry.unit_tables import bank_names, branches, local_name, name_on, national_names

_BRACKETS = re.compile(r"[（(〔［\[【〈<][^（(〔［\[【〈<）)〕］\]】〉>]*[）)〕］\]】〉>]")
_PREFIX_END = re.compile(f"自治区|街道|[{LEVEL_MARKS}]")
_COMPANY = re.compile(
    r".{3,}(?:有限责任公司|有限公司|集团公司|股份公司)|国网.+公司|.{2,}(?:农村)?商业银行|.+信用社"
)
_BRANCH = re.compile(r".*(?:行|公司|营业部|管理部|社)")
_BODY = re.compile(
    r".{2,}(?:领导小组|指挥部|联席会议|协调小组|议事协调机构|工作专班)(?:办公室)?|.{2,}委员会办公室"
)
_INSTITUTION = re.compile(r".{0,8}(?:大学|学院|医院|学校|博物馆|图书馆|研究院|研究所)")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,5}(?:镇|乡|街道)")
_ZONE = re.compile(r".*(?:经济技术开发区|高新技术产业开发区|综合保税区|自由贸易试验区)")
_OFFICES = ("市委", "县委", "区委", "省委", "州委", "盟委", "旗委")

Rule = Callable[[str, Home, "date | None"], str | None]


def full_name(name: str, region: str | None = None, on: date | None = None) -> str | None:
    """Return the full name of a single unit as it was on a day; None when no table and no ending tells.

    Args:
        name: as written; brackets, quotes and white space in it are skipped.
        region: the place that the document governs.
        on: the date of the document; None for today's names.
    """
    bare = bare_name(name)
    home = home_of(region)
    return next((full for rule in RULES if (full := rule(bare, home, on)) is not None), None)


def bare_name(name: str) -> str:
    """Return a name without white space, brackets and quotes."""
    return _BRACKETS.sub("", re.sub(r"\s", "", name)).strip("“”‘’\"'《》")


def national(bare: str, home: Home, on: date | None) -> str | None:
    """Read 国家发改委, 工信部. What a local unit is called too (统计局) is local in a local paper."""
    full = national_names().get(bare)
    if full is None or (home.name and bare != full and local_name(bare, home.place.level)):
        return None
    return name_on(full, on)


def local(bare: str, home: Home, on: date | None) -> str | None:
    """Read 市发改委, 汉中市发改委, 发改委: a place, its level or nothing, and a name of the tables."""
    for end in [0, *(match.end() for match in _PREFIX_END.finditer(bare))]:
        place = home.place_of(bare[:end])
        full = local_name(bare[end:], place.level)
        if full is not None and not (end == 0 and len(bare) < 2):
            return _placed(name_on(full, on), place, bare)
    return None


def branch(bare: str, home: Home, on: date | None) -> str | None:
    """Read names with their place in the middle: 人行汉中中支, 团市委, 国家税务总局汉中市税务局."""
    for known in branches():
        if not (bare.startswith(known.head) and bare.endswith(known.tail)):
            continue
        middle = bare[len(known.head) : len(bare) - len(known.tail)]
        place = _middle_place(middle, home)
        if place is not None:
            return _placed(name_on(known.name, on), place, bare)
    return None


def bank(bare: str, home: Home, on: date | None) -> str | None:
    """Read banks by the names of daily use, with what names the branch: 工行汉中分行."""
    for alias, full in bank_names().items():
        if bare == alias or (bare.startswith(alias) and _BRANCH.fullmatch(bare[len(alias) :])):
            return full + bare[len(alias) :]
    return None


def company(bare: str, home: Home, on: date | None) -> str | None:
    """Take names that end as registered firms do for full names."""
    return bare if _COMPANY.fullmatch(bare) and bare[0] not in "省市县区州" else None


def area(bare: str, home: Home, on: date | None) -> str | None:
    """Read a place as the body that governs it: 城固县, 栖霞镇, 柳林街道, 高新区."""
    if _TOWNSHIP.fullmatch(bare):
        return bare + ("办事处" if bare.endswith("街道") else "人民政府")
    place = home.place_of(bare) if len(bare) > 2 else Place("", "")
    if _ZONE.fullmatch(place.name):
        return place.name + "管理委员会"
    return place.name + "人民政府" if find_region(bare) and place.level and bare[-1] in LEVEL_MARKS else None


def managed(bare: str, home: Home, on: date | None) -> str | None:
    """Read 管委会 of areas that are no divisions: 栖霞港区管委会, 高新区管委会."""
    for end in ("管委会", "管理委员会"):
        if bare.endswith(end) and len(bare) > len(end) + 1:
            return home.place_of(bare.removesuffix(end)).name + "管理委员会"
    return None


def body(bare: str, home: Home, on: date | None) -> str | None:
    """Read bodies and institutions by their endings, with the place for its level: 市防汛抗旱指挥部."""
    if not (_BODY.fullmatch(bare) or _INSTITUTION.fullmatch(bare)):
        return None
    if bare[0] in LEVEL_MARKS and not bare.startswith(_OFFICES):
        return home.place_of(bare[0]).name + bare[1:]
    return bare if _PREFIX_END.search(bare) else None


RULES: tuple[Rule, ...] = (national, branch, local, bank, managed, area, company, body)


def _middle_place(middle: str, home: Home) -> Place | None:
    """Return the place between head and tail of a branch, None for other words."""
    if middle in LEVEL_MARKS and middle:
        return home.place_of(middle)
    region = find_region(middle) if 2 <= len(middle) <= 12 else None
    if region is not None:
        return home.place_of(region.name)
    known = 2 <= len(middle) <= 8 and home.name.startswith(middle)
    return home.place if known else (home.place_of(middle) if _ends_as_place(middle) else None)


def _ends_as_place(words: str) -> bool:
    return 3 <= len(words) <= 8 and words[-1] in LEVEL_MARKS


def _placed(full: str, place: Place, written: str) -> str:
    """Return a full name with its place; as written where the name needs a place that nobody tells."""
    if "{" not in full:
        return place.name + full
    if not place.told:
        return written
    return full.replace("{}", place.name).replace("{short}", place.short)

"""The place of a document, by which its short names are read: 市发改委 in a paper of 汉中市."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.registry.regions import Region, chain, find_region

LEVEL_MARKS = "省市县区州盟旗镇乡"
_NATIONWIDE = frozenset({"", "全国", "国家", "中国", "中华人民共和国"})
_LEVEL_NAMES = {"省": "province", "市": "city", "县": "county"}
_LEVELS_BY_END = {
    **dict.fromkeys("省", "province"),
    **dict.fromkeys("市州盟", "city"),
    **dict.fromkeys("县区旗", "county"),
    **dict.fromkeys("镇乡", "township"),
}
_SHORT = re.compile(r"(?P<short>.{2,}?)(?:(?:.{1,4}族)+自治[州县区旗]|自治区|地区|[省市县区州盟旗])")
_ZONES = {
    "经开区": "经济技术开发区",
    "高新区": "高新技术产业开发区",
    "综保区": "综合保税区",
    "自贸区": "自由贸易试验区",
}
_ZONE = re.compile(rf"(?P<before>.*?)(?P<zone>{'|'.join(_ZONES)})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands in the name of a unit."""

    name: str
    """In full; "" for none, a mark of level such as 市 where the document does not tell which."""
    level: str
    """province, city, county, township, street, or "" where nobody knows."""

    @property
    def told(self) -> bool:
        """Tell whether it is the name of a place and no mark of level."""
        return len(self.name) > 1 and self.name != "自治区"

    @property
    def short(self) -> str:
        """The name without 市, 县 …: 汉中."""
        match = _SHORT.fullmatch(self.name)
        return match["short"] if match else self.name


@dataclass(frozen=True, slots=True)
class Home:
    """The place that a document governs, with those above it."""

    name: str
    """In full where the registry knows it, else as written; "" for the whole country or none."""
    above: tuple[Region, ...]
    """Itself and the places above, innermost first; () where the registry does not know it."""

    @property
    def place(self) -> Place:
        """Return the place for names without any: 发改委."""
        return Place(self.name, self._level()) if self.name else Place("", "")

    def place_of(self, prefix: str) -> Place:
        """Return the place that the beginning of a unit's name means: 市, 汉中市, 陕西省汉中市, 经开区."""
        if not prefix:
            return self.place
        if zone := _ZONE.fullmatch(prefix):
            before = self.place_of(zone["before"])
            return Place(before.name + _ZONES[zone["zone"]], "")
        if prefix in LEVEL_MARKS or prefix == "自治区":
            return self._at_level(prefix)
        if prefix.endswith("街道"):
            return Place(prefix, "street")
        region = find_region(prefix)
        if region is not None and region.name[-1] == prefix[-1]:
            return _place(region)
        return Place(prefix, _LEVELS_BY_END.get(prefix[-1], ""))

    def _at_level(self, mark: str) -> Place:
        """Return itself or the place above that bears a mark of level in its name."""
        if self.name.endswith(mark):
            return self.place
        found = next((region for region in self.above if region.name.endswith(mark)), None)
        return _place(found) if found else Place(mark, _LEVELS_BY_END.get(mark, ""))

    def _level(self) -> str:
        return _LEVEL_NAMES[self.above[0].level] if self.above else _LEVELS_BY_END.get(self.name[-1], "")


@lru_cache(maxsize=1000)
def home_of(region: str | None) -> Home:
    """Return the place that a document's header names; that of no place for None."""
    words = "".join((region or "").split())
    if words in _NATIONWIDE:
        return Home("", ())
    above = chain(words)
    return Home(above[0].name if above else words, above)


def _place(region: Region) -> Place:
    return Place(region.name, _LEVEL_NAMES[region.level])

"""The place that a document governs, and the level of government."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import takewhile

from corpus.registry.regions import Mention, Region, find_region, regions_in
from corpus.registry.tables import any_of
from ingest.headfacts.head import Head
from ingest.headfacts.titles import issued_name
from ingest.wordlists import any_word

ORGANS = ("人民政府", "政府", "委", "行政区域", "安全生产委员会", "生态", "防汛")
MENTIONS = 3
MOSTLY = 0.6
"""A text that does not speak of itself is about a place that it names so often, in this share of cases."""
BODY_LENGTH = 6000
"""Places are looked for in so many code points of the body."""

_ENDINGS = {
    "省": "省", "自治区": "省", "市": "市", "自治州": "市", "州": "市", "盟": "市", "地区": "市",
    "县": "县", "区": "县", "旗": "县", "镇": "乡", "乡": "乡", "街道": "乡",
}  # fmt: skip
_UNKNOWN = re.compile(
    r"^(?:中共|共青团)?(?P<name>[\u4e00-\u9fff]{1,6}?(?:自治县|自治州|省|市|州|盟|县|区|旗|镇|乡))"
)
_GOVERNS = re.compile(r"人民政府|委|政府|政协|人大|纪委|党委|\d{4}年")
_NO_PLACE = re.compile(
    r"^(?:自治区|自治州|自治县|印发|更好|关于|推进|加快|深化|促进|建设|提升|优化|落实|加强|开展|实施|进一步|做好|贯彻|当好|在|全|各|我|本|该|省|市|县|区|城)"
    r"|(?:城市|都市|超市|地区|园区|社区|景区|片区|示范区|新区|库区|小区|灾区|城区|辖区|城镇|县区|乡镇|城乡|市县)$"
)
_BEFORE_PLACE = re.compile(
    r"^(?:关于|中共|共青团|国家税务总局|中国人民银行|国家金融监督管理总局|中国(?=[（(]))[（(]?"
)
_PLACEHOLDER = re.compile(r"[xX×＊*]{2,3}[省市县区镇乡]")
_SELF = re.compile(r"[我全](?P<level>[省市州县区旗镇乡])")
_SUBDIVIDED = re.compile(
    r"各(?:县|区县|旗县)|县（[^（）]*[区市][^（）]*）|县\([^()]*[区市][^()]*\)|区县（市）|各市县"
)
_LEVELS = {"省": "省", "市": "市", "州": "市", "县": "县", "区": "县", "旗": "县", "镇": "乡", "乡": "乡"}


def find_place(title: str | None, issuer: str | None, head: Head) -> str | None:
    """Return the place that the document governs, as written; None for the whole country or no place."""
    if _is_national(issuer or title or ""):
        return None
    for name in _namings(title, issuer, head):
        place = _leading_place(name, head)
        if place:
            return place
    return _place_in_body(head)


def _namings(title: str | None, issuer: str | None, head: Head) -> list[str]:
    """Return the names that begin with the place, the most telling first."""
    names = [
        issued_name(title, head) if title else "",
        "".join(head.issued),
        *(issuer or "").split(),
        title or "",
    ]
    names += [head.clues.publisher, head.clues.issuer, head.clues.site]
    return [_BEFORE_PLACE.sub("", name) for name in names if name]


def _is_national(name: str) -> bool:
    """Tell whether a name begins with a body of the whole country that is no branch in some place."""
    return bool(_national().match(name.removeprefix("中共"))) and not regions_in(name[:30])


def _leading_place(name: str, head: Head) -> str | None:
    """Return the innermost of the places with which a name begins: 镇安县 of 陕西省商洛市镇安县."""
    known = _leading(regions_in(name[:40]))
    if known:
        span = known[-1].span
        written = span.of(name)
        return (
            written
            if find_region(written) is None or written[-1] in "省市县区州盟旗"
            else known[-1].region.name
        )
    found = _UNKNOWN.match(name)
    if not found or _NO_PLACE.search(found["name"]):
        return None
    governs = _GOVERNS.match(name, found.end()) or _is_spoken_of(found["name"], head)
    return found["name"] if governs else None


def _is_spoken_of(name: str, head: Head) -> bool:
    """Tell whether the text or its signature knows a government or committee of that name."""
    known = re.compile(re.escape(name) + any_of(ORGANS))
    return any(known.search(line) for line in (*head.signature, *head.marks, *head.body))


def _leading(mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return the mentions that stand one after another from the beginning."""
    ends = [0, *(mention.span.end for mention in mentions)]
    pairs = takewhile(lambda pair: pair[0].span.start == pair[1], zip(mentions, ends, strict=False))
    return [mention for mention, _ in pairs]


def _place_in_body(head: Head) -> str | None:
    """Return the place that the body names most at the level at which it speaks of itself (我县)."""
    body = "\n".join(head.body)[:BODY_LENGTH]
    level = _own_level(body)
    full = [mention for mention in regions_in(body) if mention.span.of(body) == mention.region.name]
    if level is None:
        return _dominant([mention.region.name for mention in full])
    found = Counter(mention.region.name for mention in full if _speaks_of_itself_as(mention.region, level))
    found.update(place for place in _PLACEHOLDER.findall(body) if _LEVELS[place[-1]] == level)
    return found.most_common(1)[0][0] if found else None


def _speaks_of_itself_as(region: Region, level: str) -> bool:
    """Tell whether a place calls itself by a level: 我市 is said in 直辖市 as well."""
    return region.level == level or (level == "市" and region.level == "省" and region.name.endswith("市"))


def _dominant(names: list[str]) -> str | None:
    """Return the place of which nearly all the text speaks, None for several."""
    counted = Counter(names).most_common(1)
    if not counted or counted[0][1] < MENTIONS:
        return None
    return counted[0][0] if counted[0][1] >= MOSTLY * len(names) else None


def _own_level(body: str) -> str | None:
    said = Counter(_LEVELS[found["level"]] for found in _SELF.finditer(body))
    return said.most_common(1)[0][0] if said else None


def find_level(title: str | None, issuer: str | None, region: str | None, head: Head) -> str | None:
    """Return 国家, 省, 市, 县, 乡 or 单位; None where nothing tells."""
    first = (issuer or title or "").removeprefix("中共")
    if region is None:
        if _is_national(first):
            return "国家"
        return _own_level("\n".join(head.body)[:BODY_LENGTH]) or ("单位" if issuer else None)
    by_ending = next(
        (_ENDINGS[end] for end in sorted(_ENDINGS, key=len, reverse=True) if region.endswith(end)), None
    )
    known = find_region(region)
    if known is None or known.level == by_ending:
        return by_ending or (known.level if known else None)
    divided = (
        known.level == "县" and by_ending == "市" and _SUBDIVIDED.search("\n".join(head.body)[:BODY_LENGTH])
    )
    return "市" if divided else known.level


@cache
def _national() -> re.Pattern[str]:
    return re.compile(any_word("national_bodies"))

"""Unit grammar: cuts a list of units into its members, as written.

市发改委（审改办、大数据局） is one unit, 各市〔州〕、县〔市、区〕人民政府 is one group. The tail of
市财政局等部门 is dropped, while 市财政局等部门及各县区 keeps the group. The names say nothing about roles; a
role that a mark gives to one name (市住建局（牵头）) is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.registry.tables import any_of, column
from corpus.registry.units import canonical_unit, ends_like_place, ends_like_unit, is_general, is_group
from corpus.spans import Span
from ingest.extract.brackets import outside

_SEPARATOR = re.compile(r"[、，,；;。|+＋]|(?<=[局委办部厅院会司府心队）)〕])[/／]|[\t\n]+")
_SPACES = re.compile(r"[  　]+")
_CONJUNCTION = re.compile(r"以及|及(?!时|其(?!他|余))|和(?!平|田|县|静|硕|顺|林格尔)|与")
_EACH = re.compile("(?:[省市县区州盟旗][级直])?各(?!自)")
_EACH_BEFORE = re.compile(r"各.*(?:[省市州盟县区旗乡镇级地]|地区|街道|部门|单位)$")
_LEVEL_AGAIN = re.compile(r"(?<=[局委办厅部院会])(?=[省市县区州]|团[省市县区州]委)")
_LEADING = re.compile(
    r"(?:以及|及(?!时)|和(?!平|田|县|静|硕|顺|林格尔|布克|龙)|与|暨|[:：;；,，、。．.\s—\-]|由(?!于)|请|其中"
    r"|各?[（(]?以[上下](?:各项)?(?:任务|工作|事项|措施)(?:均|都)?(?:由|需|须)?|(?:[一二三四五六七八九]是|\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])"
    r"|此?项工作由)+"
)
_BY = re.compile(r"(?<![自理缘事])由")
_TRAILING = re.compile(r"[\s,，;；:：。．.、]+$|等$|[（(〔［\[【〈]\s*$")
_AND_OTHERS = re.compile(r"(?<=.)(?<![高平同中初均对劣优何])等(?![级次待候额同分])")
_PLACES = re.compile(r"等(?:[省市县区州旗地]|县区|市县|地区)(?:人民)?(?:政府|管委会)$")
_LONGEST_PLACE = 5
_MARK = re.compile(r"^[★☆*＊▲△●■]+|[★☆*＊▲△●■]+$")
_MARK_BRACKET = re.compile(
    r"[（(〔［\[【]\s*(?P<word>(?:总)?牵头(?:单位|部门)?|主责(?:单位|部门)?|主办(?:单位)?|(?:主要)?责任单位|负责|配合(?:单位)?"
    r"|协办(?:单位)?|协助|参与|督导(?:单位)?|监督|验收|督办)\s*[）)〕］\]】]$"
)
_DEFINITION = re.compile(
    r"[（(〔［\[【]\s*(?:以下|下)?(?:均?简称|统称|下同|排名不分先后|加挂)[^（）()〔〕]*[）)〕］\]】]$"
)
_NO_UNIT = re.compile(
    r"^等(?![级保])|^(?:\d+|[一二三四五六七八九十]+)[年月]|[年月季]度?底|底前|前完成|^(?:持续|长期|常态|立行|立即|即知|适时|定期|全年|年内|每[年季月周])"
    r"|^下同|不再列出|^排名不分|为牵头|^[\d\s—-]+$|^(?:完成|推进|落实)$|^按进度|^自.{0,8}之日"
    r"|(?:工作|机制|水平|力度|形式|制度|措施|内容|情况|标准化|培训|检查|审核|率|要求|方式|通道|优惠|期限|施行)$"
)
_PREDICATE = re.compile(any_of(column("ingest.extract.words", "predicates.tsv", "word")))
_SHORTEST_SENTENCE = 8
_LEVEL = (
    r"(?:设区市|地市|自治州|自治县|自治旗|苏木|嘎查|街道|社区|林区|特区|新区|开发区(?=[）)〕\]、])"
    r"|[省市州盟县区旗乡镇村])"
)
_LEVEL_BRACKET = rf"[（(〔［\[【]{_LEVEL}(?:[、，,和]?{_LEVEL})*[）)〕］\]】]"
_BARE_LEVELS = re.compile(rf"各?(?:有关|相关)?(?:{_LEVEL}|{_LEVEL_BRACKET})+")
_SINGLE_LEVEL = re.compile(r"[中央国省市州盟县区旗乡镇村]|国家|中央|自治区")
_LEVEL_CONTINUES = re.compile(
    rf"(?:{_LEVEL}+{_LEVEL_BRACKET}|(?:{_LEVEL}|{_LEVEL_BRACKET})+级?(?:人民政府|政府|党委|党工委|管委|[两二三四五]级|$))"
)
_PARTY = re.compile("(?:党委|党工委|[省市县区州旗]委)$")
_GOVERNMENT = re.compile(
    r"(?:人民)?政府$|(?:人民)?政府[（(]管委会[）)]$|管委会$|行政$"
    r"|[省市县区州]?(?:人民)?政府(?:分管|主要|有关|联系)?(?:负责)?(?:领导|同志)$"
)
_ALL = re.compile("各(?!级)|全[省市县区州旗](?!性)|有关|相关|(?:[省市县区州]|国|央)(?:属|管)")
_TRADES = frozenset(["供电", "供水", "供气", "供热", "燃气", "水务", "电信", "通信", "电力", "热力", "铁路"])
_SHARED_NOUN = re.compile("^[^各]{0,6}(?:企业|公司|单位|机构|运营商|学校|医院|院校|银行|部门)$")
_SHARED_NOUN_END = re.compile("(?:企业|公司|单位|机构|部门)$")
_OPENING = "（(〔［[【〈"
_CLOSING = "）)〕］]】〉"
_ROLE_WITHOUT_NOUN = re.compile(r"^各(?:项|有关|相关)?(?:任务|工作)?(?:牵头|责任|配合|主责|主管|成员)$")
_STARTS_WITH_LEVEL = re.compile(rf"{_LEVEL}|各?[两二三四五]级")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A member of a list of units."""

    span: Span
    """Its name as written, without marks and tails."""
    group: bool = False
    """True for a name that stands for several units."""
    mark: str = ""
    """The word or sign that a mark attaches to this name: 牵头, ★; else ""."""


def split_units(text: str, span: Span) -> tuple[UnitName, ...]:
    """Return the units that the list at `span` names, in order; empty for a list without names."""
    return tuple(_shifted(name, span.start) for name in _split(span.of(text)))


@lru_cache(maxsize=4096)
def _split(words: str) -> tuple[UnitName, ...]:
    """Return the units of a list by its words; the lists of one plan are often the same."""
    pieces = _pieces(words, Span(0, len(words)))
    names = ((piece, _name(piece.of(words))) for piece in pieces)
    return tuple(_shifted(name, piece.start) for piece, name in names if name is not None)


def _shifted(name: UnitName, by: int) -> UnitName:
    """Return a name as it stands in a longer text."""
    return UnitName(name.span.shift(by), name.group, name.mark) if by else name


def _pieces(text: str, span: Span) -> list[Span]:
    """Return the members of the list with all their marks and tails."""
    cut = [part for piece in _cut(text, span) for part in _cut_conjunctions(text, piece)]
    return _join(text, cut)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut at the separators that stand outside brackets and quotation marks."""
    start = span.start
    for part in outside(text, span):
        for match in _SEPARATOR.finditer(text, part.start, part.end):
            yield Span(start, match.start())
            start = match.end()
        for match in _SPACES.finditer(text, max(start, part.start), part.end):
            if ends_like_unit(text[start : match.start()]):
                yield Span(start, match.start())
                start = match.end()
    yield Span(start, max(start, span.end))


def _cut_conjunctions(text: str, span: Span) -> Iterator[Span]:
    """Cut where 和, 与 or 及 stands between two units; a 和 inside 发展和改革委员会 does not."""
    start = span.start
    for part in outside(text, span):
        for match in _CONJUNCTION.finditer(text, part.start, part.end):
            left, right = text[start : match.start()], text[match.end() : span.end]
            each = right.startswith("各") and _SHARED_NOUN_END.search(left) is not None
            if (each or _stands_alone(left)) and right.strip() and not is_general(right):
                yield Span(start, match.start())
                start = match.end()
        for match in _LEVEL_AGAIN.finditer(text, max(start, part.start), part.end):
            if _are_run_together(text[start : match.start()], text[match.start() : span.end]):
                yield Span(start, match.start())
                start = match.start()
        for match in _EACH.finditer(text, max(start, part.start), part.end):
            if _EACH_BEFORE.match(text[start : match.start()].strip()):
                yield Span(start, match.start())
                start = match.start()
    yield Span(start, span.end)


def _are_run_together(left: str, right: str) -> bool:
    """Tell whether two names stand side by side without a mark: 市水利局市财政局, 县水利局团县委."""
    left, level = left.strip(), right.removeprefix("团")[:1]
    return canonical_unit(left) is not None and ends_like_unit(right) and left[0] == level


def _stands_alone(name: str) -> bool:
    """Tell whether the words before a conjunction name units by themselves."""
    name = name.strip()
    if _AND_OTHERS.search(name):
        return True
    return (ends_like_unit(name) and not name.endswith("村")) or _BARE_LEVELS.fullmatch(name) is not None


def _join(text: str, pieces: list[Span]) -> list[Span]:
    """Put together what shares one ending or one beginning: 各市、县（区）人民政府, 有关部门、单位."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and _belongs(joined[-1].of(text).strip(), piece.of(text).strip()):
            joined[-1] = Span(joined[-1].start, piece.end)
        elif piece.of(text).strip():
            start = _places_before(text, joined) if _PLACES.search(piece.of(text)) else None
            while start is not None and joined and joined[-1].start >= start:
                joined.pop()
            joined.append(piece if start is None else Span(start, piece.end))
    return joined


def _places_before(text: str, pieces: list[Span]) -> int | None:
    """Return where the places begin that share an ending with what follows: 广州、深圳、东莞等市人民政府."""
    start = None
    for piece in reversed(pieces):
        words = piece.of(text)
        if len(words) > _LONGEST_PLACE or (ends_like_unit(words) and not ends_like_place(words)):
            break
        start = piece.start
    return start


def _belongs(before: str, piece: str) -> bool:
    """Tell whether a piece is no name of its own but the rest of the name before it."""
    if is_general(piece) and piece != "各部门":
        return is_group(before) or before.endswith("部门") or "等" in before
    last = re.split(r"[、，,]", before)[-1].lstrip("由请")
    if _ROLE_WITHOUT_NOUN.search(last):
        return True
    if _PARTY.search(last) and _GOVERNMENT.match(piece):
        return True
    if _awaits_noun(before.lstrip("由请")):
        return piece in _TRADES or not ends_like_unit(piece) or _SHARED_NOUN.search(piece) is not None
    if _SINGLE_LEVEL.fullmatch(last):
        return _STARTS_WITH_LEVEL.match(piece) is not None
    if not _BARE_LEVELS.fullmatch(before.lstrip("由请")) and not _BARE_LEVELS.fullmatch(last):
        return False
    return _LEVEL_CONTINUES.match(piece) is not None


def _awaits_noun(name: str) -> bool:
    """Tell whether members such as 各供水 or 全市供电、供气 share a noun further on (燃气企业)."""
    head = _ALL.match(name)
    rest = re.split("[、，,]", name[head.end() :]) if head else []
    return bool(rest) and all(
        item in _TRADES or (2 <= len(item) <= 4 and not (ends_like_unit(item) or _SHARED_NOUN.search(item)))
        for item in rest
    )


@lru_cache(maxsize=8192)
def _name(text: str) -> UnitName | None:
    """Take marks, tails and lead-in words off a piece; None when nothing is left."""
    span = _strip(text, _without_others(text, _without_lead_in(text, Span(0, len(text)))))
    mark = ""
    if found := _MARK_BRACKET.search(text, span.start, span.end):
        mark, span = found["word"], Span(span.start, found.start())
    while found := _DEFINITION.search(text, span.start, span.end):
        span = Span(span.start, found.start())
    if found := _MARK.search(span.of(text)):
        mark = found.group()[0]
        kept = span.start + found.end() if found.start() == 0 else span.start
        span = Span(kept, span.end if found.start() == 0 else span.start + found.start())
    span = _without_predicate(text, _strip(text, span))
    if not span or is_general(span.of(text)) or _NO_UNIT.search(span.of(text)):
        return None
    words = span.of(text)
    return UnitName(span, is_group(words) or _PLACES.search(words) is not None, mark)


def _without_predicate(text: str, span: Span) -> Span:
    """Drop what a unit does from a name that runs on: 各县政府做好…, unless the words end like a unit."""
    words = span.of(text)
    if len(span) < _SHORTEST_SENTENCE or ends_like_unit(words) or _SHARED_NOUN_END.search(words):
        return span
    for match in _PREDICATE.finditer(text, span.start + 2, span.end):
        if ends_like_unit(text[span.start : match.start()]):
            return Span(span.start, match.start())
    return span


def _without_lead_in(text: str, piece: Span) -> Span:
    """Drop words such as 由, 以上任务由 or 以及 before a name."""
    start = piece.start
    for part in outside(text, piece):
        for match in _BY.finditer(text, part.start, part.end):
            start = match.end()
    leading = _LEADING.match(text, start, piece.end)
    return Span(leading.end() if leading else start, piece.end)


def _without_others(text: str, piece: Span) -> Span:
    """Drop the tail of an enumeration: 等, 等有关部门, 等12个单位."""
    for part in outside(text, piece):
        match = _AND_OTHERS.search(text, part.start, part.end)
        if match and match.start() > piece.start and not _PLACES.match(text, match.start(), piece.end):
            return Span(piece.start, match.start())
    return piece


def _has_opening(text: str, span: Span) -> bool:
    """Tell whether the bracket that ends a name was opened in it."""
    words = span.of(text)
    return sum(map(words.count, _OPENING)) >= sum(map(words.count, _CLOSING))


def _opens_in_vain(text: str, span: Span) -> bool:
    """Tell whether a name begins with a bracket that is not closed in it."""
    words = span.of(text)
    return words[0] in _OPENING and sum(map(words.count, _OPENING)) > sum(map(words.count, _CLOSING))


def _strip(text: str, span: Span) -> Span:
    """Drop white space and stray punctuation at both ends."""
    start, end = span.start, span.end
    while found := _TRAILING.search(text, start, end):
        end = found.start()
    while end > start and text[end - 1] in _CLOSING and not _has_opening(text, Span(start, end)):
        end -= 1
    while start < end and (text[start] in " 　\t\n" or _opens_in_vain(text, Span(start, end))):
        start += 1
    return Span(start, max(start, end))

"""Numeric targets: 不少于8场, 93%以上, 151.52万亩, and the placeholders xx of a template.

A quantity is a target when it is what the text wants to be reached. Names (15分钟服务圈), conditions
(5亿元以上企业), rates of support (给予20万元补助), starting points (由30个工作日压缩至…) and limits counted
from an event are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.registry.tables import read_table
from corpus.spans import Span
from corpus.task import Indicator
from ingest.extract.durations import find_durations
from ingest.extract.numerals import number
from ingest.extract.patterns import any_of, words_of

_KINDS = {row["word"]: row["kind"] for row in read_table("ingest.extract.words", "measure_words.tsv")}
_UNIT = any_of(_KINDS)
_FIGURES = r"[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,6})?"
_BLANK = r"(?:[xX×Ｘｘ]{1,4}|[_＿]{2,8})"
_HAN = r"[一二两三四五六七八九十百]{1,4}"
_OPS_BEFORE = {
    **dict.fromkeys(("不低于", "不少于", "不得少于", "不得低于", "不小于", "至少", "≥"), ">="),
    **dict.fromkeys(("不超过", "不得超过", "不高于", "不多于", "不大于", "≤"), "<="),
    **dict.fromkeys(("超过", "高于", "大于", "多于", "＞", ">"), ">"),
    **dict.fromkeys(("低于", "少于", "小于", "＜", "<"), "<"),
}
_OPS_AFTER = {
    **dict.fromkeys(("以上", "及以上"), ">="),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
}
_AFTER = rf"(?:{any_of(_OPS_AFTER)}(?:（含）)?(?<!内)|{any_of(_OPS_AFTER)}(?![部容外涵设]))"
_QUANTITY = re.compile(
    rf"(?P<before>{any_of(_OPS_BEFORE)}|前(?=[0-9.]{{1,5}}[%％]))?[ \u3000]?"
    rf"(?:(?<![0-9０-９.．,a-zA-Z第+\-×*/])(?P<figures>{_FIGURES})|(?<![a-zA-Z])(?P<blank>{_BLANK})"
    rf"|(?<![一二两三四五六七八九十百千万亿第几数])(?P<han>{_HAN}))"
    rf"(?:[ ]?(?:[-－—–~～]|至)[ ]?(?P<max>{_FIGURES}))?[ ]?"
    rf"(?P<about>余|多|几)?(?P<scale>[万亿千百]{{0,2}})(?P<about_scaled>余|多)?[ ]?"
    rf"(?P<unit>{_UNIT})(?P<after>{_AFTER})?"
)
_SHARING = re.compile(rf"(?<![0-9.])(?P<figures>{_FIGURES})[、和](?=(?P<next>{_FIGURES})(?P<unit>[万亿]?{_UNIT}))")
_QUOTED = re.compile(r"《[^《》\n]{0,120}》|“[^“”\n]{1,30}”|\"[^\"\n]{1,30}\"|‘[^‘’\n]{1,30}’|【[^【】\n]{1,30}】")


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with its unit, before it is decided whether it is a target."""

    span: Span
    value: float | None
    unit: str
    kind: str
    op: str
    max: float | None
    han: bool
    """True for a Chinese numeral."""
    compared: bool
    """True when it has words such as 不少于 or 以上."""


def find_indicators(text: str, span: Span) -> tuple[Indicator, ...]:
    """Return the numeric targets within `span`, in text order; empty when there is none."""
    counted = [item.span for item in find_durations(text, span) if item.event]
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text, span.start, span.end)]
    return tuple(
        Indicator(text[item.span.start : item.span.end], item.span, item.value, item.unit, item.op, item.max)
        for item in _quantities(text, span)
        if not any(stretch.overlaps(item.span) for stretch in counted)
        and not any(stretch.contains(item.span) for stretch in quoted)
        and _is_target(text, item, span)
    )


def _quantities(text: str, span: Span) -> Iterator[_Quantity]:
    """Yield every number with a unit, and the numbers before it that share the unit (2.5、5个工作日)."""
    shared = {match.start(): match for match in _SHARING.finditer(text, span.start, span.end)}
    for position in sorted(shared):
        match = shared[position]
        unit = match["unit"]
        own = Span(match.start("figures"), match.end("figures"))
        yield _Quantity(own, number(match["figures"]), unit, _kind(unit), "=", None, False, False)
    for match in _QUANTITY.finditer(text, span.start, span.end):
        yield _quantity(match)


def _kind(unit: str) -> str:
    return _KINDS.get(unit) or _KINDS.get(unit.lstrip("万亿千百"), "count")


def _quantity(match: re.Match[str]) -> _Quantity:
    figures = match["figures"] or match["han"]
    before, after = match["before"], (match["after"] or "").removesuffix("（含）")
    about = match["about"] or match["about_scaled"]
    op = _OPS_BEFORE.get(before or "") or _OPS_AFTER.get(after) or ("~" if about else "=")
    unit = match["scale"] + match["unit"]
    start = match.start("before") if before else match.start(_numeral_group(match))
    return _Quantity(
        Span(start, match.end()),
        number(figures) if figures else None,
        "%" if unit == "％" else unit,
        _KINDS[match["unit"]],
        op,
        number(match["max"]) if match["max"] else None,
        match["han"] is not None,
        bool(before or after),
    )


def _numeral_group(match: re.Match[str]) -> str:
    return next(name for name in ("figures", "blank", "han") if match[name] is not None)


# Which quantities are targets

_CLAUSE = re.compile(r"[，,。；;：:！？\n\t（）()]")
_SUPPORT = re.compile(rf"{any_of(words_of('support'))}[^，,。；;\n\t]*$")
_FROM = re.compile(r"(?:由|从|较|比|同比|低于|原来的?|现行的?|法定的?)[^，,。；;、\n\t]{0,12}$")
_THEN = re.compile(r"^[^，,。；;\n\t]{0,8}?(?:压缩|缩短|提高|提升|降低|降至|下降|增加|增至|减少|精简|减至|压减|调整)(?:至|到|为)?")
_NAME_AFTER = re.compile(
    r"^(?:制|圈|网|热线|服务圈|生活圈|办税|便民|办结制|办理制|不打烊|自助|一体|联动|体系|模式|机制|工程|计划|行动|平台|战略|期|年|月|日|号|版|型|类|级|岁)"
)
_NOUN_AFTER = re.compile(r"^(?:的)?[\u4e00-\u9fffA-Za-z]")
_BOUNDED_KINDS = frozenset({"money", "area", "length", "weight", "volume", "power", "index", "time", "rate"})


def _is_target(text: str, item: _Quantity, within: Span) -> bool:
    """Tell whether a quantity is what the text wants to be reached."""
    before = text[max(within.start, item.span.start - 40) : item.span.start]
    after = text[item.span.end : min(within.end, item.span.end + 20)]
    clause = _CLAUSE.split(before)[-1]
    return not (
        _is_support(clause)
        or _is_starting_point(clause, after)
        or _is_condition(item, after)
        or _is_name(item, after)
        or _is_idle_numeral(item, clause)
    )


def _is_support(clause: str) -> bool:
    """Tell whether the quantity says how much is paid, lent or waived: 给予20万元补助."""
    return _SUPPORT.search(clause) is not None


def _is_starting_point(clause: str, after: str) -> bool:
    """Tell whether the quantity is what something is to move away from: 由30个工作日压缩至."""
    return _FROM.search(clause) is not None and _THEN.match(after) is not None


def _is_condition(item: _Quantity, after: str) -> bool:
    """Tell whether the quantity describes what a noun must have: 5亿元以上外贸企业."""
    return item.compared and item.kind in _BOUNDED_KINDS and _NOUN_AFTER.match(after) is not None


def _is_name(item: _Quantity, after: str) -> bool:
    """Tell whether the quantity is a part of a name: 15分钟便民服务圈."""
    return not item.compared and _NAME_AFTER.match(after) is not None


def _is_idle_numeral(item: _Quantity, clause: str) -> bool:
    """Tell whether a Chinese numeral only belongs to the wording: 一个, 两个方面."""
    if not item.han or item.compared:
        return False
    return re.search(r"(?:召开|开展|组织|举办|进行|建设|建成|新建|试行|新增|至少[^，。]{0,8})$", clause) is None

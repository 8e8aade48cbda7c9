"""Numeric targets: 不少于8场, 93%以上, 151.52万亩, and the placeholders xx of a template.

A quantity is a target when it is what the text wants to be reached. Names (15分钟服务圈), conditions
(5亿元以上企业), rates of support (给予20万元补助), starting points (由30个工作日压缩至…) and limits counted
from an event are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from corpus.task import Indicator
from ingest.extract.durations import find_durations
from ingest.extract.numerals import number
from ingest.extract.patterns import word_pattern

_KINDS = {row["word"]: row["kind"] for row in read_table("ingest.extract.words", "measure_words.tsv")}
_UNIT = any_of(_KINDS)
_FIGURES = r"[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,6})?"
_BLANK = r"(?:[xX×Ｘｘ]{1,4}|[_＿]{2,8})"
_HAN = r"[一二两三四五六七八九十百]{1,4}"
_OPS_BEFORE = {
    **dict.fromkeys(("不低于", "不少于", "不得少于", "不得低于", "不小于", "至少", "≥"), ">="),
    **dict.fromkeys(("不超过", "不得超过", "不高于", "不多于", "不大于", "≤"), "<="),
    **dict.fromkeys(("超过", "超", "高于", "大于", "多于", "＞", ">"), ">"),
    **dict.fromkeys(("低于", "少于", "小于", "＜", "<"), "<"),
}
_OPS_AFTER = {
    **dict.fromkeys(("以上", "及以上"), ">="),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
}
_AFTER = rf"(?:[（(]含[）)])?{any_of(_OPS_AFTER)}(?<!内(?=[部容外涵设]))"
_QUANTITY = re.compile(
    rf"(?P<before>{any_of(_OPS_BEFORE)}|前(?=[0-9.]{{1,5}}[%％]))?[ \u3000]?"
    rf"(?:(?<![0-9０-９.．a-zA-Z第+\-×*/])(?<![0-9][,，])(?P<figures>{_FIGURES})|(?<![a-zA-Z])(?P<blank>{_BLANK})"
    rf"|(?<![一二两三四五六七八九十百千万亿第几数])(?P<han>{_HAN}))"
    rf"(?:[ ]?(?:[-－—–~～]|至)[ ]?(?P<max>{_FIGURES}))?[ ]?"
    rf"(?P<about>余|多|几)?(?P<scale>[万亿千百]{{0,2}})(?P<about_scaled>余|多)?[ ]?"
    rf"(?P<unit>{_UNIT})(?P<after>{_AFTER})?"
)
_SHARING = re.compile(
    rf"(?<![0-9.])(?P<figures>{_FIGURES})[、和](?=(?P<next>{_FIGURES})(?P<unit>[万亿]?{_UNIT}))"
)
_QUOTED = re.compile(
    r"《[^《》\n]{0,120}》|“[^“”\n]{1,30}”|\"[^\"\n]{1,30}\"|‘[^‘’\n]{1,30}’|【[^【】\n]{1,30}】"
)


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
    before, after = match["before"], re.sub("[（(]含[）)]", "", match["after"] or "")
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
_PAYS = re.compile(
    rf"(?:{word_pattern('support', strength='always')}|每[^，,。；;\n\t]{{1,4}}补[助贴])[^，,。；;\n\t]*$"
    r"|(?:按照?|执行)[^，,。；;\n\t]{0,2}$"
)
_RATED = re.compile(r"按照?(?![期时照]|规定|要求|计划)(?![^，,。；;\n\t]*达)[^，,。；;\n\t]{1,24}$")
_LEVIED = re.compile(
    r"^(?:的)?(?:标准)?(?:比例)?(?:核定|收取|抵扣|给予|执行|计提|缴纳|计算|计征|缓缴|扣除|安排|拨付|支付)"
)
_PRICED = re.compile(rf"{word_pattern('support', strength='plain')}(?!资金)[^，,。；;\n\t]*$")
_STANDING = re.compile(rf"{word_pattern('standing')}[^，,。；;\n\t]{{0,6}}$")
_FROM = re.compile(r"(?:由|从|较|比|原来的?|现行的?|法定的?)[^，,。；;、\n\t]{0,12}$")
_THEN = re.compile(
    r"^[^，,。；;\n\t]{0,8}?(?:压缩|缩短|提高|提升|降低|降至|下降|增加|增至|减少|精简|减至|压减|调整)(?:至|到|为)?"
)
_NAME_AFTER = re.compile(
    r"^[“\"]?(?:制|[^，,。；;\n]{0,4}圈|网|热线|体系|模式|机制|工程|计划|行动|战略|政策|年|月|日|号|版|型|级"
    r"|[^，,。；;\n]{0,3}(?:方案|范围|半径))"
)
_SERVICE_NAME = re.compile(r"^[“\"]?(?:办税|便民|不打烊|自助|服务)")
_NOUN_AFTER = re.compile(r"^(?:的)?[\u4e00-\u9fffA-Za-z]")
_CASE_AFTER = re.compile(r"^(?:的|[，,](?:且|并且|并符合)|(?:、[^，,。；;\n]{1,30})?的[，,])")
_CASE_BEFORE = re.compile(r"^(?:以及|并|凡|如)?(?:对于?|凡|不足|不满|超出)")
_FALLS_SHORT = re.compile(r"(?:未(?!来)|不足|不满|不到)[^，,。；;\n\t]{0,8}$")
_BOUNDED = frozenset({"money", "area", "length", "weight", "volume", "power", "index", "time", "rate"})
_FREQUENCY = re.compile(r"每(?:年|半年|季度|季|月|周|学期|天|日)[^，,。；;\n\t]*$")
_DONE_ONCE = re.compile(r"(?:召开|开展|组织|举办|进行|建设|建成|新建|试行|新增|推出|至少[^，。]{0,8})$")


def _is_target(text: str, item: _Quantity, within: Span) -> bool:
    """Tell whether a quantity is what the text wants to be reached."""
    before = text[max(within.start, item.span.start - 40) : item.span.start]
    after = text[item.span.end : min(within.end, item.span.end + 40)]
    clause = _CLAUSE.split(before)[-1]
    return not (
        _is_support(item, clause, after)
        or _is_given(item, clause)
        or _is_starting_point(clause, after)
        or _is_condition(item, clause, after)
        or _is_name(item, after)
        or _is_idle_numeral(item, clause)
    )


def _is_support(item: _Quantity, clause: str, after: str) -> bool:
    """Tell whether the quantity says how much is paid, lent or waived: 给予20万元补助."""
    if _PAYS.search(clause) or (not item.compared and _PRICED.search(clause)):
        return True
    return item.kind == "share" and bool(_RATED.search(clause) or _LEVIED.match(after))


def _is_given(item: _Quantity, clause: str) -> bool:
    """Tell whether the quantity is what there is already: 依托88个观测点, 24小时, an age."""
    if item.unit in ("岁", "周岁") or (
        item.kind == "time" and item.value in (24, 7) and item.unit in ("小时", "天")
    ):
        return True
    return bool(_STANDING.search(clause) or _FALLS_SHORT.search(clause))


def _is_starting_point(clause: str, after: str) -> bool:
    """Tell whether the quantity is what something is to move away from: 由30个工作日压缩至."""
    return _FROM.search(clause) is not None and _THEN.match(after) is not None


def _is_condition(item: _Quantity, clause: str, after: str) -> bool:
    """Tell whether the quantity describes what a noun must have: 5亿元以上外贸企业, 投诉3次以上的信访件."""
    if re.match(r"^(?:、[^，,。；;\n]{1,30})?的[，,]", after):
        return True
    if item.compared and _CASE_BEFORE.match(clause) and (_CASE_AFTER.match(after) or item.kind in _BOUNDED):
        return True
    if item.kind not in _BOUNDED or not item.compared:
        return False
    return bool(_CASE_AFTER.match(after) or (_NOUN_AFTER.match(after) and not _ends_service(item, after)))


def _ends_service(item: _Quantity, after: str) -> bool:
    """Tell whether a time is the standard of a service: 3个工作日内答复."""
    return (
        item.kind == "time"
        and re.match(r"^(?:的)?(?:办|答|回|完成|审|受理|反馈|出|处|送|响应|解决|拨付|公)", after) is not None
    )


def _is_name(item: _Quantity, after: str) -> bool:
    """Tell whether the quantity is a part of a name: 15分钟便民服务圈."""
    if item.compared:
        return False
    return bool(_NAME_AFTER.match(after) or (item.kind == "time" and _SERVICE_NAME.match(after)))


def _is_idle_numeral(item: _Quantity, clause: str) -> bool:
    """Tell whether a Chinese numeral only belongs to the wording: 一个, 两个方面, 每年召开一次."""
    if not item.han or item.compared:
        return False
    return item.unit == "批" or bool(_FREQUENCY.search(clause)) or _DONE_ONCE.search(clause) is None

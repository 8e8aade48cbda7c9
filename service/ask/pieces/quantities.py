"""The quantities in a sentence that may answer a question: amounts, shares, times, counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus.registry.tables import any_of
from corpus.spans import Span
from service.ask.pieces.bounds import asks_least, asks_most_or_least, suits_bound, suits_measure
from service.ask.pieces.ranges import ranges
from service.ask.pieces.value import Value, squeezed
from service.ask.questions.question import Question, measure_words

_MONEY = ("元", "万元", "亿元", "千元", "百元", "万", "亿")
_TIME = ("工作日", "个工作日", "天", "日", "小时", "个小时", "分钟", "个月", "年", "周", "月", "日内")
_AREA = ("平方米", "平米", "㎡", "亩", "万亩", "公顷", "平方公里", "平方千米")
_SHARE = ("%", "％", "‰", "个百分点", "百分点", "成", "倍")
_MANIFOLD = ("成", "倍")
"""Shares that are asked for by their own names only: 百分之几 is no 2倍."""
_UNITS_ASKED = {"money": _MONEY, "time": _TIME, "area": _AREA, "share": _SHARE}
_FIGURES = r"(?:\d[\d,，]*(?:[.．]\d+)?|[一二两三四五六七八九十百千]+)"
_ASKS_PARTS = re.compile("什么(?:样的?)?比例|比例(?:是|为)?什么|几比几|几[:：]几")
_PARTS_OF = re.compile(
    r"(?<![\d:：∶])\d{1,2}(?:[:：∶]\d{1,2})+(?![\d:：∶])|[一二三四五六七八九]比[一二三四五六七八九]"
)
_RATE_BY_RATE = re.compile(
    r"(?:LPR|贷款市场报价利率)[）)]?[ ]?(?:[-—–－+＋减加][ ]?)\d+(?:\.\d+)?[ ]?(?:BP|个?基点|个?百分点)",
    re.IGNORECASE,
)
_WITHOUT_MEASURE = re.compile("系数|容积率|比值|指数")
_ASKS_CHANGE = re.compile("[从由][^，,。；;多几]{0,6}(?:多少|几)[^，,。；;]{0,10}[到至为成](?:多少|几)")
_FROM = re.compile("[从由][^，,。；;\\d]{0,6}$")
_BECOMES = re.compile("[ ]?[一-龥]{0,6}[到至为]")
_RELATIVE_YEAR = re.compile("[上下同]$")
"""Stands before 一年 where that is a year, not a length of time: 上一年最低工资标准."""
_ONE = ("1", "一")
_ASKS_FEW = re.compile("几[个家项条种类处座]")
"""Asks for a number of few digits: 几个城市 is no 25万个."""
_ASKS_MANY = re.compile("(?<![最每])(?:一共|共|新?筹集|新建|建成|完成|安排|发放)[^，,。]{0,12}多少(?!钱)")
"""Asks how many there are in all, for which one is no answer: 共筹集多少套."""


def quantities(sentence: str, question: Question) -> list[Value]:
    """Return the quantities of the kind asked for, in text order.

    A range is one quantity, unless one of its ends is asked for.
    """
    numbers = list(_quantity(question.counted).finditer(sentence))
    joined = list(_of_ranges(sentence, question, numbers))
    within = {start for _, starts in joined for start in starts}
    found = [value for value, _ in joined]
    if question.asks == "range":
        return found
    if _ASKS_CHANGE.search(question.text):
        return list(_changes(sentence, question, numbers))
    found += [*_ratios(sentence, question), *_single(sentence, question, numbers, within)]
    return sorted(found, key=lambda value: value.span.start)


@cache
def _quantity(counted: str = "") -> re.Pattern[str]:
    """Find quantities; what a question counts is a measure, though no table knows it."""
    plain = {word for word in measure_words() if "/" not in word}  # 2000元/月 is an amount of money
    plain |= {counted} if counted else set()
    units = any_of({*plain, *_MONEY, *_TIME, *_AREA, *_SHARE} - {"月", "万", "亿"})
    return re.compile(
        rf"(?<![\d.．第])(?P<share>百分之)?(?P<figures>{_FIGURES}(?:[-—~～至到]{_FIGURES})?)[ ]?"
        rf"(?P<about>余|多)?(?P<scale>[万亿千百]{{0,2}})[ ]?"
        rf"(?P<unit>(?:个工作日|工作日|个月|{units}))?"
    )


def _of_ranges(
    sentence: str, question: Question, numbers: Sequence[re.Match[str]]
) -> Iterator[tuple[Value, Sequence[int]]]:
    """Yield the ranges of the kind asked for, each with where its numbers begin."""
    for low, high, end in ranges(sentence, numbers):
        of_kind = all(_is_asked(question, item["unit"], item["share"]) for item in (low, high))
        if of_kind and not _is_date(sentence, low):
            yield _of_range(sentence, question, low, high, end), (low.start(), high.start())


def _of_range(sentence: str, question: Question, low: re.Match[str], high: re.Match[str], end: int) -> Value:
    """Return a range as a whole; its last number where the most is asked for, its first for the least."""
    suits = suits_measure(question.text, sentence, high)
    if question.asks == "range" or not asks_most_or_least(question.text):
        span = Span(low.start(), end)
        return Value(squeezed(span.of(sentence)), span, 0.5 + suits)
    meant = low if asks_least(question.text) else high
    return Value(squeezed(meant[0]), Span(*meant.span()), 1.0 + suits)


def _single(
    sentence: str, question: Question, numbers: Sequence[re.Match[str]], within: Collection[int]
) -> Iterator[Value]:
    """Yield the quantities of the kind asked for, without the numbers that begin at `within`."""
    for found in numbers:
        if found.start() in within or not _is_wanted(sentence, question, found):
            continue
        suits = suits_bound(question.text, sentence, found) + suits_measure(question.text, sentence, found)
        suits += _is_bare(found) / 2  # what is asked for without a measure hardly stands elsewhere
        yield Value(squeezed(found[0]), Span(*found.span()), suits)


def _changes(sentence: str, question: Question, numbers: Sequence[re.Match[str]]) -> Iterator[Value]:
    """Yield what was before with what is now, where both are asked for: 从40%调整为30%."""
    for low, high in pairwise(numbers):
        before = _FROM.search(sentence[: low.start()])
        of_kind = all(_is_asked(question, item["unit"] or "", item["share"]) for item in (low, high))
        if before and of_kind and _BECOMES.fullmatch(sentence[low.end() : high.start()]):
            span = Span(before.start(), high.end())
            yield Value(squeezed(span.of(sentence)), span, 1.0)


def _is_wanted(sentence: str, question: Question, found: re.Match[str]) -> bool:
    """Tell whether a number is of the kind asked for and no part of anything else."""
    unit = (found["unit"] or "").strip()
    if _ASKS_FEW.search(question.text) and "万" in found["scale"] and unit not in _MONEY:
        return False
    if squeezed(found[0]) in question.text:
        return False  # the question names it itself: 连续2年被评为A级的
    if found["figures"] in _ONE and _ASKS_MANY.search(question.text) and unit not in _TIME:
        return False
    if found["figures"] == "一" and unit == question.counted and "多少" in question.text:
        return False  # 一套政策
    if _is_bare(found) and not _is_bare_asked(question, sentence, found):
        return False
    of_kind = _is_asked(question, unit, found["share"]) and not _is_no_quantity(question, found)
    return of_kind and not (unit in {"年", "月", "日"} and _is_date(sentence, found))


def _is_bare(found: re.Match[str]) -> bool:
    """Tell whether a number has no measure."""
    return not (found["unit"] or found["share"] or found["scale"])


def _ratios(sentence: str, question: Question) -> Iterator[Value]:
    """Yield how something is shared (4:6), and rates of interest told by another one (LPR-30BP)."""
    if question.asks != "share":
        return
    pattern = _PARTS_OF if _ASKS_PARTS.search(question.text) else _RATE_BY_RATE
    for found in pattern.finditer(sentence):
        yield Value(squeezed(found[0]), Span(*found.span()), 1.0)


def _is_bare_asked(question: Question, sentence: str, found: re.Match[str]) -> bool:
    """Tell whether a number without a measure is of what has none: 系数为0.5."""
    noun = _WITHOUT_MEASURE.search(question.text)
    return (
        noun is not None
        and re.search(rf"{noun[0]}[^，,。；;\d]{{0,6}}$", sentence[: found.start()]) is not None
    )


def _is_no_quantity(question: Question, found: re.Match[str]) -> bool:
    """Tell whether a lone numeral in Chinese counts nothing that is asked for: 一次性, 三元区."""
    lone = len(found["figures"]) == 1 and not found["figures"].isdigit()
    share = found["share"] or (found["unit"] in _SHARE and found["unit"] in question.text)
    counts = found["unit"] == question.counted or question.asks == "time" or share
    return lone and not counts and not found["scale"]


def _is_asked(question: Question, unit: str, share: str | None) -> bool:
    if share:
        return question.asks in {"share", ""}
    if unit in _MANIFOLD and question.asks == "share" and unit not in question.text:
        return False
    wanted = _UNITS_ASKED.get(question.asks, ())
    return unit in wanted if wanted else not question.counted or unit == question.counted


def _is_date(sentence: str, found: re.Match[str]) -> bool:
    """Tell whether a number with 年, 月 or 日 names a day of the calendar rather than a length of time."""
    if found["unit"] == "年":
        relative = _RELATIVE_YEAR.search(sentence[: found.start()]) or sentence[found.end() :][:1] == "度"
        return len(found["figures"]) == 4 or (found["figures"] == "一" and bool(relative))
    return re.search(r"[年月][ ]?$", sentence[: found.start()]) is not None

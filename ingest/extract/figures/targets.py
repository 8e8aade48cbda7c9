"""Which quantities of a text are targets, and which are background, names, conditions or rates of support.

Each rule is a short function that looks at the clause before a quantity and at the words after it.
"""

from __future__ import annotations

import re

from corpus.spans import Span
from ingest.extract.figures.quantities import Quantity
from ingest.extract.patterns import word_pattern

_FAR = 120
"""How far around a quantity its sentence is looked at."""
_CLAUSE = re.compile(r"[，,。；;：:！？\n\t（）()]")
_PAYS = re.compile(
    rf"(?:{word_pattern('support', strength='always')}|每[^，,。；;\n\t]{{1,4}}补[助贴])[^，,。；;\n\t]*$"
    r"|(?:按照?|执行)[^，,。；;\n\t]{0,2}$"
)
_HOLDS_READY = re.compile(
    r"[^，,。；;\n\t]{0,6}(?:安排|统筹|筹集|筹措|拨付|投放)[^，,。；;\n\t]{0,12}(?:资金|经费|基金)[^，,。；;\n\t]{0,4}$"
)
_RATED = re.compile(r"按照?(?![期时照]|规定|要求|计划)(?![^，,。；;\n\t]*达)[^，,。；;\n\t]{1,24}$")
_LEVIED = re.compile(
    r"^(?:的)?(?:标准)?(?:比例)?(?:核定|收取|抵扣|给予|执行|计提|缴纳|计算|计征|缓缴|扣除|安排|拨付|支付)"
)
_PRICED = re.compile(rf"{word_pattern('support', strength='plain')}(?!资金)[^，,。；;\n\t]*$")
_STANDING = re.compile(rf"{word_pattern('standing')}[^，,。；;\n\t]{{0,14}}$")
_FROM = re.compile(r"(?:由|从|较|比|原来的?|现行的?|法定的?)[^，,。；;、\n\t]{0,12}$")
_THEN = re.compile(
    r"^[^，,。；;\n\t]{0,8}?(?:压缩|缩短|提高|提升|降低|降至|下降|增加|增至|减少|精简|减至|压减|调整)(?:至|到|为)?"
)
_NAME_AFTER = re.compile(
    r"^[“\"]?(?:制|[^，,。；;\n]{0,4}圈|网|热线|体系|模式|机制|工程|计划|行动|战略|政策|年|月|日(?![光间常用照])|号|版|型|级"
    r"|[^，,。；;\n]{0,3}方案)"
)
_REACH = re.compile(r"[^，,。；;\n]{0,3}(?:范围|半径|以外)")
_SERVICE_NAME = re.compile(r"^[“\"]?(?:办税|便民|不打烊|自助|服务)")
_NOUN_AFTER = re.compile(r"^(?:的)?[\u4e00-\u9fffA-Za-z]")
_CASE_AFTER = re.compile(r"^(?:的|[（(]含|[，,](?:且|并且|并符合)|(?:、[^，,。；;\n]{1,30})?的[，,])")
_CASES_AFTER = re.compile(r"^(?:、[^，,。；;\n]{1,40})?的[，,]")
_CASE_OF_RANGE = re.compile(
    r"^(?:[（(]不?含[）)])?(?:[-—－–~～至到]{1,2}[ ]?[0-9]+个?[\u4e00-\u9fff]{1,2})?(?:之间)?的"
)
_CASE_CLAUSE = re.compile(r"^[^，,。；;：:\n]{0,14}的[，,]")
_WHEN = re.compile(r"^(?:时|后|以后|的情况下)[，,]|^(?:部门|单位|地区)(?:的|对)")
_IF = re.compile(r"^(?:若|如果?|凡|对于?)")
_POSTPONED = re.compile(
    r"(?:顺延|延长|延期|缓缴|暂缓|展期|延后|推迟|缓存|缓交|延期缴纳)[^，,。；;\n\t]{0,12}$"
)
_DONE_BEFORE = re.compile(r"已经?(?:完成|建成|实现|开展|达到|出台|形成|有|建立|建设)[^，,。；;\n\t]{0,10}$")
_BENEFIT = re.compile(word_pattern("benefits", place="anywhere"))
_BENEFIT_AIM = re.compile(rf"{word_pattern('benefits', place='aim')}[^，,。；;：:\n\t]{{0,16}}$")
_SENTENCE = re.compile(r"[。；;！？\n]")
_SPECIFICATION = frozenset({"千伏", "伏", "千伏安", "kV", "KV"})
_CASE_BEFORE = re.compile(r"^(?:以及|并|凡|如)?(?:对于?|凡|不足|不满|超出)")
_FALLS_SHORT = re.compile(r"(?:未(?!来)|不足|不满|不到(?!位))[^，,。；;\n\t]{0,8}$")
_EXISTS = re.compile(r"[^，,。；;]{0,8}(?:中[，,]|存在|不达标)")
_BOUNDED = frozenset({"money", "area", "length", "weight", "volume", "power", "index", "time", "rate"})
_FREQUENCY = re.compile(r"每(?:年|半年|季度|季|月|周|学期|天|日)[^，,。；;\n\t]*$")
_MANY = 10
"""A Chinese numeral from here on counts something."""
_DONE_ONCE = re.compile(r"(?:召开|开展|组织|举办|进行|建设|建成|新建|试行|新增|推出|至少[^，。]{0,8})$")


def is_target(text: str, item: Quantity, within: Span) -> bool:
    """Tell whether a quantity is what the text wants to be reached."""
    before = text[max(within.start, item.span.start - 40) : item.span.start]
    after = text[item.span.end : min(within.end, item.span.end + 40)]
    clause = _CLAUSE.split(before)[-1]
    return not (
        item.unit in _SPECIFICATION
        or _is_benefit(text, item, within, clause)
        or _is_gloss(before, after)
        or _is_support(item, clause, after)
        or _is_given(item, clause, after)
        or _is_starting_point(clause, after)
        or _is_condition(item, clause, after)
        or _is_name(item, after)
        or _is_idle_numeral(item, clause)
    )


def _is_benefit(text: str, item: Quantity, within: Span, clause: str) -> bool:
    """Tell whether the sentence grants something to whoever meets its terms, the quantity among them.

    What is to be paid out, reached or held in all is a target even there: 安排奖补资金2亿元.
    """
    if item.kind == "time" and _POSTPONED.search(clause):
        return True
    before = _SENTENCE.split(text[max(within.start, item.span.start - _FAR) : item.span.start])[-1]
    after = _SENTENCE.split(text[item.span.end : min(within.end, item.span.end + _FAR)])[0]
    aims = _BENEFIT_AIM.search(clause) and not _IF.match(clause)
    return not aims and _BENEFIT.search(before + item.span.of(text) + after) is not None


def _is_gloss(before: str, after: str) -> bool:
    """Tell whether the quantity stands alone in brackets, or after 含, and only explains: 3年（36个月）."""
    return (before[-1:] in ("（", "(") and after[:1] in ("）", ")")) or before.endswith("含")


def _is_support(item: Quantity, clause: str, after: str) -> bool:
    """Tell whether the quantity says how much is paid, lent or waived: 给予20万元补助."""
    if _HOLDS_READY.match(clause):
        return False
    if _PAYS.search(clause) or (not item.compared and _PRICED.search(clause)):
        return True
    if item.kind != "share":
        return False
    return bool(_LEVIED.match(after) or (not item.compared and _RATED.search(clause)))


def _is_given(item: Quantity, clause: str, after: str) -> bool:
    """Tell whether the quantity is what there is already: 依托88个观测点, 24小时, an age."""
    if item.unit in ("岁", "周岁") or (
        item.kind == "time" and item.value in (24, 7) and item.unit in ("小时", "天")
    ):
        return True
    return bool(
        _STANDING.search(clause)
        or _DONE_BEFORE.search(clause)
        or _FALLS_SHORT.search(clause)
        or _EXISTS.match(after)
    )


def _is_starting_point(clause: str, after: str) -> bool:
    """Tell whether the quantity is what something is to move away from: 由30个工作日压缩至."""
    return _FROM.search(clause) is not None and _THEN.match(after) is not None


def _is_condition(item: Quantity, clause: str, after: str) -> bool:
    """Tell whether the quantity describes what a noun must have: 5亿元以上外贸企业, 投诉3次以上的信访件."""
    if _CASES_AFTER.match(after) or (_IF.match(clause) and _CASE_CLAUSE.match(after)):
        return True
    if _WHEN.match(after):
        return True
    if item.kind == "time" and _CASE_OF_RANGE.match(after):
        return True
    if item.compared and _CASE_BEFORE.match(clause) and (_CASE_AFTER.match(after) or item.kind in _BOUNDED):
        return True
    if item.kind not in _BOUNDED or not item.compared:
        return False
    if item.kind == "time" and item.op == "<=":  # the standard of a service: 3个工作日内答复
        return after.startswith("的")
    if item.kind == "time" and item.op == ">":  # 超18个月未结案件
        return _NOUN_AFTER.match(after) is not None
    return bool(_CASE_AFTER.match(after) or (item.trailing and _NOUN_AFTER.match(after)))


def _is_name(item: Quantity, after: str) -> bool:
    """Tell whether the quantity is a part of a name: 15分钟便民服务圈."""
    if item.compared:
        return False
    if item.kind == "length" and _REACH.match(after):
        return True
    return bool(_NAME_AFTER.match(after) or (item.kind == "time" and _SERVICE_NAME.match(after)))


def _is_idle_numeral(item: Quantity, clause: str) -> bool:
    """Tell whether a Chinese numeral only belongs to the wording: 一个, 两个方面, 每年召开一次."""
    if not item.han or item.compared or (item.value or 0) >= _MANY:
        return False
    return item.unit == "批" or bool(_FREQUENCY.search(clause)) or _DONE_ONCE.search(clause) is None

"""How well a number suits what is asked: the most, the least, what is reached or added, of each or of all."""

from __future__ import annotations

import re

_CHANGES = "提高|提升|上调|增加|调[整高低增减]?|上浮|放宽|扩大|降低?|下调|压[减缩降]|缩短|减少|缩减|精简|延长"
"""How measures are changed, before 到, 至 or 为."""
_BY_HOW_MUCH = r"(?:\d[\d.]*[%％万亿元个]{0,3})?约?"
"""What may stand between a change and what comes of it: 调增20%至60万元, 调整约为8.5亿元."""
_RISES = re.compile(rf"从?[^，,。；;从]{{0,16}}(?:{_CHANGES}){_BY_HOW_MUCH}(?:到|至|为)")
_REACHED = re.compile(rf"(?:{_CHANGES}){_BY_HOW_MUCH}(?:到|至|为)[^，,。；;\d]{{0,4}}$")
_CHANGED = re.compile(rf"^[ ]?[”\"]?(?:[（(]含[）)])?(?:统一|相应)?(?:{_CHANGES})(?:到|至|为)")
"""Begins right behind what held before a change: 不低于30%调整为不低于25%, “最高90万元”调整为."""
_FORMER = re.compile(
    r"(?:原(?:来|先|有|定|政策|规定|标准|计算|按|为|是|估算|计划|批复|概算)|(?:^|[，,；;。])(?:以前|此前|之前)|(?:调整|提高|修订|改革|新政)前)[^，,；;、\d]{0,18}$"
)
"""Ends before what held before a change: 原计算倍数为15倍."""
_ASKS_REACHED = re.compile(rf"(?:提|{_CHANGES})(?:到|至|为)")
_MORE_OR_LESS = "提高|提升|上调|增加|上浮|放宽|扩大|降低|下浮|下调|减少"
_BY = re.compile(rf"(?:{_MORE_OR_LESS}|压减|压缩|缩短)(?:了|额度)?$")
"""Ends before what is added or taken away, rather than what comes of it: 提高10万元."""
_ASKS_BY = re.compile(
    "(?:提高|上浮|上调|增加|下浮|下调|降低|减少|(?<!最)多(?:贷|提|补|奖))(?:了|额度)?(?:多少|几|百分之[几多])"
)
"""Asks what is added or taken away: 上浮百分之几."""
_ADDED = re.compile(rf"(?:{_MORE_OR_LESS})(?:了|额度)?(?:[\d.]+[^\d，,。；;]{{1,4}}[、和及]){{0,3}}$")
"""Ends before what is added, alone or in a list: 分别增加20万元、30万元."""
_ASKS_BEFORE = re.compile("原来|之前|以前|原先|现行")
_FROM = re.compile(r"(?:从|由)[^，,。；;]{0,10}$")
_MORE_THAN = re.compile("(?<![不未得能应会可])(?:超过|高于|达到|满)[^，,。；;\\d]{0,2}$")
_AND_MORE = re.compile(
    "(?:、[\\d.]+[万亿]*[元家户人亩])*(?:（不?含）|\\(不?含\\))?(?:以上|及以上|以下|以内)(?:（不?含）|\\(不?含\\))?"
    "[^，,。；;]{0,8}(?:的|项目|企业|家庭|部分)"
)
"""What a measure is for, rather than what it gives: 投资1亿元以上的项目, 超过1000万元的."""
_ASKS_CONDITION = re.compile("(?<![未不])满(?:几|多少)|(?:几|多少)[一-龥]{1,4}(?:及以上|以上)")
"""Asks what a measure is for: 要交满几年."""
_UPPER = ("最多", "最高", "上限", "至多", "超过", "高于", "封顶", "控制在")
_LOWER = ("至少", "最少", "最低", "少于", "低于", "不小于", "起码")
_BOUND_AFTER = {_UPPER: re.compile("以内|以下|封顶|内"), _LOWER: re.compile("以上|及以上")}
_PER_AREA = re.compile(r"[ ]?[/／每][ ]?(?:平方米|平米|m2|㎡|亩|公顷)")
_EACH_AREA = re.compile(r"每(?:平方米|平米|亩|公顷)[^，,。；;\d]{0,8}$")
_ASKS_RATE = re.compile("每(?:平|亩|公顷)|一(?:平|亩)|平(?:方)?米(?:多少|补|奖)|单价")
_ASKS_EACH = re.compile("[一每](?:套|户|人|台|家|个|辆|名)")
_TOTAL = re.compile(r"(?:总额|预算|总规模|总量|资金池|合计|累计)[^，,。；;\d]{0,12}$")
OTHER_BOUND = 1.5
"""What it costs that a number is the least where the most is asked for: it then answers nothing."""
RATE = 0.4
"""What it is worth that a number is of each square metre where that is asked, and costs where not."""
ADDED = 0.2
"""How well what is added suits a question that does not ask for it."""
_ASKS_ALL = re.compile("一共|总共|合计|累计|总额")
_OF_EACH = re.compile("每(?:个?(?:季度?|月|年|周|天|人|户|套|家|项|台|辆|亩)|一)[^，,。；;]{0,24}$")
LEVEL = 0.6
"""How well what was reached suits a question that does not ask for it."""


def asks_most_or_least(asked: str) -> bool:
    """Tell whether a question asks for a bound: 最高不超过多少."""
    return any(word in asked for word in (*_UPPER, *_LOWER))


def asks_least(asked: str) -> bool:
    """Tell whether a question asks for a lower bound and for no upper one: 至少多少."""
    return any(word in asked for word in _LOWER) and not any(word in asked for word in _UPPER)


def suits_bound(asked: str, sentence: str, found: re.Match[str]) -> float:
    """Return how well the bound of a number suits the question: 1 for its own word, 0 for no bound at all.

    A question that asks for no bound is suited by any number.
    """
    after = sentence[found.end() :]
    if _CHANGED.match(after) or (_FROM.search(sentence[: found.start()]) and _RISES.match(after)):
        return 1.0 if _ASKS_BEFORE.search(asked) else -0.5
    if _FORMER.search(sentence[: found.start()]) and not _ASKS_BEFORE.search(asked):
        return -0.5
    if _ASKS_BY.search(asked) and not _ASKS_REACHED.search(asked):
        return 1.0 if _ADDED.search(sentence[: found.start()]) else 0.0
    if _ASKS_REACHED.search(asked) and _BY.search(sentence[: found.start()]):
        return -0.5
    if _REACHED.search(sentence[: found.start()]) and not _ASKS_BEFORE.search(asked):
        return 1.0 if _ASKS_REACHED.search(asked) or asks_most_or_least(asked) else LEVEL
    if _BY.search(sentence[: found.start()]):
        return ADDED
    if _MORE_THAN.search(sentence[: found.start()]) or _AND_MORE.match(sentence[found.end() :]):
        return _suits_condition(asked)
    return _suits_own_bound(asked, sentence[: found.start()], sentence[found.end() :])


def _suits_condition(asked: str) -> float:
    """Return how well what a measure is for suits a question."""
    if _ASKS_CONDITION.search(asked):
        return 1.0
    return 0.5 if any(word in asked for word in _LOWER) else -0.3


def _suits_own_bound(asked: str, before: str, after: str) -> float:
    """Return how well the words right before and after a number suit a question for the most or the least."""
    before = before[-8:]
    for words in (_UPPER, _LOWER):
        named = [word for word in words if word in asked]
        if not named:
            continue
        if any(word in before for word in named):
            return 1.0
        return 0.8 if any(word in before for word in words) or _BOUND_AFTER[words].match(after) else 0.0
    return 0.5


def _is_other_bound(asked: str, before: str) -> bool:
    """Tell whether a number is the least where the most is asked for, or the most where the least is."""
    clause = re.split("[，,。；;、]", before)[-1]
    wants = [("最高" in asked or "最多" in asked), ("最低" in asked or "最少" in asked)]
    has = [("最高" in clause or "最多" in clause), ("最低" in clause or "最少" in clause)]
    return sum(wants) == 1 and sum(has) == 1 and wants != has


def suits_measure(asked: str, sentence: str, found: re.Match[str]) -> float:
    """Return how well it suits that a number is of each square metre (200元/平方米), or of all together."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    if _is_other_bound(asked, before):
        return -OTHER_BOUND
    if _ASKS_EACH.search(asked) and _TOTAL.search(before):
        return -RATE
    if _ASKS_ALL.search(asked) and "每" not in asked and _OF_EACH.search(before):
        return -OTHER_BOUND
    is_rate = _PER_AREA.match(after) or _EACH_AREA.search(before)
    if not is_rate:
        return -OTHER_BOUND if _ASKS_RATE.search(asked) and re.search("[万亿]", found[0]) else 0.0
    return RATE if _ASKS_RATE.search(asked) else -RATE

"""Which times in running text are time limits, and which are background, names or terms of validity.

Each rule is a short function that looks at the words around a moment. In the value of a label (完成时限：…)
nothing is asked: what stands there is the limit.
"""

from __future__ import annotations

import re
from datetime import timedelta

from corpus.spans import Span
from ingest.extract.moments import DeadlineContext, Grain, Moment
from ingest.extract.patterns import word_pattern

_SLACK = timedelta(days=92)
"""A document is often published, or dated by its web page, some weeks after its first limits were fixed."""
_CLAUSE_ENDS = '，。；：、！？,;:!?\n\t（()）〔〕[]【】“”"|'
_NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]是|[0-9]{1,2}[.．、﹒])$"
)
_LEADING = re.compile(
    r"(?:(?<!存|现|所|正|旨)在|于|(?<!达|感|受|得|做|想|看|遇|收)到|至|截至|截止|力争|确保|争取|保证|计划|预计|拟|实现|延至|延续|延长"
    r"|最迟|最晚|不迟于|不晚于|原则上|并|且|须|需|要|应|应当|必须|务必|将|同时|其中|分别|均|都|全部|已|前)$"
)
_VALIDITY = re.compile(
    r"(?:有效期|时效|试行期|执行期|截止日期|报名时间|申报时间|受理时间|活动时间|实施期限|政策期)[^，。；\n]{0,8}$"
)
_ALREADY = re.compile(r"(?:截至|截止|截止到|自|从|早在|曾|已于|已在|经)[^，。；\n]{0,3}$")
_TAKES_EFFECT = re.compile(r"^(?:之日)?起?(?:正式)?(?:施行|实施|执行|生效|失效|废止)")
_SINCE = re.compile(r"^(?:\s*(?:以来|起|以后|之后|后|始|出生|出台|印发|版|届|春|夏|秋|冬|—|-))")
_MODIFIES = re.compile(
    r"^[^，。；、：\n]{0,14}?(?:以前|之前|前)?(?:已|建成|购置|购买|登记|注册|取得|出生|毕业|批准|立项|发生|形成|签订|完成|缴纳|入库)的(?!时间)"
)
_PLANNED = re.compile(rf"^[，,]?\s*(?:{word_pattern('planned')})")
_PLANNED_SOON = re.compile(rf"^[^，,。；;：\n\t的]{{0,26}}?(?:{word_pattern('planned')})")
_TARGET = re.compile(
    r"^[^，,。；;：\n\t]{0,40}?(?:[0-9０-９.]{1,9}|[一二两三四五六七八九十]{1,3})[ ]?(?:余|多)?(?:[个家项户座处%％万亿亩场次条名人件套辆台]|公里)"
)
_COMMA = re.compile(r"^\s*[，,]")


def clause_before(text: str, position: int, lower: int) -> str:
    """Return the words of the clause that end at `position`, at most 40 code points, not before `lower`."""
    start = position
    floor = max(lower, position - 40)
    while start > floor and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    return text[start:position]


def is_limit(
    text: str, moment: Moment, whole: Span, stated: bool, within: Span, context: DeadlineContext
) -> bool:
    """Tell whether a moment in running text is a time limit of what the text prescribes.

    `whole` covers the wording with its 自 and 前; `stated` is true when it has such a word.
    """
    before = text[max(within.start, whole.start - 12) : whole.start]
    after = text[whole.end : min(within.end, whole.end + 60)]
    if is_past(moment, context) or _VALIDITY.search(before) or _TAKES_EFFECT.match(after):
        return False
    if stated:
        return not _MODIFIES.match(after)
    if _SINCE.match(after) or (_ALREADY.search(before) and moment.grain is not Grain.DAY):
        return False
    return _stands_as_limit(moment, clause_before(text, whole.start, within.start), before, after)


def is_past(moment: Moment, context: DeadlineContext) -> bool:
    """Tell whether the stretch was over well before the document was written, so that it is background."""
    last = moment.days(context)[1]
    if last is None:
        return False
    if context.document_date is None:
        return context.title_year is not None and last.year < context.title_year
    return last < context.document_date - _SLACK


def _stands_as_limit(moment: Moment, clause: str, before: str, after: str) -> bool:
    """Tell whether a moment without 前 stands where a limit stands, and is followed by what is to be done."""
    opens = _opens_clause(clause)
    leads = _LEADING.search(clause) is not None
    if moment.grain is Grain.DAY:
        return re.search(r"(?:至|到|延至|截至|截止|不迟于|不晚于|最迟)$", clause) is not None
    if moment.edge:
        return opens or leads or _PLANNED.match(after) is not None
    if not (opens or leads):
        return False
    return _speaks_of_plans(after)


def _opens_clause(clause: str) -> bool:
    """Tell whether nothing but a number label stands between the last stop and the moment."""
    return not clause.strip() or _NUMBERED.search(clause.strip()) is not None


def _speaks_of_plans(after: str) -> bool:
    """Tell whether the words after a bare time say what is to be done or reached by then."""
    if _COMMA.match(after) or _PLANNED.match(after):
        return True
    return _PLANNED_SOON.match(after) is not None or _TARGET.match(after) is not None

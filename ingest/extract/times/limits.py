"""Which calendar times in running text are time limits, and which are background or terms of validity.

Each rule is a short function that looks at the words around a time. In the value of a label (完成时限：…)
nothing is asked: what stands there is the limit.
"""

from __future__ import annotations

import re
from datetime import timedelta

from corpus.spans import Span
from ingest.extract.patterns import word_pattern
from ingest.extract.times.eligibility import is_attribute, tells_a_case
from ingest.extract.times.moments import DeadlineContext, Grain, Moment

_SENTENCE = 80
"""How far back the words that give a term are looked for."""
_SLACK = timedelta(days=92)
"""A document is often published, or dated by its web page, some weeks after its first limits were fixed."""
_CLAUSE_ENDS = frozenset('，。；：、！？,;:!?\n\t（()）〔〕[]【】“”"|')
_LABEL_ONLY = re.compile(
    r"(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]是|[0-9]{1,2}[.．﹒])?"
)
_LEADS_IN = re.compile(rf"{word_pattern('limit_lead_ins')}$")
_NO_LEAD_IN = re.compile(
    r"(?:[低高等大小少多优限基位属至关由鉴善]于|[存现所正旨潜]在|[达感受得做想看遇收提]到)$"
)
_HANDED_IN = re.compile(r"(?:前)?[报送交][^，,。；;\n的]{2,}")
_LASTS_UNTIL = re.compile(
    r"(?:至|(?<!达)到|截止|不迟于|不晚于|最迟|最晚|须于|应于|要于|并于|务必于|确保在|力争在|务必在)$"
)
_NO_MEASURE = f"(?:{word_pattern('validity', kind='window')}|{word_pattern('validity', kind='document')})"
_WINDOW = re.compile(rf"{_NO_MEASURE}[^，。；\n]{{0,8}}$")
_CLOSES = re.compile(
    r"(?:申报|申请|受理|报名|兑[付现]|办理)[^，。；\n]{0,8}?截止(?:时间|日期)?(?:为|于|到|至|是|[:：])?$"
)
"""申报截止时间为…: the day on which the office closes its books, not the window in which others may come."""
_TERM = re.compile(
    rf"{word_pattern('validity', kind='measure')}[:：]?(?:均|暂|顺)?(?:延长|截至|截止|延续)?[为至到]?$"
)
_TERM_AT_ALL = re.compile(rf"{word_pattern('validity', kind='measure')}[^，。；\n]{{0,8}}$")
_OWN_TERM = re.compile(
    r"[本该此]\w{0,4}(?:方案|通知|意见|办法|细则|措施|政策|要点|文件|规定|计划|举措|条款)[^。；\n]*$"
)
_TAKES_EFFECT = re.compile(r"(?:之日)?起?(?:正式)?(?:施行|实施|执行|生效|失效|废止)")
_PUT_INTO_PRACTICE = re.compile(r"(?:正式)?(?:实施|执行)")
"""After a time with 前: 于11月底前实施 is work, 自11月1日起实施 is when a document takes effect."""
_BEGINS = re.compile(r"\s*(?:以来|起|以后|之后|后|始|版|届|[春夏秋冬]季?|—|-)")
_LOOKS_BACK = re.compile(r"(?:截至|截止|自|从|早在|曾|已于|已在)[^，。；\n]{0,3}$")
_DESCRIBES = re.compile(
    rf"已(?!经?完成)|[^，。；、：\n]{{0,14}}?{word_pattern('past_participles')}的(?!时间)"
)
_PREPOSED = re.compile(r"(?:^|[^即必])将$")
_NAMES_LIST = re.compile(
    r"(?:度)?(?:投资|重点|中央|省级|市级|县级|地方政府|财政)[\u4e00-\u9fff]{0,8}?(?:清单|计划|目录|预算|债券)"
)
_WEIGHED = re.compile(
    r"[^，,。；;\n]{2,12}?(?:上|中|时|方面)[，,]?(?:予以|给予|优先|适当|重点|酌情|倾斜|加分|扣减)"
)
"""在2026年资金申报上予以优先支持: the year says of which matter, not by when."""
_OTHER_TIME = re.compile(r"[^，,。；;\n]{2,24}?(?:年底|月底|月末|年末|年内|季度|[上下]半年|[0-9０-９]月)")
_IS = re.compile(r"[，,]?\s*(?:是|为)")
_PLANS = re.compile(rf"[，,]?\s*{word_pattern('planned')}")
_RATE = re.compile(r"[^，,。；;：:\n\t的]{0,12}率(?:要|应|须|需)?(?:达|为|超|不低于|提)")
_NO_SUBJECT = re.compile(r"(?:[比较与和对了]|去年|上年|同期|今年以来|组织|开展|举[办行]|参加)$")
_NOUN_CLAUSE = re.compile(r"[^，,。；;\n]{1,16}的")
_WHILE = re.compile(r"[^，,。；;\n]{0,8}期间[，,]")
_PLANS_SOON = re.compile(rf"[^，,。；;：\n\t的]{{0,40}}?{word_pattern('planned')}")
_AIMS = re.compile(
    r"[^，,。；;：\n\t]{0,40}?(?:[0-9０-９.]{1,9}|[一二两三四五六七八九十]{1,3})[ ]?[余多]?"
    r"(?:[个家项户座处%％万亿亩场次条名人件套辆台]|公里|小时|分钟|天|倍)"
    r"|[^，,。；;：\n\t]{0,40}?(?:小于|低于|不超过|不少于|不低于|高于|超过|达到|突破)[^，,。；;：\n\t]{0,8}[0-9０-９一二三四五六七八九十]"
)


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
    """Tell whether a calendar time in running text is a time limit of what the text prescribes.

    `whole` is the wording with its 自 and 前; `stated` is true when it has such a word.
    """
    clause = clause_before(text, whole.start, within.start).strip()
    before = text[max(within.start, whole.start - _SENTENCE) : whole.start]
    after = text[whole.end : min(within.end, whole.end + 60)]
    if is_past(moment, stated, context) or _takes_effect(whole.of(text), after):
        return False
    if _TERM_AT_ALL.search(before):
        return is_term_of_measure(before)
    if _CLOSES.search(before):
        return True
    if _WINDOW.search(before) or tells_a_case(text, whole, within):
        return False
    if stated:
        return _DESCRIBES.match(after) is None
    if _BEGINS.match(after) or (_LOOKS_BACK.search(before) and moment.grain is not Grain.DAY):
        return False
    words = moment.span.of(text)
    if words == "全年" and clause.endswith(("实现", "完成")):
        return False
    if words == "当年" or (words.endswith("年度") and not (_is_planned(after) or _RATE.match(after))):
        return False
    return _reads_as_limit(moment, clause, after)


def _takes_effect(words: str, after: str) -> bool:
    """Tell whether a time is the day on which a document takes effect or ends."""
    ahead = words.endswith("前") and _PUT_INTO_PRACTICE.match(after)
    return not ahead and _TAKES_EFFECT.match(after) is not None


def is_term_of_measure(before: str) -> bool:
    """Tell whether the words before a time give the term of one measure (执行期限至), not of the document."""
    return _TERM.search(before) is not None and not _OWN_TERM.search(before.split("。")[-1])


def is_past(moment: Moment, stated: bool, context: DeadlineContext) -> bool:
    """Tell whether the time was over before the document was written, so that it is background.

    A stated limit may lie some weeks back.
    """
    last = moment.days(context)[1]
    if last is None:
        return False
    if context.document_date is None:
        return context.title_year is not None and last.year < context.title_year
    return last < context.document_date - (_SLACK if stated else timedelta(0))


def _reads_as_limit(moment: Moment, clause: str, after: str) -> bool:
    """Tell whether a time without 前 stands where a limit stands and is followed by what is to be done."""
    opens = _LABEL_ONLY.fullmatch(clause) is not None
    if moment.grain is Grain.DAY:
        stretch = moment.stretch and (opens or clause in ("在", "于")) and _speaks_of_plans(after)
        handed_in = clause.endswith("于") and _HANDED_IN.match(after) is not None
        return stretch or handed_in or _LASTS_UNTIL.search(clause) is not None
    if is_attribute(clause):
        return False
    leads_in = _LEADS_IN.search(clause) is not None and not _NO_LEAD_IN.search(clause)
    if moment.edge:
        return opens or leads_in or _PLANS.match(after) is not None or _is_due(clause, after)
    if moment.grain is Grain.MONTH and (moment.year is None or not (opens or leads_in)):
        return _is_planned(after)
    if not opens and not leads_in:
        return moment.grain in (Grain.QUARTER, Grain.HALF) and _is_due(clause, after)
    if _PREPOSED.search(clause) or _NAMES_LIST.match(after) or _OTHER_TIME.match(after):
        return False
    if clause.endswith("在") and _WEIGHED.match(after):
        return False
    return _speaks_of_plans(after)


def _is_planned(after: str) -> bool:
    """Tell whether an action to be done follows directly, and does not describe a noun (…开展的评估)."""
    return _PLANS.match(after) is not None and not _NOUN_CLAUSE.match(after)


def _is_due(clause: str, after: str) -> bool:
    """Tell whether a time stands between what is to be done and its verb: 投资上半年完成."""
    return not _NO_SUBJECT.search(clause) and (_is_planned(after) or _RATE.match(after) is not None)


def _speaks_of_plans(after: str) -> bool:
    """Tell whether the words after a bare time say what is to be done or reached by then."""
    if _IS.match(after):
        return False
    if after[:1] in ("，", ",") or _PLANS.match(after) or _WHILE.match(after):
        return True
    return _PLANS_SOON.match(after) is not None or _AIMS.match(after) is not None

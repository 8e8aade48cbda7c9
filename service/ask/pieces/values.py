"""The pieces of a sentence that may answer a question: who, days, quantities, names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.spans import Span
from ingest.extract.times.moment_forms import find_moments
from ingest.extract.times.moments import Grain
from service.ask.pieces.contacts import addresses_online, labelled, phones, whereabouts
from service.ask.pieces.duties import duties, of_kind_asked
from service.ask.pieces.quantities import quantities
from service.ask.pieces.value import Value, squeezed
from service.ask.questions.question import Kind, Question

SHORTEST_NAME, LONGEST_NAME = 2, 60


_LIMIT = re.compile("之前|以前|前|完成|时限|期限|发布|出台|报送?|建成|上线|印发|公布|进场|开工|到位|达到")
_STARTING = re.compile(r"[ ]?(?:[上下]午|\d+[点时:：]\d*分?|零时)*(?:起|开始|（?含?）?起)")
_OF_ISSUE = re.compile("(?:》|通知|意见|方案|公告|办法|措施|规定)[（(]$")
"""Ends before the day on which a document named there was issued: 关于…的通知（2023年4月27日）."""
_ASKS_ISSUE = re.compile("印发|发布|出台|公布|下发|发文")
_IN_FORCE = re.compile(
    r"[ ]?(?:零时|\d+[点时:：]\d*分?)?(?:正式)?(?:生效|施行|实施(?!方案|意见|细则|办法)|执行)"
)
_RANGE = re.compile(r"[ ]?[-—–~～至到]{1,2}[ ]?(?:\d{4}年)?\d{1,2}月")
"""Follows the first day of a time: 2024年9月1日至12月31日."""
_BEGINS = re.compile(
    "开始|起(?![来草步])(?:实行|施行|执行|实施)?|施行|执行|实行|生效|实施(?!方案|意见|细则|办法)"
)
_ENDS = re.compile("为止|截止|到期|结束|失效|废止|止|[到至](?:哪|什么时候|什么时间|何时|几)|有效期")
_ASKS_DAY = re.compile("哪一?天|几号|几日|哪日")
_ASKS_STRETCH = re.compile(
    "从?(?:几号|几日|哪一?天|几月|什么时候|何时)[^，,。；;]{0,8}[到至](?:几号|几日|哪一?天|几月|什么时候|何时)"
)
"""Asks from when until when: 从几号办到几号."""
_UNTIL = re.compile("[ ]?[-—–~～至到]{1,2}[ ]?")
_ASKS_AFTER = re.compile("(?:哪一?天|几号|哪日|什么时候|何时)(?:以|之)?后")
_AFTER = re.compile("[ ]?(?:（含）|\\(含\\))?(?:以|之)?后")
_COUNTED_FROM = re.compile(
    r"(?:延长|顺延|延期|延缓|推迟)[至到](?P<end>[^，,。；;、至到]{2,14}?后(?:\d+|[一二两三四五六七八九十]+)(?:个月|个?工作日|日|天|年)(?:之?内)?)"
)
"""The end of a time, counted from something else: 延长至疫情解除后两个月内."""
_BY = re.compile(
    r"[ ]?(?:（含）|\(含\))?(?:[上下]午)?(?:\d{1,2}[点时:：](?:\d{2}分?)?)?[ ]?(?:之前|以前|前(?!期)|底前)"
)
"""Stands behind the day by which something is to be done: 25日17:00前."""
_VALID_UNTIL = re.compile("有效|为止|执行|政策|补贴")
"""Asks until when something holds, not by when something is to be done."""
_AS_OF = re.compile(r"(?:^|[，,；;。])\s*截[至止][ ]?$")
_DURING = re.compile("[ ]?(?:期间|之间|这?段?时间内)")
ASIDE = 0.7
"""What a day in brackets is worth beside one that the sentence itself names."""
_RELATIVE_YEAR = re.compile("自?从?[今本明去]年")
RELATIVE = 0.2
"""What it takes off that a day is told from another one, which only its own text knows: 今年3月1日."""
WITHIN = 0.8
"""How well the end of a time within which something is to be done suits as the day until which it is."""
_TITLE = re.compile("《[^《》]{2,80}》")
_NAMED = re.compile(r"《([^《》]{2,80})》|[“\"「]([^“”\"「」]{2,40})[”\"」]")
_DOCUMENT_NAME = re.compile(
    r"[^。，,；;《》]*(?:《[^《》]{4,}》|关于[^。；;]{4,}(?:通知|意见|公告|通告|决定|批复|函|方案|办法|措施|细则|规定|要点|计划|规划))"
    r"的?(?:通知|公告|决定|函)?[》”]?(?:[（(][^（）()]*[）)])?[。；;]?"
)
_NAME_ASKED = re.compile(
    "(?:哪|什么)[一个份部项]*(?P<noun>[一-龥]{0,4}?(?:平台|系统|程序|软件)|[一-龥]{2,6}?(?=[的中里？?，,]|$))|(?P<before>主题|口号|简称)(?:是|叫|为)"
)
"""The noun of what is asked for by name: 工程奖 in 列入哪个工程奖的评选."""
_BEFORE_NAMES = re.compile(
    "通过|依托|登录|纳入|列入|建设|搭建|打造|推广|使用|上线|进入|接入|转[至到入]?|[由在至到向将与和及从对用]"
)
"""What stands before a name that no mark sets off."""
_ANY_OF = re.compile("各|该|本|此|其|相关|有关|同一|统一|一个|多个|等|的")
CALLED = 1.2
"""How well a name suits that no mark sets off, and that ends with what is asked for."""
NAMING = 6
"""Characters beside a name in which that noun may stand."""
_DOCUMENT_WORDS = re.compile(r"文件|方案|办法|规定|条例|意见|通知|细则|规划|政策|措施|计划|要点|清单")


def is_told(sentence: str, question: Question) -> bool:
    """Tell whether a sentence says something; one that only names a document (a list of annexes) does not.

    Where a question asks for documents their names are what is wanted.
    """
    return _DOCUMENT_NAME.fullmatch(sentence) is None or asks_for_document(question)


def values(sentence: str, question: Question) -> Iterator[Value]:
    """Yield what in the sentence is of the kind that the question asks for, in text order."""
    if question.kind is Kind.WHO:
        for span, names, outright in duties(sentence, question.asks, question.text):
            if of_kind_asked(names, question.text):
                yield Value(names, span, 1.0 if outright else 0.5)
        yield from labelled(sentence, question.text)
    elif question.kind is Kind.WHEN:
        yield from _days(sentence, question)
    elif question.kind is Kind.NUMBER:
        yield from quantities(sentence, question)
    else:
        yield from _told_of(sentence, question)


def _told_of(sentence: str, question: Question) -> Iterator[Value]:
    """Yield what suits a question for a name, a telephone, an address, or what stands behind a label."""
    if question.asks == "phone":
        yield from phones(sentence)
    elif question.asks == "online":
        yield from addresses_online(sentence)
    elif question.asks == "where":
        yield from whereabouts(sentence, question.text)
    elif question.asks == "name":
        yield from _names(sentence, question)
    elif not question.asks:
        yield from labelled(sentence, question.text)


def _days(sentence: str, question: Question) -> Iterator[Value]:
    """Yield the days of a sentence, and ends of a time that are counted from something else."""
    if _ENDS.search(question.text):
        for found in _COUNTED_FROM.finditer(sentence):
            yield Value(squeezed(found["end"]), Span(*found.span("end")), 1.0)
    moments = find_moments(sentence, Span(0, len(sentence)))
    if _ASKS_STRETCH.search(question.text):
        yield from _stretches(sentence, [moment.span for moment in moments])
        return
    for moment in moments:
        if moment.grain is Grain.YEAR and moment.year is None and not moment.edge:
            continue  # 全年 and 今年 name no time
        before, after = sentence[: moment.span.start], sentence[moment.span.end :]
        if _OF_ISSUE.search(before) and not _ASKS_ISSUE.search(question.text):
            continue
        limited = moment.edge or not asks_bound(question)
        limit = re.match(r"[ ]?(?:之前|以前|前)(?!期)", after) if limited else None
        span = Span(moment.span.start, moment.span.end + (len(limit[0]) if limit else 0))
        vague = moment.grain is Grain.YEAR and not moment.edge
        if vague and (_in_title(sentence, span) or after.startswith("版")):
            continue  # the year of an edition is no day
        vague = vague or (moment.grain is not Grain.DAY and _ASKS_DAY.search(question.text) is not None)
        suits = _suits_day(question.text, before, after) - vague / 2
        suits *= ASIDE if in_brackets(before) else 1
        suits -= RELATIVE if _RELATIVE_YEAR.match(span.of(sentence)) else 0
        yield Value(squeezed(span.of(sentence)), span, suits)


def _stretches(sentence: str, days: Sequence[Span]) -> Iterator[Value]:
    """Yield the stretches of time of a sentence, each from its first to its last day."""
    for first, last in pairwise(days):
        if _UNTIL.fullmatch(sentence[first.end : last.start]):
            span = Span(first.start, last.end)
            yield Value(squeezed(span.of(sentence)), span, 1.0)


def in_brackets(before: str) -> bool:
    """Tell whether the words before a point leave a bracket open."""
    return sum(before.count(mark) for mark in "(（") > sum(before.count(mark) for mark in ")）")


def _in_title(sentence: str, span: Span) -> bool:
    """Tell whether a stretch stands within 《》."""
    return any(title.start() < span.start and span.end < title.end() for title in _TITLE.finditer(sentence))


def asks_bound(question: Question) -> bool:
    """Tell whether a question asks from or until when something holds: 从哪天起施行, 有效期到什么时候."""
    bounds = _BEGINS.search(question.text) or _ENDS.search(question.text)
    return question.kind is Kind.WHEN and question.asks != "limit" and bounds is not None


def question_of_limit(asked: str) -> bool:
    """Tell whether a question asks by when something must be done."""
    return _LIMIT.search(asked) is not None


def _suits_day(asked: str, before: str, after: str) -> float:
    """Return how the words beside a day suit the question: a beginning, an end, or a day by which."""
    begins = (_STARTING.match(after) or _RANGE.match(after) or _IN_FORCE.match(after)) is not None
    ends = not _is_as_of(before, after) and (
        re.match(r"[ ]?(?:止|为止|截止|到期|期满)", after)
        or re.search(r"(?:至|到|截至|截止|截止(?:时间|日期)?[为是于：:])[ ]?$", before)
    )
    if _ASKS_AFTER.search(asked) and _AFTER.match(after):
        return 1.0
    by = _BY.match(after) is not None
    if _BEGINS.search(asked) and not _ENDS.search(asked):
        return 1.0 if begins else 0.0
    if _ENDS.search(asked):
        return 1.0 if ends else WITHIN if by and not _VALID_UNTIL.search(asked) else 0.0
    if question_of_limit(asked):
        return 1.0 if by else WITHIN if ends and _DURING.match(after) else 0.0
    return 0.5


def _is_as_of(before: str, after: str) -> bool:
    """Tell whether a day is that of a count, not the end of anything: 截至2025年2月2日，已发放…."""
    return _AS_OF.search(before) is not None and re.match("[ ]?[，,]", after) is not None


def _names(sentence: str, question: Question) -> Iterator[Value]:
    """Yield titles in 《》 and names in quotation marks; which of them suits depends on what is asked."""
    wants_document = asks_for_document(question)
    noun = _NAME_ASKED.search(question.text)
    for found in _NAMED.finditer(sentence):
        name = found[1] or found[2]
        if name in question.text or not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
            continue
        suits = float((found[1] is not None) == wants_document)
        if (
            noun
            and (noun["noun"] or noun["before"])
            in sentence[max(0, found.start() - NAMING) : found.end() + NAMING]
        ):
            suits += 1.0  # what is asked for stands in the name or right beside it: “雁归杯”工程奖
        yield Value(squeezed(name), Span(*found.span()), suits)
    if noun and noun["noun"]:
        yield from _called(sentence, noun["noun"], question.text)


def _called(sentence: str, noun: str, asked: str) -> Iterator[Value]:
    """Yield names without marks that end with what is asked for: 为企服务平台 for 哪个平台."""
    for found in re.finditer(rf"[一-龥A-Za-z0-9]{{2,24}}?{re.escape(noun)}", sentence):
        name = _BEFORE_NAMES.split(found[0])[-1]
        if len(name) > len(noun) + 1 and not _ANY_OF.match(name) and name not in asked:
            yield Value(name, Span(found.end() - len(name), found.end()), CALLED)


def asks_for_document(question: Question) -> bool:
    """Tell whether a question speaks of a document or a policy as such: 通知从哪天起施行."""
    return _DOCUMENT_WORDS.search(question.text) is not None

"""Telephones, addresses, and what else stands behind a label: 联系科室：规划科, 提交地点：市民中心."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from service.ask.pieces.value import Value, squeezed

_DASH = "[ ]?[-—－–]{0,2}[ ]?"
_PHONE = re.compile(
    rf"(?<![\d.．/-])(?:[（(]?0\d{{2,3}}[）)]?{_DASH})?[1-9]\d{{6,7}}(?:[ ]?[-—－–转]{{1,2}}[ ]?\d{{1,4}})?"
    r"(?![\d.．%％])"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"
    rf"|(?<!\d)[48]00{_DASH}\d{{3}}{_DASH}\d{{4}}(?!\d)"
    r"|(?<!\d)1[12]\d{3}(?!\d)"
)
"""Telephones of an area, mobile ones, those of companies, and short ones such as 12345."""
_SHORTEST_ALONE = 7
"""Digits of a number that is a telephone though no word says so."""
_MOBILE = re.compile(r"1[3-9]\d{9}$")
_AMOUNT = re.compile(r"[ ]?[万亿]?[元户人个项㎡平]")
_BEFORE = 12
"""Characters before a number in which words may say that it is a telephone, and whose."""
_CALLED = re.compile("电话|热线|致电|拨打|电|号码|手机|传真")
_IN_CHARGE = re.compile("联系|咨询|投诉|举报|监督|服务|受理|值班|报名|传真")
_MAIL = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_SITE = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:/[A-Za-z0-9_./?=&%-]*)?")
_LABEL = re.compile(
    r"(?:^|[\s，,。；;、（(：:])(?P<label>[一-龥]{2,10})[：:][ ]?(?P<value>[^\s，,。；;：:]{2,60})"
)
_WHERE_LABEL = "(?:地址|地点|位置|窗口|驻地|处所|场所)(?:[：:]|设?[在于为是])|驻址[设为在]?"
_WHERE = re.compile(
    rf"(?:(?P<label>{_WHERE_LABEL})|[设位]于|落户|[设送寄交报到][到至在往]|前往|到|在|于)(?P<value>[^，,。；;：:、\s]{{3,60}})"
)
_OF_PLACES = "省市县区州镇乡村路街号楼室厅院园城馆站场"
_PLACE = rf"(?:[{_OF_PLACES}]|中心|窗口|大厅|大厦|基地|学校|社区|银行|网点|公司|平台|系统|网站)"
_NAMED = re.compile(rf"(?![该本此其各])[^“”《》的]{{2,24}}{_PLACE}")
"""A place that nothing but its own name tells to be one."""
_ACTS = re.compile(
    rf"(?<=[{_OF_PLACES}])(?:建立|建设|设立|举办|举行|召开|开展|办理|领取|提交|申请|登记|申报|统一|进行|集中|新建)"
)
"""What is done at a place, in the words that follow it."""
_ASIDE = re.compile(r"[（(](?![^（）()]*(?:\d|窗口|楼|室))[^（）()]*[）)]?$")
"""What a bracket at the end of an address tells that is no part of it: whose it is."""
_ASKED_VERB = re.compile("(?P<verb>[一-龥])[在到至于](?:哪|什么|何)")
_BESIDE = 4
"""Characters on either side of a place in which the verb of a question may stand: 在…建立, 建在."""


def phones(sentence: str) -> Iterator[Value]:
    """Yield the telephones of a sentence; the one said to be for asking, and of an office, suits best."""
    for found in _PHONE.finditer(sentence):
        before = sentence[max(0, found.start() - _BEFORE) : found.start()]
        called = _CALLED.search(before) is not None
        if _AMOUNT.match(sentence[found.end() :]) or not (called or len(found[0]) >= _SHORTEST_ALONE):
            continue
        suits = 0.5 * called + 0.3 * (_IN_CHARGE.search(before) is not None)
        yield Value(squeezed(found[0]), Span(*found.span()), suits + 0.2 * (not _MOBILE.match(found[0])))


def addresses_online(sentence: str) -> Iterator[Value]:
    """Yield the mail and web addresses of a sentence, mail first."""
    for pattern, suits in ((_MAIL, 1.0), (_SITE, 0.5)):
        for found in pattern.finditer(sentence):
            yield Value(found[0], Span(*found.span()), suits)


def whereabouts(sentence: str, asked: str) -> Iterator[Value]:
    """Yield the places of a sentence at which something is or is done: 邮寄地址：…, 在市民中心办理.

    Args:
        sentence: one sentence.
        asked: the question; a verb before 在 or 到 there suits the same one here: 建在, 交到.
    """
    asking = _ASKED_VERB.search(asked)
    for found in _WHERE.finditer(sentence):
        acts = _ACTS.search(found["value"])
        place = _ASIDE.sub("", found["value"][: acts.start()] if acts else found["value"])
        span = Span(found.start("value"), found.start("value") + len(place))
        around = sentence[max(0, span.start - _BESIDE) : span.start] + sentence[span.end : span.end + _BESIDE]
        told = found["label"] or (asking and asking["verb"] in around)
        if re.search(_PLACE, place) and (told or _NAMED.fullmatch(place)):
            yield Value(squeezed(place), span, 1.0 if told else 0.3)


def labelled(sentence: str, asked: str) -> Iterator[Value]:
    """Yield what stands behind labels that the question names: 联系科室：规划科 for 联系科室是哪个."""
    for found in _LABEL.finditer(sentence):
        if found["label"] in asked:
            yield Value(squeezed(found["value"]), Span(*found.span("value")), 1.0)

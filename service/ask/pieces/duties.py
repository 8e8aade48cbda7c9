"""Who a sentence of running text makes responsible, where no row of the ledger says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.spans import Span
from corpus.task import Role
from ingest.extract.responsibility.closing import find_closing
from ingest.extract.responsibility.conventions import find_conventions
from ingest.extract.responsibility.names import all_real_units
from ingest.extract.responsibility.statement import Named
from ingest.extract.responsibility.subjects import find_subjects
from service.ask.fitting.matching import document_words
from service.ask.pieces.destinations import asks_destination, destinations
from service.ask.pieces.posts import holders, post_asked

Duty = tuple[Span, str, bool]
"""The stretch that names the units, their names joined by 、, and whether the words say it outright."""
ROLES_MEANT = {
    "lead": (Role.LEAD,),
    "cooperate": (Role.COOPERATE,),
    "supervise": (Role.SUPERVISE,),
    "responsible": (Role.RESPONSIBLE, Role.LEAD),
}
"""The roles that answer what is asked for, the first that somebody has."""
IN_CHARGE = (Role.LEAD, Role.RESPONSIBLE)
"""Who is meant by "who is in charge": the lead where there is one, else who is responsible."""
_SEAT = re.compile(r"(?:设在|挂靠在?|设于|依托)(?P<unit>[^，,。；;（(、]{3,24})")
_ASKS_DEED = re.compile(
    "(?P<verb>由|报请|报送|报|经过?|向|找|联合|会同|委托)"
    "(?:谁|(?:哪[一几两三]?[个家些]?|什么)(?:单位|部门|机构|机关|局|厅|委|办|处|科|中心|公司|银行|企业|会议|组织)?)"
    "(?:来|负责|进行|统一)*"
    "(?P<deed>(?!牵头|负责|配合|主办|承办)[一-龥]{2})"
)
"""Asks who does a deed: 由谁来认定."""
_WITH = frozenset({"联合", "会同", "委托", "经", "经过"})
_STEPS = frozenset(
    {"解释", "认定", "审核", "审批", "受理", "核发", "发放", "评审", "公示", "兑付", "核定", "批准", "备案"}
    | {"反映", "咨询", "投诉", "举报"}
)
_ARTICLE = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+条|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])\s*"
)
"""What stands before the first word of an article or an item."""
_TOGETHER = re.compile("会同|联合|商(?=[省市县区])")
_UNIT_ENDING = re.compile("(?:部门|机构|小组|中心|单位|管委会)$")
_ASKS_DIVISION = re.compile("哪[一几]?[个些]?[处科]")
_ASKS_PROVINCIAL = re.compile("哪[一几]?[个些]?厅(?!局)")
_PROVINCIAL = re.compile("厅|^(?:省|自治区|[一-龥]{2,3}(?:省|自治区))")
"""Names of a province's units; 各镇人民政府 is none."""
_OFFICE = re.compile("(?:厅|局|(?<!党)委|委员会|政府|部)$")
"""How units end that are no division of another."""
_DIVISION = re.compile("[一-龥]{2}[处科室股]$")
_MAY_BE_DIVISION = re.compile("(?:[处科室股组队站所]|中心|办)$")
_COMPANY = re.compile("(?:公司|集团|银行)$")
_DECIDES = re.compile("(?:负责人|领导|[厅局县区市州省]长|主任|书记|大会|会议|工会)$")
"""How those end who allow something and are no units: 经县政府主要负责人审批."""
_CALLED = re.compile(
    "(?:^|[，,。；;])(?P<unit>[^，,。；;、为是]{3,24})(?:为|是|作为)(?P<role>牵头|责任|配合)(?:单位|部门)"
)
_ASKS_SEAT = re.compile("设在|设于|挂靠")


def asks_procedure(question: str) -> bool:
    """Tell whether a question asks who does a step of a procedure, which running text tells: 由谁负责解释."""
    asked = _ASKS_DEED.search(question)
    step = asked is not None and (asked["verb"] in _WITH or not _STEPS.isdisjoint(_deed_words(asked["deed"])))
    return step or asks_destination(question) or bool(post_asked(question))


def _deed_words(deed: str) -> tuple[str, ...]:
    """Return a deed as a question names it, and as documents do: 发到 is 发放."""
    return (deed, *document_words().get(deed, ()))


def of_kind_asked(name: str, question: str) -> bool:
    """Tell whether a unit may be meant: 哪个处 asks for no whole office, 哪个厅 for none of a city."""
    if _ASKS_PROVINCIAL.search(question) and not _PROVINCIAL.search(name):
        return False
    if _ASKS_DIVISION.search(question) is None:
        return True
    return _MAY_BE_DIVISION.search(name) is not None and not _OFFICE.search(name)


def alone_in_charge(roles: Sequence[Role]) -> bool:
    """Tell whether units of these roles leave no doubt who leads: nobody is named so, and one is 负责."""
    return Role.LEAD not in roles and roles.count(Role.RESPONSIBLE) == 1


def asks_seat(question: str) -> bool:
    """Tell whether a question asks with which unit an office is seated: 办公室设在哪个部门."""
    return _ASKS_SEAT.search(question) is not None


def roles_meant(asks: str) -> tuple[Role, ...]:
    """Return the roles that a question for `asks` means, the best first."""
    return ROLES_MEANT.get(asks, IN_CHARGE)


def duties(sentence: str, asks: str, question: str) -> Iterator[Duty]:
    """Yield the units that a sentence gives the role asked for, those of one statement together.

    Args:
        sentence: one sentence.
        asks: lead, responsible, cooperate, supervise, or "" for who is in charge.
        question: its words: where an office is seated is asked in words of its own.
    """
    if asks_seat(question):
        yield from _seats(sentence)
        return
    if post_asked(question):
        for span, holder in holders(sentence, question):
            yield span, holder, True
        return
    yield from _deeds(sentence, question)
    for span, unit in destinations(sentence, question):
        if _is_unit(unit):
            yield span, unit, True
    yield from _named_as(sentence, asks)
    label = _ARTICLE.match(sentence)
    whole = Span(label.end() if label else 0, len(sentence))
    for statement in find_closing(sentence, whole, find_conventions(sentence)):
        yield from _duty(sentence, statement.content.units, asks, outright=True)
    for subject in find_subjects(sentence, whole):
        yield from _duty(sentence, subject.units, asks, outright=subject.explicit)


def _duty(sentence: str, units: Sequence[Named], asks: str, *, outright: bool) -> Iterator[Duty]:
    for role in roles_meant(asks):
        meant = [unit for unit in units if unit.role is role]
        if meant:
            names = "、".join(dict.fromkeys("".join(unit.span.of(sentence).split()) for unit in meant))
            yield Span(meant[0].span.start, meant[-1].span.end), names, outright
            return


def _verbs(asked: str) -> str:
    """Return what stands before a unit in documents as in the question: 报请 and 报 are the same."""
    if asked.startswith("报"):
        return "报请|报送|报"
    return {"找": "向|到", "经过": "经"}.get(asked, asked)


def _is_unit(name: str) -> bool:
    """Tell whether a name in running text is that of a unit, or of a division or a company."""
    return all_real_units([name]) or any(
        ending.search(name) for ending in (_UNIT_ENDING, _DIVISION, _COMPANY, _DECIDES)
    )


def _deeds(sentence: str, question: str) -> Iterator[Duty]:
    """Yield the units that do what a question asks about in its own words: 由县民政局认定 for 由谁来认定."""
    asked = _ASKS_DEED.search(question)
    if asked is None:
        return
    done = re.compile(
        rf"(?:{_verbs(asked['verb'])})(?P<unit>[^，,。；;：:由将]{{3,24}}?)(?:负责|统一|进行|予以|组织|来)*"
        rf"(?:[（(][^（）()]*[）)])?(?:[就将对][^。；;]{{2,30}}?)?[，,]?(?:{'|'.join(_deed_words(asked['deed']))})"
    )
    called = re.compile(
        rf"(?P<unit>[^，,。；;：:、（）()]{{3,30}}?)(?:作为|为|是){asked['deed']}(?:机构|单位|部门|主体|人)"
    )
    for found in (*done.finditer(sentence), *called.finditer(sentence)):
        if _is_unit(found["unit"]):
            yield Span(*found.span("unit")), found["unit"], True


def _named_as(sentence: str, asks: str) -> Iterator[Duty]:
    """Yield the units that a sentence calls by their role: 市教委为牵头单位."""
    for found in _CALLED.finditer(sentence):
        role = (
            Role.LEAD
            if found["role"] == "牵头"
            else Role.RESPONSIBLE
            if found["role"] == "责任"
            else Role.COOPERATE
        )
        if role in roles_meant(asks) and all_real_units([found["unit"]]):
            yield Span(*found.span("unit")), found["unit"], True


def _seats(sentence: str) -> Iterator[Duty]:
    for found in _SEAT.finditer(sentence):
        if all_real_units([found["unit"]]) or _DIVISION.search(found["unit"]):
            yield Span(*found.span("unit")), found["unit"], True

"""Which document and which unit a question names: 望川县2023年工作要点里由市水利局牵头的有几项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.registry.tables import any_of, read_table
from corpus.registry.units import ends_like_place, ends_like_unit
from corpus.task import Role


@dataclass(frozen=True, slots=True)
class UnitNamed:
    """The unit whose tasks a question means."""

    name: str = ""
    """As the question writes it; "" where it names none."""
    role: Role | None = None
    """The role in which it is meant, None for any."""
    alone: bool = False
    """True where nobody else may have that role: 单独牵头, 不含共同牵头."""
    words: str = ""
    """All that says so: 明确由市民政局牵头 in 方案里明确由市民政局牵头的任务."""


_ROLE_WORDS = read_table("service.ask", "role_words.tsv")
_ROLES = {row["word"]: row["role"] for row in _ROLE_WORDS}
_DOCUMENT_END = (
    "(?:方案|要点|清单|若干政策|政策措施|新政(?!策)|计划|通知|意见|办法|规划|措施|举措|报告|文件|台账|细则|行动|条例|规定|决定|公告|通告|预案|总结|讲话|纪要"
    "|(?<![第一二三四五六七八九十百])(?:[一二三四五六七八九十]{1,3}条)"
    "|(?:分工|任务|分解|责任|一览|进度|统计|安排|整改|明细)表|责任书|任务书)"
)
_EDITION = "(?:[（(〔][^（）()〔〕]{1,16}[）)〕])?"
"""What stands behind a name in brackets: (2023—2025年), (试行)."""
_DOCUMENT = re.compile(
    rf"(?P<name>.{{2,60}}?{_DOCUMENT_END}(?:的(?:通知|公告|通告|函|批复))?(?!局|方案|要点|清单|计划|意见|办法|规划|细则|通知){_EDITION})[》”\"]?(?=[中里内上]|当中|里面|之中|要求|规定|明确|提出|部署|涉及|给|安排|交给"
    rf"|，|,|的|一共|总共|共有?|还?有(?:多少|几|哪)|(?:(?!{_DOCUMENT_END})[^，,。]){{1,16}}有(?:多少|几|哪)|哪[些几])"
)
_LEADS_TO_DOCUMENT = re.compile(
    '(?:请问|请|帮我)?(?:列出|列举|列一下|查一下)?(?:[^，,。]{2,14}[前内][，,])?(?:按照?|根据|依据|依照|对照|在)?[《“"]?'
)
_UNIT_IN = re.compile(f"^(?P<unit>[^，,。《]{{2,24}}?)(?:{any_of(_ROLES)}的?(?:任务|事项|工作|措施))?在")
_SETS_APART = re.compile("[里中内]?[，,]")
_ANY_ROLE = re.compile(any_of(_ROLES))
_TITLE = re.compile(r"《([^《》]{4,80})》")
_ISSUER = re.compile(
    "(?P<words>[^，,。？?《》]{2,40}(?:印发|出台|发布|制定|下发|公布|通过|公开征求)了?的?)《"
)
_ASIDE = re.compile(r"[（(][^（）()]*[含括][^（）()]*[）)]")
"""What a question says of its own words: (含共同牵头)."""
_NOT_SHARED = re.compile("单独|独立|不[含包][^）)]{0,3}共同|(?:只|仅)(?:写了?|有|是|为|列了?|由)")
_LONGEST_UNIT = 24
_SHORTEST_UNIT = 2
_IN_UNIT = re.compile("[^ ，,。？?：:“”《》由归谁哪几的是]+")
_OF_HOLDERS = any_of(row["word"] for row in _ROLE_WORDS if row["holder"])
_HOLDER = f"(?P<{{}}_holder>{_OF_HOLDERS})(?:单位|部门)[里中]?(?:都|只|仅)?(?:是|为|有|含|包括|写了?|列了?)"
_STARTS = re.compile(
    r"(?:^|[ ，,。：:（(])[ ，,]*(?:当中|里面|里边|之中|之内|[里中内上])?[，, ]*"
    r"(?:要求|规定|明确|提出|部署|安排|写明|涉及|[与和跟同有]|还有|另外|其中|那么?|请问|单独|独立|里|[这哪]些[^，,。由归]{0,4}?(?:中|里)?)*"
    rf"[，, ]*(?:(?P<said>由|归|属于|给|让|请|是)|{_HOLDER.format('first')})?(?:需要?|要)?"
    rf"|{_HOLDER.format('within')}"
    r"|(?P<said_within>由|归|属于|给|涉及|是(?![谁哪什多几否不])|需要?(?=[省市县区州国]))"
    r"|(?=(?<![一-龥])[省市县区州旗镇乡])"
)
"""Where the name of a unit may begin."""
_STANDING = (
    "逾期|超期|到期"
    "|(?:还|尚|仍)?(?:没有?|未|已经?|尚未)(?:全部|按时|按期)?(?:完成|办结|销号|启动|办完|做完|落实|动)了?"
)
"""How far tasks have come, between a unit and its tasks: 市水利局没办结的任务."""
_ROLE = f"(?P<role>{any_of(_ROLES)})(?!管理总?[局委]|总?局|[理委办])"
_BETWEEN = (
    "(?:[ ，,]|在|里面?|[中内上]|要|需要?|应当?|须|得|必须|被|来|一共|总共|共|合计|现在|目前|还|今年|明年"
    "|本[月周]|这个月|下个?月|下周|手上|名下|单独|独立|一家)*"
)
_ENDS = re.compile(
    rf"{_BETWEEN}(?:{_ROLE}|有|领|分到|干|抓|做|完成|安排|派|报|几|多少|哪|什么|全部|所有|任务|{_STANDING}|\d|的|是|作为|[？?]?$)"
)
"""What stands behind the name of a unit."""
_ALWAYS_ROLE = re.compile(any_of(row["word"] for row in _ROLE_WORDS if row["always"]))
_SHARED_ROLES = re.compile(f"(?:{any_of(_ROLES)})(?:[、和与或及]|以及|或者)+(?:要|参与)?(?:{any_of(_ROLES)})")
_PARTNER = re.compile(
    rf"(?:{any_of(_ROLES)})[、，,和并且]{{1,2}}由?"
    rf"(?P<unit>[^ ，,。？?“”《》由归谁哪、]{{2,20}}?)(?:共同|联合)?{_ROLE}"
)
"""Another unit of the same tasks: 市财政局配合 in 由市水利局牵头、市财政局配合的."""
_NUMBER = re.compile(r"[一-龥]{2,16}?[〔\[（(【［](?:19|20)\d\d[〕\]）)】］]\s*\d+\s*号")
_FILE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*")
_ROLE_AFTER = re.compile(rf"{_BETWEEN}(?:是|作为|有关|相关)?{_ROLE}(?:单位|部门)?")
_ROLE_OF_TASKS = re.compile(rf"(?:有|哪些|几项|多少项?|的){_ROLE}的?(?:任务|事项|工作)")


def issuer_named(text: str) -> str:
    """Return the words that say who issued the document named in 《》: 安澜市政府印发的; "" where none do."""
    found = _ISSUER.match(text, _after_unit(text))
    return found["words"] if found else ""


def names_role(text: str) -> bool:
    """Tell whether a question speaks of units in a role: even of one that is not understood."""
    return _ALWAYS_ROLE.search(text) is not None


def document_named(text: str) -> str:
    """Return the words that name a document: 云岭市2023年工作要点; "" where none do."""
    title = _TITLE.search(text)
    start = _LEADS_TO_DOCUMENT.match(text, _after_unit(text))
    found = _DOCUMENT.match(text, start.end() if start else 0)
    named = _before_unit(found["name"]) if found else ""
    # 贯彻《…条例》若干措施 is no 条例.
    return title[1] if title and not (title[0] in named and found and found.end() > title.end()) else named


def _before_unit(name: str) -> str:
    """Return a document's name without what is said of units behind it: …若干政策里，市住建局负责的措施."""
    head, comma, rest = _SETS_APART.sub("，", name, count=1).partition("，")
    return head if comma and _ANY_ROLE.search(rest) else name


def _after_unit(text: str) -> int:
    """Return where the words behind 市水利局在 begin; 0 where a question begins otherwise."""
    unit = _UNIT_IN.match(text)
    leads = unit and ends_like_unit(unit["unit"]) and not ends_like_place(unit["unit"])
    return unit.end() if unit and leads else 0


def unit_named(text: str) -> UnitNamed:
    """Return the unit whose tasks are meant, and in which role.

    由市民政局牵头的 names unit and role; 市民政局有几项任务 names a unit in any role.

    Args:
        text: the question, with a blank for the document and for each time that it names.
    """
    alone = _NOT_SHARED.search(text) is not None
    rest = _ASIDE.sub("", text)
    for found in _STARTS.finditer(rest):
        holder = found["first_holder"] or found["within_holder"]
        announced = holder or found["said"] or found["said_within"]
        for end in _ends(rest, found.end()):
            name = rest[found.end() : end]
            role, last = _role(rest, end)
            role = _role_of(holder) if holder else role
            if (announced and role) or (ends_like_unit(name) and not ends_like_place(name)):
                return UnitNamed(name, role, alone, rest[found.start() : last].strip())
    return UnitNamed()


def partners_named(text: str) -> tuple[tuple[str, Role], ...]:
    """Return the further units that the same tasks are tied to, each with its role; () for none."""
    return tuple(
        (found["unit"], role)
        for found in _PARTNER.finditer(text)
        if (role := _role_of(found["role"])) and ends_like_unit(found["unit"])
    )


def number_named(text: str) -> str:
    """Return the number of a document that a question names: 云政办发〔2025〕1号; "" for none."""
    found = _NUMBER.search(text)
    return found[0] if found else ""


def file_named(text: str) -> str:
    """Return a word that may be the name of a file, of letters and several digits: od03; "" for none."""
    names = (found[0] for found in _FILE.finditer(text))
    return next((name for name in names if sum(map(str.isdigit, name)) > 1), "")


def _ends(text: str, start: int) -> Iterator[int]:
    """Yield where a unit that begins at `start` may end, nearest first."""
    run = _IN_UNIT.match(text, start)
    last = min(run.end() if run else start, start + _LONGEST_UNIT)
    yield from (end for end in range(start + _SHORTEST_UNIT, last + 1) if _ENDS.match(text, end))


def _role(text: str, end: int) -> tuple[Role | None, int]:
    """Return the role that the words behind a unit give it, None for none or two, and their end."""
    shared = _SHARED_ROLES.search(text, end)
    if shared:
        return None, shared.end()
    found = _ROLE_AFTER.match(text, end) or _ROLE_OF_TASKS.search(text, end)
    return (_role_of(found["role"]), found.end()) if found else (None, end)


def _role_of(words: str) -> Role | None:
    """Return the role that a word gives, None for words that any unit of a task may have: 责任单位."""
    role = _ROLES[words]
    return Role(role) if role else None

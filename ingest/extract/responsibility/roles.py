"""Role words: 牵头, 配合, 按职责分工负责 … after a list of units, and what they make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import NO_SPAN
from corpus.registry.tables import any_of, column, read_table
from corpus.registry.units import ends_like_unit
from corpus.spans import Span
from corpus.task import Role
from ingest.extract.brackets import outside

_WORDS = "ingest.extract.words"
_ROLES = {row["word"]: Role(row["role"]) for row in read_table(_WORDS, "roles.tsv")}
_VERB = any_of(column(_WORDS, "roles.tsv", "word"))
_MANNER = (
    r"(?:(?:按照?|根据|依据|依|照|结合)?(?:各自|其|部门|工作|单位)?(?:的)?(?:职责|职能|职权|分工)+(?:范围|要求|权限)?(?:内|和要求)?"
    r"|(?:按照?)?各自|组织(?:各|有关|相关)[^，,、；;。]{0,8}?(?:部门|单位)|贯彻|结合实际|组织抓|分别|共同|具体|分头|联合|切实|积极|一并|要|应当?|均|总|抓好|做好|认真)*"
)
_PHRASE = re.compile(
    rf"(?P<manner>{_MANNER})(?:(?<!政)|(?!协办))(?P<verb>{_VERB})(?!同志|人[，,、要是员为]|单位|部门|处室|科室|机构)(?P<more>(?:(?:并|、|和|/|及)?{_MANNER}{_VERB})*)(?P<with>，?会同)?"
    r"|(?P<title>(?:均|都|分别|共同)?(?:为|是|作为|担任)(?:[该本此]?项)?(?:工作|任务)?的?(?:牵头|主责|主办|第?一?责任|落实|承办|配合|协办|参与|督导|指导)"
    r"(?:责任)?(?:单位|部门)|为主(?![任要体]))"
    r"|[,，、]?(?P<together>会同|协同|商(?=[省市县区国]))"
)
_TRIGGER = re.compile(_VERB + "|会同|协同|商[省市县区国]|为主|单位|部门")
"""What every role word has in it: a cheap look before the search."""
_OBJECT_END = re.compile(r"[、，,；;。]")
_TRANSITIVE = re.compile("牵头|负责|会同|协同|配合|主办|承办|协助|主责|^商")
_PLAIN_VERB = re.compile("负责|落实|牵头|主责|主办|承办|配合")
_SHARED = re.compile("职责|职能|分工|各自")
_LEAD = re.compile("牵头|主责|主办")
_ROLE_VERB = re.compile(_VERB)
_EMPTY_VERBS = frozenset({"负责", "抓好"})
_JOINT_VERBS = frozenset({"协同", "协作"})
NAME_GOES_ON = re.compile(
    "[部办组局室处科站所委院会队](?![署分织议同理好法托置学有属位伍内校结成建开展商谈在高])"
)
_OTHERS = re.compile(r"等[^，,、；;。]{0,14}$")


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A role word after a list of units."""

    span: Span
    """The phrase: 按职责分工负责."""
    role: Role
    shared: bool = False
    """True for 按职责分工…, which means taking part where another unit leads."""
    organises: bool = False
    """True for 组织实施 and the like, which mean leading only where no other unit leads."""
    joins: bool = False
    """True when units that help follow: A会同B, A牵头会同B."""
    object: Span = NO_SPAN
    """What they do it to: 负责具体问题整改; empty when nothing follows."""


def find_role_words(text: str, span: Span, strict: bool = True) -> Iterator[RoleWord]:
    """Yield the role words in `span` that follow units, in order.

    A role word inside a name (市委组织部, 市场监督管理局) or with no unit before it (对…负责) is none.
    Without `strict`, where the words are known to be a statement, a role word that ends its clause follows
    units whatever they are called. Words such as 推进 that go on with what is done are plain verbs.
    """
    if not _TRIGGER.search(text, span.start, span.end):
        return
    position = span.start
    for part in outside(text, span):
        for match in _PHRASE.finditer(text, part.start, part.end):
            before = text[position : match.start()].rstrip(" \u3000,，、：:")
            if match.start() < position or not before:
                continue
            word = _role_word(match, _object(text, Span(match.end(), span.end)))
            if word.object and not _TRANSITIVE.search(match.group()):
                continue
            if not (_ends_units(before) or (not strict and not word.object and not word.joins)):
                continue
            if not word.joins and _is_name(text, match, word):
                continue
            yield word
            position = word.span.end if word.joins else word.object.end


def _role_word(match: re.Match[str], object_: Span) -> RoleWord:
    """Return what a matched phrase means."""
    span = Span(match.start(), match.end())
    if match["together"]:
        return RoleWord(span, Role.LEAD, joins=True, object=object_)
    if _LEAD.search(match.group()) or match["title"] == "为主":
        return RoleWord(span, Role.LEAD, joins=bool(match["with"]), object=object_)
    verbs = _ROLE_VERB.findall(match["title"] or f"{match['verb']}{match['more']}")
    if match["title"]:
        return RoleWord(span, _ROLES[verbs[0]] if verbs else Role.RESPONSIBLE, object=object_)
    joint = verbs[0] in _JOINT_VERBS and any(_ROLES[verb] is Role.RESPONSIBLE for verb in verbs)
    shared = joint or _SHARED.search(match.group()) is not None
    role = Role.RESPONSIBLE if joint else _role_of(verbs)
    organises = role is Role.LEAD
    if shared and organises:
        role = Role.RESPONSIBLE
    return RoleWord(span, role, shared, organises, joins=bool(match["with"]), object=object_)


def _role_of(verbs: list[str]) -> Role:
    """Return the role of verbs that follow one another: 负责 says less than the verb after it (负责配合)."""
    verb, following = verbs[0], verbs[1:2]
    if verb in _EMPTY_VERBS and following and _ROLES[following[0]] in (Role.COOPERATE, Role.SUPERVISE):
        verb = following[0]
    return _ROLES[verb]


def _ends_units(before: str) -> bool:
    """Tell whether the words before a role word end a list of units."""
    return ends_like_unit(before) or _OTHERS.search(before) is not None


def _object(text: str, span: Span) -> Span:
    """Return the words that follow a role word up to the next separator outside brackets."""
    for part in outside(text, span):
        match = _OBJECT_END.search(text, part.start, part.end)
        if match:
            return Span(span.start, match.start())
    return span


def _is_name(text: str, match: re.Match[str], word: RoleWord) -> bool:
    """Tell whether the role word is a part of a unit's name, as in 市推进职能转变办公室."""
    object_ = word.object.of(text)
    if NAME_GOES_ON.match(object_):
        return True
    return _PLAIN_VERB.search(match.group()) is None and ends_like_unit(object_)

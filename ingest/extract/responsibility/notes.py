"""Notes on how to read lists of units: 排名第一位的为牵头单位，下同 · 逗号前为牵头单位 · 标★的为牵头单位."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.spans import Span
from corpus.task import Role
from ingest.extract.responsibility.statement import Leading

_BEFORE = (
    r"[，,；;。（(]?\s*(?:(?:备?注|说明)[:：]\s*)?(?:其中[，,]?)?(?:各项|以[上下]|每项|本方案)?(?:重点|主要|工作)*(?:任务|事项|措施)?的?"
    r"(?:责任单位)?(?:一栏)?中?[，,]?"
)
_PLACE = (
    r"(?:排名?|列|名列|排序|位列|位于|居|排列|处于)?(?:在|于|为)?(?:第一|首位|首个|列首|首|最前面?|靠前|第1)(?:位|个|名)?"
    r"(?:责任)?(?:的|者)?"
)
_MARK = r"(?P<mark>逗号|分号)(?:之|以)?前面?的?"
_IS = (
    r"(?:单位|部门|责任单位|责任部门|的)*(?:为|是|系)(?:该项工作|该项任务|该任务|该项|本项工作|总)?的?(?:牵头|主责|主办)"
    r"[^，,。；;（()）]{0,8}"
)
_REST = (
    r"(?:[，,；;、](?:(?:其他|其余|其它|后面)[^，,。；;、（()）]{0,10}?(?:为|是)(?P<others>配合|协办|责任|参与)[^，,。；;（()）]{0,6}"
    r"|未明确[^，,。；;（()）]{0,24}))*"
)
_LATER = r"(?P<later>[，,；;、](?:以)?下同|[，,；;、]以下[^，,。；;（()）]{0,8}同)?"
_LEADING = re.compile(rf"{_BEFORE}(?:{_PLACE}|{_MARK}){_IS}{_REST}{_LATER}[）)]?")
_MENTIONED = re.compile(r"(?:第一|首位|首个|列首|最前|靠前|第1|逗号|分号)[^。\n]{0,30}?(?:牵头|主责|主办)")
_STARS = "★☆*＊▲△●■◆"
_ANY_STAR = re.compile(f"[{_STARS}]")
_STAR_NOTE = re.compile(
    rf"[，,；;。（(]?\s*(?:(?:备?注|说明)[:：]\s*)?(?:其中[，,]?)?(?:以|用)?[标带加注打有前面名称]*[“\"‘（(]?(?P<star>[{_STARS}])[”\"’）)]?"
    rf"(?:号|标记|标识|标注|符号)?(?:的|者)?[^。；;，,\n{_STARS}]{{0,14}}?(?:为|是|系|表示|指|[:：])[^。；;，,\n{_STARS}]{{0,8}}?"
    rf"(?P<role>牵头|主责|主办|责任|配合|协办)[^，,；;。\n{_STARS}（()）]{{0,6}}{_REST}"
)
_ROLES = {
    "牵头": Role.LEAD,
    "主责": Role.LEAD,
    "主办": Role.LEAD,
    "责任": Role.RESPONSIBLE,
    "配合": Role.COOPERATE,
    "协办": Role.COOPERATE,
    "参与": Role.COOPERATE,
}


@dataclass(frozen=True, slots=True)
class Note:
    """A note on how lists of units are to be read."""

    span: Span
    """Its words, with the separator before them."""
    leading: Leading | None = None
    """Which units of a list lead; None for a note on stars."""
    stars: Role | None = None
    """What a star on a name means; None for a note on the order."""
    others: Role | None = None
    """What the other units of the list do, None where the note does not say."""
    later: bool = False
    """True when it says that the same holds for later lists (下同)."""


def leading_notes(text: str, span: Span) -> list[Note]:
    """Return the notes on the order of units within `span`, in text order; empty for most texts."""
    if not _MENTIONED.search(text, span.start, span.end):
        return []
    return [
        Note(
            Span(*match.span()),
            leading=_LEADING_BY[match["mark"]],
            others=_ROLES.get(match["others"] or ""),
            later=match["later"] is not None,
        )
        for match in _LEADING.finditer(text, span.start, span.end)
    ]


def star_notes(text: str, span: Span) -> list[Note]:
    """Return the notes on what ★ and the like mean within `span`, in text order; empty for most texts."""
    if not _ANY_STAR.search(text, span.start, span.end):
        return []
    return [
        Note(Span(*match.span()), stars=_ROLES[match["role"]], others=_ROLES.get(match["others"] or ""))
        for match in _STAR_NOTE.finditer(text, span.start, span.end)
    ]


_LEADING_BY = {None: Leading.FIRST, "逗号": Leading.BEFORE_COMMA, "分号": Leading.BEFORE_SEMICOLON}

"""What a document says about its own statements: ★ marks the lead, the unit named first leads."""

from __future__ import annotations

import re

from corpus.task import Role
from ingest.extract.responsibility.content import FIRST_LEADS
from ingest.extract.responsibility.statement import Conventions

_STARS = re.compile(
    r"[标带加注有以]?[“\"‘（(]?(?P<star>[★☆*＊▲△●■])[”\"’）)]?(?:号|标记|标识|标注|符号)?(?:的|者)?[^。；;\n★☆]{0,14}?"
    r"(?P<role>牵头|主责|主办|责任|配合|协办)(?:单位|部门)?"
)
_ANY_STAR = re.compile("[★☆*＊▲△●■]")
_STAR_NOTE = re.compile(r"[为是系表示:：]")
_ROLES = {
    "牵头": Role.LEAD,
    "主责": Role.LEAD,
    "主办": Role.LEAD,
    "配合": Role.COOPERATE,
    "协办": Role.COOPERATE,
}
_BRACKET_BEFORE = re.compile(r"[（(〔［\[【][^（(〔［\[【）)〕］\]】]*$")
_MENTIONS_FIRST = re.compile(r"(?:第一|首位|列首|最前|靠前|位居首)[^。\n]{0,30}?(?:牵头|主责|主办)")
_LATER = re.compile("下同|以下")


def find_conventions(text: str) -> Conventions:
    """Return what the document says about its statements; nothing for most documents."""
    return Conventions(stars=_stars(text), first_leads_from=_first_leads_from(text))


def _stars(text: str) -> Role | None:
    """Return the role that a note gives to units with a star, None when there is no such note."""
    for match in _STARS.finditer(text) if _ANY_STAR.search(text) else ():
        if _STAR_NOTE.search(match.group()):
            return _ROLES.get(match["role"], Role.RESPONSIBLE)
    return None


def _first_leads_from(text: str) -> int | None:
    """Return from where on the unit named first leads.

    A note outside brackets holds for the whole document, 下同 in a statement from that statement on; without
    下同 a statement speaks for itself alone.
    """
    if not _MENTIONS_FIRST.search(text):
        return None
    for match in FIRST_LEADS.finditer(text):
        if not _in_bracket(text, match.start()):
            return 0
        if _LATER.search(match.group()):
            return match.start()
    return None


def _in_bracket(text: str, position: int) -> bool:
    """Tell whether a position stands within brackets on its line."""
    line = text.rfind("\n", 0, position) + 1
    return _BRACKET_BEFORE.search(text, max(line, position - 400), position + 1) is not None

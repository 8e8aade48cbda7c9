"""Lists of units with role words: A、B牵头，C配合 · A会同B · A、B按职责分工负责 · A（牵头）、B."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.spans import Span
from corpus.task import Role
from ingest.extract.brackets import outside
from ingest.extract.responsibility.roles import RoleWord, find_role_words
from ingest.extract.responsibility.statement import Named
from ingest.extract.units import UnitName, split_units

_MARKS = {
    "牵头": Role.LEAD,
    "主责": Role.LEAD,
    "主办": Role.LEAD,
    "负责": Role.RESPONSIBLE,
    "责任": Role.RESPONSIBLE,
    "主要": Role.RESPONSIBLE,
    "配合": Role.COOPERATE,
    "协办": Role.COOPERATE,
    "协助": Role.COOPERATE,
    "参与": Role.COOPERATE,
    "督导": Role.SUPERVISE,
    "监督": Role.SUPERVISE,
    "验收": Role.SUPERVISE,
    "督办": Role.SUPERVISE,
}
_CLAUSE = re.compile("[，,；;]")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A unit whose role may still depend on the rest of the statement."""

    unit: UnitName
    role: Role | None
    shared: bool = False
    organises: bool = False


def read_phrases(
    text: str, span: Span, default: Role | None = None, stars: Role | None = None, strict: bool = False
) -> tuple[Named, ...]:
    """Return the units that the phrases in `span` name, in order, each with its role.

    `default` is the role that a label before the phrases gives (牵头单位：); without one, units without a
    role word are responsible. `stars` is what ★ or * before a name means; `strict` reads running text, where
    a role word counts only after what ends like a unit.
    """
    drafts = _drafts(text, span, default, strict)
    drafts = [_marked(draft, stars) for draft in drafts]
    led = default is Role.LEAD or any(draft.role is Role.LEAD and not draft.organises for draft in drafts)
    return tuple(Named(draft.unit.span, _settled(draft, led), draft.unit.group) for draft in drafts)


def _drafts(text: str, span: Span, default: Role | None, strict: bool) -> list[_Draft]:
    """Return the units with the roles that their own role words give."""
    drafts: list[_Draft] = []
    position, helping = span.start, False
    for word in find_role_words(text, span, strict):
        units = split_units(text, Span(position, word.span.start))
        own = _own_clause(text, Span(position, word.span.start)) if helping else position
        drafts += [_draft(unit, word, default, unit.span.start < own) for unit in units]
        helping = word.joins
        position = word.span.end if word.joins else word.object.end
    role = Role.COOPERATE if helping else default
    return drafts + [_Draft(unit, role) for unit in split_units(text, Span(position, span.end))]


def _own_clause(text: str, span: Span) -> int:
    """Return where, after units that help, a clause with a role word of its own begins: A会同B，C落实.

    Several commas separate the members of one list, all of which help.
    """
    cuts = [
        match.end() for part in outside(text, span) for match in _CLAUSE.finditer(text, part.start, part.end)
    ]
    return cuts[0] if len(cuts) == 1 and cuts[0] < span.end else span.end


def _draft(unit: UnitName, word: RoleWord, default: Role | None, helping: bool) -> _Draft:
    """Return a unit with the role of the word after it; a label that says more than the word wins."""
    if helping:
        return _Draft(unit, Role.COOPERATE)
    if default in (Role.LEAD, Role.COOPERATE, Role.SUPERVISE) and word.role is Role.RESPONSIBLE:
        return _Draft(unit, default)
    return _Draft(unit, word.role, word.shared, word.organises)


def _marked(draft: _Draft, stars: Role | None) -> _Draft:
    """Let a mark on a name decide for that name."""
    if not draft.unit.mark:
        return draft
    role = next((role for word, role in _MARKS.items() if word in draft.unit.mark), stars)
    return replace(draft, role=role, shared=False, organises=False) if role else draft


def _settled(draft: _Draft, led: bool) -> Role:
    """Return the final role: below a leader 按职责分工负责 is helping, 组织实施 no leading."""
    if draft.shared and led and draft.role is Role.RESPONSIBLE:
        return Role.COOPERATE
    if draft.organises and led:
        return Role.RESPONSIBLE
    return draft.role or Role.RESPONSIBLE

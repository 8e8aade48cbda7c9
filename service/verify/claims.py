"""What a paragraph says of a task's units and limits, after labels and in running words.

牵头单位：市水利局；完成时限：2025年6月底前. 由市水利局牵头，市财政局配合. 推行包容审慎监管（市司法局）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.registry.tables import any_of, column, read_table
from corpus.registry.units import canonical_unit, ends_like_unit, is_group
from corpus.spans import Span
from corpus.task import Role
from ingest.extract.units import split_units
from service.verify.facts import FactKind, facts_in

_ROLE_WORDS = {row["word"]: row["role"] for row in read_table("ingest.extract.words", "roles.tsv")}
_LIMIT_LABELS = any_of(column("ingest.extract.words", "deadline_labels.tsv", "word"))
_VALUE = r"(?P<words>(?:[^；;。（()）\n]|[（(][^；;。（()）\n]*[）)])*)"
"""What stands after a label; brackets within it are closed within it."""
_LABELLED = re.compile(rf"(?P<label>(?:{any_of(_ROLE_WORDS)}|责任)(?:单位|部门|机关|科室))[:：]{_VALUE}")
_LIMIT = re.compile(rf"(?P<label>{_LIMIT_LABELS})[:：]{_VALUE}")
_SPOKEN = re.compile(
    r"(?:(?<=[，。；：:（(由])|^)(?P<words>(?:[^，。；：:（()）由]|[（(][^，。；：:（()）]{1,12}[）)]){3,120}?)(?:共同|分别)?"
    r"(?P<label>牵头|负责|配合|协助|主办|协办|承办)(?=[，。；）)]|$)"
)
_LISTED = re.compile(r"[（(](?P<words>[^，。；：:（()）]{3,120})[）)](?=[，。；：“、]|$)")
_LEVELS = re.compile("[省市县区州旗盟乡镇、和及]+")
"""What 各县（市、区） holds is no list of units."""
_BEFORE = 8
"""Characters looked at before a bracket: 市工商联（总商会） is one name."""
_ACCEPTED = {
    Role.LEAD.value: (Role.LEAD.value,),
    Role.RESPONSIBLE.value: (Role.RESPONSIBLE.value, Role.LEAD.value),
    Role.COOPERATE.value: (Role.COOPERATE.value,),
    Role.SUPERVISE.value: (Role.SUPERVISE.value,),
}


@dataclass(frozen=True, slots=True)
class UnitClaim:
    """A unit that the text gives a role."""

    span: Span
    name: str
    roles: tuple[str, ...]
    """Roles in the ledger that bear it out; a 牵头单位 is a 责任单位 too."""


@dataclass(frozen=True, slots=True)
class LimitClaim:
    """A time limit that stands after a label."""

    span: Span
    words: str


def unit_claims(text: str) -> Iterator[UnitClaim]:
    """Yield the units that stand after labels, in text order."""
    for found in _LABELLED.finditer(text):
        yield from _claims(text, found, _ACCEPTED[role_of(found["label"])])


def spoken_claims(text: str) -> Iterator[UnitClaim]:
    """Yield the units of 由市水利局牵头，市财政局配合 and of lists in brackets; only where all are units."""
    for found in _SPOKEN.finditer(text):
        yield from _if_all_are_units(_claims(text, found, _ACCEPTED[role_of(found["label"])]))
    for found in _LISTED.finditer(text):
        if not ends_like_unit(text[max(0, found.start() - _BEFORE) : found.start()]):
            claims = list(_claims(text, found, tuple(_ACCEPTED)))
            if all(_is_certain(claim.name) for claim in claims):
                yield from claims


def _if_all_are_units(claims: Iterable[UnitClaim]) -> list[UnitClaim]:
    found = list(claims)
    return found if all(_is_unit(claim.name) and not _LEVELS.fullmatch(claim.name) for claim in found) else []


def _claims(text: str, found: re.Match[str], roles: tuple[str, ...]) -> Iterator[UnitClaim]:
    for unit in split_units(text, Span(*found.span("words"))):
        yield UnitClaim(unit.span, unit.span.of(text), roles)


def _is_certain(name: str) -> bool:
    """Tell whether words in brackets can be nothing but a unit: 经营场所 is none."""
    named = any(fact.kind is FactKind.UNIT and fact.span.end == len(name) for fact in facts_in(name))
    return not _LEVELS.fullmatch(name) and (named or canonical_unit(name) is not None or is_group(name))


def _is_unit(name: str) -> bool:
    return ends_like_unit(name) or canonical_unit(name) is not None


def limit_claims(text: str) -> Iterator[LimitClaim]:
    """Yield the time limits that stand after labels, in text order; empty ones are left out."""
    for found in _LIMIT.finditer(text):
        if found["words"].strip():
            yield LimitClaim(Span(*found.span("words")), found["words"])


def role_of(label: str) -> str:
    """Return the role that a label gives: lead for 牵头单位, responsible for 责任单位."""
    for word, role in _ROLE_WORDS.items():
        if word in label:
            return role
    return Role.RESPONSIBLE.value

"""What a person does to a draft without making it wrong: own sentences, order, shorter, other forms."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from corpus.registry.units import canonical_unit
from evaluation.drafting.errors import numeral
from service.verify.claims import unit_claims

OWN_SENTENCES = (
    "各级各部门高度重视，主要负责同志亲自研究部署，分管负责同志一线推动，工作取得积极进展。",
    "在市委、市政府的坚强领导下，各有关单位担当作为，形成了齐抓共管的良好局面。",
    "下一步，要进一步压实责任，加强协同配合，确保各项任务如期完成。",
    "从督查情况看，多数单位行动迅速、措施有力，但仍有个别单位重视不够、推进不快。",
    "要坚持问题导向，举一反三，建立健全长效机制，巩固提升工作成效。",
    "同时也要看到，工作中还存在一些薄弱环节，需要在今后的工作中认真加以解决。",
)
_QUOTED = re.compile(r"(“[^”]*”|《[^》]*》|【[^】]*】)")
_YEAR_END = re.compile(r"(?P<year>20\d\d)年(?:年)?底")
_SHARE = re.compile(r"(?<![\d.])(?P<value>[1-9]\d?|100)[%％]")
_SMALL = re.compile(r"(?<![\d.第])(?P<value>[2-9]|[1-9]\d)(?=[家处座条项名场])")
_TEN_THOUSANDS = re.compile(r"(?<![\d.])(?P<value>[1-9]\d{0,3}(?:\.\d)?)万(?=[元吨亩])")
_MONTH_END = re.compile(r"(?P<year>20\d\d)年(?P<month>6|9|11)月底")


def edited(paragraphs: Sequence[tuple[int, str]], chance: random.Random) -> list[tuple[int, str]]:
    """Return the draft as a person may leave it: some paragraphs changed in form, none in what it states."""
    texts = [_changed(text, chance) for _, text in paragraphs]
    middle = texts[1:]
    first = chance.randrange(len(middle)) if middle else 0
    middle = middle[first:] + middle[:first]
    for sentence in chance.sample(OWN_SENTENCES, 3):
        middle.insert(chance.randint(0, len(middle)), sentence)
    return list(enumerate([*texts[:1], *middle], 1))


def _changed(text: str, chance: random.Random) -> str:
    """Return a paragraph changed in one of several ways, or not at all."""
    change = chance.choice((_shortened, _in_numerals, _in_other_units, _in_other_days, _in_full_names, str))
    if change is _shortened:
        return _shortened(text)
    return "".join(part if part[:1] in "“《【" else change(part) for part in _QUOTED.split(text))


def _shortened(text: str) -> str:
    """Drop the second sentence, or the last clause of the first."""
    sentences = re.split(r"(?<=。)", text)
    return "".join(sentences[:1] + sentences[2:]) if len(sentences) > 3 else text


def _in_numerals(text: str) -> str:
    return _SMALL.sub(lambda found: numeral(int(found["value"])), text)


def _in_other_units(text: str) -> str:
    shares = _SHARE.sub(lambda found: f"百分之{numeral(int(found['value']))}", text)
    return _TEN_THOUSANDS.sub(lambda found: f"{float(found['value']) * 10_000:.0f}", shares)


def _in_other_days(text: str) -> str:
    text = _YEAR_END.sub(lambda found: f"{found['year']}年12月31日", text)
    return _MONTH_END.sub(lambda found: f"{found['year']}-{int(found['month']):02d}-30", text)


def _in_full_names(text: str) -> str:
    for claim in reversed(list(unit_claims(text))):
        full = canonical_unit(claim.name)
        if full:
            text = text[: claim.span.start] + full + text[claim.span.end :]
    return text

"""Claims of a language model that count only in the sources' own words, though they state no figure or name.

`service.verify.facts` knows what figures, days and units are worth. A model finds other ways to say what
nobody told it: 近百处, 明年, 公安机关, 王局长. Such words must stand in a source as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.registry.units import canonical_unit
from corpus.spans import Span
from service.verify.facts import Fact, FactKind, Grounds, bare, facts_in

_CLAIMS = re.compile(
    r"(?P<figure>[零壹贰叁肆伍陆柒捌玖拾佰仟]{2,}[万亿]?|[一二三四五六七八九]成(?:[一二三四五六七八九半]|以上|左右)?"
    r"|(?:近|约|逾|超|上|数|几|成)[十百千万亿]{1,2}(?=[^分])|[十百千万][余多几](?=[一-龥])|半数|过半|大半|翻[一两]?番|[两三]倍)"
    r"|(?P<day>(?:明|去|后|前|上|次|翌)年|年[底末初内中]|(?:上|下)半年|(?:本|下|上)(?:个?月|季度|周)|[一二三四首]季度|近期|近日|即日)"
    r"|(?P<unit>[一-龥]{2,6}(?:机关|部门)|(?:自然资源|生态环境|交通运输|水利|农业农村|教育|财政|公安|民政|司法|商务|文化和旅游"
    r"|应急管理|住房和?城乡建设|住建|人力资源和?社会保障|人社|工业和信息化|工信|科学技术|科技)部(?!门)"
    r"|[一-龥]{1,3}(?:同志|书记|市长|县长|区长|省长|局长|主任|主席|厅长|处长|科长)(?!会|办))"
)
"""By the kind of thing that is claimed."""
_GENERAL = re.compile(
    "(?:有关|相关|各|责任|牵头|配合|主管|职能|行业|该|本|多个|下级|上级|各级|其他|成员|政府)(?:机关|部门)$"
)
"""Names nobody: 有关部门."""


def unsupported(text: str, sources: Sequence[str]) -> tuple[Fact, ...]:
    """Return what `text` states and none of the sources does, in text order; () where all is stated.

    Another name of a unit counts as its own: 市发改委 where a source names 市发展改革委.
    """
    whole = "\n".join(bare(source) for source in sources)
    known = {canonical_unit(fact.raw) for fact in _units(sources)} - {None}
    facts = (
        fact
        for fact in Grounds(sources).unsupported(text)
        if fact.kind is not FactKind.UNIT or canonical_unit(fact.raw) not in known
    )
    claims = (claim for claim in _claims(text) if bare(claim.raw) not in whole)
    return tuple(sorted({*facts, *claims}, key=lambda fact: (fact.span.start, fact.span.end)))


def _units(sources: Iterable[str]) -> Iterable[Fact]:
    return (fact for source in sources for fact in facts_in(source) if fact.kind is FactKind.UNIT)


def _claims(text: str) -> Iterable[Fact]:
    for found in _CLAIMS.finditer(text):
        kind = found.lastgroup
        if kind and not _GENERAL.search(found[0]):
            yield Fact(FactKind(kind), found[0], Span(*found.span()))

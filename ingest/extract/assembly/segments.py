"""Cuts running words at the statements that close them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.spans import Span, trim
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.assembly.unassigned import obliged_units
from ingest.extract.responsibility.statement import Statement

_INLINE_NUMBER = re.compile(
    r"\s*(?P<label>\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[一二三四五六七八九十]{1,3}、"
    r"|[一二三四五六七八九十]是(?=[\u4e00-\u9fff]))\s*"
)


_BULLET = re.compile(r"(?<=[。；;])\s*[—－*＊▲△●◆■★☆]{1,2}$")
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")
_NOTE = re.compile(
    r"(?:政策依据|依据|执行期限|政策期限|有效期限?|咨询电话|咨询方式|支持对象|适用对象|适用范围|办理流程|申报方式|兑现方式)[:：]"
)
_LONGEST_TITLE = 40
_SHORTEST_BODY = 8
_SHORTEST_MATTER = 4
_LABELLED = re.compile("[:：（(〔［【]|单位|部门|^(?:此|该|本|这|以上|上述|具体|相关)")


@dataclass(slots=True)
class Cut:
    """What cutting gave."""

    portions: list[Portion] = field(default_factory=list)
    left: list[Node] = field(default_factory=list)
    """The nodes that no statement governs, in text order."""
    leading: list[Statement] = field(default_factory=list)
    """Statement lines that stand before any words."""


def cut_item(reading: Reading, nodes: list[Node], inherited: tuple[Statement, ...]) -> Cut:
    """Cut an item with its further paragraphs: every statement closes all words since the one before.

    The first portion carries the item's label; the later ones stand below its run-in heading.
    """
    item, cut = nodes[0], Cut()
    start = words_end = item.body.start
    for node in nodes:
        if not (node.pure or _NOTE.match(reading.text, node.body.start)):
            words_end = node.body.end
        for statement in node.statements:
            if _closes_title(reading, nodes, start, statement):
                cut.leading.append(statement)
            else:
                end = max(start, min(words_end, statement.span.start))
                _close(reading, item, Span(start, end), statement, cut)
            start = max(start, statement.span.end)
        if not node.statements and start <= node.body.start:
            cut.left.append(node)
        elif node.statements:
            cut.left.clear()
    if not cut.portions and cut.leading:
        _take_rest(reading, item, Span(start, nodes[-1].body.end), cut)
    cut.portions = [replace(portion, inherited=inherited) for portion in _from_one(reading, cut.portions)]
    return cut


def _from_one(reading: Reading, portions: list[Portion]) -> list[Portion]:
    """Let the first portion begin at its （1） where the second one is （2）: what stands before leads in."""
    if len(portions) < 2 or not (second := re.fullmatch(r"([（(]?)[2２二]([）).．、]+)", portions[1].label)):
        return portions
    first = portions[0]
    number = re.compile(f"{re.escape(second[1])}[1１一]{re.escape(second[2])}\\s*")
    match = number.search(reading.text, first.span.start, first.span.end)
    if match is None or not second[1]:
        return portions
    span = Span(match.end(), first.span.end)
    label = match.group().strip()
    return [replace(first, span=span, label=label, section=portions[1].section), *portions[1:]]


def cut_paragraphs(
    reading: Reading, nodes: list[Node], inherited: tuple[Statement, ...], joined: bool
) -> Cut:
    """Cut paragraphs without number: a statement within one closes only that one.

    A line that is nothing but a statement closes all paragraphs before it, back to the last statement, when
    they are `joined` below one heading, else the paragraph before it.
    """
    cut = Cut()
    for node in nodes:
        if not node.statements:
            cut.left.append(node)
            continue
        start = node.body.start
        if node.pure and cut.left:
            start = cut.left[0 if joined else -1].body.start
            cut.left = [] if joined else cut.left[:-1]
        for statement in node.statements:
            _close(reading, node, Span(start, statement.span.start), statement, cut)
            start = max(start, statement.span.end)
    if not cut.portions and cut.leading and cut.left and joined:
        _take_rest(reading, cut.left[0], Span(cut.left[0].body.start, cut.left[-1].body.end), cut)
        cut.left = []
    cut.portions = [replace(portion, inherited=inherited) for portion in cut.portions]
    return cut


def _closes_title(reading: Reading, nodes: list[Node], start: int, statement: Statement) -> bool:
    """Tell whether a statement stands between an item's short title and the words that it governs."""
    words = reading.text[start : statement.span.start]
    title = words.rstrip("。 ")
    if start != nodes[0].body.start or len(title) > _LONGEST_TITLE or re.search("[。；;]|\n(?!$)", title):
        return False
    if _INLINE_NUMBER.match(reading.text, statement.span.end):
        return False
    after = [item for node in nodes for item in node.statements if item.span.start > statement.span.start]
    if after and words.endswith("。") and "\n" not in reading.text[statement.span.end : after[0].span.start]:
        return False  # 治理河道。（甲局）改造管网。（乙局）: a sentence and its statement, then the next
    end = after[0].span.start if after else nodes[-1].body.end
    return end - statement.span.end >= _SHORTEST_BODY


def _close(reading: Reading, node: Node, words: Span, statement: Statement, cut: Cut) -> None:
    """Add the words that a statement closes; without words it adds to the statement before."""
    span = _without_bullet(reading.text, trim(reading.text, Span(words.start, max(words.start, words.end))))
    if not reading.text[span.start : span.end].strip("。；;，,、.：: \n"):
        _attach(statement, cut)
        return
    inline = _INLINE_NUMBER.match(reading.text, span.start, span.end)
    if inline and cut.portions:
        span = Span(inline.end(), span.end)
    first = not cut.portions or not node.block.number
    label = inline["label"] if inline and cut.portions else node.block.number if first else ""
    beside = first or _same_form(label, node.block.number)
    start = reading.body_start(node) if first else span.start
    cut.portions.append(
        Portion(
            span=span,
            found_by=statement.rule,
            subjects=() if _assigns(statement) else obliged_units(reading, start, span),
            label=label,
            section=reading.section(node) if beside else reading.below_run_in(node),
            statements=(*cut.leading, statement) if not cut.portions else (statement,),
        )
    )


def _attach(statement: Statement, cut: Cut) -> None:
    """Add a statement without words of its own to the last portion, or keep it for the first to come."""
    if not cut.portions:
        cut.leading.append(statement)
        return
    last = cut.portions[-1]
    subjects = () if _assigns(statement) else last.subjects
    cut.portions[-1] = replace(last, statements=(*last.statements, statement), subjects=subjects)


def _without_bullet(text: str, span: Span) -> Span:
    """Drop the dash or bullet that leads over to a statement: …十处。——责任单位：."""
    bullet = _BULLET.search(text, span.start, span.end)
    return Span(span.start, bullet.start()) if bullet else span


def _same_form(label: str, other: str) -> bool:
    """Tell whether two number labels are of one form, so that the second item stands beside the first."""
    return bool(label) and _NUMERAL.sub("1", label) == _NUMERAL.sub("1", other)


def _assigns(statement: Statement) -> bool:
    """Tell whether a statement says who is responsible, and not only when."""
    content = statement.content
    return bool(content.units or content.references or content.persons or content.everywhere)


def _names_matter(text: str, statement: Statement) -> bool:
    """Tell whether a statement says itself what is to be done: 河道治理由A牵头，B配合."""
    units = statement.content.units
    if not units:
        return False
    before = text[statement.span.start : units[0].span.start].rstrip("由")
    return len(before) >= _SHORTEST_MATTER and not _LABELLED.search(before)


def _take_rest(reading: Reading, node: Node, words: Span, cut: Cut) -> None:
    """Let statements that stand first govern the words after them."""
    span = trim(reading.text, words)
    if not span and _names_matter(reading.text, cut.leading[0]):
        span = node.body
    if span:
        cut.portions.append(
            Portion(
                span=span,
                found_by="leading-" + cut.leading[0].rule,
                label=node.block.number,
                section=reading.section(node),
                statements=tuple(cut.leading),
            )
        )

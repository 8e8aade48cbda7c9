"""整改清单 blocks: one problem with its goal, measures, limit and units is one task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.spans import Span, trim
from corpus.task import Role
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.responsibility.labels import (
    STATEMENT_FIELDS,
    FieldKind,
    field_of,
    find_fields,
    find_labels,
)
from ingest.extract.responsibility.leading import leading_label
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Content, Statement

_CONTENT = frozenset({FieldKind.PROBLEM, FieldKind.GOAL, FieldKind.MEASURES})
_ASIDE = frozenset({FieldKind.PROGRESS, FieldKind.CONTACT, FieldKind.OTHER})
"""Labelled parts of a block that are no part of the task: 整改进展, 联系人, 整改类型."""
_RECTIFIES = "整改"
"""The word in a block's labels that makes its heading the problem."""


def is_ledger_block(reading: Reading, node: Node) -> bool:
    """Tell whether a node is one problem's block: it or its children carry labels of two fields."""
    if node.block.number == "" and node.label is not FieldKind.PROBLEM:
        return False
    if _measures_stand_alone(reading, node):
        return False
    own = _field(reading, node)
    kinds = [
        kind for child in node.children if (kind := _field(reading, child)) not in (None, FieldKind.OTHER)
    ]
    content = ({own} if own else set()) | set(kinds)
    if len(kinds) != len(set(kinds)) and kinds.count(FieldKind.PROBLEM) > 1:
        return False
    if len(content & _CONTENT) >= 2:
        return True
    assigned = any(child.pure for child in node.children) or bool(content & STATEMENT_FIELDS)
    return bool(content & _CONTENT) and bool(kinds) and assigned


def _measures_stand_alone(reading: Reading, node: Node) -> bool:
    """Tell whether every numbered measure of a block has a statement of its own, and the block has none."""
    items = [item for item in node.paragraphs()[1:] if item.block.number and _field(reading, item) is None]
    others = [item for item in node.paragraphs() if item not in items]
    if not items or any(item.statements or _field(reading, item) in STATEMENT_FIELDS for item in others):
        return False
    return all(item.statements and not item.pure for item in items)


def ledger_portion(reading: Reading, node: Node, inherited: tuple[Statement, ...]) -> Portion:
    """Return the one task of a ledger block: from its problem to the last words that are no statement."""
    nodes = node.paragraphs()
    values = _values_below(reading, nodes)
    statements = tuple(
        statement for item in nodes for statement in _statements(reading, item, values.get(item.index))
    )
    below = {value.index for value in values.values()}
    end = _end_before(
        statements, _end_of_words(reading, node, [item for item in nodes if item.index not in below])
    )
    return Portion(
        span=trim(reading.text, Span(node.body.start, max(end, node.body.start))),
        found_by="ledger-block",
        label=node.block.number,
        section=reading.section(node.beside or node),
        statements=statements,
        inherited=inherited,
        measures=tuple(_measures(reading, nodes)),
        fields=tuple(_with_problem(reading, node, list(_fields(reading, nodes)))),
        extra=tuple(_extra(reading, nodes)),
    )


def _end_of_words(reading: Reading, node: Node, nodes: Sequence[Node]) -> int:
    """Return where the last of `nodes` ends that is part of the task, at least the block's own words."""
    aside = STATEMENT_FIELDS | _ASIDE
    ends = [item.body.end for item in nodes if not item.pure and _field(reading, item) not in aside]
    return max([*ends, node.body.start if node.pure else node.body.end])


def _end_before(statements: Sequence[Statement], end: int) -> int:
    """Return `end`, or where the first of the statements begins that reach from there to `end` or beyond."""
    for statement in sorted(statements, key=lambda item: item.span, reverse=True):
        if statement.span.end >= end:
            end = min(end, statement.span.start)
    return end


def with_inline_fields(reading: Reading, portion: Portion) -> Portion:
    """Return a portion with the problem and goal that labels within its words name: 问题：…。整改措施：…."""
    if portion.fields or not any(colon in portion.span.of(reading.text) for colon in "：:"):
        return portion
    leading = leading_label(reading.text, portion.span)
    start = leading.end if leading is not None and leading.kind in _CONTENT else portion.span.start
    found = find_fields(reading.text, Span(start, portion.span.end))
    fields = [(each.kind, trim(reading.text, each.value)) for each in found if each.kind in _CONTENT]
    if leading is not None and leading.kind in _CONTENT:
        end = found[0].label.start if found else portion.span.end
        fields.insert(0, (leading.kind, trim(reading.text, Span(leading.end, end))))
    if FieldKind.MEASURES not in dict(fields):
        return portion
    return replace(portion, fields=tuple((kind, value) for kind, value in fields if len(value)))


def _values_below(reading: Reading, nodes: Sequence[Node]) -> dict[int, Node]:
    """Return the paragraphs that are the values of headings such as 5.责任单位, by the heading's index."""
    found: dict[int, Node] = {}
    for node, following in pairwise(nodes):
        bare = _field(reading, node) in STATEMENT_FIELDS and not node.statements and node.block.run_in is None
        if (
            bare
            and len(node.body) <= _LABEL_ALONE
            and not following.block.number
            and _field(reading, following) is None
        ):
            found[node.index] = following
    return found


_LABEL_ALONE = 12
"""Longer words are more than a label."""


def _statements(reading: Reading, node: Node, below: Node | None) -> tuple[Statement, ...]:
    """Return a node's statements; a heading such as 责任单位 labels what follows as a colon does."""
    kind = _field(reading, node)
    if node.statements or kind not in STATEMENT_FIELDS:
        return node.statements
    if below is not None:
        span = Span(node.body.start, below.body.end)
        return (Statement(span, _content(reading, kind, below.body), "label-heading"),)
    leading = leading_label(reading.text, node.body)
    start = leading.end if leading is not None else None
    start = node.block.run_in.end if start is None and node.block.run_in is not None else start
    if start is None:
        return ()
    value = trim(reading.text, Span(start, max(start, node.body.end)))
    return (Statement(node.body, _content(reading, kind, value), "run-in-label"),)


def _content(reading: Reading, kind: FieldKind | None, value: Span) -> Content:
    """Return what the words after a label say."""
    if kind is FieldKind.DEADLINE:
        return Content(deadlines=(value,))
    if kind is None or kind is FieldKind.PERSON:
        return Content(persons=(value,))
    return Content(units=read_phrases(reading.text, value, Role(kind.value), reading.conventions.stars))


def _field(reading: Reading, node: Node) -> FieldKind | None:
    """Return the field that a node begins with, as a label or as its run-in heading."""
    if node.label is not None:
        return node.label
    run_in = node.block.run_in
    head = (run_in or node.body).of(reading.text)
    return field_of(head.strip("。．.：: ")) if len(head) <= _LABEL_ALONE else None


def _fields(reading: Reading, nodes: list[Node]) -> Iterator[tuple[FieldKind, Span]]:
    """Yield the problem, goal and measures with their words, labels left out."""
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        kind = _field(reading, node)
        if kind in _CONTENT:
            start = _value_start(reading, node)
            value = trim(reading.text, Span(start, max(start, node.body.end)))
            if not value and following is not None and following.block.number == "":
                value = following.body
            if value:
                yield kind, value


def _with_problem(
    reading: Reading, node: Node, fields: list[tuple[FieldKind, Span]]
) -> list[tuple[FieldKind, Span]]:
    """Return the fields with the block's own first words as its problem, where no label names one.

    That is so in a rectification list only: elsewhere the first words are the task.
    """
    labels = [leading for item in node.paragraphs() if (leading := leading_label(reading.text, item.body))]
    rectifies = any(_RECTIFIES in label.word for label in labels)
    if FieldKind.PROBLEM in dict(fields) or not rectifies or _field(reading, node) is not None:
        return fields
    inside = find_labels(reading.text, node.body)
    end = inside[0][1].start if inside else node.body.end
    words = trim(reading.text, Span(node.body.start, max(node.body.start, end)))
    return [(FieldKind.PROBLEM, words), *fields] if words else fields


def _extra(reading: Reading, nodes: list[Node]) -> Iterator[tuple[str, Span]]:
    """Yield the labelled parts that have no key of their own, such as 整改进展, by their label."""
    for node in nodes:
        leading = leading_label(reading.text, node.body)
        if leading is not None and leading.kind in _ASIDE:
            value = trim(reading.text, Span(leading.end, max(leading.end, node.body.end)))
            if value:
                yield leading.word, value


def _value_start(reading: Reading, node: Node) -> int:
    """Return where the words after a node's label begin."""
    leading = leading_label(reading.text, node.body)
    if leading is not None and leading.kind in _CONTENT:
        return leading.end
    labels = find_labels(reading.text, node.body)
    if node.label is not None and labels:
        return labels[0][1].end
    return node.block.run_in.end if node.block.run_in is not None else node.body.end


def _measures(reading: Reading, nodes: list[Node]) -> Iterator[Span]:
    """Yield the items below the measures' label."""
    for node in nodes:
        numbered = bool(node.block.number)
        if numbered and _field(reading, node) is None and not node.pure and node is not nodes[0]:
            yield node.body

"""整改清单 blocks: one problem with its goal, measures, limit and units is one task."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.spans import Span, trim
from corpus.task import Role
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.responsibility.labels import STATEMENT_FIELDS, FieldKind, field_of, find_labels
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Content, Statement

_CONTENT = frozenset({FieldKind.PROBLEM, FieldKind.GOAL, FieldKind.MEASURES})


def is_ledger_block(reading: Reading, node: Node) -> bool:
    """Tell whether a node is one problem's block: it or its children carry labels of two fields."""
    if node.block.number == "" and node.label is not FieldKind.PROBLEM:
        return False
    own = _field(reading, node)
    kinds = [kind for child in node.children if (kind := _field(reading, child))]
    content = ({own} if own else set()) | set(kinds)
    if len(kinds) != len(set(kinds)) and kinds.count(FieldKind.PROBLEM) > 1:
        return False
    if len(content & _CONTENT) >= 2:
        return True
    assigned = any(child.pure for child in node.children) or bool(content & STATEMENT_FIELDS)
    return bool(content & _CONTENT) and bool(kinds) and assigned


def ledger_portion(reading: Reading, node: Node, inherited: tuple[Statement, ...]) -> Portion:
    """Return the one task of a ledger block: from its problem to the last words that are no statement."""
    nodes = node.paragraphs()
    statements = tuple(statement for item in nodes for statement in _statements(reading, item))
    fields = tuple(_fields(reading, nodes))
    ends = [
        item.body.end for item in nodes if not item.pure and _field(reading, item) not in STATEMENT_FIELDS
    ]
    end = max([*ends, node.body.end if not node.pure else node.body.start])
    for statement in sorted(statements, key=lambda item: item.span, reverse=True):
        if statement.span.end >= end:
            end = min(end, statement.span.start)
    span = trim(reading.text, Span(node.body.start, max(end, node.body.start)))
    return Portion(
        span=span,
        found_by="ledger-block",
        label=node.block.number,
        section=reading.section(node),
        statements=statements,
        inherited=inherited,
        measures=tuple(_measures(reading, nodes)),
        fields=fields,
    )


def _statements(reading: Reading, node: Node) -> tuple[Statement, ...]:
    """Return a node's statements; a run-in heading such as 责任单位。 labels what follows as a colon does."""
    kind = _field(reading, node)
    if node.statements or kind not in STATEMENT_FIELDS or node.block.run_in is None:
        return node.statements
    value = trim(reading.text, Span(node.block.run_in.end, max(node.block.run_in.end, node.body.end)))
    return (Statement(node.body, _content(reading, kind, value), "run-in-label"),)


def _content(reading: Reading, kind: FieldKind, value: Span) -> Content:
    """Return what the words after a run-in label say."""
    if kind is FieldKind.DEADLINE:
        return Content(deadlines=(value,))
    if kind is FieldKind.PERSON:
        return Content(persons=(value,))
    return Content(units=read_phrases(reading.text, value, Role(kind.value), reading.conventions.stars))


def _field(reading: Reading, node: Node) -> FieldKind | None:
    """Return the field that a node begins with, as a label or as its run-in heading."""
    if node.label is not None:
        return node.label
    run_in = node.block.run_in
    head = (run_in or node.body).of(reading.text)
    return field_of(head.strip("。．.：: ")) if len(head) <= 12 else None


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


def _value_start(reading: Reading, node: Node) -> int:
    """Return where the words after a node's label begin."""
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

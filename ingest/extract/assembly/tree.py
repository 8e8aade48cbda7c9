"""The outline as a tree whose nodes know the statements that close them."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Block, BlockKind, Document
from corpus.spans import Span, trim
from ingest.extract.assembly.asides import is_aside
from ingest.extract.responsibility.closing import find_closing
from ingest.extract.responsibility.labels import STATEMENT_FIELDS, FieldKind, field_of, find_labels
from ingest.extract.responsibility.leading import leading_label
from ingest.extract.responsibility.statement import Conventions, Statement

_KINDS = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH})
_LABEL_WITHIN = 14
_LONGEST_VALUE = 200
"""A longer line after a label that stands alone is no list of units but text."""


@dataclass(slots=True, eq=False)
class Node:
    """A heading, item or paragraph with what stands below it."""

    index: int
    """Index of its block in the document."""
    block: Block
    body: Span
    """Its words without number label."""
    statements: tuple[Statement, ...] = ()
    """The closing statements among its own words."""
    label: FieldKind | None = None
    """The label that it begins with: 整改措施：…; None for most."""
    children: list[Node] = field(default_factory=list)
    beside: Node | None = None
    """The problem in whose section this one stands, where the outline takes it for a part of that one."""

    @property
    def numbered(self) -> list[Node]:
        """The headings, items and gathered problems directly below."""
        return [
            child for child in self.children if child.block.kind is not BlockKind.PARAGRAPH or child.children
        ]

    @property
    def pure(self) -> bool:
        """Tell whether its words are nothing but statements."""
        return (
            bool(self.statements) and self.statements[0].span.start <= self.body.start + 1 and not self.rest
        )

    @property
    def rest(self) -> bool:
        """Tell whether words are left when the statements are taken away."""
        return len(self.body) - sum(len(statement.span) for statement in self.statements) > 1

    @property
    def end(self) -> int:
        """Where the last block below it, or its own, ends."""
        return self.children[-1].end if self.children else self.body.end

    def holds_statement(self) -> bool:
        """Tell whether a statement stands in it or anywhere below."""
        return bool(self.statements) or any(child.holds_statement() for child in self.children)

    def paragraphs(self) -> list[Node]:
        """Return itself and all nodes below it, in text order."""
        return [self, *(node for child in self.children for node in child.paragraphs())]


def build_tree(document: Document, conventions: Conventions) -> list[Node]:
    """Return the top nodes of a document in order; title, furniture, table rows and asides are left out."""
    nodes: dict[int, Node] = {}
    roots: list[Node] = []
    taken = -1
    for index, block in enumerate(document.blocks):
        if index <= taken or block.kind not in _KINDS:
            continue
        if block.kind is BlockKind.PARAGRAPH and is_aside(document.text, block.span):
            continue
        taken, body = _with_value(document, index)
        node = nodes[index] = _node(document, index, body, conventions)
        parent = nodes.get(block.parent) if block.parent is not None else None
        (parent.children if parent else roots).append(node)
    roots = _with_bodies(roots)
    for root in roots:
        _lift(root)
    return _gathered(roots)


def _with_bodies(roots: list[Node]) -> list[Node]:
    """Put the paragraph after a heading that is closed by a statement, but has nothing below it, below it.

    The outline takes the last paragraphs of a document for closing words.
    """
    kept: list[Node] = []
    for node in roots:
        above = kept[-1] if kept else None
        if (
            above is not None
            and _lacks_body(above)
            and node.block.kind is BlockKind.PARAGRAPH
            and not node.statements
        ):
            above.children.append(node)
        else:
            kept.append(node)
    return kept


def _lacks_body(node: Node) -> bool:
    """Tell whether a node is a heading with a statement and nothing below it."""
    return node.block.kind is BlockKind.HEADING and bool(node.statements) and not node.children


def _gathered(nodes: list[Node]) -> list[Node]:
    """Put what follows an unnumbered problem (问题一：…) below it, up to the next problem or heading."""
    kept: list[Node] = []
    problem: Node | None = None
    for node in _apart(nodes):
        node.children = _gathered(node.children)
        if _opens_block(node):
            problem = node
        elif problem is not None and _goes_on(problem, node):
            problem.children.append(node)
            continue
        else:
            problem = None
        kept.append(node)
    return kept


def _apart(nodes: list[Node]) -> list[Node]:
    """Put a problem (问题二：…) that the outline takes for a part of the one before beside it."""
    flat: list[Node] = []
    problem: Node | None = None
    for node in nodes:
        flat.append(node)
        problem = node if _opens_block(node) else problem
        cut = next((at for at, child in enumerate(node.children) if _opens_block(child)), None)
        if problem is None or problem is node or cut is None:
            continue
        later, node.children = node.children[cut:], node.children[:cut]
        for each in later:
            each.beside = problem if _opens_block(each) else None
        flat += _apart(later)
    return flat


def _opens_block(node: Node) -> bool:
    """Tell whether a node is a problem without number, such as 问题二：…."""
    return node.label is FieldKind.PROBLEM and not node.block.number


def _goes_on(problem: Node, node: Node) -> bool:
    """Tell whether a node belongs to the problem before it: a labelled line or a numbered measure."""
    if node.label is not None or node.pure:
        return True
    if not problem.children or not node.block.number:
        return False
    last = problem.children[-1].block
    counts_on = last.number[:1] == node.block.number[:1] and last.number[:1] in ("（", "(")
    chapter = node.block.number.startswith(tuple("一二三四五六七八九十第"))
    return not chapter and (node.block.kind is BlockKind.ITEM or counts_on)


def _with_value(document: Document, index: int) -> tuple[int, Span]:
    """Return the last block that belongs to the one at `index`, and the words of both.

    That is another one only for a label in a line of its own, whose value stands in the next line.
    """
    block = document.blocks[index]
    body = trim(document.text, block.body if len(block.body) else block.span)
    following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    if following is None or following.kind is not BlockKind.PARAGRAPH or len(body) > _LABEL_WITHIN:
        return index, body
    labels = find_labels(document.text, body)
    kind = labels[0][0] if labels and labels[0][1] == body else None
    if kind is None and block.kind is BlockKind.PARAGRAPH:
        kind = field_of(body.of(document.text))
    if kind not in STATEMENT_FIELDS:
        return index, body
    value = trim(document.text, following.span)
    if len(value) > _LONGEST_VALUE or find_labels(
        document.text, Span(value.start, min(value.end, value.start + _LABEL_WITHIN))
    ):
        return index, body
    return index + 1, Span(body.start, value.end)


def _node(document: Document, index: int, body: Span, conventions: Conventions) -> Node:
    """Return the node of one block with its words, without children."""
    block = document.blocks[index]
    labels = find_labels(document.text, Span(body.start, min(body.end, body.start + _LABEL_WITHIN)))
    label = labels[0][0] if labels and labels[0][1].start <= body.start + 1 else None
    if label is None and (leading := leading_label(document.text, body)) is not None:
        label = leading.kind
    return Node(index, block, body, find_closing(document.text, body, conventions), label)


def _lift(node: Node) -> None:
    """Move statement lines below the last of several items up, where none of its siblings has one of its own.

    Such lines (责任单位：… after the last of three measures) close the whole heading, not its last item.
    """
    for child in node.children:
        _lift(child)
    numbered = node.numbered
    if len(numbered) < 2 or numbered[-1] is not node.children[-1]:
        return
    last = numbered[-1]
    if last.statements or any(item.holds_statement() for item in numbered[:-1]):
        return
    first = next((i for i, child in enumerate(last.children) if child.pure and not child.children), None)
    if first is not None and not any(child.block.number for child in last.children[first:]):
        last.children, lifted = last.children[:first], last.children[first:]
        node.children += lifted

"""Walks the outline and decides which stretch of text each statement governs."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import BlockKind
from corpus.spans import Span, trim
from ingest.extract.assembly.ledgers import is_ledger_block, ledger_portion, with_inline_fields
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.scope import Effect
from ingest.extract.assembly.segments import cut_item, cut_paragraphs
from ingest.extract.assembly.siblings import closed_by_last_item
from ingest.extract.assembly.tree import Node
from ingest.extract.assembly.unassigned import closing_words, unassigned_item, unassigned_paragraphs
from ingest.extract.responsibility.statement import Statement

Statements = tuple[Statement, ...]
_LONGEST_TITLE = 40
_SHORTEST_SENTENCE = 10


def portions(reading: Reading) -> Iterator[Portion]:
    """Yield the portions of a document outside its tables, in text order."""
    for portion in _side_by_side(reading, reading.roots, (), joined=False):
        yield with_inline_fields(reading, portion)


def _side_by_side(
    reading: Reading, nodes: list[Node], inherited: Statements, joined: bool
) -> Iterator[Portion]:
    """Yield the portions of nodes of one parent: headings and items each for itself, paragraphs in runs."""
    run: list[Node] = []
    chapters = any(node.numbered for node in nodes)
    listed = False
    for node in nodes:
        if node.block.kind is BlockKind.PARAGRAPH and not node.children:
            run.append(node)
            listed = reading.announces_no_work(node)
            continue
        yield from _run(reading, run, inherited, joined)
        run = []
        listed = listed and node.block.kind is BlockKind.ITEM and not node.holds_statement()
        if listed:
            continue
        if closed_by_last_item(node, nodes):
            yield _whole(reading, node, inherited)
        else:
            yield from _visit(reading, node, inherited, chapters)
    yield from _run(reading, run, inherited, joined)


def _run(reading: Reading, nodes: list[Node], inherited: Statements, joined: bool) -> Iterator[Portion]:
    """Yield the portions of paragraphs that stand together."""
    if not nodes:
        return
    cut = cut_paragraphs(reading, nodes, inherited, joined)
    found = [*cut.portions, *unassigned_paragraphs(reading, cut.left)]
    yield from sorted(found, key=lambda portion: portion.span)


def _visit(reading: Reading, node: Node, inherited: Statements, chapters: bool) -> Iterator[Portion]:
    """Yield the portions of a heading or item and of all below it.

    `chapters` tells that headings beside it have items below them, so that a heading without items is a
    chapter of one paragraph and no item itself.
    """
    if is_ledger_block(reading, node):
        yield ledger_portion(reading, node, inherited)
    elif not node.numbered:
        yield from _leaf(reading, node, inherited, chapters and node.block.kind is BlockKind.HEADING)
    elif all(child.pure and not child.children for child in node.numbered) and not node.statements:
        yield _whole(reading, node, inherited)
    elif any(child.holds_statement() for child in node.numbered):
        own = node.statements
        if own and not _is_title(reading, node):
            yield from cut_item(reading, [node], inherited).portions
            own = ()
        above = (*inherited, *own, *_leading_lines(node))
        yield from _side_by_side(reading, _without_leading(node), above, joined=True)
    elif node.statements or any(child.pure for child in node.children):
        node.children, after = _parted(node.children)
        yield _whole(reading, node, inherited)
        yield from _run(reading, after, inherited, joined=True)
    else:
        yield from _side_by_side(reading, node.children, inherited, joined=True)


def _parted(nodes: list[Node]) -> tuple[list[Node], list[Node]]:
    """Part the children of a heading that is closed as a whole from the paragraphs after what closes it."""
    lines = [index for index, node in enumerate(nodes) if _is_statement_line(node)]
    end = lines[-1] + 1 if lines else len(nodes)
    if any(node.block.number or node.children for node in nodes[end:]):
        return nodes, []
    return nodes[:end], nodes[end:]


def _leading_lines(node: Node) -> Statements:
    """Return the statement lines between a heading and its first item."""
    found: list[Statement] = []
    for child in node.children:
        if not _is_statement_line(child):
            break
        found += child.statements
    return tuple(found)


def _is_statement_line(node: Node) -> bool:
    """Tell whether a node is a line without number that holds nothing but statements."""
    return node.pure and not node.block.number


def _without_leading(node: Node) -> list[Node]:
    """Return the children after the statement lines that open them."""
    first = next(
        (i for i, item in enumerate(node.children) if not _is_statement_line(item)), len(node.children)
    )
    return node.children[first:]


def _leaf(reading: Reading, node: Node, inherited: Statements, chapter: bool) -> Iterator[Portion]:
    """Yield the portions of an item, or of a heading with nothing but paragraphs below it."""
    nodes = node.paragraphs()
    below = any(item.statements for item in node.children)
    if node.block.kind is BlockKind.HEADING and node.statements and node.children and not below:
        yield _whole(reading, node, inherited)
    elif chapter and (node.children or not node.statements) and not _is_required_item(reading, node):
        yield from _run(reading, node.children, (*inherited, *node.statements), joined=True)
        if not node.children:
            yield from unassigned_item(reading, node, nodes)
    elif node.statements or below:
        cut = cut_item(reading, nodes, inherited)
        yield from cut.portions
        yield from unassigned_paragraphs(reading, [item for item in cut.left if item is not node])
        yield from closing_words(reading, nodes)
    else:
        yield from unassigned_item(reading, node, nodes)


def _is_required_item(reading: Reading, node: Node) -> bool:
    """Tell whether a numbered heading over plain paragraphs is an item of required work, not a chapter."""
    inner = bool(node.block.number) and node.block.parent is not None
    return inner and not node.holds_statement() and reading.effect(node) is Effect.TASK


def _whole(reading: Reading, node: Node, inherited: Statements) -> Portion:
    """Return the one task of a heading or item that is closed as a whole; its items are measures."""
    nodes = node.paragraphs()
    statements = tuple(statement for item in nodes for statement in item.statements)
    heading = _is_title(reading, node)
    content = [item for item in nodes if not item.pure and not (heading and item is node)] or [node]
    end = _before_statement(content[-1].body.end, statements)
    start = _after_title(reading, node) if heading else content[0].body.start
    start = content[0].body.start if start is None else start
    above = reading.section(node)
    return Portion(
        span=trim(reading.text, Span(start, max(end, start))),
        found_by="heading-statement" if heading else "item-with-measures",
        label="" if heading and node.numbered else node.block.number,
        section=(*above, _heading_words(reading, node)) if heading and node.numbered else above,
        statements=statements,
        inherited=inherited,
        measures=tuple(item.body for item in node.numbered if not item.pure),
    )


def _is_title(reading: Reading, node: Node) -> bool:
    """Tell whether a node's own words, its statement left out, are a heading and no sentence."""
    end = node.statements[0].span.start if node.statements else node.body.end
    words = reading.text[node.body.start : max(end, node.body.start)]
    return node.block.kind is BlockKind.HEADING or (
        len(words) <= _LONGEST_TITLE and "。" not in words.rstrip("。 ")
    )


def _after_title(reading: Reading, node: Node) -> int | None:
    """Return where the sentences begin that stand in one block with a title and its statement, often None."""
    if not node.statements:
        return None
    rest = trim(
        reading.text, Span(node.statements[-1].span.end, max(node.statements[-1].span.end, node.body.end))
    )
    return rest.start if len(rest) >= _SHORTEST_SENTENCE else None


def _heading_words(reading: Reading, node: Node) -> str:
    """Return a heading without the statement that closes it."""
    end = min(node.body.end, node.statements[0].span.start) if node.statements else node.body.end
    return Span(node.block.span.start, end).of(reading.text).strip().rstrip("：:")


def _before_statement(end: int, statements: Statements) -> int:
    """Return where the words before the statements that end at `end` end."""
    for statement in sorted(statements, key=lambda item: item.span, reverse=True):
        if statement.span.end >= end > statement.span.start:
            end = statement.span.start
    return end

"""What stands under what: levels by the evidence of the document itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Block, BlockKind, Row
from corpus.spans import Span
from ingest.labels import Label, LabelKind
from ingest.outlining.headings import (
    Surroundings,
    is_closed_by_statement,
    is_numbered_heading,
    is_plain_heading,
)
from ingest.outlining.lines import Line, LineRole
from ingest.outlining.run_in import run_in_heading

ANNEX = "annex"
"""The form of an annex title."""
PLAIN = "plain"
"""The form of a heading without number."""
ARTICLE_HEADING = 20
"""The heading that runs into an article is at most so long."""
MIN_ARTICLES = 3
MOSTLY = 0.8
Form = LabelKind | str
"""Headings and items of one form are siblings."""

_USUAL_ORDER = tuple(LabelKind)
"""Which kind of label usually stands above which."""


@dataclass(slots=True)
class _Node:
    """An open heading or item: what follows may stand under it."""

    form: Form
    block: int
    """Index of its block."""
    heading: bool
    children: int = 0
    fields: bool = False
    """True when lines such as 责任单位：… stand directly under it."""


@dataclass(slots=True)
class _Nester:
    """Goes through the lines once; `open` is the path from the outermost heading to where we are."""

    lines: list[Line]
    roles: list[LineRole]
    ranks: dict[LabelKind, int]
    """Which kind of label stands above which; lower is higher up."""
    closing: list[bool]
    """For each line, whether no numbered line follows it within its text."""
    headed_articles: bool
    """True when the articles begin with headings, as in 意见; in laws they begin with sentences."""
    blocks: list[Block] = field(default_factory=list)
    open: list[_Node] = field(default_factory=list)
    plain_depth: int | None = None
    """How many headings stand above the first unnumbered one: later ones are its siblings."""
    closed: bool = False
    """True after a paragraph that a responsibility statement closes."""

    def place(self, at: int) -> None:
        """Add the block of one line."""
        line, role = self.lines[at], self.roles[at]
        around = Surroundings(self.lines, self.roles, at)
        if role is LineRole.TITLE:
            self._begin_text()
            self._add(line, BlockKind.TITLE)
        elif role is LineRole.FURNITURE:
            self._add(line, BlockKind.FURNITURE)
        elif role is LineRole.ANNEX_TITLE:
            self._annex(line)
        elif line.is_row:
            self._add(line, BlockKind.ROW, parent=self._heading_above())
        elif line.label is not None:
            self._numbered(around, line.label)
        elif is_plain_heading(around):
            self._plain_heading(line)
        else:
            self._paragraph(at, line)

    def _begin_text(self) -> None:
        self.open, self.plain_depth, self.closed = [], None, False

    def _add(
        self,
        line: Line,
        kind: BlockKind,
        level: int = 0,
        parent: int | None = None,
        run_in: Span | None = None,
    ) -> int:
        hint = line.hint
        label = line.label if kind in (BlockKind.HEADING, BlockKind.ITEM) else None
        body = Span(hint.span.start + (label.end if label else 0), hint.span.end)
        row = Row(hint.table or 0, 0, hint.cells, hint.header) if hint.cells else None
        span = Span(hint.span.start, hint.span.end + 1)
        number = label.text if label else ""
        self.blocks.append(Block(kind, span, level, number, body, run_in, parent, hint.page, row))
        return len(self.blocks) - 1

    def _open(self, line: Line, kind: BlockKind, form: Form, run_in: Span | None = None) -> None:
        """Add a heading or item under what is open, and open it."""
        above = self.open[-1] if self.open else None
        if above:
            above.children += 1
        block = self._add(line, kind, len(self.open) + 1, above.block if above else None, run_in)
        self.open.append(_Node(form, block, kind is BlockKind.HEADING))
        self.closed = is_closed_by_statement(line.text)

    def _numbered(self, around: Surroundings, label: Label) -> None:
        self._close_for(label.kind)
        if is_numbered_heading(around, label, [node.form for node in self.open]):
            self._open(around.line, BlockKind.HEADING, label.kind)
        else:
            self._open(around.line, BlockKind.ITEM, label.kind, self._run_in(around.line, label))

    def _run_in(self, line: Line, label: Label) -> Span | None:
        """Return the heading that runs into a numbered paragraph."""
        if line.field or (label.kind is LabelKind.ARTICLE and not self.headed_articles):
            return None
        size = run_in_heading(line.rest)
        start = line.span.start + label.end
        return Span(start, start + size) if size else None

    def _close_for(self, kind: LabelKind) -> None:
        """Close what ends where a label of this kind begins: its siblings, else what usually ranks lower."""
        forms = [node.form for node in self.open]
        if kind in forms:
            del self.open[forms.index(kind) :]
        while self.open and self._ends_before(self.open[-1], kind):
            self.open.pop()

    def _ends_before(self, node: _Node, kind: LabelKind) -> bool:
        """Tell whether an open node ends before the first label of a kind that usually stands higher.

        A heading under which nothing stands yet takes what follows, whatever its kind.
        """
        if not isinstance(node.form, LabelKind) or (node.heading and node.children == 0):
            return False
        return self.ranks[node.form] > self.ranks[kind]

    def _annex(self, line: Line) -> None:
        """Begin an annex; further lines of its title are furniture."""
        goes_on = self.open and self.open[-1].form == ANNEX and self.open[-1].block == len(self.blocks) - 1
        if goes_on:
            self._add(line, BlockKind.FURNITURE)
        else:
            self._begin_text()
            self._open(line, BlockKind.HEADING, ANNEX)

    def _plain_heading(self, line: Line) -> None:
        if self.plain_depth is None:
            while self.open and not self.open[-1].heading:
                self.open.pop()
            self.plain_depth = len(self.open)
        del self.open[self.plain_depth :]
        self._open(line, BlockKind.HEADING, PLAIN)

    def _paragraph(self, at: int, line: Line) -> None:
        owner = self._owner(at, line)
        self._add(line, BlockKind.PARAGRAPH, parent=owner.block if owner else None)
        if owner:
            owner.children += 1
            owner.fields = owner.fields or bool(line.field)
        self.closed = self.closed or is_closed_by_statement(line.text)

    def _owner(self, at: int, line: Line) -> _Node | None:
        """Return the node that an unnumbered paragraph belongs to, None for the whole text.

        A line such as 责任单位：… belongs to the item whose fields stand around it, not to the last of its
        measures. Words after the last numbered paragraph, which a statement has closed, speak for the whole.
        """
        if line.field:
            holders = [node for node in self.open if node.fields]
            return holders[-1] if holders else self._innermost()
        return None if self.closed and self.closing[at] else self._innermost()

    def _innermost(self) -> _Node | None:
        """Return the node that takes the next paragraph; a point after a dash is one paragraph only."""
        return next((node for node in reversed(self.open) if node.form is not LabelKind.DASH), None)

    def _heading_above(self) -> int | None:
        return next((node.block for node in reversed(self.open) if node.heading), None)


def nest(lines: list[Line], roles: list[LineRole]) -> list[Block]:
    """Return one block per line, in order, with kind, level and parent."""
    nester = _Nester(lines, roles, _ranks(lines), _closing(lines, roles), _has_headed_articles(lines))
    for at in range(len(lines)):
        nester.place(at)
    return nester.blocks


def _ranks(lines: list[Line]) -> dict[LabelKind, int]:
    """Return the usual order of labels, but 第X条 below 一、 where the count of 一、 runs over articles."""
    kinds = [line.label.kind for line in lines if line.label]
    begins = sum(line.label.kind is LabelKind.HAN and line.label.value == 1 for line in lines if line.label)
    order = list(_USUAL_ORDER)
    if begins == 1 and LabelKind.ARTICLE in kinds[kinds.index(LabelKind.HAN) :]:
        order.remove(LabelKind.ARTICLE)
        order.insert(order.index(LabelKind.HAN) + 1, LabelKind.ARTICLE)
    return {kind: rank for rank, kind in enumerate(order)}


def _closing(lines: list[Line], roles: list[LineRole]) -> list[bool]:
    """Tell for each line whether no numbered line follows it before the text ends or another begins."""
    closing = [True] * len(lines)
    ended = True
    for at in range(len(lines) - 1, -1, -1):
        closing[at] = ended
        if roles[at] in (LineRole.TITLE, LineRole.ANNEX_TITLE):
            ended = True
        elif roles[at] is LineRole.BODY and lines[at].label:
            ended = False
    return closing


def _has_headed_articles(lines: list[Line]) -> bool:
    """Tell whether nearly all articles begin with a few words and a full stop."""
    articles = [line for line in lines if line.label and line.label.kind is LabelKind.ARTICLE]
    headed = sum(0 < run_in_heading(line.rest) <= ARTICLE_HEADING for line in articles)
    return headed >= max(MIN_ARTICLES, MOSTLY * len(articles))

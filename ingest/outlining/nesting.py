"""What stands under what: levels by the evidence of the document itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.document import Block, BlockKind, Row
from corpus.spans import Span
from ingest.labels import LabelKind
from ingest.outlining.lines import Line
from ingest.outlining.roles import LineRole
from ingest.outlining.run_in import heading_words, run_in_heading

HEADING_LENGTH = 60
PLAIN_HEADING_LENGTH = 40
PARAGRAPH_LENGTH = 30
"""What follows an unnumbered heading is at least so long."""

_STATEMENT = re.compile(
    r"[（(〔\[][^（()）〔〕]*(?:(?:[（(〔][^（()）〔〕]*[）)〕])[^（()）〔〕]*)*(?:负责|牵头|配合|落实|单位|部门|时限)"
)
_CLOSED = re.compile(r"[）)〕\]]$")
_STATEMENT_WORDS = re.compile(r"负责|牵头|配合|落实|责任|时限")

_RANKS = {kind: rank for rank, kind in enumerate(LabelKind)}
ANNEX = "annex"
PLAIN = "plain"
Form = LabelKind | str


@dataclass(slots=True)
class _Node:
    """An open heading or item."""

    form: Form
    block: int
    """Index of its block."""
    heading: bool
    value: int = 0
    children: int = 0
    fields: bool = False
    """True when lines such as 责任单位：… stand directly under it."""


@dataclass(slots=True)
class _Nester:
    lines: list[Line]
    roles: list[LineRole]
    blocks: list[Block] = field(default_factory=list)
    open: list[_Node] = field(default_factory=list)
    plain_under: list[Form] | None = None
    """The forms above the first unnumbered heading: later ones are its siblings."""
    closed: bool = False
    """True after a paragraph that a responsibility statement closes."""

    def blocks_of(self) -> list[Block]:
        for at, line in enumerate(self.lines):
            self._place(at, line, self.roles[at])
        return self.blocks

    def _place(self, at: int, line: Line, role: LineRole) -> None:
        if role is LineRole.TITLE:
            self._reset()
            self._add(line, BlockKind.TITLE)
        elif role is LineRole.FURNITURE:
            self._add(line, BlockKind.FURNITURE)
        elif role is LineRole.ANNEX_TITLE:
            self._annex(line)
        elif line.is_row:
            self._add(line, BlockKind.ROW, parent=self._heading_above())
        elif line.label is not None:
            self._labelled(at, line)
        elif self._is_plain_heading(at, line):
            self._plain_heading(line)
        else:
            self._paragraph(at, line)

    def _reset(self) -> None:
        self.open, self.plain_under, self.closed = [], None, False

    def _add(
        self,
        line: Line,
        kind: BlockKind,
        level: int = 0,
        parent: int | None = None,
        run_in: Span | None = None,
    ) -> int:
        span = Span(line.span.start, line.span.end + 1)
        label = line.label if kind in (BlockKind.HEADING, BlockKind.ITEM) else None
        body = Span(line.span.start + (label.end if label else 0), line.span.end)
        hint = line.hint
        row = Row(hint.table or 0, 0, hint.cells, hint.header) if hint.cells else None
        self.blocks.append(
            Block(kind, span, level, label.text if label else "", body, run_in, parent, hint.page, row)
        )
        return len(self.blocks) - 1

    # Numbered lines.

    def _labelled(self, at: int, line: Line) -> None:
        assert line.label is not None
        form: Form = line.label.kind
        self._close_down_to(form)
        heading = self._is_numbered_heading(at, line)
        kind = BlockKind.HEADING if heading else BlockKind.ITEM
        run_in = None if heading else self._run_in(line)
        self._open(line, kind, form, run_in, line.label.value)
        self.closed = _is_closed(line.text)

    def _run_in(self, line: Line) -> Span | None:
        assert line.label is not None
        if line.label.kind is LabelKind.ARTICLE or line.field:
            return None
        size = run_in_heading(line.rest)
        start = line.span.start + line.label.end
        return Span(start, start + size) if size else None

    def _open(
        self, line: Line, kind: BlockKind, form: Form, run_in: Span | None = None, value: int = 0
    ) -> None:
        parent = self.open[-1] if self.open else None
        block = self._add(line, kind, len(self.open) + 1, parent.block if parent else None, run_in)
        if parent:
            parent.children += 1
        self.open.append(_Node(form, block, kind is BlockKind.HEADING, value))

    def _close_down_to(self, form: Form) -> None:
        """Close what ends where a label of this form begins: its siblings, and what ranks lower."""
        forms = [node.form for node in self.open]
        if form in forms:
            del self.open[forms.index(form) :]
            return
        while self.open and self._ranks_lower(self.open[-1], form):
            self.open.pop()

    def _ranks_lower(self, node: _Node, form: Form) -> bool:
        """Tell whether an open node must end before a first label of a form that usually stands higher.

        A heading that nothing stands under yet takes what follows, whatever its form.
        """
        if node.form == ANNEX or (node.heading and node.children == 0):
            return False
        if node.form == PLAIN:
            return False
        return isinstance(form, LabelKind) and _RANKS[LabelKind(node.form)] > _RANKS[form]

    def _is_numbered_heading(self, at: int, line: Line) -> bool:
        assert line.label is not None
        if line.hint.heading:
            return True
        if len(line.rest) > HEADING_LENGTH or line.field or not line.rest:
            return False
        if line.label.kind in (LabelKind.ORDINAL, LabelKind.DASH, LabelKind.ARTICLE):
            return False
        if line.has_sentence:
            within_articles = any(node.form is LabelKind.ARTICLE for node in self.open)
            return heading_words(line.rest) and not within_articles and self._leads(at, line, strict=True)
        return self._leads(at, line, strict=False)

    def _leads(self, at: int, line: Line, strict: bool) -> bool:
        """Tell whether something stands below this numbered line: a deeper label, a paragraph, a table.

        `strict` asks for a plain paragraph or a deeper label that begins its count.
        """
        following = self._next(at)
        if following is None or line.label is None:
            return False
        if following.is_row:
            return True
        if following.label is None:
            return not following.field and (not strict or not following.is_short)
        deeper = following.label.kind is not line.label.kind and following.label.kind not in [
            node.form for node in self.open
        ]
        return deeper and (
            not strict or following.label.value <= 1 or following.label.value > line.label.value
        )

    def _next(self, at: int) -> Line | None:
        """Return the next line of the body, None where the text ends or another begins."""
        if at + 1 < len(self.lines) and self.roles[at + 1] is LineRole.BODY:
            return self.lines[at + 1]
        return None

    # Unnumbered lines.

    def _annex(self, line: Line) -> None:
        if self.open and self.open[-1].form == ANNEX and not self.open[-1].children and self._follows_annex():
            self._add(line, BlockKind.FURNITURE)
            return
        self._reset()
        self._open(line, BlockKind.HEADING, ANNEX)

    def _follows_annex(self) -> bool:
        return bool(self.blocks) and self.open[-1].block == len(self.blocks) - 1

    def _is_plain_heading(self, at: int, line: Line) -> bool:
        if line.hint.heading:
            return True
        if (
            not line.is_short
            or line.field
            or len(line.text) > PLAIN_HEADING_LENGTH
            or line.text[-1] in "：:，,、）)】；;"
        ):
            return False
        following = self._next(at)
        if following is None or following.is_row or following.field:
            return False
        above = self.lines[at - 1] if at else None
        if above is not None and not (
            above.ends_sentence or self.roles[at - 1] is not LineRole.BODY or _is_closed(above.text)
        ):
            return False
        if following.label is not None:
            return following.label.value == 1 and len(line.text) <= 30
        return len(following.text) >= PARAGRAPH_LENGTH and following.has_sentence

    def _plain_heading(self, line: Line) -> None:
        if self.plain_under is None:
            while self.open and not self.open[-1].heading:
                self.open.pop()
            self.plain_under = [node.form for node in self.open]
        while len(self.open) > len(self.plain_under):
            self.open.pop()
        self._open(line, BlockKind.HEADING, PLAIN)
        self.closed = False

    def _paragraph(self, at: int, line: Line) -> None:
        owner = self._owner(at, line)
        self._add(line, BlockKind.PARAGRAPH, parent=owner.block if owner else None)
        if owner:
            owner.children += 1
            owner.fields = owner.fields or bool(line.field)
        self.closed = self.closed or _is_closed(line.text)

    def _owner(self, at: int, line: Line) -> _Node | None:
        """Return the node that an unnumbered paragraph belongs to.

        A line such as 责任单位：… belongs to the item whose fields stand around it, not to the last of its
        measures. Words after the last numbered paragraph, which a statement has closed, speak for the whole.
        """
        if line.field:
            holders = [node for node in self.open if node.fields]
            return holders[-1] if holders else (self.open[-1] if self.open else None)
        if self.closed and not self._more_labels(at):
            return None
        return self.open[-1] if self.open else None

    def _more_labels(self, at: int) -> bool:
        for line, role in zip(self.lines[at:], self.roles[at:], strict=True):
            if role in (LineRole.TITLE, LineRole.ANNEX_TITLE):
                return False
            if role is LineRole.BODY and line.label is not None:
                return True
        return False

    def _heading_above(self) -> int | None:
        for node in reversed(self.open):
            if node.heading:
                return node.block
        return None


def nest(lines: list[Line], roles: list[LineRole]) -> list[Block]:
    """Return one block per line, in order, with kind, level and parent."""
    return _Nester(lines, roles).blocks_of()


def _is_closed(text: str) -> bool:
    """Tell whether a responsibility statement in brackets closes a paragraph."""
    if not _CLOSED.search(text):
        return False
    tail = text[-400:]
    opened = max(tail.rfind(mark) for mark in ("（", "(", "〔"))
    return opened >= 0 and _STATEMENT_WORDS.search(tail[max(0, opened - 200) :]) is not None

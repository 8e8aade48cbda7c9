"""A document: its canonical text, the blocks that tile it, and the facts of its head."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.spans import Span

NO_SPAN = Span(0, 0)
Box = tuple[float, float, float, float]
"""Left, top, right, bottom on a page in points from its upper left corner."""


class BlockKind(StrEnum):
    """What a block of text is."""

    TITLE = "title"
    """The document's title, or the title of the text that a notice issues."""
    HEADING = "heading"
    """A heading that stands on its own line."""
    ITEM = "item"
    """A numbered paragraph: its label and, often, a heading that runs into the text."""
    PARAGRAPH = "paragraph"
    """Running text without a number."""
    ROW = "row"
    """One row of a table: its cells joined by tabs."""
    FURNITURE = "furniture"
    """Head and tail that are neither heading nor body: 文号, 主送机关, 落款, 版记, 附件 lines."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row as a reader of the page sees it.

    A merged cell stands once in the text; every further row it covers has a `Cell` with the same span and
    `own=False`.
    """

    column: int
    """0-indexed grid column where the cell begins."""
    span: Span
    """Where its words stand; empty for an empty cell."""
    columns: int = 1
    """How many grid columns it covers."""
    own: bool = True
    """False when the cell continues from a row above."""


@dataclass(frozen=True, slots=True)
class Row:
    """A block's place in a table."""

    table: int
    """0-indexed number of the table within the document."""
    index: int
    """0-indexed row within the table."""
    cells: tuple[Cell, ...]
    header: bool = False
    """True for a column head, and for its repetition on a later page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the outline. The blocks of a document tile its text in order, line ends included."""

    kind: BlockKind
    span: Span
    """The whole block with its trailing line end."""
    level: int = 0
    """Depth of a heading or item, 1 outermost; 0 for what has no depth."""
    number: str = ""
    """The label as written, such as "(一)", "1." or "第三条"; "" when there is none."""
    body: Span = NO_SPAN
    """The words after the label, without white space at the ends."""
    run_in: Span | None = None
    """In an item, the heading that runs into its paragraph, without label: "加强领导。"."""
    parent: int | None = None
    """Index of the heading or item above, None at the top."""
    page: int | None = None
    """1-indexed page where the block begins, None for formats without pages."""
    row: Row | None = None
    """The place in a table, for `ROW` blocks."""


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a document's head; None (or "") where the file does not tell."""

    title: str | None = None
    doc_type: str | None = None
    """类别: the kind of content, such as 实施方案."""
    genre: str | None = None
    """文种: the statutory kind of the carrying document, such as 通知."""
    issuer: str | None = None
    """发文机关."""
    doc_number: str | None = None
    """发文字号."""
    date: datetime.date | None = None
    """成文日期, else the date of publication."""
    region: str | None = None
    """The place it governs, as written."""
    level: str | None = None
    """国家, 省, 市, 县, 乡 or 单位."""
    secrecy: str | None = None
    """密级."""
    urgency: str | None = None
    """紧急程度."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of canonical text stood in the source. Origins are in text order."""

    start: int
    """First code point of the canonical text that comes from here; it reaches to the next origin."""
    page: int | None = None
    """1-indexed page."""
    line: int | None = None
    """0-indexed line of the source as read."""
    box: Box | None = None
    """Its place on the page as shown, where the format tells."""
    confidence: float | None = None
    """How sure the recognition of a scan is of these words, 0 to 1; None for what was not recognised."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text on a page of the original."""

    page: int
    """1-indexed."""
    box: Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation and where it stands. Made only by `Document.evidence`, so that it equals the text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One text that was read, in the form in which everything else sees it."""

    id: str
    """Hash of the file's bytes until the store knows the document; from then on the store's id."""
    source: str
    """The path as given; for uploads the file name; for archives `archive.zip/inner/name`."""
    text: str
    """The canonical text: broken lines joined, page furniture gone, table rows one line with tabs."""
    blocks: tuple[Block, ...] = ()
    header: Header = Header()
    origins: tuple[Origin, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What went wrong with parts of the file while the rest could be read."""
    version: int = 1
    readings: dict[str, str] = field(default_factory=dict)
    """Which version of each part made this: {"reader": "docx-1", "rules": "1"}."""

    def evidence(self, span: Span) -> Evidence:
        """Return the words at `span` with their place."""
        return Evidence(span.of(self.text), span)

    def page_at(self, position: int) -> int | None:
        """Return the 1-indexed page of the code point at `position`, None for formats without pages."""
        found = bisect_right(self.origins, position, key=lambda origin: origin.start)
        return self.origins[found - 1].page if found else None

    def origins_of(self, span: Span) -> tuple[Origin, ...]:
        """Return where the words at `span` stood in the source; empty for an empty document."""
        first = bisect_right(self.origins, span.start, key=lambda origin: origin.start) - 1
        behind = bisect_left(self.origins, max(span.end, span.start + 1), key=lambda origin: origin.start)
        return self.origins[max(0, first) : behind]

    def places_of(self, span: Span) -> tuple[Place, ...]:
        """Return the boxes that show the words at `span` in the original, in reading order.

        Boxes are those of whole lines and table cells. Empty for formats that have no pages.
        """
        found = (
            Place(origin.page, origin.box)
            for origin in self.origins_of(span)
            if origin.page is not None and origin.box is not None
        )
        return tuple(dict.fromkeys(found))

    def section_of(self, block: Block) -> tuple[str, ...]:
        """Return the headings above `block`, outermost first, as written, without a trailing colon."""
        path: list[str] = []
        parent = block.parent
        while parent is not None:
            above = self.blocks[parent]
            path.append(self.heading_of(above))
            parent = above.parent
        return tuple(reversed(path))

    def heading_of(self, block: Block) -> str:
        """Return a block's label and heading words: the run-in heading of an item, else its whole text."""
        if block.run_in is not None:
            words = Span(block.span.start, block.run_in.end).of(self.text)
        else:
            words = block.span.of(self.text)
        return words.strip().rstrip("：:")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of at most 500 code points within one section: what search finds."""

    span: Span
    section: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or a part of it, could not be read: in the user's words."""

    file: str
    component: str
    """What met it: "reader", "clean", "extract", "store" …"""
    category: str
    """A short fixed word: empty, damaged, encrypted, no-text, low-confidence, unsupported, secret, too-large,
    timeout, internal."""
    message: str
    """One plain Chinese sentence that says what to do."""
    page: int | None = None
    """1-indexed."""

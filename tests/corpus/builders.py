"""Small documents and extractions from few words, for the tests of corpus."""

from __future__ import annotations

from datetime import date

from corpus.document import Block, BlockKind, Cell, Document, Header, Row
from corpus.spans import Span, trim
from corpus.task import Deadline, DeadlineKind, Extraction, Role, Task, Unit

KINDS = {
    "#": BlockKind.HEADING,
    "t": BlockKind.TITLE,
    "f": BlockKind.FURNITURE,
    "p": BlockKind.PARAGRAPH,
    "i": BlockKind.ITEM,
    "r": BlockKind.ROW,
}


def document(*lines: str, source: str = "安澜市方案.txt", **header: object) -> Document:
    """A document from marked lines: `# 1 一、目标` a heading of level 1, `i 2 (一)…` an item, p, r, f, t.

    An item's run-in heading reaches to its first 。 unless that ends the line.
    """
    text, blocks, above = "", [], []
    for line in lines:
        mark, _, words = line.partition(" ")
        level = 0
        if mark in "#i":
            number, _, words = words.partition(" ")
            level = int(number)
            above = [index for index in above if blocks[index].level < level]
        blocks.append(_block(KINDS[mark], len(text), words, level, above[-1] if above else None))
        if level:
            above.append(len(blocks) - 1)
        text += words + "\n"
    return Document("hash", source, text, tuple(blocks), Header(**header))  # type: ignore[arg-type]


def _block(kind: BlockKind, start: int, words: str, level: int, parent: int | None) -> Block:
    span = Span(start, start + len(words) + 1)
    stop = words.find("。")
    run_in = Span(start, start + stop + 1) if kind is BlockKind.ITEM and 0 < stop < len(words) - 1 else None
    row = None
    if kind is BlockKind.ROW:
        row = Row(0, 0, (Cell(0, Span(start, start + len(words))),))
    return Block(kind, span, level, run_in=run_in, parent=parent, row=row)


def task(
    of: Document,
    words: str,
    *units: str,
    by: str | None = None,
    label: str = "",
    section: tuple[str, ...] = (),
) -> Task:
    """The task at the first place where `words` stand in the document."""
    start = of.text.index(words)
    span = trim(of.text, Span(start, start + len(words)))
    return Task(
        span,
        words,
        label=label,
        section=section,
        units=tuple(Unit(name, Role.RESPONSIBLE, span) for name in units),
        deadlines=(Deadline(by, DeadlineKind.DATE, span, end=date.fromisoformat(by)),) if by else (),
        found_by="test",
    )


def extraction(*tasks: Task) -> Extraction:
    """An extraction of just these tasks."""
    return Extraction(tasks)

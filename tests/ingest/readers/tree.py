"""A reading as a tree of text that a person can compare."""

from __future__ import annotations

from ingest.readers.base import RawCell, RawDocument, RawLine


def tree(document: RawDocument) -> str:
    """Return the reading, one line of text for each of its lines, marks before the bar.

    Marks: `p2` page, `whole`, `h1` heading depth, `centred`, `furniture`, `t0` table, `head`. Cells are
    parted by ` | `, with `column+columns` before the words and `^` for what continues from above. Boxes are
    left out: they depend on the fonts of the machine.
    """
    facts = [
        f"{name}: {value}"
        for name, value in (
            ("reader", document.reader),
            ("title", document.title),
            ("issuer", document.issuer),
            ("date", document.date),
        )
        if value
    ]
    return "\n".join([*facts, *map(_line, document.lines)]) + "\n"


def _line(line: RawLine) -> str:
    marks = [
        f"p{line.page}" if line.page else "",
        "whole" if line.whole else "",
        f"h{line.heading}" if line.heading else "",
        "centred" if line.centred else "",
        "furniture" if line.furniture else "",
        f"t{line.table}" if line.table is not None else "",
        "head" if line.header else "",
    ]
    words = " | ".join(map(_cell, line.cells)) if line.cells else line.text
    return f"{' '.join(mark for mark in marks if mark)} ¦ {words}".rstrip()


def _cell(cell: RawCell) -> str:
    wide = f"+{cell.columns}" if cell.columns > 1 else ""
    return f"{cell.column}{wide}{'' if cell.own else '^'} {cell.text}".replace("\n", "⏎").rstrip()

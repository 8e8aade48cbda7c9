"""How outlines and records are written into a column, and read back."""

from __future__ import annotations

import json
import zlib
from typing import Any

import orjson

from corpus.document import Block, BlockKind, Cell, Origin, Problem, Row
from corpus.spans import Span

Outline = tuple[tuple[Block, ...], tuple[Origin, ...], tuple[Problem, ...]]


def to_json(value: Any) -> str:
    """Return `value` as JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    """Return the value that `to_json` wrote."""
    return orjson.loads(text)  # a listing of the ledger reads thousands of records


def outline_to_bytes(outline: Outline) -> bytes:
    """Return blocks, origins and problems as deflated JSON: a tenth of the size of rows in a table."""
    blocks, origins, problems = outline
    value = [
        [_block_values(block) for block in blocks],
        [[item.start, item.page, item.line, item.box, item.confidence] for item in origins],
        [[item.file, item.component, item.category, item.message, item.page] for item in problems],
    ]
    return zlib.compress(to_json(value).encode(), 1)


def outline_from_bytes(data: bytes) -> Outline:
    """Return what `outline_to_bytes` wrote."""
    blocks, origins, problems = json.loads(zlib.decompress(data))
    return (
        tuple(_block(values) for values in blocks),
        tuple(_origin(*values) for values in origins),
        tuple(Problem(*values) for values in problems),
    )


def _origin(
    start: int, page: int | None, line: int | None, box: list[float] | None, confidence: float | None = None
) -> Origin:
    """Return an origin; those written before scans were read have no confidence."""
    return Origin(start, page, line, (box[0], box[1], box[2], box[3]) if box else None, confidence)


def deflate(data: bytes) -> tuple[bool, bytes]:
    """Return whether deflating made `data` smaller, and the smaller of the two forms."""
    deflated = zlib.compress(data, 1)
    return (True, deflated) if len(deflated) < len(data) else (False, data)


def inflate(deflated: bool, data: bytes) -> bytes:
    """Return the bytes that `deflate` was given."""
    return zlib.decompress(data) if deflated else data


def _block_values(block: Block) -> list[Any]:
    run_in = [block.run_in.start, block.run_in.end] if block.run_in is not None else None
    span, body = block.span, block.body
    row = _row_values(block.row) if block.row is not None else None
    place = [block.kind.value, span.start, span.end, block.level, block.number, body.start, body.end]
    return [*place, run_in, block.parent, block.page, row]


def _row_values(row: Row) -> list[Any]:
    cells = [[cell.column, cell.span.start, cell.span.end, cell.columns, cell.own] for cell in row.cells]
    return [row.table, row.index, row.header, cells]


def _block(values: list[Any]) -> Block:
    kind, start, end, level, number, body_start, body_end, run_in, parent, page, row = values
    return Block(
        BlockKind(kind),
        Span(start, end),
        level,
        number,
        Span(body_start, body_end),
        Span(*run_in) if run_in is not None else None,
        parent,
        page,
        _row(row) if row is not None else None,
    )


def _row(values: list[Any]) -> Row:
    table, index, header, cells = values
    made = (Cell(column, Span(start, end), columns, own) for column, start, end, columns, own in cells)
    return Row(table, index, tuple(made), header)

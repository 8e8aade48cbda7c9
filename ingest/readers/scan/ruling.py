"""The cells between the ruling lines of a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.document import Box
from ingest.readers.scan.engine import Picture

_LENGTH = 32
"""A line is at least this part of the page's longer side: 54 pixels of a sheet at 150 dpi."""
_ROW = 20
"""Pixels that a row of a table is high at least."""
_GAP = 150
"""A line may be broken over this part of the page's longer side."""
_MIN_TABLE = 0.04
"""Share of the page's longer side that a table measures each way at least."""
_MIN_CELL = 0.006
"""… and that a cell measures each way at least."""
_MAX_CELLS = 3000


def ruled_cells(picture: Picture) -> list[list[Box]]:
    """Return the cells of each table as boxes in pixels; a merged cell is one box."""
    import cv2  # comes with the recogniser

    lines = _ruling_lines(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8))
    count, _, measures, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    smallest = _MIN_TABLE * max(lines.shape)
    tables: list[list[Box]] = []
    for left, top, width, height, _ in measures[1:count]:
        if min(width, height) >= smallest:
            cells = _holes(lines[top : top + height, left : left + width], int(left), int(top))
            if len(cells) >= 2:
                tables.append(cells)
    return tables


def _ruling_lines(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return 255 where long lines run along or across the page."""
    import cv2  # comes with the recogniser

    side = max(grey.shape)
    ink = cv2.adaptiveThreshold(~grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -8)
    long, gap = max(20, side // _LENGTH), max(3, side // _GAP)
    across = _long_strokes(np.asarray(ink, np.uint8), long, gap)
    down = _long_strokes(np.ascontiguousarray(ink.T, np.uint8), long, gap).T
    dividers = _short_dividers(np.asarray(ink, np.uint8), across, gap)
    # A line that just misses the one it ends at would let two cells run together.
    together = across | np.ascontiguousarray(down) | dividers
    bridge = np.ones((max(3, gap // 2), max(3, gap // 2)), np.uint8)
    return np.asarray(cv2.morphologyEx(together, cv2.MORPH_CLOSE, bridge), np.uint8)


def _long_strokes(ink: NDArray[np.uint8], long: int, gap: int) -> NDArray[np.uint8]:
    """Return 255 where ink runs along the page for `long` pixels, breaks of `gap` pixels aside.

    Breaks are bridged only between strokes that are longer than those of letters, else words become lines.
    """
    import cv2  # comes with the recogniser

    specks = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 3), np.uint8))
    strokes = cv2.morphologyEx(specks, cv2.MORPH_OPEN, np.ones((1, long * 2 // 3), np.uint8))
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    return np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)), np.uint8)


def _short_dividers(ink: NDArray[np.uint8], across: NDArray[np.uint8], gap: int) -> NDArray[np.uint8]:
    """Return 255 where ink runs from one line across the page down to the next: cells of a single row.

    Strokes of letters are as long, but touch no line.
    """
    import cv2  # comes with the recogniser

    least = max(_ROW, gap)
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((least, 1), np.uint8))
    count, areas, measures, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    kept = np.zeros(count, bool)
    for number in range(1, count):
        left, top, width, height = (int(value) for value in measures[number][:4])
        if width <= gap:
            columns = slice(max(0, left - 1), left + width + 1)
            upper = across[max(0, top - 1) : top + 3, columns].any()
            lower = across[max(0, top + height - 3) : top + height + 1, columns].any()
            kept[number] = upper and lower
    return np.asarray(np.where(kept[areas], 255, 0), np.uint8)


def _holes(lines: NDArray[np.uint8], left: int, top: int) -> list[Box]:
    """Return the areas that lines enclose, within one table that begins at `left`, `top`."""
    import cv2  # comes with the recogniser

    framed = cv2.copyMakeBorder(~lines, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    count, areas, measures, _ = cv2.connectedComponentsWithStats(framed, connectivity=4)
    outside, smallest = areas[0, 0], _MIN_CELL * max(lines.shape)
    cells: list[Box] = []
    for number in range(1, min(count, _MAX_CELLS)):
        x, y, width, height = (int(value) for value in measures[number][:4])
        if number != outside and min(width, height) >= max(6.0, smallest):
            cells.append((left + x - 2.0, top + y - 2.0, left + x + width, top + y + height))
    return cells

"""What looking into more cells of the vectors brings, and what it takes: recall against time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from corpus.store.store import Store
from evaluation.speed.made_up import Sentences
from evaluation.speed.scale import asked
from index.search import SearchIndex
from index.vectors.semantic import Semantic

PROBES = (4, 8, 16, 32, 64, 128, 256)
EVERY = 1_000_000
"""More cells than there are: every vector is compared."""
DEPTH = 100
"""Nearest passages that are to be found."""
WIDTH, HEIGHT, MARGIN = 560, 320, 54
"""Of the figure, in pixels."""


@dataclass(slots=True)
class RecallReport:
    """Recall and time by how many cells are looked into."""

    data: str
    passages: int = 0
    points: list[tuple[int, float, float]] = field(default_factory=list)
    """Cells, share of the `DEPTH` nearest that are found, milliseconds of processor time per query."""
    every: float = 0.0
    """Milliseconds where every vector is compared."""

    def record(self) -> JsonObject:
        """Return the points."""
        points = [{"cells": cells, "recall": recall, "cpu ms": time} for cells, recall, time in self.points]
        return {
            "passages": self.passages,
            "depth": DEPTH,
            "points": points,
            "every vector, cpu ms": self.every,
        }

    def show(self, console: Console) -> None:
        """Print the points."""
        title = f"{self.passages:,} passages, recall@{DEPTH}; every vector: {self.every:.1f} ms"
        table = Table("cells", "recall", "cpu ms", title=title)
        for cells, recall, time in self.points:
            table.add_row(str(cells), f"{recall:.3f}", f"{time:.2f}")
        console.print(table)

    def figure(self) -> str:
        """Return recall against time as an SVG picture."""
        longest = max(time for _, _, time in self.points)
        lowest = min(recall for _, recall, _ in self.points)

        def place(recall: float, time: float) -> tuple[float, float]:
            across = MARGIN + (WIDTH - 2 * MARGIN) * time / longest
            up = (HEIGHT - 2 * MARGIN) * (recall - lowest) / ((1 - lowest) or 1)
            return across, HEIGHT - MARGIN - up

        places = [place(recall, time) for _, recall, time in self.points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks = "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
            f'<text x="{x + 6:.1f}" y="{y + 14:.1f}">{cells} cells: {recall:.3f}, {time:.1f} ms</text>'
            for (x, y), (cells, recall, time) in zip(places, self.points, strict=True)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + 120}" height="{HEIGHT}" '
            f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
            f'<path d="M{MARGIN},{MARGIN} V{HEIGHT - MARGIN} H{WIDTH - MARGIN}" fill="none" stroke="#888"/>'
            f'<text x="{MARGIN}" y="{MARGIN - 12}">recall@{DEPTH} of the nearest vectors, '
            f"{self.passages:,} passages</text>"
            f'<text x="{WIDTH / 2 - 60}" y="{HEIGHT - 16}">'
            f"processor time per query, 0 to {longest:.1f} ms</text>"
            f'<text x="8" y="{MARGIN + 4}">1.0</text><text x="8" y="{HEIGHT - MARGIN}">{lowest:.2f}</text>'
            f'<polyline points="{line}" fill="none" stroke="#1d4ed8"/>{marks}</svg>\n'
        )


def evaluate(corpus: Path, data: Path, figure: Path | None) -> RecallReport:
    """Ask the vectors of the library at `data` with ever more cells.

    Args:
        corpus: folder of texts from whose sentences the queries are taken.
        data: folder of a library whose index is there.
        figure: where the picture is written, None for nowhere.
    """
    sentences = Sentences.of(corpus)
    store = Store.open(data)
    semantic = SearchIndex.open(data / "index", store).semantic
    assert semantic is not None, "the library has an index"
    report = RecallReport(f"made up of {len(sentences.texts)} sentences", len(semantic.vectors))
    queries = asked(sentences)
    exact, report.every = _found(semantic, queries, EVERY)
    for cells in PROBES:
        found, time = _found(semantic, queries, cells)
        shares = [len(some & all_) / len(all_) for some, all_ in zip(found, exact, strict=True) if all_]
        report.points.append((cells, round(sum(shares) / len(shares), 4), round(time, 3)))
    if figure is not None:
        figure.write_text(report.figure(), encoding="utf-8")
    store.close()
    return report


def _found(semantic: Semantic, queries: Sequence[str], cells: int) -> tuple[list[set[int]], float]:
    """Return the nearest passages of each query, and the milliseconds that one took."""
    vectors = [semantic.encoder.encode_query(query) for query in queries]
    begin = process_time()
    found = [{item.id for item in semantic.vectors.search(vector, DEPTH, probes=cells)} for vector in vectors]
    return found, 1000 * (process_time() - begin) / len(queries)

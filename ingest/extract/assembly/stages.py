"""Stages of a plan: one task with its period, or one for each unit that a sentence of it makes lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span, trim
from ingest.extract.assembly.portion import Portion
from ingest.extract.assembly.reading import Reading
from ingest.extract.assembly.tree import Node
from ingest.extract.clauses import sentences
from ingest.extract.responsibility.statement import Named
from ingest.extract.responsibility.subjects import find_subjects

_PIECE = re.compile("[；;。]")


def stage_portions(reading: Reading, node: Node, span: Span) -> list[Portion]:
    """Return the tasks of a stage at `span`: several where its clauses name different leading units.

    The first carries the stage's label and period; the later ones stand below its heading.
    """
    starts = list(_turns(reading, Span(max(span.start, reading.body_start(node)), span.end)))
    if len(starts) < 2:
        units = starts[0][1] if starts else ()
        return [_portion(reading, node, span, units, first=True)]
    ends = [*(start for start, _ in starts[1:]), span.end]
    return [
        _portion(reading, node, Span(span.start if index == 0 else start, end), units, first=index == 0)
        for index, ((start, units), end) in enumerate(zip(starts, ends, strict=True))
    ]


def _turns(reading: Reading, span: Span) -> Iterator[tuple[int, tuple[Named, ...]]]:
    """Yield where a clause begins that says by itself who does it (…由A牵头), with its units."""
    for sentence in sentences(reading.text, span):
        for piece in _pieces(reading.text, sentence):
            subject = next(
                (item for item in find_subjects(reading.text, piece) if item.explicit or item.duty), None
            )
            if subject is not None:
                yield piece.start, subject.units


def _pieces(text: str, sentence: Span) -> list[Span]:
    """Return the parts of a sentence between semicolons, none of them blank."""
    cuts = [sentence.start + match.end() for match in _PIECE.finditer(sentence.of(text))]
    ends = sorted({*cuts, sentence.end})
    starts = [sentence.start, *ends[:-1]]
    parts = (trim(text, Span(start, end)) for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part]


def _portion(reading: Reading, node: Node, span: Span, units: tuple[Named, ...], first: bool) -> Portion:
    """Return the portion of a stage, or of a later part of it."""
    return Portion(
        span=_without_stop(reading.text, trim(reading.text, span)),
        found_by="stage",
        label=node.block.number if first else "",
        section=reading.section(node) if first else reading.below_run_in(node),
        subjects=units,
    )


def _without_stop(text: str, span: Span) -> Span:
    """Drop the semicolon that leads over to the next part."""
    return Span(span.start, span.end - 1) if text[span.end - 1 : span.end] in ("；", ";") else span

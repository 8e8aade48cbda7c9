"""Statements of labelled fields outside brackets: 牵头单位：…责任单位：…完成时限：…."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.registry.units import ends_like_unit
from corpus.spans import Span, trim
from ingest.extract.brackets import find_brackets
from ingest.extract.responsibility.content import read_content
from ingest.extract.responsibility.labels import STATEMENT_FIELDS, FieldKind, find_labels, value_end
from ingest.extract.responsibility.names import looks_like_name
from ingest.extract.responsibility.statement import Content, Conventions, Statement

_FIELD_END = re.compile(r"[。\n]")
_DEFINITION = re.compile(r"[为是][^。\n]*[（(](?:以下|以上)(?:统|简|合)称[“\"]?各")
_LONGEST_REMARK = 300
"""A longer bracket is no remark within a field but has lost its end."""


def label_statements(
    text: str, span: Span, taken: list[Span], conventions: Conventions
) -> Iterator[Statement]:
    """Yield runs of labelled fields within `span`, in order; those in `taken` or in brackets do not count."""
    labels = list(find_labels(text, span))
    if labels:
        covered = _covering(text, span, taken, frozenset(label.start for _, label in labels))
        labels = [(kind, label) for kind, label in labels if not _is_within(label, covered)]
    limit = span.start
    for index, (kind, label) in enumerate(labels):
        if kind not in STATEMENT_FIELDS or label.start < limit:
            continue
        limit = _run_end(text, labels, index, span.end)
        run = Span(label.start, limit)
        content = read_content(text, run, conventions.at(run.start))
        if not content.empty and _names_units(text, content) and not _defines(text, label, limit):
            yield Statement(run, content, "labels")


def _defines(text: str, label: Span, end: int) -> bool:
    """Tell whether a field says who is meant from here on: 责任主体为甲县、乙县（以上简称各县区）.

    It closes no task.
    """
    return _DEFINITION.match(text, label.end - (text[label.end - 1] in "为是"), end) is not None


def _names_units(text: str, content: Content) -> bool:
    """Tell whether what stands after unit labels is a list of units, not what such units have to do."""
    names = [unit.span.of(text) for unit in content.units]
    return not names or any(ends_like_unit(name) and looks_like_name(name) for name in names)


def _covering(text: str, span: Span, taken: list[Span], framed: frozenset[int]) -> list[Span]:
    """Return the brackets whose labels are their own: those already read and all others that are closed.

    Brackets that are a part of a label (【责任单位】) begin where it begins, at one of `framed`.
    """
    brackets = [item for item in find_brackets(text, span) if item.span.start not in framed]
    closed = [item.span for item in brackets if item.closed and len(item.span) < _LONGEST_REMARK]
    outer: list[Span] = []
    for cover in sorted([*taken, *closed]):
        if not outer or cover.start >= outer[-1].end:
            outer.append(cover)
    return outer


def _is_within(label: Span, covered: list[Span]) -> bool:
    """Tell whether a label stands in one of the stretches, which are in order and apart."""
    index = bisect_right(covered, label.start, key=lambda cover: cover.start) - 1
    return index >= 0 and covered[index].contains(label)


def _run_end(text: str, labels: list[tuple[FieldKind, Span]], index: int, end: int) -> int:
    """Return where the run of fields from `index` on ends.

    That is at a label of another kind, at a paragraph number, or at a full stop without label after.
    """
    for number in range(index, len(labels)):
        label = labels[number][1]
        following = labels[number + 1] if number + 1 < len(labels) else None
        upto = following[1].start if following else end
        if following and following[0] not in STATEMENT_FIELDS:
            return upto
        cut = value_end(text, label, upto)
        if cut < upto:
            return cut
        stop = _FIELD_END.search(text, label.end, upto)
        if stop and trim(text, Span(stop.end(), upto)):
            return stop.end()
    return end

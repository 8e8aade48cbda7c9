"""A draft under a person's hands: what is typed keeps the trace of every sentence that stayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from corpus.spans import Span
from ingest.extract.clauses import sentences
from service.drafting.draft import AUTHOR, UNKNOWN, Draft, Kind, Paragraph, Section, Source, Statement
from service.drafting.examples import EXAMPLE_MARK
from service.drafting.saying import GAP

ALIKE = 0.5
"""How much of a sentence may be changed before it counts as another one: this share has to be the same."""
STEM = 4
"""Characters by which a sentence is looked up."""


@dataclass(frozen=True, slots=True)
class TypedParagraph:
    """A paragraph as it came back from a person's hands."""

    text: str
    kind: Kind = Kind.TEXT
    sources: tuple[Source, ...] = ()
    """What its new sentences rest on: those of an example that was put in; () for what was typed."""


@dataclass(frozen=True, slots=True)
class TypedSection:
    """A section as it came back from a person's hands."""

    heading: str
    paragraphs: tuple[TypedParagraph, ...]
    contents: tuple[str, ...] = ()


def revised(
    before: Draft, sections: Sequence[TypedSection], earlier: Iterable[Statement] = ()
) -> tuple[Section, ...]:
    """Return typed sections with the trace of each sentence.

    A sentence that stands in `before` keeps its sources wherever it was moved. One that was changed keeps
    them and is marked as edited. Any other is its author's. `earlier` are sentences of versions before, so
    that what is undone finds its sources again.
    """
    known = _Known([*before.statements, *earlier])
    return tuple(
        Section(
            section.heading, tuple(_paragraph(item, known) for item in section.paragraphs), section.contents
        )
        for section in sections
    )


def _paragraph(typed: TypedParagraph, known: _Known) -> Paragraph:
    text = " ".join(typed.text.split("\n")).strip()
    kind = typed.kind
    if kind is Kind.EXAMPLE and not text.startswith(EXAMPLE_MARK):
        kind = Kind.TEXT  # the mark is gone: somebody adapted it
    return Paragraph(tuple(_statements(text, typed.sources, known)), kind)


def _statements(text: str, sources: tuple[Source, ...], known: _Known) -> Iterator[Statement]:
    at = 0
    while at < len(text):
        found = known.beginning(text, at)
        if found is None:
            words = _first_sentence(text, at)
            found = Statement(words, sources) if sources else known.like(words)
        yield found
        at += len(found.text)


def _first_sentence(text: str, at: int) -> str:
    """Return the sentence that begins at a place, with the white space that leads to the next one."""
    rest = text[at:]
    spans = sentences(rest, Span(0, len(rest)))
    return rest[: spans[1].start] if len(spans) > 1 else rest


class _Known:
    """Sentences whose sources are known, found by how they begin and by likeness."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = [item for item in dict.fromkeys(statements) if item.text]
        self._stems: dict[str, list[Statement]] = {}
        for statement in self._statements:
            self._stems.setdefault(statement.text[:STEM], []).append(statement)

    def beginning(self, text: str, at: int) -> Statement | None:
        """Return the longest known sentence that stands at a place, None where none does."""
        found = [item for item in self._stems.get(text[at : at + STEM], ()) if text.startswith(item.text, at)]
        return max(found, key=lambda item: len(item.text), default=None)

    def like(self, words: str) -> Statement:
        """Return a sentence with the sources of the known one most like it, else as its author's."""
        best, share = None, ALIKE
        matcher = SequenceMatcher(None, "", words, autojunk=False)
        for statement in self._statements:
            matcher.set_seq1(statement.text)
            if (
                matcher.real_quick_ratio() > share
                and matcher.quick_ratio() > share
                and matcher.ratio() > share
            ):
                best, share = statement, matcher.ratio()
        if GAP in words and (best is None or best.sources == (UNKNOWN,)):
            return Statement(words, (UNKNOWN,))
        if best is None:
            return Statement(words, (AUTHOR,))
        return replace(best, text=words, edited=True)

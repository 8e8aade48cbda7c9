"""What the rules of assembly share while they read one document."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import BlockKind, Document
from ingest.extract.assembly.scope import (
    Effect,
    asks_for_work,
    document_effect,
    is_speech,
    names_no_work,
    section_effect,
)
from ingest.extract.assembly.tree import Node, build_tree
from ingest.extract.responsibility.conventions import find_conventions
from ingest.extract.responsibility.groups import Definitions, find_definitions
from ingest.extract.responsibility.statement import Conventions
from ingest.extract.times.deadlines import DeadlineContext
from ingest.extract.times.document_time import deadline_context

_LONGEST_LEAD = 30
_ENOUGH = 4
"""So many assigned paragraphs make a plan of any document."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document and what is known of it as a whole."""

    document: Document
    conventions: Conventions
    definitions: Definitions
    deadlines: DeadlineContext
    default: Effect
    """What unassigned paragraphs outside known sections are."""
    roots: list[Node]
    speech: bool = False

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    @property
    def tells(self) -> bool:
        """Tell whether the document is a speech or report, whose points turn from unit to unit."""
        return self.default is Effect.NONE

    def section(self, node: Node) -> tuple[str, ...]:
        """Return the headings above a node."""
        return self.document.section_of(node.block)

    def effect(self, node: Node) -> Effect:
        """Return what a node without a statement of its own is, by the headings above it."""
        above = self.section(node)
        asked = self.speech and asks_for_work(above)
        return section_effect(above, Effect.TASK if asked else self.default)

    def tells_no_work(self, node: Node) -> bool:
        """Tell whether a heading's own words say that what stands right below it is no work: 起草背景."""
        if node.block.kind is not BlockKind.HEADING:
            return False
        return names_no_work(self.document.heading_of(node.block))

    def announces_no_work(self, node: Node) -> bool:
        """Tell whether a line above a list says that its items are no work: 所需资料：."""
        words = node.body.of(self.text).strip()
        return len(words) <= _LONGEST_LEAD and words[-1:] in "：:" and names_no_work(words[:-1])

    def below_run_in(self, node: Node) -> tuple[str, ...]:
        """Return the section path of what stands within an item or heading: its own heading last."""
        if node.block.run_in is None and node.block.kind is not BlockKind.HEADING:
            return self.section(node)
        return (*self.section(node), self.document.heading_of(node.block))

    def body_start(self, node: Node) -> int:
        """Return where a node's words begin after its label and run-in heading."""
        return node.block.run_in.end if node.block.run_in is not None else node.body.start


def read_whole(document: Document) -> Reading:
    """Return what is known of a document before its tasks are assembled."""
    conventions = find_conventions(document.text)
    roots = build_tree(document, conventions)
    return Reading(
        document=document,
        conventions=conventions,
        definitions=find_definitions(document.text),
        deadlines=deadline_context(document),
        default=_default(document, roots),
        roots=roots,
        speech=is_speech(document),
    )


def _default(document: Document, roots: list[Node]) -> Effect:
    """Return what unassigned paragraphs are; a notice with mostly assigned ones is a plan in all but name."""
    effect = document_effect(document)
    if effect is not Effect.TASK:
        items = [node for root in roots for node in root.paragraphs() if node.block.kind is BlockKind.ITEM]
        assigned = sum(bool(node.statements) for node in items)
        if assigned >= _ENOUGH and 2 * assigned >= len(items):
            return Effect.TASK
    return effect

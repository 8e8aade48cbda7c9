"""Makes a draft: finds its rows and examples, fills its outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.errors import UserError
from corpus.store.rows import PassageRow, TaskRow, ledger_record
from service.drafting.contents.annexes import TABLES
from service.drafting.contents.registry import contents_of
from service.drafting.draft import Draft, Section, Table
from service.drafting.examples import MOST_EXAMPLES, Example, examples_from
from service.drafting.finding import rows_about, rows_of_plans, within_period
from service.drafting.genre import TO_UNITS, form_of
from service.drafting.item import Item
from service.drafting.material import Material, Plan
from service.drafting.outline import Outline, Part, outline_of
from service.drafting.plans import plan_of
from service.drafting.wording import subject_of

if TYPE_CHECKING:
    from service.library import Library

EXAMPLES_LOOKED_AT = 40
LEAST_COVERAGE = 0.3
"""What of the subject a passage must hold to serve as an example."""
MOST_RECIPIENTS = 8


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What somebody wants drafted."""

    genre: str
    topic: str = ""
    """What it is about; "" takes the plan's title."""
    plans: tuple[str, ...] = ()
    """Ids of the documents whose ledgers it is made from."""
    first: date | None = None
    """Only tasks due on this day or later, where one is given."""
    last: date | None = None
    """Only tasks due on this day or earlier."""
    today: date | None = None
    issuer: str = ""
    recipients: str = ""
    place: str = ""
    """Whose document it is: 望川县. Rows about a topic are then its own alone."""


def make_draft(library: Library, request: DraftRequest, outline: Outline | None = None) -> Draft:
    """Return a draft of the ledger's rows; without plans those that are about the topic.

    Args:
        library: where rows and examples come from.
        request: what is wanted.
        outline: its parts, None for those of its genre.

    Raises:
        UserError: when there is no such genre, or neither topic nor plan is given.
        NotFoundError: when there is no such plan.
    """
    outline = outline or outline_of(request.genre)
    if not request.topic.strip() and not request.plans:
        raise UserError("请给出主题（--topic）或方案的编号（--plan），以便从台账取材。")
    today = request.today or library.today()
    rows = _rows(library, request, today)
    material = _material(library, request, rows, today)
    if outline.has("experiences") or (outline.has("examples") and not rows):
        found = examples_for(library, [material.subject], request.plans, request.place)
        material.examples[material.subject] = found
    return _filled(request, outline, material)


def examples_for(
    library: Library,
    wanted: Sequence[str],
    own: Sequence[str],
    outside: str = "",
    most: int = MOST_EXAMPLES,
) -> tuple[Example, ...]:
    """Return measures of other places for what is wanted, best of each first, varied in source.

    `own` are documents whose measures are no examples, `outside` a place whose measures are none.
    """
    found = [library.similar(text=text, k=EXAMPLES_LOOKED_AT).hits for text in wanted]
    passages: dict[str, PassageRow] = {}
    for hits in zip_longest(*found):
        for hit in filter(None, hits):
            task = hit.passage.task_id
            if task and hit.coverage >= LEAST_COVERAGE and (not outside or hit.passage.region != outside):
                passages.setdefault(task, hit.passage)
    rows = library.store.task_rows(list(passages))
    return examples_from(((row, passages[row.id]) for row in rows), own, most)


def _rows(library: Library, request: DraftRequest, today: date) -> tuple[TaskRow, ...]:
    if request.plans:
        found = rows_of_plans(library, request.plans, today)
    else:
        found = rows_about(library, request.topic, request.place, today)
    return tuple(row for row in found if within_period(row, request.first, request.last))


def _material(library: Library, request: DraftRequest, rows: Sequence[TaskRow], today: date) -> Material:
    plans = tuple(plan_of(library, plan) for plan in request.plans)
    subject = request.topic.strip() or _subject(plans[0], request.place)
    items = tuple(Item(ledger_record(row), today) for row in rows)
    return Material(subject, items, today, plans, form_of(request.genre).kind, request.place)


def _subject(plan: Plan, place: str) -> str:
    """Return what a plan is about, for our place where it is another's."""
    subject = subject_of(plan.title)
    foreign = place and plan.region and plan.region != place
    return subject.replace(plan.region, place) if foreign else subject


def _filled(request: DraftRequest, outline: Outline, material: Material) -> Draft:
    form = form_of(request.genre)
    documents = [*request.plans, *(str(item.record.get("document") or "") for item in material.items)]
    return Draft(
        genre=request.genre,
        title=form.title(material.subject),
        sections=tuple(_section(part, material) for part in outline.parts),
        recipients=request.recipients or (_recipients(material) if form.to == TO_UNITS else form.to),
        issuer=request.issuer,
        day=material.today,
        remark=form.remark,
        tables=tuple(_tables(outline, material)),
        documents=tuple(dict.fromkeys(filter(None, documents))),
        rows=tuple(item.id for item in material.items),
        topic=request.topic.strip(),
        place=request.place,
        first=request.first,
        last=request.last,
    )


def _section(part: Part, material: Material) -> Section:
    paragraphs = contents_of(part.contents, material, part.heading)
    return Section(part.heading, paragraphs, part.contents)


def _tables(outline: Outline, material: Material) -> Iterable[Table]:
    for name, table in TABLES.items():
        if outline.has(name) and (made := table(material)) is not None:
            yield made


def _recipients(material: Material) -> str:
    """Return the units that what is handed over goes to, "" where they are too many to name."""
    wanted = material.overdue or tuple(item for item in material.items if item.open)
    units = list(dict.fromkeys(unit for item in wanted for unit in item.leads))
    return "、".join(units) if len(units) <= MOST_RECIPIENTS else ""

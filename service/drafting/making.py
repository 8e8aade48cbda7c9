"""Makes a draft: finds its rows and examples, fills its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.errors import UserError
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow
from corpus.task import Role
from service.drafting.contents import contents_of
from service.drafting.draft import Draft, Section
from service.drafting.material import Example, Material, examples_from
from service.drafting.outline import Outline, outline_of
from service.drafting.wording import named, subject_of, until
from service.ledger import STATUS_WORDS
from service.library import Library

MOST_ROWS = 10_000
SUBJECT_ROWS = 200
EXAMPLES_LOOKED_AT = 40
LEAST_COVERAGE = 0.3
"""What of the subject a passage must hold to serve as an example."""


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
    titles = [_title(library, plan) for plan in request.plans]
    subject = request.topic.strip() or titles[0]
    today = request.today or date.today()
    rows = _rows(library, request, today)
    own = tuple(dict.fromkeys([*request.plans, *(row.document_id for row in rows)]))
    material = Material(
        subject, rows, _examples(library, subject, own) if outline.has("examples") else (), today
    )
    sections = tuple(Section(part.heading, contents_of(part.contents, material)) for part in outline.parts)
    return Draft(
        genre=request.genre,
        title=_heading(subject, request.genre),
        sections=sections,
        recipients=request.recipients,
        issuer=request.issuer,
        day=today,
        remark="联系人：【待补：联系人】，电话：【待补：电话】" if request.genre == "请示" else "",
        table=_table(rows) if outline.has("task_table") else (),
        table_title=f"{subject}任务分工表",
        documents=own,
    )


def _title(library: Library, plan: str) -> str:
    row = library.document_row(plan)
    return subject_of(row.title) if row.title else row.source


def _rows(library: Library, request: DraftRequest, today: date) -> tuple[TaskRow, ...]:
    if request.plans:
        found = [
            row
            for plan in request.plans
            for row in library.store.tasks(TaskQuery(document=plan, limit=MOST_ROWS), today).items
        ]
    else:
        found = _rows_about(library, request.topic, today)
    return tuple(row for row in found if _is_within(row, request))


def _rows_about(library: Library, topic: str, today: date) -> list[TaskRow]:
    """Return the rows whose words hold the topic, else those that a search for it finds."""
    exact = library.store.tasks(TaskQuery(words=topic.strip(), limit=SUBJECT_ROWS), today).items
    if exact:
        return list(exact)
    hits = library.search(topic, k=SUBJECT_ROWS).hits
    ids = list(dict.fromkeys(hit.passage.task_id for hit in hits if hit.passage.task_id))
    return library.store.task_rows(ids, today)


def _is_within(row: TaskRow, request: DraftRequest) -> bool:
    if row.due is None:
        return True
    return (request.first is None or row.due >= request.first) and (
        request.last is None or row.due <= request.last
    )


def _examples(library: Library, subject: str, own: Sequence[str]) -> tuple[Example, ...]:
    hits = library.similar(text=subject, k=EXAMPLES_LOOKED_AT).hits
    passages = {hit.passage.task_id: hit.passage for hit in hits if hit.coverage >= LEAST_COVERAGE}
    rows = library.store.task_rows([task for task in passages if task])
    return examples_from(((row, passages[row.id]) for row in rows), own)


def _heading(subject: str, genre: str) -> str:
    """Return the title: 关于…的报告 for what is sent, 河道整治实施方案 for what is drawn up."""
    named_so = {"工作汇报": "情况的报告", "整改报告": "整改情况的报告", "督查通报": "落实情况的督查通报"}
    if genre in {"通知", "请示", "函"}:
        return f"关于{subject}的{genre}"
    if genre in named_so:
        return f"关于{subject}{named_so[genre]}"
    return f"{subject.removesuffix(genre).removesuffix(genre[:2])}{genre}"


def _table(rows: Sequence[TaskRow]) -> tuple[tuple[str, ...], ...]:
    head = ("序号", "重点任务", "牵头单位", "责任单位", "配合单位", "完成时限", "状态")
    body = (
        (
            str(number),
            row.record["text"],
            *("、".join(named(row, role)) for role in (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATE)),
            until(row),
            STATUS_WORDS[row.status.value],
        )
        for number, row in enumerate(rows, 1)
    )
    return (head, *body)

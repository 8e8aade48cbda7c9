"""`taizhang tasks`: rows of the ledger, narrowed by everything that is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import typer

from corpus.errors import UserError
from service.cli.options import (
    DEFAULT_DATA,
    DataOption,
    DocumentOption,
    DueOption,
    JsonOption,
    StatusOption,
    UnitOption,
    check_document,
    key_of,
    opened_library,
    parse_day,
    parse_first_day,
)
from service.cli.output import ROLE_WORDS, print_json, print_ledger

COLOUR_WORDS = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝"}
OffsetOption = Annotated[
    int, typer.Option("--offset", metavar="N", min=0, max=1_000_000_000, help="跳过前多少行。")
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="最多给出多少行。")]


RoleOption = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        parser=partial(key_of, ROLE_WORDS),
        help="该单位的角色：牵头、责任、配合、督导，或 lead 等。",
    ),
]
FromOption = Annotated[str | None, typer.Option("--due-from", metavar="DAY", help="时限不早于这一天。")]
ColourOption = Annotated[
    str | None,
    typer.Option(
        "--colour",
        metavar="COLOUR",
        parser=partial(key_of, COLOUR_WORDS),
        help="颜色：红、黄、绿、蓝，或 red 等。",
    ),
]
MonthOption = Annotated[str | None, typer.Option("--month", metavar="MONTH", help="到期月份，如 2026-06。")]
MarkOption = Annotated[str | None, typer.Option("--mark", metavar="MARK", help="标记：紧急、重点。")]
OriginOption = Annotated[str | None, typer.Option("--origin", metavar="TEXT", help="来源。")]
LeaderOption = Annotated[str | None, typer.Option("--leader", metavar="NAME", help="交办领导或责任人。")]
OfficerOption = Annotated[str | None, typer.Option("--officer", metavar="NAME", help="承办人。")]
LateOption = Annotated[bool | None, typer.Option("--late/--not-late", help="是否逾期完成。")]
ExtendedOption = Annotated[bool | None, typer.Option("--extended/--not-extended", help="是否延过期。")]
ClosingOption = Annotated[
    str | None, typer.Option("--closing", metavar="STATE", help="销号申请：applied、accepted、rejected。")
]
WordsOption = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="任务内容中的文字。")]
ByDueOption = Annotated[bool, typer.Option("--by-due", help="按时限排列，没有时限的在后。")]


def tasks(
    data: DataOption = str(DEFAULT_DATA),
    unit: UnitOption = None,
    role: RoleOption = None,
    status: StatusOption = None,
    due_from: FromOption = None,
    due_before: DueOption = None,
    document: DocumentOption = None,
    colour: ColourOption = None,
    month: MonthOption = None,
    mark: MarkOption = None,
    origin: OriginOption = None,
    leader: LeaderOption = None,
    officer: OfficerOption = None,
    late: LateOption = None,
    extended: ExtendedOption = None,
    closing: ClosingOption = None,
    words: WordsOption = None,
    by_due: ByDueOption = False,
    offset: OffsetOption = 0,
    limit: LimitOption = 100,
    as_json: JsonOption = False,
) -> None:
    """Print rows of the ledger."""
    from corpus.store.rows import Colour, ledger_record
    from corpus.task import Role
    from service.queries import task_query
    from service.supervision.entries import MARKS
    from service.supervision.telling import STATES

    query = replace(
        task_query(unit, status, parse_day(due_before) if due_before else None, document, offset, limit),
        role=_one_of(Role, role, "角色"),
        due_from=parse_first_day(due_from) if due_from else None,
        colour=_one_of(Colour, colour, "颜色"),
        month=month,
        mark=_known(MARKS, mark, "标记"),
        origin=origin,
        leader=leader,
        officer=officer,
        late=late,
        extended=extended,
        closing=_known(tuple(STATES), closing, "销号申请"),
        words=words,
        order_by_due=by_due,
    )
    with opened_library(data) as library:
        check_document(library, document)
        page = library.tasks(query)
    rows = [ledger_record(row) for row in page.items]
    if as_json:
        print_json({"items": rows, "total": page.total})
    else:
        print_ledger(rows, f"共 {page.total} 项，显示 {len(rows)} 项" if rows else "")


def _one_of(kind: Any, word: str | None, what: str) -> Any:
    """Return the member of an enumeration that a word names, None for none.

    Raises:
        UserError: when there is no such member.
    """
    _known([item.value for item in kind], word, what)
    return kind(word) if word is not None else None


def _known(words: Sequence[str], word: str | None, what: str) -> str | None:
    """Return `word`, which is one of `words` or None.

    Raises:
        UserError: when it is another one.
    """
    if word is not None and word not in words:
        raise UserError(f"没有{what} {word}，可用的有 {'、'.join(words)}。")
    return word

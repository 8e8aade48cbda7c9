"""`taizhang step …`: 督办 on the command line; each command is one edit, taken back with `step undo`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.accounts import user
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library, parse_day, parse_status
from service.cli.output import print_json, print_table

if TYPE_CHECKING:
    from corpus.store.editing.edits import Edit
    from service.library import Library

SETTABLE_HELP = "未启动、进行中或已完成，或 not_started 等。"
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="任务编号，可以写多个；用 tasks 查看。")]
OneId = Annotated[str, typer.Argument(metavar="ID", help="任务编号。")]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="办理人，记入修改历史；不写则为当前系统用户。")
]
DayOption = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="日期，如 2026-06-30；不写则为今天。")
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="理由。")]


def report(
    tasks: Ids,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="进展情况。")] = "",
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="填报单位。")] = None,
    on: DayOption = None,
    percent: Annotated[
        int | None, typer.Option("--percent", metavar="N", min=0, max=100, help="序时进度；100 即为已完成。")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            parser=parse_status,
            help="未启动、进行中或已完成，或 not_started 等。",
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="出处：汇报的文件编号。")
    ] = None,
    problems: Annotated[str, typer.Option("--problems", metavar="TEXT", help="存在问题。")] = "",
    next_step: Annotated[str, typer.Option("--next", metavar="TEXT", help="下一步。")] = "",
    officer: Annotated[str, typer.Option("--officer", metavar="NAME", help="填报人。")] = "",
    phone: Annotated[str, typer.Option("--phone", metavar="N", help="电话。")] = "",
    reviewer: Annotated[str, typer.Option("--reviewer", metavar="NAME", help="单位的审核人。")] = "",
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Store what a unit reports."""
    told = {"problems": problems, "next_step": next_step, "officer": officer, "phone": phone}
    take(
        data,
        as_json,
        lambda library: library.steps.report(
            tasks, text, by or user(), unit, day_of(on), percent, status, source, **told, reviewer=reviewer
        ),
    )


def extend(
    tasks: Ids,
    to: Annotated[str, typer.Option("--to", metavar="DAY", help="新的时限，要晚于现在的时限。")],
    reason: ReasonOption,
    approver: Annotated[str, typer.Option("--approver", metavar="NAME", help="批准人。")],
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Give rows a later date."""
    day = parse_day(to)
    take(data, as_json, lambda library: library.steps.extend(tasks, day, reason, approver, by or user()))


def hand_over(
    tasks: Ids,
    to: Annotated[list[str], typer.Option("--to", metavar="UNIT", help="移交给哪个单位；可以写多次。")],
    reason: ReasonOption,
    before: Annotated[
        list[str] | None, typer.Option("--from", metavar="UNIT", help="只由这个单位移出；可以写多次。")
    ] = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Give rows to other units."""
    leaving = before or None
    take(data, as_json, lambda library: library.steps.hand_over(tasks, to, reason, by or user(), leaving))


def end(
    tasks: Ids,
    reason: ReasonOption,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """End rows that are not to be done any more."""
    take(data, as_json, lambda library: library.steps.end(tasks, reason, by or user()))


def reopen(
    tasks: Ids,
    reason: ReasonOption,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Take up rows that were done, closed or ended."""
    take(data, as_json, lambda library: library.steps.reopen(tasks, reason, by or user()))


def close(
    tasks: Ids,
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help="销号依据，如验收文号、佐证材料。")
    ],
    applicant: Annotated[
        str | None, typer.Option("--applicant", metavar="NAME", help="申请人或单位，不写则为办理人。")
    ] = None,
    on: DayOption = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Apply for rows to be closed."""
    take(
        data,
        as_json,
        lambda library: library.steps.apply_closing(tasks, evidence, by or user(), day_of(on), applicant),
    )


def review(
    tasks: Ids,
    accept: Annotated[bool, typer.Option("--accept/--reject", help="同意销号，或退回。")],
    reason: ReasonOption = "",
    on: DayOption = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Close rows, or send them back."""
    take(
        data,
        as_json,
        lambda library: library.steps.review_closing(tasks, accept, by or user(), day_of(on), reason),
    )


def recheck(
    tasks: Ids,
    good: Annotated[bool, typer.Option("--good/--relapse", help="没有反弹，或反弹（任务重新办理）。")],
    finding: Annotated[str, typer.Option("--finding", metavar="TEXT", help="发现的情况。")] = "",
    on: DayOption = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Tell what a second look at closed rows found."""
    take(
        data,
        as_json,
        lambda library: library.steps.recheck(tasks, good, finding, by or user(), day_of(on)),
    )


def draw(
    count: Annotated[int, typer.Option("-k", "--count", metavar="N", min=1, max=1000, help="抽几项。")] = 10,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="同一个数抽出同样的任务。")] = 1,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Draw closed rows for a second look."""
    with opened_library(data) as library:
        drawn = library.steps.choose_recheck(count, seed)
        rows = library.store.task_rows(drawn)
    if as_json:
        print_json(list(drawn))
    else:
        print_table(("编号", "任务"), [(row.id, row.record["text"]) for row in rows])


def set_status(
    tasks: Ids,
    status: Annotated[
        str,
        typer.Option("--to", metavar="STATUS", parser=parse_status, help=SETTABLE_HELP),
    ],
    on: DayOption = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Set a status that takes no step of its own."""
    take(data, as_json, lambda library: library.steps.set_status(tasks, status, by or user(), day_of(on)))


def undo(
    edit: Annotated[str, typer.Argument(metavar="EDIT", help="修改的编号，如 e12；用 step history 查看。")],
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Take a step back."""
    take(data, as_json, lambda library: library.rows.undo(edit, by or user()))


def history(task: OneId, data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print what was done to a row, oldest first."""
    from corpus.records import plain
    from service.supervision.telling import tell

    with opened_library(data) as library:
        entries = library.rows.history(task)
    if as_json:
        print_json([{**plain(entry), "words": tell(entry)} for entry in entries])
        return
    cells = [
        (f"{entry.at.astimezone():%Y-%m-%d %H:%M}", entry.edit, entry.by, tell(entry)) for entry in entries
    ]
    print_table(("时间", "编号", "办理人", "内容"), cells)


def take(data: str, as_json: bool, step: Callable[[Library], Edit], create: bool = False) -> None:
    """Take a step and tell how to take it back; with `create` in an empty library where there is none."""
    from corpus.records import plain

    with opened_library(data, create=create) as library:
        edit = step(library)
    if as_json:
        print_json(plain(edit))
    elif not edit.id:
        typer.echo("没有变化。")
    else:
        added = f"，新增 {'、'.join(edit.added)}" if edit.added else ""
        typer.echo(f"已办理 {len(edit.changed)} 项{added}；撤销用 taizhang step undo {edit.id}。")


def day_of(words: str | None) -> date | None:
    """Return the day that an option names, None where it was left out."""
    return parse_day(words) if words else None


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("report", report, "填报进展：进展情况、进度、状态、存在问题、下一步。"),
    ("status", set_status, "改状态：未启动、进行中、已完成。"),
    ("extend", extend, "延期：新的时限、理由、批准人；原时限仍可见。"),
    ("hand-over", hand_over, "移交给别的单位。"),
    ("end", end, "终止不再办理的任务。"),
    ("reopen", reopen, "恢复办理已完成、销号或终止的任务。"),
    ("close", close, "申请销号，写明依据。"),
    ("review", review, "审核销号申请；申请人和登记人不能审核。"),
    ("recheck", recheck, "登记回头看的结果；反弹的任务重新办理。"),
    ("draw", draw, "从已销号的任务中抽取回头看的对象。"),
    ("undo", undo, "撤销一次修改。"),
    ("history", history, "列出一项任务的全部修改。"),
)

"""`taizhang dispatch …`: sheets for the units, what comes back, who is missing, the bulletin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.accounts import user
from service.cli.errors import DONE, SOME_FAILED
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library, parse_day, parse_path
from service.cli.output import print_json, print_table, progress_bar, tell_of_none
from service.files import check_folder, checked_suffix, write_file

if TYPE_CHECKING:
    from service.dispatch.returned import ReturnedSheet
    from service.library import Library

SUFFIXES = (".xlsx", ".docx")

DispatchArgument = Annotated[str, typer.Argument(metavar="ID", help="调度编号，用 dispatch list 查看。")]
DispatchOption = Annotated[
    str | None, typer.Option("--dispatch", metavar="ID", help="回的是哪次调度；不写则按表中的编号认。")
]
PeriodOption = Annotated[str, typer.Option("--period", metavar="WORDS", help="调度哪一期，如 2026年11月。")]
DueOption = Annotated[
    date, typer.Option("--due", metavar="DAY", parser=parse_day, help="请各单位在这一天前报回。")
]
UnitsOption = Annotated[
    list[str] | None, typer.Option("--unit", metavar="NAME", help="只发给这个单位；可以写多次。")
]
SpreadOption = Annotated[
    bool,
    typer.Option("--spread/--no-spread", show_default=False, help="各县区等按成员单位分发（默认），或不分。"),
]
CooperatingOption = Annotated[
    bool,
    typer.Option(
        "--cooperating/--no-cooperating", show_default=False, help="连同单位配合的任务（默认），或不含。"
    ),
]
ArchiveOption = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="写成的 .zip 文件。")]
OptionalArchiveOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="调度表写到这个 .zip 文件。")
]
OutputOption = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="写成的 .xlsx 或 .docx 文件。")
]
NoticeOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="催办通知写到这个 .docx 文件。")
]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", parser=parse_path, help="报回的表、文件夹或 zip。")
]
StoreOption = Annotated[bool, typer.Option("--store", help="存入没有疑问的行；不写则只显示差异。")]
DayOption = Annotated[
    date | None, typer.Option("--on", metavar="DAY", parser=parse_day, help="进展记在哪一天，不写则为今天。")
]
NumberArgument = Annotated[int, typer.Argument(metavar="N", help="回表编号，用 dispatch missing 查看。")]


def units(
    spread: SpreadOption = True,
    cooperating: CooperatingOption = True,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Print the units that have open rows."""
    from service.dispatch.records import choice_record

    with opened_library(data) as library:
        record = choice_record(library.dispatches.choice(spread=spread, cooperating=cooperating))
    if as_json:
        print_json(record)
        return
    heads = ("单位", "未完成", "其中逾期", "配合")
    keys = ("unit", "acting", "overdue", "cooperating")
    print_table(heads, [[row[key] for key in keys] for row in record["units"]])
    if record["without_unit"]:
        typer.echo(f"另有 {record['without_unit']} 项任务没有牵头或责任单位，不会发出。")


def make(
    period: PeriodOption,
    due: DueOption,
    unit: UnitsOption = None,
    output: OptionalArchiveOption = None,
    spread: SpreadOption = True,
    cooperating: CooperatingOption = True,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Make a sheet for each unit, of all units with open rows where none is named."""
    from service.dispatch.records import dispatch_record

    if output is not None:
        checked_suffix(output.suffix, ".zip")
        check_folder(output)
    with opened_library(data) as library:
        made = library.dispatches.make(period, due, user(), unit, spread=spread, cooperating=cooperating)
        if output is not None:
            write_file(output, library.dispatches.archive_file(made.id)[1])
    if as_json:
        print_json(dispatch_record(made))
        return
    written = f"调度表在 {output}。" if output else f"用 taizhang dispatch sheets {made.id} 取调度表。"
    typer.echo(f"已生成调度 {made.id}：{made.period}，{len(made.sheets)} 个单位。{written}")


def list_dispatches(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print the dispatches, the newest first."""
    from service.dispatch.records import dispatch_record

    with opened_library(data) as library:
        rows = [dispatch_record(item) for item in library.dispatches.all()]
    if as_json:
        print_json(rows)
        return
    heads = ("编号", "期次", "报回时限", "单位数", "发出人", "发出时间")
    print_table(heads, [[row["id"], row["period"], row["due"], len(row["sheets"]), row["by"], row["at"][:16]]
                        for row in rows])  # fmt: skip


def sheets(dispatch: DispatchArgument, output: ArchiveOption, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Write the sheets of all units, each as xlsx and docx, to a zip archive."""
    checked_suffix(output.suffix, ".zip")
    with opened_library(data) as library:
        write_file(output, library.dispatches.archive_file(dispatch)[1])
    typer.echo(f"已写成 {output}。")


def read(
    files: FilesArgument,
    dispatch: DispatchOption = None,
    store: StoreOption = False,
    on: DayOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> int:
    """Show what returned sheets would change and, with `--store`, store the rows that are clear."""
    from service.dispatch.records import sheet_record
    from service.intake.sources import gather

    with opened_library(data) as library, progress_bar() as progress:
        candidates = gather(files)
        read_sheets = library.dispatches.read_candidates(candidates, dispatch, progress)
        stored = [_store(library, sheet, on) if store else "" for sheet in read_sheets]
    if as_json:
        print_json([sheet_record(sheet) for sheet in read_sheets])
    else:
        for sheet, words in zip(read_sheets, stored, strict=True):
            _print_sheet(sheet, words)
    tell_of_none(candidates)
    return SOME_FAILED if any(sheet.failed for sheet in read_sheets) else DONE


def missing(
    dispatch: DispatchArgument,
    output: NoticeOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Print how a dispatch stands: who returned, and the reminder for each who did not."""
    from service.dispatch.records import standing_record

    if output is not None:
        checked_suffix(output.suffix, ".docx")
    with opened_library(data) as library:
        standing = library.dispatches.standing(dispatch)
        texts = library.dispatches.reminders(dispatch)
        if output is not None:
            write_file(output, library.dispatches.notice_file(dispatch)[1])
    if as_json:
        reminders = [{"sheet": item.sheet, "unit": item.unit, "text": item.text} for item in texts]
        print_json({**standing_record(standing), "reminders": reminders})
        return
    for unit in standing.units:
        for item in unit.returns:
            typer.echo(f"已报 {unit.unit}：{item.file}（{item.rows} 行，回表编号 {item.id}）")
    for text in texts:
        typer.echo(f"\n{text.text}")
    typer.echo(f"\n应报 {len(standing.units)} 个单位，未报 {len(texts)} 个。")


def monthly(dispatch: DispatchArgument, output: OutputOption, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Write all rows of a dispatch with what the units reported to one sheet."""
    suffix = checked_suffix(output.suffix, *SUFFIXES)
    with opened_library(data) as library:
        write_file(output, library.dispatches.monthly_file(dispatch, suffix)[1])
    typer.echo(f"已写成 {output}。")


def bulletin(dispatch: DispatchArgument, output: OutputOption, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Write the bulletin: ranking, overdue rows, units that did not return."""
    suffix = checked_suffix(output.suffix, *SUFFIXES)
    with opened_library(data) as library:
        write_file(output, library.dispatches.bulletin_file(dispatch, suffix)[1])
    typer.echo(f"已写成 {output}。")


def undo(returned: NumberArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Take back what was stored of a returned sheet."""
    with opened_library(data) as library:
        library.dispatches.undo(returned, user())
    typer.echo(f"已撤销回表 {returned}。")


def withdraw(dispatch: DispatchArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Take back a dispatch of which nothing is stored."""
    with opened_library(data) as library:
        library.dispatches.withdraw(dispatch, user())
    typer.echo(f"已撤回调度 {dispatch}。")


def _store(library: Library, sheet: ReturnedSheet, on: date | None) -> str:
    """Store the clear rows of a sheet; returns what became of it, in words."""
    if sheet.failed or not sheet.rows or sheet.repeated:
        return ""
    done = library.dispatches.store(sheet, user(), on)
    return f"已存入 {sum(item.rows for item in done)} 行"


def _print_sheet(sheet: ReturnedSheet, stored: str) -> None:
    if sheet.failed:
        typer.echo(f"{sheet.file}  读不了：{'；'.join(sheet.problems)}")
        return
    accepted = sum(row.accepted for row in sheet.rows)
    words = [f"{len(sheet.rows)} 行有内容", f"{accepted} 行可存入", f"{len(sheet.unfilled)} 行未填"]
    words += [f"{len(sheet.absent)} 项任务不在表中"] if sheet.absent else []
    typer.echo(f"{sheet.file}  {sheet.unit}  {'，'.join([*words, *filter(None, [stored])])}")
    for problem in filter(None, (*sheet.problems, sheet.repeated)):
        typer.echo(f"  注意：{problem}")
    for row in sheet.rows:
        mark = "+" if row.accepted else "?"
        after = row.after
        said = [after.text, after.status or "", "" if after.percent is None else f"{after.percent}%"]
        typer.echo(f"  {mark} {row.row} {row.task or '—'} {row.text[:30]}：{' '.join(filter(None, said))}")
        for warning in row.warnings:
            typer.echo(f"      {warning}")


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("units", units, "列出有未完成任务的单位。"),
    ("make", make, "生成调度：每个单位一张表，可直接打成 zip。"),
    ("list", list_dispatches, "列出各次调度。"),
    ("sheets", sheets, "取一次调度的全部调度表（zip，内有 xlsx 和 docx）。"),
    ("read", read, "读报回的表，显示与台账的差异；加 --store 存入。"),
    ("missing", missing, "看谁报了谁没报，给出催办文字或催办通知。"),
    ("monthly", monthly, "写月度调度表：全部任务和本期进展。"),
    ("bulletin", bulletin, "写通报：完成率排名、逾期任务、未报送单位。"),
    ("undo", undo, "撤销存入的一份回表。"),
    ("withdraw", withdraw, "撤回还没有单位报回的调度。"),
)
"""Name, function, and what `--help` says."""

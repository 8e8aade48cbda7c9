"""`taizhang ledger …`: the ledger as files and back from a workbook, as gold, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.accounts import user
from service.cli.extracting import PublicOption
from service.cli.given_files import bytes_of
from service.cli.options import (
    DEFAULT_DATA,
    DataOption,
    DocumentOption,
    DueOption,
    JsonOption,
    StatusOption,
    UnitOption,
    check_document,
    opened_library,
    parse_day,
)
from service.cli.output import print_json
from service.files import checked_suffix, write_file

if TYPE_CHECKING:
    from corpus.store.filters import TaskQuery
    from service.ledgerbook.differences import RowChange, WorkbookDifferences

MOST_ROWS = 100_000
FATES = {"changed": "改动", "added": "新增", "dropped": "表中已没有"}

BookArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="改过的台账：xlsx（xls、et、ods 也可以）。")
]
LedgerOption = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="写到哪个文件：.xlsx、.docx、.csv 或 .json。")
]
TitleOption = Annotated[str, typer.Option("--title", metavar="TEXT", help="表格上方的标题。")]
RowOption = Annotated[
    list[str] | None,
    typer.Option("--row", metavar="NAME", help="只存这一行，用 compare 查看名称；可以写多次。"),
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="文库里也改过的格子，以表格为准。")]
DropOption = Annotated[bool, typer.Option("--drop", help="表格里删掉的行，在文库里也删除。")]
FolderOption = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="写到哪个文件夹。")]
DocumentsOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="文件编号，可以写多次；不写则为全部文件。"),
]
PageOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="写到哪个文件：.docx。")
]
CalendarOption = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="写到哪个文件：.ics。")]
DaysOption = Annotated[
    int | None,
    typer.Option("--days", metavar="N", min=0, max=3660, help="今后多少天内到期的；不写则按设置。"),
]


def export(
    output: LedgerOption,
    public: PublicOption = False,
    title: TitleOption = "任务台账",
    data: DataOption = str(DEFAULT_DATA),
    unit: UnitOption = None,
    status: StatusOption = None,
    due_before: DueOption = None,
    document: DocumentOption = None,
) -> None:
    """Write rows of the ledger to a file."""
    from service.ledgerbook.exporting import library_book
    from service.ledgerbook.files import book_bytes

    with opened_library(data) as library:
        check_document(library, document)
        query = _query(unit, status, due_before, document)
        book = library_book(library, query, title, public=public)
    write_file(output, book_bytes(book, output.suffix))
    typer.echo(f"已写入 {output}：{len(book.rows)} 项任务。", err=True)


def compare(
    file: BookArgument,
    document: DocumentOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Show what a workbook says that the library does not; nothing is stored."""
    with opened_library(data) as library:
        found = library.workbooks.compare(file.name, bytes_of(file), document)
    if as_json:
        print_json(found.public())
    else:
        _print(found)


def store(
    file: BookArgument,
    row: RowOption = None,
    overwrite: OverwriteOption = False,
    drop: DropOption = False,
    document: DocumentOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Store what was changed in a workbook, as one edit."""
    from corpus.records import plain
    from service.ledgerbook.returning import Wanted

    with opened_library(data) as library:
        found = library.workbooks.compare(file.name, bytes_of(file), document)
        edit = library.workbooks.store(found, user(), Wanted(row, overwrite, drop), file.name)
    if as_json:
        print_json({"edit": plain(edit), "differences": found.public()})
        return
    _print(found)
    typer.echo(f"已存入 {len(edit.changed)} 行（修改编号 {edit.id}，可以撤销）。")


def gold(
    output: FolderOption, document: DocumentsOption = None, data: DataOption = str(DEFAULT_DATA)
) -> None:
    """Write corrected ledgers as gold for the evaluation."""
    from service.ledgerbook.gold import golds_of, write_gold

    with opened_library(data) as library:
        wanted = document or [found.id for found in library.documents() if found.tasks]
        golds = golds_of(library.store, wanted)
    write_gold(golds, output)
    for found in golds:
        for words in found.left_out:
            typer.echo(f"{found.name}：未收入，{words}", err=True)
    typer.echo(f"已写入 {output}：{len(golds)} 个文件的标注。", err=True)


def summary(
    output: PageOption = None,
    data: DataOption = str(DEFAULT_DATA),
    unit: UnitOption = None,
    document: DocumentOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write or print how the ledger stands, on one page."""
    from service.reminders.summary import library_summary, overall_words, summary_bytes

    with opened_library(data) as library:
        check_document(library, document)
        page = library_summary(library, _query(unit, None, None, document))
    if output is not None:
        checked_suffix(output.suffix, ".docx")
        write_file(output, summary_bytes(page))
        typer.echo(f"已写入 {output}。", err=True)
    if as_json:
        print_json(page.record())
    elif output is None:
        typer.echo(overall_words(page))


def calendar(
    output: CalendarOption,
    days: DaysOption = None,
    data: DataOption = str(DEFAULT_DATA),
    unit: UnitOption = None,
    document: DocumentOption = None,
) -> None:
    """Write overdue rows and those due soon as a calendar."""
    from service.reminders.calendar import calendar_bytes
    from service.reminders.due import due_of

    checked_suffix(output.suffix, ".ics")
    with opened_library(data) as library:
        check_document(library, document)
        due = due_of(library, _query(unit, None, None, document), days)
    write_file(output, calendar_bytes(due))
    typer.echo(
        f"已写入 {output}：逾期 {len(due.overdue)} 项，{due.days} 天内到期 {len(due.soon)} 项。", err=True
    )


def mail(data: DataOption = str(DEFAULT_DATA)) -> None:
    """Send overdue rows and those due soon to the recipients of the settings."""
    from service.reminders.mail import send_due

    with opened_library(data) as library:
        rows = send_due(library, user())
    typer.echo(f"已发送：{rows} 项任务。" if rows else "没有逾期和临近到期的任务，没有发送。")


def _query(unit: str | None, status: str | None, due_before: str | None, document: str | None) -> TaskQuery:
    from service.queries import task_query

    due = parse_day(due_before) if due_before else None
    return replace(task_query(unit, status, due, document, 0, 100), limit=MOST_ROWS)


def _print(found: WorkbookDifferences) -> None:
    counts = "，".join(f"{words} {found.public()['counts'][fate]} 行" for fate, words in FATES.items())
    typer.echo(f"工作表“{found.sheet}”：{counts}，相同 {found.same} 行。")
    for problem in found.problems:
        typer.echo(f"注意：{problem}")
    for row in found.rows:
        _print_row(row)


def _print_row(row: RowChange) -> None:
    place = f"第{row.line}行 " if row.line else ""
    typer.echo(f"{FATES[row.fate.value]} {row.name} {place}{row.text}")
    for cell in row.cells:
        typer.echo(f"    {cell.head}：{cell.before or '（空）'} → {cell.after or '（空）'}")
        if cell.conflict:
            typer.echo("      文库里也改过，默认不存；加 --overwrite 以表格为准。")
        if cell.problem:
            typer.echo(f"      不能存入：{cell.problem}")


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    (
        "export",
        export,
        "把台账写成 Excel、Word、csv 或 json，可按单位、状态、时限和文件筛选；--public 为公开版。",
    ),
    ("compare", compare, "读回改过的 Excel 台账，逐行逐栏显示与文库的差异；不存入。"),
    ("store", store, "读回改过的 Excel 台账并存入，一次修改，可以整体撤销。"),
    ("gold", gold, "把核对过的台账写成标注，供 python -m evaluation 使用。"),
    ("summary", summary, "领导一页纸：总数、逾期、临近到期、单位排名，写成 Word。"),
    ("calendar", calendar, "把逾期和临近到期的任务写成日历（ics），可导入手机和 Outlook。"),
    ("mail", mail, "把逾期和临近到期的任务发到设置好的邮箱。"),
)
"""Name, function, and what `--help` says."""

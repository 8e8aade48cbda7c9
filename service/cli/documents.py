"""Commands that manage documents: add, remove, restore-document, list, show, reextract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import UserError
from service.cli.accounts import user
from service.cli.errors import DONE, SOME_FAILED
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library, parse_path
from service.cli.output import (
    print_json,
    print_ledger,
    print_problem,
    print_table,
    progress_bar,
    tell_of_none,
)

PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH", parser=parse_path, help="文件、文件夹或 zip。")
]
DocumentsArgument = Annotated[list[str], typer.Argument(metavar="ID", help="文件编号，用 list 查看。")]
SomeDocumentsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help="文件编号，用 list 查看。")
]
DocumentArgument = Annotated[str, typer.Argument(metavar="ID", help="文件编号，用 list 查看。")]
VersionOption = Annotated[
    int | None,
    typer.Option("--version", metavar="N", min=1, max=1_000_000, help="第几版；不写则为最新一版。"),
]
RemovedOption = Annotated[bool, typer.Option("--removed", help="列出已移除的文件。")]
AllOption = Annotated[bool, typer.Option("--all", help="资料库中的所有文件。")]


FACT_WORDS = {
    "id": "编号",
    "version": "版本",
    "source": "来源",
    "title": "标题",
    "doc_type": "类别",
    "genre": "文种",
    "issuer": "发文机关",
    "doc_number": "发文字号",
    "date": "日期",
    "region": "地区",
    "level": "层级",
    "secrecy": "密级",
    "urgency": "紧急程度",
}
"""What pages call the facts of a document."""


def add(paths: PathsArgument, data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> int:
    """Read files into the library; exit code 1 when some could not be added."""
    with opened_library(data, create=True) as library, progress_bar() as progress:
        summary = library.add(paths, progress, user())
    if as_json:
        print_json(summary.record())
    else:
        typer.echo(summary.line())
    tell_of_none((*summary.added, *summary.failed))
    for problem in (*summary.failed, *summary.problems):
        print_problem(problem)
    return SOME_FAILED if summary.failed else DONE


def remove(documents: DocumentsArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Take documents out of lists and search."""
    with opened_library(data) as library:
        library.remove(documents, user())
    typer.echo(f"已移除 {'、'.join(documents)}。")


def restore_document(documents: DocumentsArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Bring removed documents back."""
    with opened_library(data) as library:
        library.restore(documents, user())
    typer.echo(f"已恢复 {'、'.join(documents)}。")


def list_documents(
    data: DataOption = str(DEFAULT_DATA), removed: RemovedOption = False, as_json: JsonOption = False
) -> None:
    """Print the documents of the library."""
    from service.results import document_row_record

    with opened_library(data) as library:
        rows = [document_row_record(row) for row in library.documents(removed=removed)]
    if as_json:
        print_json(rows)
        return
    heads = ("编号", "标题", "类别", "地区", "日期", "任务", "来源")
    keys = ("id", "title", "doc_type", "region", "date", "tasks", "source")
    print_table(heads, [[row[key] for key in keys] for row in rows])


def show(
    document: DocumentArgument,
    data: DataOption = str(DEFAULT_DATA),
    version: VersionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a document's facts and its ledger."""
    with opened_library(data) as library:
        shown = library.show(document, version)
    record = shown.record()
    if as_json:
        print_json(record)
        return
    for key, value in record["document"].items():
        if value is not None:
            typer.echo(f"{FACT_WORDS.get(key, key)}：{value}")
    print_ledger(record["tasks"])


def reextract(
    documents: SomeDocumentsArgument = None,
    every: AllOption = False,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> int:
    """Read kept bytes again with today's rules and tell what changed."""
    if not documents and not every:
        raise UserError("请给出文件编号，或用 --all 重新读取全部文件。")
    with opened_library(data) as library, progress_bar() as progress:
        summary = library.reextract(None if every else documents, progress, user())
    if as_json:
        print_json(summary.record())
    else:
        for line in summary.lines():
            typer.echo(line)
    for problem in summary.failed:
        print_problem(problem)
    return SOME_FAILED if summary.failed else DONE

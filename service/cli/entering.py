"""`taizhang row …`: rows that are entered by hand, and what an office keeps beside the text of rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import UserError
from service.cli.accounts import user
from service.cli.given_files import bytes_of, table_text
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library, parse_day
from service.cli.output import print_json, print_table
from service.cli.supervision import ByOption, Ids, OneId, take
from service.files import write_file

Origin = Annotated[
    str | None, typer.Option("--origin", metavar="TEXT", help="来源：批示、会议、督查、来电等。")
]
AssignedOn = Annotated[str | None, typer.Option("--assigned-on", metavar="DAY", help="交办日期。")]
AssignedBy = Annotated[str | None, typer.Option("--assigned-by", metavar="NAME", help="交办领导。")]
Number = Annotated[str | None, typer.Option("--number", metavar="TEXT", help="编号。")]
Officer = Annotated[str | None, typer.Option("--officer", metavar="NAME", help="承办人。")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="N", help="联系电话。")]
Marks = Annotated[list[str] | None, typer.Option("--mark", metavar="MARK", help="紧急、重点；可以写多次。")]
FileId = Annotated[str, typer.Argument(metavar="FILE_ID", help="附件编号，如 a3；用 row files 查看。")]


def new(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="任务内容。")],
    lead: Annotated[
        list[str] | None, typer.Option("--lead", metavar="UNIT", help="牵头单位；可以写多次。")
    ] = None,
    cooperate: Annotated[
        list[str] | None, typer.Option("--cooperate", metavar="UNIT", help="配合单位；可以写多次。")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="TEXT", help="完成时限，如 2026年6月底前 或 每月25日前。")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="所属文件，可以没有。")
    ] = None,
    origin: Origin = None,
    assigned_on: AssignedOn = None,
    assigned_by: AssignedBy = None,
    number: Number = None,
    officer: Officer = None,
    phone: Phone = None,
    marks: Marks = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Enter a row by hand."""
    kept = {
        "entry": _entry(origin, assigned_on, assigned_by, number, officer, phone),
        "marks": marks or [],
    }
    values = _values(text, {"lead": lead or [], "cooperate": cooperate or []}, due)
    take(
        data,
        as_json,
        lambda library: library.rows.add(values, by or user(), document, kept=kept),
        create=True,
    )


def paste(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="从 Excel 复制存成的文本（制表符分隔，带表头）；- 为标准输入。"),
    ],
    origin: Origin = None,
    assigned_on: AssignedOn = None,
    assigned_by: AssignedBy = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Enter the rows of a copied table."""
    clip = table_text(Path(file))
    entry = _entry(origin, assigned_on, assigned_by, None, None, None)
    take(data, as_json, lambda library: library.paste(clip, by or user(), entry), create=True)


def enter(
    tasks: Ids,
    origin: Origin = None,
    assigned_on: AssignedOn = None,
    assigned_by: AssignedBy = None,
    number: Number = None,
    officer: Officer = None,
    phone: Phone = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Tell where rows come from; an empty text empties a value."""
    entry = _entry(origin, assigned_on, assigned_by, number, officer, phone)
    if not entry:
        raise UserError("请至少给出一项，如 --origin 批示。")
    take(data, as_json, lambda library: library.steps.enter(tasks, entry, by or user()))


def mark(
    tasks: Ids,
    marks: Marks = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Mark rows; without a mark those that they have are taken away."""
    take(data, as_json, lambda library: library.steps.mark(tasks, marks or (), by or user()))


def own(
    tasks: Ids,
    values: Annotated[
        list[str], typer.Option("--set", metavar="NAME=VALUE", help="栏目=内容；内容为空则清除；可以写多次。")
    ],
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Fill columns that the office added."""
    given = dict(_pair(value) for value in values)
    take(data, as_json, lambda library: library.steps.own(tasks, given, by or user()))


def columns(
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add", metavar="NAME[:KIND]", help="添加栏目，如 督办单号、复核日:date、类别:民生/产业。"
        ),
    ] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", metavar="NAME", help="去掉栏目。")] = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """List, add and remove the office's own columns."""
    from corpus.records import plain

    with opened_library(data) as library:
        kept = [column for column in library.columns.all() if column.name not in (remove or ())]
        if add or remove:
            library.columns.replace([*kept, *map(_column, add or ())], by or user())
        found = library.columns.all()
    if as_json:
        print_json(plain(found))
    else:
        cells = [(item.name, item.kind.value, "、".join(item.choices)) for item in found]
        print_table(("栏目", "类型", "可选"), cells)


def files(task: OneId, data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """List the files of a row."""
    with opened_library(data) as library:
        found = library.task(task).attachments
    if as_json:
        print_json(list(found))
    else:
        cells = [(item["id"], item["name"], item["size"], item["by"]) for item in found]
        print_table(("编号", "名称", "字节", "添加人"), cells)


def attach(
    task: OneId,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要附上的文件。")],
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Attach a file to a row."""
    content = bytes_of(file)
    take(data, as_json, lambda library: library.attachments.add(task, file.name, content, by or user()))


def detach(
    task: OneId,
    attachment: FileId,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Take a file off a row."""
    take(data, as_json, lambda library: library.attachments.remove(task, attachment, by or user()))


def save(
    task: OneId,
    attachment: FileId,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="存到哪里。")] = None,
    data: DataOption = str(DEFAULT_DATA),
) -> None:
    """Write a file of a row to the disk."""
    with opened_library(data) as library:
        found = library.attachments.read(task, attachment)
    target = output or Path(found.name)
    write_file(target, found.data)
    typer.echo(f"已存到 {target}。")


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("new", new, "录入一项任务，可以没有文件。"),
    ("paste", paste, "录入复制的表格，一行一项任务。"),
    ("enter", enter, "登记来源、交办日期、交办领导、编号、承办人、电话。"),
    ("mark", mark, "标记紧急、重点。"),
    ("own", own, "填写自定义栏目。"),
    ("columns", columns, "列出、添加、去掉自定义栏目。"),
    ("files", files, "列出任务的附件。"),
    ("attach", attach, "添加附件。"),
    ("detach", detach, "去掉附件；可以撤销。"),
    ("save", save, "把附件存到硬盘。"),
)


def _entry(
    origin: str | None,
    assigned_on: str | None,
    assigned_by: str | None,
    number: str | None,
    officer: str | None,
    phone: str | None,
) -> dict[str, Any]:
    """Return what was given of an entry; "" empties a value."""
    day = parse_day(assigned_on) if assigned_on else assigned_on
    given = {
        "origin": origin,
        "assigned_on": day,
        "assigned_by": assigned_by,
        "number": number,
        "officer": officer,
        "phone": phone,
    }
    return {key: value for key, value in given.items() if value is not None}


def _values(text: str, units: dict[str, list[str]], due: str | None) -> dict[str, Any]:
    from corpus.store.editing.corrections import blank_record
    from service.editing.cells import CELL_OF, Setting

    named = [{"name": name, "role": role} for role, names in units.items() for name in names]
    values: dict[str, Any] = {"text": text, "units": named}
    return values | (CELL_OF["limits"].write(blank_record(), due, Setting()) if due else {})


def _pair(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals:
        raise typer.BadParameter(f"请写成 栏目=内容，而不是 {words}")
    return name.strip(), value.strip()


def _column(words: str) -> Any:
    from service.supervision.columns import ColumnKind, OwnColumn

    name, _, kind = words.partition(":")
    if kind in ("", "text", "date"):
        return OwnColumn(name, ColumnKind(kind or "text"))
    return OwnColumn(name, ColumnKind.CHOICE, tuple(kind.split("/")))

"""Commands of the group `units`: the units that an office names its own way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.accounts import user
from service.cli.given_files import table_text
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library
from service.cli.output import print_json, print_table

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="单位的全称。")]
AliasesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ALIAS...", help="文件里的叫法，可以写几个。")
]
GroupOption = Annotated[bool, typer.Option("--group", help="泛指多个单位，如 六城区。")]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="说明。")]
InsteadOption = Annotated[
    str | None, typer.Option("--instead-of", metavar="NAME", help="原来的全称；用于改名。")
]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="每行一个单位：全称、别名、类别、说明，用制表符隔开。")
]
TriedArgument = Annotated[str, typer.Argument(metavar="NAME", help="文件里的叫法。")]


def list_units(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print the units that users added."""
    with opened_library(data) as library:
        units = library.units.all()
    if as_json:
        print_json(
            [
                {"name": unit.name, "aliases": list(unit.aliases), "group": unit.group, "note": unit.note}
                for unit in units
            ]
        )
    elif not units:
        print("单位名录里还没有单位；用 units add 添加。")
    else:
        rows = [(unit.name, "、".join(unit.aliases), "组" if unit.group else "", unit.note) for unit in units]
        print_table(("全称", "别名", "类别", "说明"), rows)


def add_unit(
    name: NameArgument,
    aliases: AliasesArgument = None,
    group: GroupOption = False,
    note: NoteOption = "",
    instead_of: InsteadOption = None,
    data: DataOption = str(DEFAULT_DATA),
) -> None:
    """Add a unit, or change the one of the same full name."""
    from corpus.registry.own_units import OwnUnit

    with opened_library(data) as library:
        library.units.put_named(OwnUnit(name, tuple(aliases or ()), group, note), user(), instead_of)
    print(f"已保存：{name}")


def remove_unit(name: NameArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Take a unit out of the table."""
    with opened_library(data) as library:
        library.units.remove(name, user())
    print(f"已删去：{name}")


def take_in_units(file: FileArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Add or change the units of a file."""
    with opened_library(data) as library:
        step = library.units.take_in(table_text(file), user())
    print(f"已读入，新增或改动 {len(step.after)} 个单位。")


def try_name(name: TriedArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Print what a name is taken for."""
    with opened_library(data) as library:
        meaning = library.units.meaning(name)
    print("泛指多个单位" if meaning.group else meaning.canonical or "名录中没有")


COMMANDS = (
    ("list", list_units, "列出本单位自己的叫法。"),
    ("add", add_unit, "添加单位和它的别名；同名的改为新的。"),
    ("remove", remove_unit, "删去一个单位。"),
    ("import", take_in_units, "从表格文件读入单位。"),
    ("try", try_name, "试一个名称，看认成哪个单位。"),
)
"""Name, function, and what `--help` says."""

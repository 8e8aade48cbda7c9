"""`taizhang settings`: what the office sets for itself, such as the rules for the colours of its ledger."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from service.cli.accounts import user
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library
from service.cli.output import print_json, print_table
from service.cli.supervision import ByOption

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="设置一项，如 due_soon_days=15；可以写多次。密码、密钥写 KEY=-，由标准输入读入。",
    ),
]
ResetOption = Annotated[
    list[str] | None, typer.Option("--reset", metavar="KEY", help="恢复默认值；可以写多次。")
]


def settings(
    given: SetOption = None,
    reset: ResetOption = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """List settings and change them."""
    with opened_library(data, create=bool(given)) as library:
        values: dict[str, Any] = dict.fromkeys(reset or ())
        values |= dict(_value(words) for words in given or ())
        if values:
            library.change_settings(values, by or user())
        found = library.settings.read().public()
    if as_json:
        print_json(found)
    else:
        print_table(("设置", "值"), list(found.items()))


def _value(words: str) -> tuple[str, Any]:
    """Return key and value of KEY=VALUE, a number where the setting is one.

    Raises:
        typer.BadParameter: when there is no =.
    """
    from service.settings import Settings

    key, equals, value = words.partition("=")
    if not equals:
        raise typer.BadParameter(f"请写成 KEY=VALUE，而不是 {words}")
    if value == "-":
        value = sys.stdin.readline().rstrip("\r\n")
    number = isinstance(getattr(Settings(), key.strip(), ""), int) and value.strip().isdecimal()
    return key.strip(), int(value) if number else value

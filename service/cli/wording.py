"""Chinese for what the command-line library writes into its help in English."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

HEADINGS = (
    (r"^Usage:", "用法："),
    (r"^Options:", "选项："),
    (r"^Arguments:", "参数："),
    (r"^Commands:", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
)
NOTES = (
    (r"Show this message and exit\.", "显示这份说明。"),
    (r"\brequired\]$", "必填]"),
    (r"\bdefault: ", "默认："),
    (r"\benv var: ", "环境变量："),
    (r"([\d.]+)<=x<=([\d.]+)", r"\1 至 \2"),
    (r"x>=([\d.]+)", r"不小于 \1"),
    (r"; ", "；"),
)
"""What stands in brackets behind the words of an option."""
TYPE = re.compile(r" <.+>$")
"""The type of an argument, which tells an office nothing."""


def in_chinese(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """Return `text` with the fixed words of a table in Chinese."""
    for pattern, words in table:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


class ChineseHelp:
    """The help of a command or group; its notes are put into Chinese before lines are cut."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return in_chinese(super().get_help(ctx), HEADINGS)  # type: ignore[misc]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        parameters = self.get_params(ctx)  # type: ignore[attr-defined]
        for kind, heading in (("argument", "Arguments"), ("option", "Options")):
            found = [each.get_help_record(ctx) for each in parameters if each.param_type_name == kind]
            rows = [(TYPE.sub("", record[0]), in_chinese(record[1], NOTES)) for record in found if record]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class ChineseCommand(ChineseHelp, TyperCommand):
    """A command whose help is Chinese throughout."""


class ChineseGroup(ChineseHelp, TyperGroup):
    """A group of commands, its help Chinese throughout."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options and the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

"""Chinese headings for the help that the command-line library prints in English."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

WORDS = (
    (r"^Usage:", "用法："),
    (r"^Options:", "选项："),
    (r"^Arguments:", "参数："),
    (r"^Commands:", "命令："),
    (r"Show this message and exit\.", "显示这份说明。"),
    (r"\[required\]", "[必填]"),
    (r"\[default: ", "[默认："),
    (r"\[env var: ", "[环境变量："),
    (r"; required\]", "；必填]"),
    (r"; default: ", "；默认："),
)


def in_chinese(text: str) -> str:
    """Return a help text with its fixed words in Chinese."""
    for pattern, words in WORDS:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """The program itself, its help Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return in_chinese(super().get_help(ctx))

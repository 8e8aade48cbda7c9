"""Writes docs/cli.md from the commands themselves: `python -m service.cli.manual > docs/cli.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from service.cli.app import app
from service.cli.errors import BUSY, DONE, INTERNAL, INTERRUPTED, NOT_FOUND, SOME_FAILED, WRONG_CALL

WIDTH = 100
HEAD = """# Command line

Every command as its `--help` shows it. This page is written by `python -m service.cli.manual > docs/cli.md`;
a test compares the two. Output for programs is UTF-8 JSON (`--json`); errors are one line on stderr.

| exit code | meaning |
| --- | --- |
"""
CODES = (
    (DONE, "done"),
    (SOME_FAILED, "some files could not be read; the rest was done"),
    (WRONG_CALL, "the call was wrong; the line says how to mend it"),
    (NOT_FOUND, "what was asked for is not in the library, or there is no library"),
    (BUSY, "another process holds what is needed; try again later"),
    (INTERNAL, "a bug in the program; `TAIZHANG_DEBUG=1` shows the trace"),
    (INTERRUPTED, "interrupted"),
)


def manual() -> str:
    """Return the page."""
    group = typer.main.get_group(app)
    codes = "".join(f"| {code} | {meaning} |\n" for code, meaning in CODES)
    with group.make_context("taizhang", [], resilient_parsing=True, terminal_width=WIDTH) as context:
        parts = [HEAD + codes, _block("taizhang", group.get_help(context))]
        parts += _commands("taizhang", group, context)
    return "\n".join(parts)


def _commands(path: str, group: Any, context: Any) -> Iterator[str]:
    """Yield the help of each command of a group, groups within it included."""
    for name, command in group.commands.items():
        with command.make_context(name, [], parent=context, resilient_parsing=True) as inner:
            yield _block(f"{path} {name}", command.get_help(inner))
            if isinstance(command, TyperGroup):
                yield from _commands(f"{path} {name}", command, inner)


def _block(name: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"## {name}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(manual().encode())

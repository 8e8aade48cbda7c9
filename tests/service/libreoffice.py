"""A person at LibreOffice: opens a file, types, saves; played by a macro in the real program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">{code}</script:module>"""
_CODE = """
Sub Work
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 Dim saved(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
 sheet = book.Sheets.getByIndex(0)
 {steps}
 saved(0).Name = "FilterName"
 {saves}
 book.close(True)
End Sub
"""
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}


def worked_on(
    folder: Path, data: bytes, steps: Sequence[str], suffixes: Sequence[str] = (".xlsx",)
) -> list[bytes]:
    """Return a workbook, once for each suffix, after LibreOffice did `steps` on its first sheet."""
    program = shutil.which("soffice") or pytest.skip("no LibreOffice on this machine")
    source = folder / "source.xlsx"
    source.write_bytes(data)
    targets = [folder / f"target{suffix}" for suffix in suffixes]
    saves = "\n ".join(
        f'saved(0).Value = "{FILTERS[target.suffix]}"\n book.storeToURL("{target.as_uri()}", saved())'
        for target in targets
    )
    code = _CODE.format(source=source.as_uri(), steps="\n ".join(steps), saves=saves)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore"]
    # The first start makes the profile, with an empty module in the place of which the work is put.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(code=escape(code)), "utf-8")
    work = "macro:///Standard.Module1.Work"
    subprocess.run([*command, work], check=True, capture_output=True, timeout=120)
    return [target.read_bytes() for target in targets]


def typed(row: int, column: int, words: str) -> str:
    """Return the step of typing into a cell, 1-indexed, as Calc understands what is typed."""
    quoted = words.replace('"', '""')
    return f'sheet.getCellByPosition({column - 1}, {row - 1}).setFormula("{quoted}")'

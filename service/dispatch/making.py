"""The files of a dispatch: each unit's sheet as xlsx and docx, and all of them in a zip archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from service.dispatch import docx, xlsx
from service.dispatch.form import CHOICES, COMPLETION_HEAD, UnitSheet
from service.official.paper import Fonts

SUFFIXES = (".xlsx", ".docx")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""Characters that Windows takes in no file name."""
_FREEZE_COLUMN = "C"
"""序号 and 任务 stay in view."""


def sheet_bytes(sheet: UnitSheet, suffix: str, fonts: Fonts | None = None) -> bytes:
    """Return a unit's sheet as a file with `suffix`, ".xlsx" or ".docx"."""
    if suffix == ".docx":
        return docx.document_bytes([sheet.table(on_paper=True)], fonts)
    return xlsx.workbook_bytes([sheet.table()], fonts, _finish)


def file_name(sheet: UnitSheet, suffix: str) -> str:
    """Return the name of a unit's file: its title, without what file names do not take."""
    return f"{safe_stem(sheet.title)}{suffix}"


def safe_stem(words: str) -> str:
    """Return words as the stem of a file name, at most 80 characters."""
    return _UNFIT.sub("", words).strip(" .")[:80] or "调度表"


def archive_bytes(sheets: Iterable[UnitSheet], fonts: Fonts | None = None) -> bytes:
    """Return a zip archive with the files of all sheets, a folder for each format."""
    written = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(sheets, start=1):
            for suffix in SUFFIXES:
                folder = "Excel" if suffix == ".xlsx" else "Word"
                name = f"{folder}/{file_name(sheet, suffix)}"
                if name in taken:
                    name = f"{folder}/{number}-{file_name(sheet, suffix)}"
                taken.add(name)
                archive.writestr(name, sheet_bytes(sheet, suffix, fonts))
    return written.getvalue()


def _finish(page: Worksheet, head: int) -> None:
    """Keep number and task in view, and offer words for 完成情况."""
    page.freeze_panes = f"{_FREEZE_COLUMN}{head + 1}"
    heads = [cell.value for cell in page[head]]
    if page.max_row > head:
        letter = get_column_letter(heads.index(COMPLETION_HEAD) + 1)
        page.add_data_validation(_choices(f"{letter}{head + 1}:{letter}{page.max_row}"))


def _choices(cells: str) -> DataValidation:
    """Return a list of words to choose from, which refuses no others, since a percentage will do too."""
    offer = DataValidation(type="list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True)
    offer.showErrorMessage, offer.showInputMessage = False, True
    offer.promptTitle, offer.prompt = COMPLETION_HEAD, "选一个，或填百分比，如 60%"
    offer.add(cells)
    return offer

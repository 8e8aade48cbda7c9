"""Tables as comma separated text, in any Chinese encoding."""

from __future__ import annotations

import csv
import io

from ingest.readers.base import RawDocument
from ingest.readers.refusal import unreadable
from ingest.readers.sheets.sheet import MAX_CELLS, Sheet
from ingest.readers.sheets.workbook import workbook_lines
from ingest.readers.text.reader import readable_text

_SAMPLE = 20_000
"""Code points in which the separators are counted."""
_SEPARATORS = ",\t;，|"


class CsvReader:
    """Reads comma separated text as a sheet with one table."""

    name = "csv"
    version = 1
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def recognises(self, data: bytes) -> bool:
        """Say no: such a file is text, so only its suffix tells (`ingest.detect` asks for it)."""
        return False

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return title lines, table rows and notes.

        Raises:
            UnreadableError: when the bytes are not text, nothing but white space, or no table.
        """
        text = readable_text(data, source)
        sheet = Sheet()
        try:
            for row, words in enumerate(
                csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
            ):
                for column, cell in enumerate(words):
                    if cell.strip() and len(sheet.cells) < MAX_CELLS:
                        sheet.cells[row, column] = cell.strip()
        except csv.Error as error:
            message = "表格文本的格式不对（可能缺引号或分隔符），请用 Excel 打开后另存为 xlsx 再试。"
            raise unreadable(source, "damaged", message) from error
        return workbook_lines([sheet], source, f"{self.name}-{self.version}")


def _separator(text: str) -> str:
    """Return the separator that stands most often in the first lines."""
    sample = text[:_SAMPLE]
    return max(_SEPARATORS, key=sample.count)


READER = CsvReader()

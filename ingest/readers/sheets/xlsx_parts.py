"""Handlers for the XML parts of a workbook, called element by element, so that no part becomes a tree."""

from __future__ import annotations

import re
from typing import Protocol

from lxml import etree

from ingest.readers.docx.styles import number
from ingest.readers.sheets.number_formats import shown
from ingest.readers.sheets.sheet import MAX_CELLS, MAX_MERGES, Sheet

MAX_STRINGS = 1_000_000
MAX_CHARACTERS = 20_000_000
"""Characters in one part at most."""
MAX_ELEMENTS = 1_000_000
"""Elements in one sheet at most: most of them stand for empty cells that someone coloured."""
MAX_COLUMN = 16_384
"""What Excel allows; damaged files claim millions."""

_REFERENCE = re.compile(r"([A-Z]{1,4})(\d{1,7})")
_FLAT = 1.0
"""Height in points up to which a row is as good as hidden."""
_ON = ("1", "true")


class Target(Protocol):
    """What `etree.XMLParser(target=…)` calls."""

    full: bool
    """True once the part has shown more than anyone would write."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""
        ...

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        ...

    def data(self, words: str) -> None:
        """Meet words; one text may come in several calls."""
        ...

    def close(self) -> None:
        """Meet the end of the part."""
        ...


def local_name(tag: object) -> str:
    """Return the name of a tag without its namespace, "" for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class CellFormats:
    """The number formats of a workbook's cells, by the number of their style."""

    def __init__(self, styles: etree._Element | None, from_1904: bool) -> None:
        """Take the root of `styles.xml`; None makes a workbook without formats."""
        elements = [] if styles is None else list(styles.iter())
        self._codes = {
            element.get("numFmtId"): element.get("formatCode", "")
            for element in elements
            if local_name(element.tag) == "numFmt"
        }
        crosses = next((each for each in elements if local_name(each.tag) == "cellXfs"), None)
        self._ids = [] if crosses is None else [element.get("numFmtId", "0") for element in crosses]
        self._from_1904 = from_1904

    def shown(self, value: str, style: str | None) -> str:
        """Return a stored number as the sheet shows it; what is no number stays as it is."""
        try:
            figure = float(value)
            format_id = self._ids[int(style)] if style is not None else "0"
            return shown(figure, number(format_id) or 0, self._codes.get(format_id, ""), self._from_1904)
        except (ValueError, IndexError, OverflowError):
            return value


class StringsHandler:
    """Gathers the strings that the cells of all sheets share."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.full = False
        self._parts: list[str] = []
        self._reading = False
        self._aside = 0
        self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a string, or a reading aid (`rPh`), whose words are not shown."""
        name = local_name(tag)
        self._aside += name == "rPh"
        self._reading = name == "t" and not self._aside

    def end(self, tag: str) -> None:
        """Close a string."""
        name = local_name(tag)
        self._aside -= name == "rPh"
        self._reading = False
        if name == "si":
            self.strings.append("".join(self._parts))
            self._parts.clear()
            self.full = self.full or len(self.strings) > MAX_STRINGS

    def data(self, words: str) -> None:
        """Take the words of an open string."""
        if self._reading:
            self._parts.append(words)
            self._size += len(words)
            self.full = self.full or self._size > MAX_CHARACTERS

    def close(self) -> None:
        """End."""


class SheetHandler:
    """Makes a `Sheet` of one sheet's part."""

    def __init__(self, strings: list[str], formats: CellFormats) -> None:
        self.sheet = Sheet()
        self.full = False
        self._strings = strings
        self._formats = formats
        self._row = self._column = -1
        self._kind = "n"
        self._style: str | None = None
        self._parts: list[str] = []
        self._reading = False
        self._aside = 0
        self._elements = self._size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where rows, cells, hidden columns and merged cells stand."""
        self._elements += 1
        self.full = self.full or self._elements > MAX_ELEMENTS or len(self.sheet.cells) > MAX_CELLS
        name = local_name(tag)
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self._reading = not self._aside
        elif name == "rPh":
            self._aside += 1
        elif name == "row":
            self._open_row(attributes)
        elif name == "col":
            self._note_columns(attributes)
        elif name == "mergeCell":
            self._note_merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        """Close a cell."""
        name = local_name(tag)
        self._reading = False
        if name == "rPh":
            self._aside -= 1
        elif name == "c":
            words = self._words("".join(self._parts)).strip()
            if words and self._column < MAX_COLUMN:
                self.sheet.cells[self._row, self._column] = words
                self._size += len(words)
                self.full = self.full or self._size > MAX_CHARACTERS

    def data(self, words: str) -> None:
        """Take the words of an open cell."""
        if self._reading:
            self._parts.append(words)

    def close(self) -> None:
        """End."""

    def _open_row(self, attributes: dict[str, str]) -> None:
        given = number(attributes.get("r"))
        self._row = self._row + 1 if given is None else given - 1
        self._column = -1
        flat = attributes.get("customHeight") in _ON and _height(attributes) < _FLAT
        if attributes.get("hidden") in _ON or flat:
            self.sheet.hidden_rows.add(self._row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = _place(attributes.get("r", ""))
        self._column = self._column + 1 if place is None else place[1]
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s")
        self._parts.clear()

    def _words(self, value: str) -> str:
        """Return the words of a cell by its kind; errors such as #N/A say nothing."""
        if self._kind == "s":
            index = number(value)
            return self._strings[index] if index is not None and 0 <= index < len(self._strings) else ""
        if self._kind in ("str", "inlineStr"):
            return value
        if self._kind == "b":
            return "是" if value == "1" else "否"
        if self._kind == "d":
            return value.partition("T")[0]
        return "" if self._kind == "e" or not value else self._formats.shown(value, self._style)

    def _note_columns(self, attributes: dict[str, str]) -> None:
        width = attributes.get("width")
        narrow = attributes.get("customWidth") in _ON and width is not None and _measure(width) <= 0
        if attributes.get("hidden") in _ON or narrow:
            first, last = number(attributes.get("min")) or 1, number(attributes.get("max")) or 1
            self.sheet.hidden_columns.update(range(first - 1, min(last, MAX_COLUMN)))

    def _note_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = _place(first), _place(last)
        if begin is not None and end is not None and len(self.sheet.merges) < MAX_MERGES:
            self.sheet.merges.append((begin[0], end[0], begin[1], end[1]))


def _place(reference: str) -> tuple[int, int] | None:
    """Return the 0-indexed row and column of a reference such as C12."""
    match = _REFERENCE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _height(attributes: dict[str, str]) -> float:
    return _measure(attributes.get("ht", "15"))


def _measure(text: str) -> float:
    """Return a height or width as a number, 1 for what is none."""
    try:
        return float(text)
    except ValueError:
        return 1.0

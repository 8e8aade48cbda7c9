"""Excel workbooks: the sheets that are shown, straight from their XML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.readers.base import RawDocument
from ingest.readers.package import Package, part_names
from ingest.readers.refusal import unreadable
from ingest.readers.sheets.sheet import Sheet
from ingest.readers.sheets.workbook import workbook_lines
from ingest.readers.sheets.xlsx_parts import CellFormats, SheetHandler, StringsHandler, Target, local_name

_MAIN_PART = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PACKAGE_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_READ = ("workbookPr", "sheet", "definedName")
LEDGER_NAME = "taizhang_ledger"
"""The name that a ledger which we wrote gives to its cells."""


class XlsxReader:
    """Reads the shown sheets of a workbook: formulas by the value that was last computed."""

    name = "xlsx"
    version = 1
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".et")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are a zip archive with the parts of a workbook in XML."""
        if not data.startswith(b"PK\x03\x04"):
            return False
        names = part_names(data) or ()
        return any(name.startswith("xl/") and name.endswith(".xml") for name in names) and (
            "xl/workbook.bin" not in names
        )

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return title lines, table rows and notes of every shown sheet, in the order of the sheets.

        The page of a line is the 1-indexed sheet among the shown ones, None where there is only one.

        Raises:
            UnreadableError: when the file is damaged, encrypted, hostile or shows no words.
        """
        return workbook_lines(shown_sheets(data, source), source, f"{self.name}-{self.version}")


def shown_sheets(data: bytes, source: str) -> list[Sheet]:
    """Return the sheets that a workbook shows, with what is hidden in them.

    Raises:
        UnreadableError: when the file is damaged, encrypted or hostile.
    """
    return list(_Workbook(Package(data, source), source).sheets())


def every_sheet(data: bytes, source: str) -> list[Sheet]:
    """Return all sheets of a workbook, hidden ones among them.

    Raises:
        UnreadableError: when the file is damaged, encrypted or hostile.
    """
    return list(_Workbook(Package(data, source), source).sheets(every=True))


class _Workbook:
    """The parts of one workbook."""

    def __init__(self, package: Package, source: str) -> None:
        self._package = package
        self._source = source
        self._main = package.main_part(_MAIN_PART)
        self._folder = posixpath.dirname(self._main)

    def sheets(self, *, every: bool = False) -> Iterator[Sheet]:
        """Yield the sheets that are shown, or every one.

        Of a ledger that we wrote only the ledger is shown: its other sheets say the same again.
        """
        root = self._package.tree(self._main)
        if root is None:
            message = "文件里没有工作簿部分，可能已损坏；请用 Excel 打开后另存再试。"
            raise unreadable(self._source, "damaged", message)
        elements = {name: [each for each in root.iter() if local_name(each.tag) == name] for name in _READ}
        from_1904 = any(each.get("date1904") in ("1", "true") for each in elements["workbookPr"])
        strings = StringsHandler()
        self._feed(f"{self._folder}/sharedStrings.xml", strings)
        formats = CellFormats(self._package.tree(f"{self._folder}/styles.xml"), from_1904)
        parts = self._targets()
        ledger = None if every else _ledger_name(elements["definedName"])
        for element in elements["sheet"]:
            part = parts.get(element.get(_RELATION, element.get(_STRICT_RELATION, "")))
            shown = element.get("state", "visible") == "visible" and ledger in (None, element.get("name"))
            if (shown or every) and part is not None:
                handler = SheetHandler(strings.strings, formats)
                self._feed(part, handler)
                handler.sheet.name = element.get("name", "")
                yield handler.sheet

    def _feed(self, part: str, handler: Target) -> None:
        """Send the elements of a part through a handler, which may say that they are too many."""
        for _ in self._package.feed(part, handler):
            if handler.full:
                message = "表格的行列异常多，为安全起见不读取；请删去空行空列后另存再试。"
                raise unreadable(self._source, "too-large", message)

    def _targets(self) -> dict[str, str]:
        """Return the part of each sheet by the id of its relation."""
        folder, name = posixpath.split(self._main)
        relations = self._package.tree(f"{folder}/_rels/{name}.rels")
        return {
            relation.get("Id", ""): self._resolved(relation.get("Target", ""))
            for relation in (() if relations is None else relations.iter(_PACKAGE_RELATION))
            if relation.get("Type", "").endswith("/worksheet") and relation.get("TargetMode") != "External"
        }

    def _resolved(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/" + self._folder, target)).lstrip("/")


def _ledger_name(names: list[etree._Element]) -> str | None:
    """Return the sheet on which a workbook of ours has its ledger, None for other workbooks."""
    for element in names:
        if element.get("name") == LEDGER_NAME:
            return (element.text or "").rpartition("!")[0].strip("$'").replace("''", "'") or None
    return None


READER = XlsxReader()

"""Files of other office programs (doc, wps, rtf, odt, ods …), which LibreOffice turns into docx or xlsx."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.readers.base import RawDocument, Reader
from ingest.readers.ole import compound_kind, is_compound
from ingest.readers.package import part_names, part_start
from ingest.readers.refusal import unreadable

_PROGRAM = re.compile(rb'<\?mso-application\s+progid="(Word|Excel)')
_FLAT_WORD = b"http://schemas.microsoft.com/office/2006/xmlPackage"
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods"}
_MIME = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
SHEETS = frozenset({".ods", ".xlsb", ".xls"})
_ENCRYPTED_DOC = 0x0100
"""Bit of the flags at byte 10 of a `WordDocument` stream."""
_HEAD = 2048


@dataclass(frozen=True, slots=True)
class ConvertedReader:
    """Reads what LibreOffice can turn into docx or xlsx."""

    name: str = "office"
    version: int = 1
    suffixes: tuple[str, ...] = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ott", ".ods", ".xlsb")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are of a kind that is converted."""
        return office_suffix(data) is not None

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines as the reader of the converted file gives them.

        Raises:
            UnreadableError: when LibreOffice is missing, the file is damaged or encrypted, or has no text.
        """
        from ingest.readers.libreoffice import convert  # its lock library is needed only here

        suffix = office_suffix(data) or ".doc"
        if suffix == ".doc" and _is_locked(data):
            raise unreadable(source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。")
        target = "xlsx" if suffix in SHEETS else "docx"
        raw = _reader(target).read(convert(data, suffix, target, source), source)
        return replace(raw, reader=f"{self.name}-{self.version}+{raw.reader}")


def office_suffix(data: bytes) -> str | None:
    """Return the suffix that tells LibreOffice what the bytes are, None for what it need not convert."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if is_compound(data):
        return ".doc" if compound_kind(data) == "doc" else None
    if data.startswith(b"PK\x03\x04"):
        return _zipped_suffix(data)
    program = _PROGRAM.search(data, 0, _HEAD)
    if program is None or _FLAT_WORD in data[:_HEAD]:
        return None  # flat files of today's Word are not known to LibreOffice
    return ".doc" if program[1] == b"Word" else ".xls"


def _zipped_suffix(data: bytes) -> str | None:
    names = part_names(data) or ()
    kind = _MIME.match(part_start(data, "mimetype", _HEAD)) if "content.xml" in names else None
    if kind is not None:
        return _OPEN_DOCUMENT[kind[1]]
    return ".xlsb" if "xl/workbook.bin" in names else None


def _is_locked(data: bytes) -> bool:
    """Tell whether a Word document of the old kind is encrypted."""
    import io

    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound, compound.openstream("WordDocument") as stream:
            flags = stream.read(12)[10:12]
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return False  # LibreOffice will say what is wrong
    return bool(int.from_bytes(flags, "little") & _ENCRYPTED_DOC)


def _reader(target: str) -> Reader:
    if target == "xlsx":
        from ingest.readers.sheets.xlsx import READER as workbook

        return workbook
    from ingest.readers.docx.reader import READER as document

    return document


READER = ConvertedReader()

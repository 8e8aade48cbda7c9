"""The parts of a zipped office file, opened so that no hostile archive can hurt."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ingest.readers.refusal import unreadable

MAX_PART_BYTES = 64 * 1024 * 1024
"""Inflated size up to which a part is read; a document of ten million characters stays below."""
MAX_RATIO = 300
"""How often a part may be larger than its packed form, once it is larger than `RATIO_FROM_BYTES`."""
RATIO_FROM_BYTES = 8 * 1024 * 1024

_PIECE = 64 * 1024
_PROLOGUE = 4096
"""Bytes within which a document type would be declared; office files have none."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What `zipfile` raises over a damaged archive; a ValueError comes from absurd offsets and names."""


def part_names(data: bytes) -> list[str] | None:
    """Return the names of the parts of a zip archive, None when its directory cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except _READ_ERRORS:
        return None


def part_start(data: bytes, name: str, size: int) -> bytes:
    """Return the first `size` bytes of a part; b"" where there is none, or it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as stream:
            return stream.read(size)
    except (*_READ_ERRORS, KeyError, RuntimeError):
        return b""


class Package:
    """A zipped office file: its parts as trees, by name."""

    def __init__(self, data: bytes, source: str) -> None:
        """Open the archive.

        Raises:
            UnreadableError: when the archive is damaged.
        """
        self._source = source
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _READ_ERRORS as error:
            raise self._damaged() from error
        self._names = set(self._archive.namelist())

    def main_part(self, default: str) -> str:
        """Return the name of the part that holds the document, `default` where the archive does not tell."""
        relations = self.tree("_rels/.rels")
        if relations is not None:
            for relation in relations.iter(_RELATIONSHIP):
                if relation.get("Type", "").endswith("/officeDocument"):
                    return posixpath.normpath(relation.get("Target", default)).lstrip("/")
        return default

    def parts(self, prefix: str) -> list[str]:
        """Return the names of the XML parts that begin with `prefix`, in order."""
        return sorted(name for name in self._names if name.startswith(prefix) and name.endswith(".xml"))

    def tree(self, name: str) -> etree._Element | None:
        """Return the root element of a part, None when the archive has no such part.

        Raises:
            UnreadableError: when the part is damaged, encrypted, too large, or declares entities.
        """
        if name not in self._names:
            return None
        content = self._inflated(name).replace(_STRICT, _TRANSITIONAL)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error
        self._refuse_entities(content)
        return root

    def feed(self, name: str, target: Any) -> Iterator[None]:
        """Send a part piece by piece through a parser target (`etree.XMLParser(target=…)`), building no tree.

        Yields after each piece, so that the caller can stop; a part that is not there sends nothing.

        Raises:
            UnreadableError: when the part is damaged, encrypted, too large, or declares entities.
        """
        if name not in self._names:
            return
        parser = etree.XMLParser(
            target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            for piece in self._pieces(name):
                parser.feed(piece)
                yield
            parser.close()
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error

    def _pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part as they are unpacked."""
        info = self._checked(name)
        size = 0
        try:
            with self._archive.open(info) as stream:
                while piece := stream.read(_PIECE):
                    if not size:
                        self._refuse_entities(piece)
                    size += len(piece)
                    if size > max(RATIO_FROM_BYTES, MAX_RATIO * info.compress_size):
                        raise self._too_large()
                    yield piece
        except _READ_ERRORS as error:
            raise self._damaged() from error

    def _refuse_entities(self, content: bytes) -> None:
        if b"<!DOCTYPE" in content[:_PROLOGUE]:
            raise unreadable(self._source, "damaged", "文件里有不该出现的外部引用，为安全起见不读取。")

    def _checked(self, name: str) -> zipfile.ZipInfo:
        """Return where a part stands in the archive, once nothing speaks against opening it."""
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise unreadable(self._source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。")
        if info.file_size > MAX_PART_BYTES:
            raise self._too_large()
        return info

    def _inflated(self, name: str) -> bytes:
        info = self._checked(name)
        try:
            with self._archive.open(info) as stream:
                content = stream.read(MAX_PART_BYTES + 1)
        except _READ_ERRORS as error:
            raise self._damaged() from error
        bloated = len(content) > max(RATIO_FROM_BYTES, MAX_RATIO * info.compress_size)
        if len(content) > MAX_PART_BYTES or bloated:
            raise self._too_large()
        return content

    def _damaged(self) -> Exception:
        return unreadable(self._source, "damaged", "文件不完整或已损坏，请重新复制或下载后再试。")

    def _too_large(self) -> Exception:
        return unreadable(self._source, "too-large", "文件解压后异常庞大，为安全起见不读取；请另存后再试。")

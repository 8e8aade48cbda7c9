"""OFD files (GB/T 33190): text and ruling lines of each page, read as a pdf page is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.readers.base import RawDocument
from ingest.readers.ofd.page import PageContent, local_name, numbers
from ingest.readers.package import Package, part_names
from ingest.readers.paged.lines import is_inside, lines_of_pages
from ingest.readers.paged.page import Page
from ingest.readers.pdf.page import lines_of
from ingest.readers.pdf.rules import tables_of
from ingest.readers.refusal import unreadable

_MAIN_PART = "OFD.xml"
MAX_PAGES = 3000
"""Pages that are read of one file."""
_A4 = (0.0, 0.0, 210.0, 297.0)
"""Left, top, width and height of a page in millimetres, where the file does not tell."""


class OfdReader:
    """Reads the text objects of every page, those of its template included; seals and images are left out."""

    name = "ofd"
    version = 1
    suffixes: tuple[str, ...] = (".ofd",)

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are a zip archive with the root of an OFD file."""
        return data.startswith(b"PK\x03\x04") and _MAIN_PART in (part_names(data) or ())

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the lines of all pages in reading order, with table rows in their place.

        Raises:
            UnreadableError: when the file is damaged, encrypted, hostile, or has no text (a scan).
        """
        pages = list(_Pages(Package(data, source), source).pages())
        lines = lines_of_pages(pages) if pages else []
        if not any(line.text for line in lines):
            message = "没有文字层（可能是扫描件或已加密），请用 OFD 阅读器另存为 pdf 后再试。"
            raise unreadable(source, "no-text", message)
        return RawDocument(source, tuple(lines), f"{self.name}-{self.version}")


class _Pages:
    """Finds the pages of a file and what stands on them."""

    def __init__(self, package: Package, source: str) -> None:
        self._package = package
        self._source = source

    def pages(self) -> Iterator[Page]:
        """Yield the pages of all documents that the file holds, numbered from 1."""
        root = self._package.tree(_MAIN_PART)
        number = 0
        for body in [] if root is None else _all(root, "DocRoot"):
            main = _resolved("", body.text or "")
            document = self._package.tree(main)
            if document is None:
                raise unreadable(
                    self._source, "damaged", "文件里没有正文部分，可能已损坏；请重新下载后再试。"
                )
            templates = {
                each.get("ID", ""): each.get("BaseLoc", "") for each in _all(document, "TemplatePage")
            }
            usual = _box(document)
            for entry in _all(document, "Page"):
                number += 1
                if number > MAX_PAGES:
                    return
                yield self._page(posixpath.dirname(main), entry.get("BaseLoc", ""), templates, usual, number)

    def _page(
        self,
        folder: str,
        place: str,
        templates: dict[str, str],
        usual: tuple[float, ...],
        number: int,
    ) -> Page:
        content = PageContent()
        tree = self._package.tree(_resolved(folder, place))
        if tree is not None:
            for used in _all(tree, "Template"):
                template = self._package.tree(
                    _resolved(folder, templates.get(used.get("TemplateID", ""), ""))
                )
                if template is not None:
                    content.take(template)
            content.take(tree)
            usual = _box(tree, usual)
        chars = content.characters()
        tables = tables_of(content.drawn, chars)
        around = [char for char in chars if not is_inside(char[1:], tables)] if tables else chars
        width, height = content.points(usual[2]), content.points(usual[3])
        return Page(number, width, height, lines_of(around), tables)


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if local_name(element) == name]


def _box(root: etree._Element, default: tuple[float, ...] = _A4) -> tuple[float, ...]:
    """Return the first page area that is declared below `root`, in millimetres."""
    found = next((numbers(element.text) for element in _all(root, "PhysicalBox")), ())
    return tuple(found) if len(found) == 4 else default


def _resolved(folder: str, place: str) -> str:
    """Return the name of a part: places are relative to the document's folder unless they begin with "/"."""
    return posixpath.normpath(posixpath.join("/", folder, place.strip())).lstrip("/")


READER = OfdReader()

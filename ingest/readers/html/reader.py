"""Web pages: the document without the site around it, and the facts the site states about it."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.base import RawDocument, RawLine
from ingest.readers.encodings import decode
from ingest.readers.html.clutter import is_clutter_line, remove_clutter
from ingest.readers.html.facts import PageFacts, page_facts
from ingest.readers.html.lines import PageLines
from ingest.readers.html.main import known_containers, likely_container
from ingest.readers.limits import refuse_excess_tags
from ingest.readers.refusal import unreadable

_PROBE = 4096
"""Bytes at the beginning in which a page shows that it is one."""
_OPENING = re.compile(
    rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|table|p|span)\b)"
)
_HEAD_LINES = 5
"""Lines among which the page's title is looked for before it is put on top."""
_MARKS = re.compile(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)")


class HtmlReader:
    """Reads the document of a web page, above all of government sites."""

    name = "html"
    version = 2
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the file begins with the tags of a page, in any encoding."""
        probe = _MARKS.sub(b"", data[:_PROBE]).replace(b"\x00", b"")
        return bool(_OPENING.match(probe))

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return the paragraphs and table rows of the document that the page shows.

        The title stands first, also where the page keeps it outside the text.

        Raises:
            UnreadableError: when the page cannot be parsed or has no text of its own.
        """
        page = decode(data)
        if page is not None:
            refuse_excess_tags(page, source)
        root = None if page is None else _tree(page)
        if page is None or root is None:
            raise unreadable(source, "damaged", "网页无法解析，请用浏览器打开后另存，或复制文字存为 txt。")
        facts = page_facts(root)
        lines = _document_lines(root, page)
        if not lines:
            raise unreadable(
                source, "no-text", "网页里没有正文（可能由脚本加载），请复制文字存为 txt 或 docx 再试。"
            )
        return RawDocument(
            source,
            tuple(_with_title(lines, facts)),
            f"{self.name}-{self.version}",
            title=facts.title,
            issuer=facts.issuer,
            date=facts.date,
        )


def _tree(page: str) -> etree._Element | None:
    """Parse a page; entities are not expanded and nothing is fetched."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _document_lines(root: etree._Element, page: str) -> list[RawLine]:
    containers = known_containers(root)
    remove_clutter(root, containers)
    lines = PageLines().of(*(containers or [likely_container(root, page)]))
    return [line for line in lines if line.cells or not is_clutter_line(line.text)]


def _with_title(lines: list[RawLine], facts: PageFacts) -> list[RawLine]:
    if not facts.title:
        return lines
    top = "".join("".join(line.text.split()) for line in lines[:_HEAD_LINES])
    if "".join(facts.title.split()) in top:
        return lines
    return [RawLine(facts.title, whole=True, centred=True), *lines]


READER = HtmlReader()

"""Which reader reads a file: the content decides, since suffixes are often wrong."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath

from corpus.errors import UnreadableError
from ingest.readers.base import Reader
from ingest.readers.ole import compound_kind, is_compound
from ingest.readers.refusal import unreadable

MAX_BYTES = 200 * 1024 * 1024
"""Larger files are refused: no policy text comes near it."""

_READERS = (
    "docx.reader",
    "sheets.xlsx",
    "sheets.xls",
    "ofd.reader",
    "mail",
    "converted",
    "pdf.reader",
    "image",
    "html.reader",
)
"""Modules of `ingest.readers` in the order they are asked; each is imported only when its turn comes.

What none of them recognises may be text.
"""

_TABLE_TEXT = (".csv", ".tsv")

_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
"""Beginnings of archives that are not zip."""
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BROKEN = "文件不完整或已损坏，请重新复制或下载后再试。"
_WORD_XML = re.compile(rb"<\?mso-application|http://schemas.microsoft.com/office/2006/xmlPackage")

_ADVICE = {
    "压缩包": "是压缩包，请解压后选择里面的文件。",
    "xml": "是 Word 的 XML 文件，暂不能读；请用 Word 打开后另存为 docx。",
    "ppt": "是演示文稿，暂不能读；请另存为 pdf。",
    "encrypted": "文件加了密码，请打开后去掉密码另存再试。",
    "": "是 Office 或 WPS 的文件，但认不出种类；请用 Word 或 WPS 打开后另存为 docx。",
}


def reader_for(data: bytes, source: str) -> Reader:
    """Return the reader for a file's content; the suffix in `source` only tells text, Markdown and csv apart.

    Raises:
        UnreadableError: when the file is empty, too large, damaged beyond recognition, encrypted, or of a
            kind that no reader reads; the message says what to do instead.
    """
    _refuse_size(data, source)
    for name in _READERS:
        reader: Reader = import_module(f"ingest.readers.{name}").READER
        if reader.recognises(data):
            return reader
    _refuse_kind(data, source)
    return _text_reader(data, source)


def _text_reader(data: bytes, source: str) -> Reader:
    """Return the reader for what no other format claims."""
    from ingest.readers.text.reader import MARKDOWN, READER

    suffix = PurePath(source).suffix.lower()
    if suffix in MARKDOWN.suffixes:
        return MARKDOWN
    if suffix in _TABLE_TEXT:
        from ingest.readers.sheets.csv_text import READER as CSV

        return CSV
    if READER.recognises(data):
        return READER
    raise unreadable(source, "unsupported", _unknown())


def _refuse_size(data: bytes, source: str) -> None:
    if not data:
        raise unreadable(source, "empty", "文件是空的（0 字节），请检查是否复制完整。")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise unreadable(source, "too-large", f"文件超过 {limit} MB，请拆分或压缩图片后再试。")


def _refuse_kind(data: bytes, source: str) -> None:
    """Refuse, with advice, what is known but not read."""
    if is_compound(data):
        raise _refused_compound(data, source)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        raise _refused_zip(data, source)
    if data.startswith(_ARCHIVES):
        raise unreadable(source, "unsupported", _ADVICE["压缩包"])
    if _WORD_XML.search(data[:2048]):
        raise unreadable(source, "unsupported", _ADVICE["xml"])


def _refused_compound(data: bytes, source: str) -> UnreadableError:
    kind = compound_kind(data)
    if kind is None:
        return unreadable(source, "damaged", _BROKEN)
    category = "encrypted" if kind == "encrypted" else "unsupported"
    return unreadable(source, category, _ADVICE.get(kind, _ADVICE[""]))


def _refused_zip(data: bytes, source: str) -> UnreadableError:
    from ingest.readers.package import part_names  # brings lxml, which the other formats do not need

    names = part_names(data)
    if names is None:
        return unreadable(source, "damaged", _BROKEN)
    slides = any(name.startswith("ppt/") for name in names)
    return unreadable(source, "unsupported", _ADVICE["ppt" if slides else "压缩包"])


def _unknown() -> str:
    known = "docx、doc、wps、xlsx、xls、csv、pdf、ofd、图片、网页 html、邮件 eml、msg 和文本 txt、md"
    return f"不是能读的文件类型；可以读 {known}。"

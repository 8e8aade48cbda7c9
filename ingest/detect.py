"""Which reader reads a file: the content decides, since suffixes are often wrong."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath

from corpus.errors import UnreadableError
from ingest.readers.base import Reader
from ingest.readers.refusal import unreadable

MAX_BYTES = 200 * 1024 * 1024
"""Larger files are refused: no policy text comes near it."""

_READERS = ("docx", "pdf", "html", "txt")
"""Modules of `ingest.readers` in the order they are asked; each is imported only when its turn comes."""

_SIGNATURES = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF"),
    (b"MIME-Version:", "单文件网页"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_WORD_XML = re.compile(rb"<\?mso-application|http://schemas.microsoft.com/office/2006/xmlPackage")

_ADVICE = {
    "图片": "是图片，里面没有文字；请先做文字识别（OCR），另存为 docx 或 txt 后再试。",
    "压缩包": "是压缩包，请解压后选择里面的文件。",
    "RTF": "是 RTF 文件，暂不能读；请用 Word 或 WPS 打开后另存为 docx。",
    "单文件网页": "是单文件网页（mht），暂不能读；请另存为网页（html）或 docx。",
    "OLE": "是旧版 Office/WPS 文件（doc、wps、xls 等），暂不能读；请用 Word 或 WPS 打开后另存为 docx。",
    "xml": "是 Word 的 XML 文件，暂不能读；请用 Word 打开后另存为 docx。",
    "xlsx": "是 Excel 表格，暂不能读；请把表格粘贴到 Word 文档并存为 docx，或另存为 pdf。",
    "pptx": "是演示文稿，暂不能读；请另存为 pdf。",
    "ofd": "是 OFD 版式文件，暂不能读；请用 OFD 阅读器另存为 pdf 或 docx。",
    "odt": "是 OpenDocument 文件，暂不能读；请用 WPS 或 LibreOffice 打开后另存为 docx。",
}
_ZIP_PARTS = (
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
    ("content.xml", "odt"),
)


def reader_for(data: bytes, source: str) -> Reader:
    """Return the reader for a file's content; the suffix in `source` only tells text from Markdown.

    Raises:
        UnreadableError: when the file is empty, too large, damaged beyond recognition, encrypted, or of a
            kind that no reader reads; the message says what to do instead.
    """
    _refuse_size(data, source)
    for name in _READERS:
        module = import_module(f"ingest.readers.{name}")
        if name == "txt":
            _refuse_kind(data, source)
            if PurePath(source).suffix.lower() in module.MARKDOWN.suffixes:
                return module.MARKDOWN  # type: ignore[no-any-return]
        if module.READER.recognises(data):
            return module.READER  # type: ignore[no-any-return]
    raise unreadable(source, "unsupported", _unknown())


def _refuse_size(data: bytes, source: str) -> None:
    if not data:
        raise unreadable(source, "empty", "文件是空的（0 字节），请检查是否复制完整。")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise unreadable(source, "too-large", f"文件超过 {limit} MB，请拆分或压缩图片后再试。")


def _refuse_kind(data: bytes, source: str) -> None:
    """Refuse, with advice, what is known but not read."""
    if data.startswith(_OLE):
        raise _refused_ole(data, source)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        raise _refused_zip(data, source)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and not (signature == b"BM" and b"\x00" not in data[:32]):
            raise unreadable(source, "unsupported", _ADVICE[kind])
    if _WORD_XML.search(data[:2048]):
        raise unreadable(source, "unsupported", _ADVICE["xml"])


def _refused_ole(data: bytes, source: str) -> UnreadableError:
    if _ENCRYPTED_PART in data:
        return unreadable(source, "encrypted", "文件加了密码，请打开后去掉密码另存再试。")
    return unreadable(source, "unsupported", _ADVICE["OLE"])


def _refused_zip(data: bytes, source: str) -> UnreadableError:
    from ingest.readers.package import part_names  # brings lxml, which the other formats do not need

    names = part_names(data)
    if names is None:
        return unreadable(source, "damaged", "文件不完整或已损坏，请重新复制或下载后再试。")
    for part, kind in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return unreadable(source, "unsupported", _ADVICE[kind])
    return unreadable(source, "unsupported", _ADVICE["压缩包"])


def _unknown() -> str:
    return "不是能读的文件类型；可以读 docx、有文字的 pdf、网页 html 和文本 txt、md。"

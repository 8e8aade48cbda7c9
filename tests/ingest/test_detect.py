"""The content decides which reader reads a file; what none reads is refused with advice."""

import io
import zipfile

import pytest

from corpus.errors import UnreadableError
from ingest import detect
from ingest.detect import reader_for
from tests.ingest.readers.compound_builder import compound


def zipped(*names: str, **contents: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**dict.fromkeys(names, "<x/>"), **contents}.items():
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64
OPEN_TEXT = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")
FLAT_WORD = (
    b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
)
PLAIN = "安澜市整改方案\n一、总体要求\n".encode()


@pytest.mark.parametrize(
    ("data", "source", "reader"),
    [
        (PLAIN, "方案.txt", "txt"),
        (PLAIN, "方案", "txt"),
        (PLAIN, "方案.docx", "txt"),
        (PLAIN, "方案.md", "md"),
        (PLAIN, "方案.MARKDOWN", "md"),
        ("安澜市".encode("gb18030"), "方案.pdf", "txt"),
        ("BM 是编码的缩写，不是图片。".encode(), "说明.txt", "txt"),
        ("序号,任务\n1,植树\n".encode("gbk"), "台账.CSV", "csv"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "台账.doc", "xlsx"),
        (compound("Workbook"), "台账.et", "xls"),
        (compound("WordDocument"), "方案.wps", "office"),
        (compound("WordDocument", "Workbook"), "方案.doc", "office"),
        (compound("__properties_version1.0"), "来信.msg", "mail"),
        (b"Received: from a by b\nFrom: a@x.cn\nSubject: =?utf-8?b?6YCa55+l?=\n\nword", "来信.txt", "mail"),
        (b"{\\rtf1\\ansi}", "方案.doc", "office"),
        (OPEN_TEXT, "方案.odt", "office"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "方案.pdf", "image"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "照片.docx", "image"),
        (b"BM" + b"\x00" * 60, "扫描.bmp", "image"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "方案.xml", "office"),
    ],
)
def test_reader_by_content(data: bytes, source: str, reader: str) -> None:
    assert reader_for(data, source).name == reader


@pytest.mark.parametrize(
    ("data", "category", "advice"),
    [
        (b"", "empty", "0 字节"),
        (OLE, "damaged", "重新复制"),
        (compound("EncryptedPackage"), "encrypted", "去掉密码"),
        (compound("PowerPoint Document"), "unsupported", "演示文稿"),
        (compound("Contents"), "unsupported", "另存为 docx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "unsupported", "演示文稿"),
        (zipped("方案.docx"), "unsupported", "解压"),
        (zipped("a.txt")[:20], "damaged", "重新复制"),
        (b"Rar!\x1a\x07\x00", "unsupported", "解压"),
        (FLAT_WORD, "unsupported", "XML"),
        (bytes(range(256)) * 8, "unsupported", "不是能读的"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # the bytes of a zip tell its time
)
def test_refusals_say_what_to_do(data: bytes, category: str, advice: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reader_for(data, "附件.docx")
    assert caught.value.problem.category == category
    assert advice in caught.value.problem.message
    assert str(caught.value).startswith("附件.docx：")


def test_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detect, "MAX_BYTES", 10)
    with pytest.raises(UnreadableError) as caught:
        reader_for(PLAIN, "方案.txt")
    assert caught.value.problem.category == "too-large"

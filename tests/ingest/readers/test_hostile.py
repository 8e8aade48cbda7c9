"""Files that are broken, or made to hurt: each gives one clear refusal or a harmless reading, and quickly."""

import subprocess
import sys

import pytest

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from ingest.readers import package
from ingest.readers.base import RawDocument
from tests.ingest.readers.docx_builder import NAMESPACES, docx, paragraph, row, table, zipped
from tests.ingest.readers.pdf_builder import image, pdf, written

PLAIN = docx(paragraph("安澜市工作方案"))


def read(data: bytes, source: str = "附件") -> RawDocument:
    return reader_for(data, source).read(data, source)


def document_xml(content: str) -> bytes:
    return docx(parts={"word/document.xml": content})


def bomb(size: int) -> bytes:
    """A Word file whose body inflates to `size` spaces."""
    head = f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>"
    return document_xml(head + " " * size + "</w:t></w:r></w:p></w:body></w:document>")


def claiming(data: bytes, size: int) -> bytes:
    """The same archive, but with a false size of its body in the central directory."""
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    return data[: entry + 24] + size.to_bytes(4, "little") + data[entry + 28 :]


def encrypted_member(data: bytes) -> bytes:
    """The same archive with the sign of encryption on its main part."""
    flags = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml")) + 8
    return data[:flags] + bytes([data[flags] | 1]) + data[flags + 1 :]


def misplaced_directory(data: bytes) -> bytes:
    """The same archive with a directory that claims to begin before the file."""
    at = data.rindex(b"PK\x05\x06") + 12
    return data[:at] + (2**24).to_bytes(4, "little") + data[at + 4 :]


ENTITY = f"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""
LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("data", "category"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"\n \n", "empty", id="only white space"),
        pytest.param(PLAIN[: len(PLAIN) * 6 // 10], "damaged", id="truncated docx"),
        pytest.param(PLAIN[:-30], "damaged", id="docx without its end"),
        pytest.param(
            PLAIN.replace(b"word/document.xml", b"word/documint.xml"), "damaged", id="docx without body"
        ),
        pytest.param(document_xml("<w:document"), "damaged", id="docx with broken XML"),
        pytest.param(document_xml("<x/>"), "damaged", id="docx with another root"),
        pytest.param(misplaced_directory(PLAIN), "damaged", id="docx with a misplaced directory"),
        pytest.param(docx(paragraph("")), "no-text", id="docx without words"),
        pytest.param(document_xml(ENTITY), "damaged", id="external entity"),
        pytest.param(document_xml(LAUGHS), "damaged", id="billion laughs"),
        pytest.param(bomb(12_000_000), "too-large", id="zip bomb by ratio"),
        pytest.param(claiming(PLAIN, 2**31), "too-large", id="zip bomb by its own claim"),
        pytest.param(encrypted_member(PLAIN), "encrypted", id="docx with encrypted part"),
        pytest.param(pdf(written("密"), password="8421"), "encrypted", id="encrypted pdf"),
        pytest.param(pdf(image, image), "no-text", id="scanned pdf"),
        pytest.param(b"%PDF-1.4\n%%EOF", "damaged", id="pdf of nothing"),
        pytest.param(
            b"<html><body><script>load()</script></body></html>", "no-text", id="page drawn by a script"
        ),
        pytest.param(b"<html>", "no-text", id="page of one tag"),
        pytest.param(b"\x00\x01\x02\x03" * 500, "unsupported", id="noise"),
    ],
)
def test_refusals_are_clear(data: bytes, category: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "材料/附件.docx")
    problem = caught.value.problem
    assert (problem.category, problem.file, problem.component) == (category, "材料/附件.docx", "reader")
    assert problem.message.endswith("。")
    assert "\n" not in problem.message


def test_a_bomb_that_lies_about_its_size_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 100_000)
    with pytest.raises(UnreadableError) as caught:
        read(claiming(bomb(1_000_000), 1000))
    assert caught.value.problem.category in ("too-large", "damaged")


def zero_pages() -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_of_places = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 3\n0000000000 65535 f \n"
        + table_of_places
        + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(zero_pages())
    assert caught.value.problem.category == "damaged"
    assert "没有可读的页面" in caught.value.problem.message


def test_a_pdf_with_a_garbage_cross_reference_is_still_read() -> None:
    data = pdf(written("安澜市工作方案"))
    damaged = data.replace(b"\nxref\n0 ", b"\nxref\ngarbage ").replace(b"startxref\n", b"startxref\n9")
    assert [line.text for line in read(damaged).lines] == ["安澜市工作方案"]


@pytest.mark.parametrize(
    ("data", "source", "reader"),
    [
        (PLAIN, "方案.doc", "docx-2"),
        (PLAIN, "方案.pdf", "docx-2"),
        (b"<html><body><p>\xe5\xae\x89\xe6\xbe\x9c\xe5\xb8\x82</p></body></html>", "方案.docx", "html-2"),
        (b"<html><body><p>\xe5\xae\x89\xe6\xbe\x9c\xe5\xb8\x82</p></body></html>", "方案.doc", "html-2"),
        (pdf(written("安澜市工作方案")), "方案.docx", "pdf-2"),
        ("安澜市工作方案".encode("gbk"), "方案.docx", "txt-2"),
    ],
)
def test_wrong_suffixes_do_no_harm(data: bytes, source: str, reader: str) -> None:
    assert read(data, source).reader == reader


def test_a_long_line_of_unclosed_brackets_is_read() -> None:
    text = "（责任单位：市水利局、市财政局；" * 22_000
    assert [line.text for line in read(text.encode(), "a.txt").lines] == [text]


def test_entities_of_a_page_are_not_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>甲&x;乙</p>'
    assert read(page.encode()).lines[-1].text == "甲&x;乙"


def test_absurd_nesting_of_a_page_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    deep = "<html><body>" + "<div>" * 5000 + "安澜市工作方案" + "</div>" * 5000
    with pytest.raises(UnreadableError):
        read(deep.encode())
    assert capfd.readouterr() == ("", "")


def test_absurd_tables_stay_small() -> None:
    wide = '<td colspan="999999999" rowspan="999999999">甲</td>'
    page = (
        f"<html><body><table><tr>{wide}<td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></body></html>"
    )
    assert len(read(page.encode()).lines) == 2
    grid = row('<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>', "乙")
    cells = read(docx(table(grid, row("丙", "丁")))).lines[0].cells
    assert max(cell.column + cell.columns for cell in cells) < 2000


def test_deeply_nested_word_tables_are_read() -> None:
    block = paragraph("最里层")
    for _ in range(20):
        block = table(row(f"<w:tc>{block}<w:p/></w:tc>", "旁"))
    assert "最里层" in read(docx(block)).lines[0].text


@pytest.mark.parametrize(
    ("data", "unwanted"),
    [
        (
            PLAIN,
            (
                "pdfplumber",
                "pypdfium2",
                "trafilatura",
                "ingest.readers.pdf.reader",
                "ingest.readers.html.reader",
            ),
        ),
        (pdf(written("安澜市工作方案")), ("pdfplumber", "trafilatura")),
        ("安澜市工作方案".encode(), ("pdfplumber", "trafilatura", "charset_normalizer")),
    ],
)
def test_reading_imports_only_what_it_needs(data: bytes, unwanted: tuple[str, ...]) -> None:
    script = (
        "import sys; from ingest.detect import reader_for; data = sys.stdin.buffer.read();"
        "reader_for(data, 'a').read(data, 'a'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True)
    assert not set(unwanted) & set(done.stdout.decode().split())
    assert done.stderr == b""


def test_zip_parts_that_are_no_document_are_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(zipped({"word/other.xml": "<x/>"}))
    assert caught.value.problem.category == "damaged"

"""Files that were made to cost: each is refused with a clear problem before it costs anything."""

import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from ingest.read import read_document
from ingest.readers import image, limits
from ingest.readers.pdf.bombs import has_bomb
from ingest.readers.scan import engine
from tests.ingest.readers.docx_builder import docx, paragraph
from tests.ingest.readers.pdf_builder import pdf, written
from tests.ingest.readers.scan.pictures import saved


def pdf_of(*objects: bytes) -> bytes:
    """A pdf file of these objects; the first is the catalogue."""
    body, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + head + table + tail


def stream(content: bytes, facts: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), facts, content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page_of(content: bytes, box: bytes = b"0 0 595 842", resources: bytes = b"", *more: bytes) -> bytes:
    """A pdf file of one page; further objects begin at number 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", pages, page % (box, resources), content, FONT, *more)


WORDS = b"BT /F 12 Tf 100 100 Td (plan of ten metres) Tj ET"


def deflated(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def refused(data: bytes, source: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, source)
    assert caught.value.problem.message.endswith("。")
    return caught.value.problem.category


@pytest.mark.parametrize(
    ("make", "source"),
    [
        (lambda: "由市水利局牵头，".encode() * 400_000, "长.txt"),
        (lambda: b"1.\n" * 70_000, "多行.txt"),
        (lambda: b"a" * 600_000, "一行.txt"),
        (lambda: "任务,".encode() * 200_000, "宽.csv"),
        (lambda: b"<html><body>" + b"<p>a" * 310_000, "网页.html"),
        (lambda: page_of(deflated(b"0 0 m 1 1 l S\n" * 1_000_000)), "炸弹.pdf"),
        (lambda: page_of(stream(b"", b"/Filter[/FlateDecode /FlateDecode]")), "套.pdf"),
    ],
)
def test_too_much_is_refused(make: Callable[[], bytes], source: str) -> None:
    assert refused(make(), source) == "too-large"


def test_a_word_file_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_LINES", 100)
    assert refused(docx(*[paragraph("一")] * 101), "段.docx") == "too-large"


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MAX_BYTES", 10_000)
    monkeypatch.setattr(engine, "is_installed", lambda: True)
    assert refused(saved(Image.new("L", (200, 100))), "照片.png") == "too-large"


def test_a_long_line_below_the_limit_is_read() -> None:
    assert len(read_document("甲".encode() * (limits.MAX_LINE - 1), "一行.txt").text) == limits.MAX_LINE


def test_an_honest_pdf_has_no_bomb() -> None:
    assert not has_bomb(pdf(written("安澜市工作方案")))
    assert not has_bomb(page_of(deflated(b"0 0 m 1 1 l S\n" * 1000)))
    assert not has_bomb(page_of(stream(b"no deflated bytes" * 900, b"/Filter/FlateDecode")))


@pytest.mark.parametrize("box", [b"0 0 28346 28346", b"0 0 1e12 1e12", b"500 800 -1e9 0", b"0 0 0 0"])
def test_pages_of_any_size_are_read(box: bytes) -> None:
    assert read_document(page_of(stream(WORDS), box), "大.pdf").text == "plan of ten metres\n"


def test_pages_that_hold_themselves_are_refused() -> None:
    circular = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 99/Parent 2 0 R>>")
    assert refused(circular, "环.pdf") == "damaged"


def test_the_same_page_many_times_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.pdf.reader.MAX_PAGES", 3)
    kids = b"<</Type/Pages/Kids[%s]/Count 5>>" % (b"3 0 R " * 5)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    data = pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", kids, page, stream(WORDS), FONT)
    raw = reader_for(data, "多页.pdf").read(data, "多页.pdf")
    assert [(problem.category, problem.page) for problem in raw.problems] == [("too-large", 4)]


@pytest.mark.skipif(not engine.is_installed(), reason="needs the ocr extra")
@pytest.mark.parametrize(
    ("make", "category"),
    [
        (lambda: saved(Image.new("L", (1, 1))), "no-text"),
        (lambda: saved(Image.new("L", (900, 700)))[:60], "damaged"),
        (lambda: b"\xff\xd8\xff\xe0" + bytes(500), "damaged"),
        (lambda: b"II*\x00" + bytes(500), "damaged"),
    ],
)
def test_pictures_that_cannot_be_read(make: Callable[[], bytes], category: str) -> None:
    assert refused(make(), "照片.jpg") == category


@pytest.mark.skipif(not engine.is_installed(), reason="needs the ocr extra")
def test_a_picture_of_absurd_size_within_a_pdf_is_not_unpacked() -> None:
    facts = b"/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 1/ColorSpace/DeviceGray"
    picture = stream(b"", facts)
    data = page_of(stream(b"q 595 0 0 842 0 0 cm /X Do Q"), b"0 0 595 842", b"/XObject<</X 6 0 R>>", picture)
    assert refused(data, "图.pdf") == "too-large"

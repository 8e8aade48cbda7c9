"""Scans and photos read by the real recogniser: words, tables, any way up, mixed files."""

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableError
from ingest.read import read_document
from ingest.readers.base import RawDocument
from ingest.readers.image import READER
from ingest.readers.scan import engine, scanner
from tests.ingest.readers.pdf_builder import pdf, written
from tests.ingest.readers.scan.pictures import font, pixels, ruled, saved, sheet

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(not engine.is_installed(), reason="needs the ocr extra"),
    pytest.mark.skipif(font() is None, reason="needs a Chinese font"),
]
LINES = ("安澜市河道整治工作方案", "一、总体要求", "由市水利局牵头，十月底前完成清淤疏浚。")


def read(image: Image.Image, **options: object) -> RawDocument:
    return READER.read(saved(image, **options), "照片.png")  # type: ignore[arg-type]


def words(found: RawDocument) -> list[str]:
    return [line.text.strip() for line in found.lines if line.text.strip()]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_up_it_lies(turn: int) -> None:
    found = read(sheet(*LINES).rotate(-turn, expand=True, fillcolor=245))
    assert words(found) == list(LINES)
    assert all(line.confidence and line.confidence > 0.85 for line in found.lines if line.text)
    left, top, right, bottom = found.lines[0].box or (0, 0, 0, 0)
    assert (right - left > bottom - top) is (turn in (0, 180))


def test_a_table_with_ruling_lines_is_a_table() -> None:
    rows = [["序号", "重点任务", "牵头单位"], ["1", "治理水源", "市水利局"], ["^", "清淤整治", "^"]]
    found = [line for line in read(ruled(rows).rotate(0.6, fillcolor=245)).lines if line.cells]
    assert [[(cell.text, cell.own) for cell in line.cells] for line in found] == [
        [("序号", True), ("重点任务", True), ("牵头单位", True)],
        [("1", True), ("治理水源", True), ("市水利局", True)],
        [("1", False), ("清淤整治", True), ("市水利局", False)],
    ]


def scanned(image: Image.Image) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(image), 0, A4[1] - 379, A4[0], 379)

    return draw


def test_a_file_with_some_scanned_pages_is_read_page_by_page() -> None:
    data = pdf(written("第一页有文字层，不用识别。"), scanned(sheet(*LINES)))
    document = read_document(data, "混合.pdf")
    assert document.text.startswith("第一页有文字层，不用识别。\n安澜市河道整治工作方案\n")
    assert document.page_at(document.text.index("安澜市")) == 2
    origins = {origin.page: origin.confidence for origin in document.origins}
    assert origins[1] is None and origins[2] is not None


def test_a_hardly_legible_page_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SURE", 1.01)
    found = read(sheet(LINES[0]))
    assert [(problem.category, problem.page) for problem in found.problems] == [("low-confidence", 1)]


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(Image.new("L", (600, 800), 240))
    assert caught.value.problem.category == "no-text"


def test_recognition_that_takes_too_long_ends_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "MAX_SECONDS", -1.0)
    data = pdf(written("第一页有文字层，不用识别。"), scanned(sheet(*LINES)), scanned(sheet(*LINES)))
    document = read_document(data, "混合.pdf")
    assert [(problem.category, problem.page) for problem in document.problems] == [("timeout", 2)]


def test_models_come_with_the_wheel() -> None:
    assert pixels(sheet()).shape == (700, 1100, 3)
    import rapidocr

    models = list((engine.Path(rapidocr.__file__).parent / "models").glob("*.onnx"))
    assert len(models) >= 3


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    with pytest.raises(UnreadableError) as caught:
        read(sheet(*LINES))
    assert "taizhang[ocr]" in caught.value.problem.message
    document = read_document(pdf(written("第一页有文字层，不用识别。"), scanned(sheet(*LINES))), "混合.pdf")
    assert [(problem.category, problem.page) for problem in document.problems] == [("no-text", 2)]
    assert "taizhang[ocr]" in document.problems[0].message

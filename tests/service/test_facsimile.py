"""A stretch of the text is shown where it stands on the page of the original."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from corpus.document import Box
from corpus.errors import NotFoundError
from corpus.spans import Span
from ingest.read import read_document
from ingest.readers.scan import engine
from service.facsimile import SCALE, page_picture
from service.library import Library
from tests.ingest.readers.pdf_builder import both, pdf, table, written
from tests.ingest.readers.scan.pictures import font, sheet
from tests.service.texts import PLAN

LINES = ("安澜市河道整治方案", "一、清理河道垃圾。", "二、拆除违法建筑。")
ROWS = [["序号", "任务", "牵头单位"], ["1", "清理河道", "市水利局"], ["2", "拆除违建", "市资规局"]]


def shown(data: bytes, page: int, *boxes: Box) -> Image.Image:
    return Image.open(io.BytesIO(page_picture(data, page, boxes)))


def ink(picture: Image.Image, box: Box | None = None) -> int:
    """The dark pixels of a picture, or of what lies within a box."""
    part = picture.crop([round(edge * SCALE) for edge in box]) if box else picture
    return sum(part.convert("L").histogram()[:90])


@pytest.mark.parametrize("words", ["清理河道垃圾", "拆除违法建筑"])
def test_the_box_lies_around_the_words(words: str) -> None:
    data = pdf(written("第一页"), written(*LINES))
    document = read_document(data, "plan.pdf")
    start = document.text.index(words)
    place, *others = document.places_of(Span(start, start + len(words)))
    assert (place.page, others) == (2, [])
    alone = pdf(written("第一页"), written(*(line if words in line else "" for line in LINES)))
    assert ink(shown(data, 2), place.box) >= 0.98 * ink(shown(alone, 2)) > 0
    marked = (
        shown(data, 2, place.box)
        .convert("RGB")
        .getpixel((round((place.box[0] + 1) * SCALE) + 2, round((place.box[3] - 1) * SCALE) - 2))
    )
    assert isinstance(marked, tuple) and marked[2] < 240, "the box is yellow"


def test_a_cell_of_a_table_has_its_own_box() -> None:
    document = read_document(pdf(both(written("任务分工表"), table(ROWS))), "table.pdf")
    boxes = [
        document.places_of(Span(at, at + 4))[0].box
        for at in map(document.text.index, ("市水利局", "市资规局"))
    ]
    assert boxes[0][3] <= boxes[1][1] + 1, "one row stands above the other"
    assert boxes[0][0] == pytest.approx(boxes[1][0], abs=1)


def test_a_photo_is_its_own_page() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (842, 600), "white").save(photo, "PNG")
    assert shown(photo.getvalue(), 1, (10, 10, 60, 40)).size == (842, 600)


SCANNED = ("安澜市河道整治工作方案", "全面清理河道两岸垃圾堆放点。", "由市水利局牵头，十月底前完成。")


def paper(*lines: str) -> Image.Image:
    """A sheet with words far above its middle, where a tilt moves them most."""
    page = Image.new("RGB", (1240, 1754), (245, 245, 245))
    page.paste(sheet(*lines).convert("RGB"), (0, 60))
    return page


def scanned(image: Image.Image, rotation: int) -> bytes:
    """A pdf with a page that is a picture, shown turned clockwise."""
    flat, target = io.BytesIO(), io.BytesIO()
    image.save(flat, "PDF", resolution=150)
    document = pypdfium2.PdfDocument(flat.getvalue())
    document[0].set_rotation(rotation)
    document.save(target)
    document.close()
    return target.getvalue()


def tilted(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(245, 245, 245))


def photo(image: Image.Image, orientation: int, turn: Image.Transpose) -> bytes:
    """A photo by a camera that was held turned, and says so."""
    target, said = io.BytesIO(), Image.Exif()
    said[0x112] = orientation
    image.transpose(turn).save(target, "JPEG", exif=said, quality=90)
    return target.getvalue()


Scan = Callable[[Image.Image], bytes]
SCANS: dict[str, Scan] = {
    "upright by its rotation": lambda image: scanned(image.rotate(90, expand=True), 90),
    "shown lying on its side": lambda image: scanned(image, 270),
    "shown on its head": lambda image: scanned(image, 180),
    "tilted": lambda image: scanned(tilted(image, 4), 0),
    "tilted and lying on its side": lambda image: scanned(tilted(image, -3), 90),
    "a camera held upright": lambda image: photo(image, 6, Image.Transpose.ROTATE_90),
}


@pytest.mark.ocr
@pytest.mark.skipif(not engine.is_installed(), reason="needs the ocr extra")
@pytest.mark.skipif(font() is None, reason="needs a Chinese font")
@pytest.mark.parametrize("made", SCANS)
def test_the_box_lies_on_the_words_however_the_scan_lies(made: str) -> None:
    words = "清理河道两岸"
    data = SCANS[made](paper(*SCANNED))
    document = read_document(data, "扫描件")
    start = document.text.index(words)
    (place,) = document.places_of(Span(start, start + len(words)))
    alone = shown(SCANS[made](paper(*(line if words in line else "" for line in SCANNED))), 1)
    assert ink(alone, place.box) >= 0.97 * ink(alone) > 0
    without = shown(SCANS[made](paper(*(line if words not in line else "" for line in SCANNED))), 1)
    assert ink(without, place.box) < 0.7 * ink(without), "nor on all the others"


@pytest.mark.parametrize(
    ("data", "page"), [(b"no page", 1), (b"%PDF-1.7 broken", 1), (pdf(written("一")), 2)]
)
def test_what_has_no_such_page_is_told(data: bytes, page: int) -> None:
    with pytest.raises(NotFoundError, match="原始文件"):
        page_picture(data, page, ())


def test_a_library_shows_the_place_of_a_row(empty: Library) -> None:
    added, _ = empty.add_upload("方案.pdf", pdf(written(*LINES, "三、巡查河道。（市水利局牵头）")))
    picture = empty.page_picture(added.document_id, Span(0, 5))
    assert picture.page == 1 and picture.png.startswith(b"\x89PNG")
    plain, _ = empty.add_upload("方案.txt", PLAN.encode())
    with pytest.raises(NotFoundError, match="原始文件"):
        empty.page_picture(plain.document_id, Span(0, 5))

"""The cells between the ruling lines of a picture."""

import pytest

pytestmark = pytest.mark.ocr
pytest.importorskip("cv2")

from ingest.readers.scan.ruling import ruled_cells  # noqa: E402
from tests.ingest.readers.scan.pictures import font, pixels, ruled, sheet  # noqa: E402

ROWS = [["序号", "重点任务", "牵头单位"], ["1", "治理水源", "市水利局"], ["^", "清淤整治", "^"]]


def test_every_cell_is_found_and_merged_ones_are_one() -> None:
    (cells,) = ruled_cells(pixels(ruled(ROWS, words=False)))
    heights = sorted(round((cell[3] - cell[1]) / 70) for cell in cells)
    assert heights == [1, 1, 1, 1, 1, 2, 2]


def test_a_crooked_table_keeps_its_cells() -> None:
    (cells,) = ruled_cells(pixels(ruled(ROWS, words=False).rotate(0.2, fillcolor=245)))
    assert len(cells) == 7


@pytest.mark.skipif(font() is None, reason="needs a Chinese font")
def test_words_are_no_lines() -> None:
    assert ruled_cells(pixels(sheet("一、总体要求二三四五", "国目田由甲申困围"))) == []
    (cells,) = ruled_cells(pixels(ruled(ROWS)))
    assert len(cells) == 7

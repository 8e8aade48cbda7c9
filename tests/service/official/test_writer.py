"""An official document as docx: the measures of the standard, read back from file and picture."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from service.official.document import Piece
from service.official.layout import lines, pages, width
from service.official.paper import CHARACTERS, LINES, PRESETS, Fonts
from service.official.writer import document_bytes
from tests.service.official.builders import report


def texts(data: bytes) -> list[str]:
    return [line.text.replace("\n", "") for line in Document(io.BytesIO(data)).paragraphs if line.text]


def test_the_elements_stand_in_the_order_of_the_standard() -> None:
    found = texts(document_bytes(report()))
    wanted = [
        "安澜市人民政府文件",
        "安政发〔2025〕3号\t签发人：李明",
        "安澜市人民政府关于2025年河道整治工作情况的报告",
        "云岭省人民政府：",
        "附件：1.任务完成情况表",
        "2.存在问题清单",
        "安澜市人民政府",
        "2025年12月5日",
        "（联系人：王强，电话：0000-1234567）",
    ]
    assert [text for text in found if text in wanted] == wanted
    assert {"抄送：市委办公室，市政协办公室。", "安澜市人民政府办公室\t2025年12月6日印发", "附件"} <= set(
        found
    )


def test_page_and_grid() -> None:
    section = Document(io.BytesIO(document_bytes(report()))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None and grid.get(qn("w:linePitch")) == "579"


@pytest.mark.parametrize("fonts", PRESETS.values())
def test_every_run_names_its_east_asian_font(fonts: Fonts) -> None:
    document = Document(io.BytesIO(document_bytes(report(), fonts)))
    names = {run._r.rPr.rFonts.get(qn("w:eastAsia")) for line in document.paragraphs for run in line.runs}
    assert names == {fonts.title, fonts.body, fonts.first, fonts.second}


def test_what_is_not_there_is_left_out() -> None:
    left_out = dict.fromkeys(("issuer_mark", "number", "signer", "copies_to", "printed_by", "remark"), "")
    bare = report(**left_out, attachments=(), annexes=(), printed_on=None, recipients="")
    found = texts(document_bytes(bare))
    assert found[0] == bare.title
    assert found[-1] == "2025年12月5日"


def test_characters_that_no_file_may_hold_are_dropped() -> None:
    assert "垃圾清理" in texts(document_bytes(report(body=(Piece("垃圾\x00\x0b清理"),))))


@pytest.mark.parametrize(("text", "characters"), [("垃圾", 2.0), ("118处", 2.5), ("", 0.0), ("（一）", 3.0)])
def test_the_width_of_a_text(text: str, characters: float) -> None:
    assert width(text) == characters


def test_lines_and_pages_are_told_before_the_layout() -> None:
    assert lines("一" * 26) == 1
    assert lines("一" * 27) == 2
    assert lines("") == 1
    assert pages(report(body=(Piece("一" * CHARACTERS * LINES * 3),))) == 5


@pytest.mark.office
def test_a_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(document_bytes(report(body=(Piece("排查河道垃圾" * 300),)), FOUND_EVERYWHERE))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(["soffice", profile, *convert], check=True, capture_output=True, timeout=120)
    page = pypdfium2.PdfDocument(tmp_path / "report.pdf")[1].get_textpage().get_text_range()
    full = [line for line in page.splitlines() if len(line) > 20]
    assert len(full) == LINES
    assert {width(line) for line in full} == {CHARACTERS}
    assert re.search(r"— ?2 ?—", page)


FOUND_EVERYWHERE = Fonts(*["Noto Sans CJK SC"] * 5)
"""A font of which every character takes the room that the grid gives it."""

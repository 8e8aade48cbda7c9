"""Letters, minutes, footnotes, annexes and the imprint: where they stand in file and picture."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from corpus.errors import UserError
from service.official.document import Annex, Form, Piece
from service.official.layout import room_on_last_page, title_lines
from service.official.opening import opened
from service.official.paper import CHARACTERS, LINES, Fonts
from service.official.tables import table_rows
from service.official.writer import document_bytes
from tests.service.official.builders import SENTENCE, report

LETTER: dict[str, Any] = {"form": Form.LETTER, "issuer_mark": "安澜市水利局", "signer": "", "annexes": ()}
MINUTES: dict[str, Any] = {
    "form": Form.MINUTES,
    "issuer_mark": "安澜市人民政府专题会议纪要",
    "title": "研究河道整治工作会议纪要",
    "attendance": (("出席", "李明、王强"), ("请假", "赵敏")),
    "signer": "",
    "remark": "",
}


def document(**changes: Any) -> Any:
    return Document(io.BytesIO(document_bytes(report(**changes))))


def texts(**changes: Any) -> list[str]:
    return [line.text.replace("\n", "") for line in document(**changes).paragraphs if line.text]


def test_a_letter_has_its_mark_between_red_rules_and_no_number_on_the_first_page() -> None:
    word = document(**LETTER)
    mark = next(line for line in word.paragraphs if line.text == "安澜市水利局")
    frame = mark._p.pPr.find(qn("w:framePr"))
    assert frame.get(qn("w:y")) == str(round(30 * 72 / 25.4 * 20))
    assert mark._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}").get(qn("w:val")) == "thickThinSmallGap"
    section = word.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_footer._element.xml
    assert "\t安政发〔2025〕3号" in [line.text for line in word.paragraphs]
    assert not any("印发" in line.text for line in word.paragraphs)


def test_minutes_name_who_was_there_and_carry_no_signature() -> None:
    found = texts(**MINUTES)
    assert found[0] == "安澜市人民政府专题会议纪要"
    assert "安澜市人民政府\t2025年12月5日" in found
    assert found[found.index("出席：李明、王强") + 1] == "请假：赵敏"
    assert "安澜市人民政府" not in found and "2025年12月5日" not in found


def test_minutes_without_a_mark_take_their_title_for_it() -> None:
    first = document(**MINUTES | {"issuer_mark": ""}).paragraphs[0]
    assert first.text == "研究河道整治工作会议纪要"
    assert str(first.runs[0].font.color.rgb) == "FF0000"


def test_footnotes_stand_after_the_characters_they_belong_to() -> None:
    data = document_bytes(
        report(
            body=(
                Piece(
                    "清运垃圾1.2万吨。拆除118处。",
                    notes=((9, "方案 & 台账"), (17, "台账")),
                ),
            )
        )
    )
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    assert "方案 &amp; 台账" in notes and 'w:id="2"' in notes and 'w:id="3"' in notes
    line = next(line for line in Document(io.BytesIO(data)).paragraphs if "清运" in line.text)
    assert line.text == "清运垃圾1.2万吨。拆除118处。"
    assert [run.text for run in line.runs] == ["清运垃圾1.2万吨", "", "。拆除118处。", ""]
    assert "word/footnotes.xml" not in zipfile.ZipFile(io.BytesIO(document_bytes(report()))).namelist()


def test_annexes_come_before_the_imprint_and_working_sheets_after_it() -> None:
    sheets = (
        Annex("任务完成情况表", ("序号", "任务"), (("1", "清理河道垃圾"),)),
        Annex("材料来源", ("序号", "来源"), (("1", "台账"),), landscape=False),
    )
    word = document(attachments=("任务完成情况表",), annexes=sheets)
    found = [line.text for line in word.paragraphs if line.text]
    assert (
        found.index("附件")
        < found.index("任务完成情况表", 9)
        < found.index("抄送：市委办公室，市政协办公室。")
    )
    assert found[-1] == "材料来源"
    orientations = [section.orientation for section in word.sections]
    assert orientations.count(WD_ORIENT.LANDSCAPE) == 1
    head = word.tables[0].rows[0]._tr.trPr
    assert head.find(qn("w:tblHeader")) is not None


def test_what_it_was_made_from_stands_in_the_properties() -> None:
    words = "据台账起草：材料 " + "、".join(f"d{number}" for number in range(200))
    assert document(origin=words).core_properties.comments == words


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于河道整治情况的报告", ["关于河道整治情况的报告"]),
        ("关于印发安澜市城市内涝治理任务分工表的通知", ["关于印发安澜市城市", "内涝治理任务分工表的通知"]),
        ("", [""]),
    ],
)
def test_titles_are_broken_between_words(title: str, lines: list[str]) -> None:
    assert "".join(title_lines(title)) == title
    assert len(title_lines(title)) == len(lines)
    assert not any(line.startswith(("的", "年", "》")) for line in title_lines(title))


def test_the_imprint_stays_where_there_is_room() -> None:
    body = tuple(Piece("一" * (CHARACTERS - 2)) for _ in range(LINES - 4))
    assert room_on_last_page(report(body=body), 48)
    assert not room_on_last_page(report(body=(*body, *body[:4])), 48)
    assert not room_on_last_page(report(body=(Piece("一", notes=((1, "注"),)), *body)), 48)


def test_rows_of_tables_are_read_as_sentences() -> None:
    head = ("序号", "重点任务", "牵头单位", "完成时限")
    rows = (("1", "清理河道垃圾。", "市水利局", "6月底前"), ("2", "拆除违建", "", ""))
    word = document(
        annexes=(
            Annex("分工表", head, rows),
            Annex("统计", ("单位", "任务数", "逾期天数"), (("市水利局", "3", "9"),)),
        )
    )
    assert [(row.place, row.sentence()) for row in table_rows(word)] == [
        ("表1第2行", "清理河道垃圾。（牵头单位：市水利局；完成时限：6月底前）"),
        ("表1第3行", "拆除违建。"),
        ("表2第2行", "市水利局，任务数3项，已逾期9天。"),
    ]


def rewritten(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a document with one of its parts changed."""
    written, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(document_bytes(report())))
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, change(whole.read(name)) if name == part else whole.read(name))
    return written.getvalue()


def bomb() -> bytes:
    return rewritten("word/styles.xml", lambda content: b" " * (80 << 20))


def entities() -> bytes:
    declared = b'?><!DOCTYPE x [<!ENTITY a "b">]>'
    return rewritten("word/document.xml", lambda content: content.replace(b"?>", declared, 1))


@pytest.mark.parametrize("hostile", [bomb, entities])
def test_hostile_files_are_refused(hostile: Any) -> None:
    with pytest.raises(UserError):
        opened(hostile(), "a.docx")


def test_a_file_of_too_many_paragraphs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.official.opening.MOST_PARAGRAPHS", 5)
    with pytest.raises(UserError, match="段"):
        opened(document_bytes(report()), "a.docx")


@pytest.mark.office
def test_pictures_show_where_things_stand(tmp_path: Path) -> None:
    fonts = Fonts(*["Noto Sans CJK SC"] * 5)
    long = tuple(Piece(SENTENCE) for _ in range(9))
    made = {"letter": report(**LETTER, body=long), "annexed": report(body=long)}
    for name, content in made.items():
        (tmp_path / f"{name}.docx").write_bytes(document_bytes(content, fonts))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = [str(tmp_path / f"{name}.docx") for name in made]
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(["soffice", profile, *convert], check=True, capture_output=True, timeout=120)
    letter = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "letter.pdf")]
    assert "— 1 —" not in letter[0] and "— 2 —" in letter[1]
    annexed = [
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "annexed.pdf")
    ]
    imprint = next(number for number, text in enumerate(annexed, 1) if "抄送" in text)
    assert imprint % 2 == 0
    assert "—" not in annexed[imprint - 1]
    assert all(f"— {number} —" in text for number, text in enumerate(annexed[:3], 1))

"""Each fault of form that is planted is named; a document of our own has none."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from service.official.checker import check_format
from service.official.document import Form
from service.official.writer import document_bytes
from tests.service.official.builders import report


def line(document: WordDocument, beginning: str) -> Paragraph:
    return next(item for item in document.paragraphs if item.text.startswith(beginning))


def write(document: WordDocument, beginning: str, text: str) -> None:
    first, *others = line(document, beginning).runs
    first.text = text
    for run in others:
        run.text = ""


def font(document: WordDocument, beginning: str, name: str) -> None:
    for run in line(document, beginning).runs:
        run._r.rPr.rFonts.set(qn("w:eastAsia"), name)


def margin(document: WordDocument) -> None:
    document.sections[0].top_margin = Mm(25)


def letter_paper(document: WordDocument) -> None:
    document.sections[0].page_width = Mm(216)


def no_page_number(document: WordDocument) -> None:
    for item in document.sections[0].footer.paragraphs:
        item.clear()


def size(document: WordDocument, beginning: str, points: float) -> None:
    for run in line(document, beginning).runs:
        run.font.size = Pt(points)


def left(document: WordDocument) -> None:
    line(document, "安澜市人民政府关于").alignment = WD_ALIGN_PARAGRAPH.LEFT


def unindented(document: WordDocument) -> None:
    properties = line(document, "全面排查")._p.pPr
    properties.remove(properties.find(qn("w:ind")))


def wide(document: WordDocument) -> None:
    line(document, "全面排查").paragraph_format.line_spacing = Pt(40)


def no_dashes(document: WordDocument) -> None:
    for run in document.sections[0].footer.paragraphs[0].runs:
        if "—" in run.text:
            run.text = ""


def untitled(document: WordDocument) -> None:
    for run in line(document, "安澜市人民政府关于").runs:
        run.text = ""


FAULTS: list[tuple[str, Callable[[WordDocument], object]]] = [
    ("page_size", letter_paper),
    ("margin", margin),
    ("page_number", no_page_number),
    ("page_number_dashes", no_dashes),
    ("signer_missing", lambda document: write(document, "安政发", "安政发〔2025〕3号")),
    ("signer_colon", lambda document: write(document, "安政发", "安政发〔2025〕3号\t签发人:李明")),
    (
        "signer_downward",
        lambda document: write(document, "安澜市人民政府关于", "安澜市人民政府关于做好河道整治工作的通知"),
    ),
    ("heading_order", lambda document: write(document, "二、", "三、下一步打算")),
    ("title_missing", untitled),
    (
        "request_recipients",
        lambda document: (
            write(document, "安澜市人民政府关于", "安澜市人民政府关于河道整治资金的请示"),
            write(document, "云岭省人民政府", "云岭省人民政府、云岭省财政厅："),
        ),
    ),
    (
        "request_contact",
        lambda document: (
            write(document, "安澜市人民政府关于", "安澜市人民政府关于河道整治资金的请示"),
            write(document, "（联系人", "（此件公开发布）"),
        ),
    ),
    ("number_brackets", lambda document: write(document, "安政发", "安政发[2025]3号")),
    ("number_ordinal", lambda document: write(document, "安政发", "安政发〔2025〕第3号")),
    ("number_zero", lambda document: write(document, "安政发", "安政发〔2025〕03号")),
    ("number_year", lambda document: write(document, "安政发", "安政发〔25〕3号")),
    ("title_font", lambda document: font(document, "安澜市人民政府关于", "黑体")),
    ("title_size", lambda document: size(document, "安澜市人民政府关于", 20)),
    ("title_alignment", left),
    (
        "title_mark",
        lambda document: write(document, "安澜市人民政府关于", "安澜市人民政府关于河道整治工作情况的报告。"),
    ),
    ("recipients_colon", lambda document: write(document, "云岭省人民政府", "云岭省人民政府:")),
    ("body_font", lambda document: font(document, "全面排查", "宋体")),
    ("body_size", lambda document: size(document, "全面排查", 14)),
    ("line_pitch", wide),
    ("indent", unindented),
    ("half_width", lambda document: write(document, "1.持续", "1.持续推进清淤,加强巡查。")),
    ("first_mark", lambda document: write(document, "一、", "一.工作开展情况")),
    ("first_font", lambda document: font(document, "一、", "仿宋_GB2312")),
    ("second_mark", lambda document: write(document, "（一）", "（一）、清理河道垃圾")),
    ("second_font", lambda document: font(document, "（一）", "黑体")),
    ("third_mark", lambda document: write(document, "1.持续", "1、持续推进清淤疏浚。")),
    ("heading_end", lambda document: write(document, "一、", "一、工作开展情况。")),
    ("attachment_colon", lambda document: write(document, "附件：", "附件:1.任务完成情况表")),
    ("attachment_end", lambda document: write(document, "附件：", "附件：1.任务完成情况表。")),
    ("attachment_name", lambda document: write(document, "附件：", "附件：1.《任务完成情况表》")),
    ("day_digits", lambda document: write(document, "2025年12月5日", "二〇二五年十二月五日")),
    ("day_zero", lambda document: write(document, "2025年12月5日", "2025年12月05日")),
    ("day_missing", lambda document: write(document, "2025年12月5日", "")),
]


@pytest.mark.parametrize(("rule", "plant"), FAULTS, ids=[rule for rule, _ in FAULTS])
def test_a_planted_fault_is_named(rule: str, plant: Callable[[WordDocument], object]) -> None:
    document = Document(io.BytesIO(document_bytes(report())))
    plant(document)
    written = io.BytesIO()
    document.save(written)
    assert rule in {fault.rule for fault in check_format(written.getvalue())}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"issuer_mark": "", "number": "", "signer": ""},
        {"day": date(2025, 10, 1)},
        {"annexes": ()},
        {"title": "安澜市人民政府关于做好河道整治工作的通知", "signer": ""},
        {"form": Form.LETTER, "signer": ""},
        {"form": Form.MINUTES, "title": "河道整治工作会议纪要", "attendance": (("出席", "李明"),)},
        {
            "form": Form.MINUTES,
            "title": "河道整治工作会议纪要",
            "issuer_mark": "",
            "number": "",
            "signer": "",
        },
    ],
)
def test_documents_of_our_own_have_no_fault(changes: dict[str, object]) -> None:
    assert check_format(document_bytes(report(**changes))) == ()


def test_a_file_without_page_settings_is_checked() -> None:
    document = Document(
        io.BytesIO(document_bytes(report(annexes=(), copies_to="", printed_by="", printed_on=None)))
    )
    body = document.element.body
    for settings in body.findall(qn("w:sectPr")):
        body.remove(settings)
    written = io.BytesIO()
    document.save(written)
    assert [fault.rule for fault in check_format(written.getvalue())] == ["page_size"]


def test_what_is_no_docx_is_told() -> None:
    with pytest.raises(ValueError, match="docx"):
        check_format(b"no docx")

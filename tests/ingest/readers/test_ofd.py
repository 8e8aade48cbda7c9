"""OFD files: lines, tables and pages as a pdf gives them."""

import pytest

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from ingest.extract.extract import extract
from ingest.read import read_document
from tests.ingest.readers.docx_builder import zipped
from tests.ingest.readers.ofd_builder import LEFT, lines, ofd, paragraphs, table, text

PLAN = [
    "一、主要任务",
    "（一）整治排污口。完成全市入河排污口的排查溯源，分批封堵非法排口，建立台账并按月通报整治进度。"
    "（牵头单位：市水利局；完成时限：2024年9月底）",
    "（二）清理河道。清除河道内的阻水障碍和垃圾堆放点，恢复行洪断面，落实长效保洁机制和巡查制度。"
    "（责任单位：各县（区）；完成时限：2024年12月底）",
]


def test_lines_become_paragraphs_and_tasks() -> None:
    title = "安澜市河道整治工作方案"
    document = read_document(ofd([text(title, 70, 30), *paragraphs(*PLAN, top=50)]), "方案.ofd")
    assert document.text.splitlines() == [title, *PLAN]
    tasks = extract(document).tasks
    assert [[unit.name for unit in task.units] for task in tasks] == [["市水利局"], ["各县（区）"]]
    assert document.page_at(0) == 1


def test_objects_are_read_by_their_place() -> None:
    pieces = [text("河道整治", LEFT + 40, 50), text("第二行", LEFT, 60), text("安澜市", LEFT, 50)]
    read = reader_for(ofd(pieces), "a").read(ofd(pieces), "a").lines
    assert [line.text.replace("\u3000", "") for line in read] == ["安澜市河道整治", "第二行"]


def test_ruling_lines_make_a_table() -> None:
    rows = [
        ["序号", "重点任务", "责任单位", "完成时限"],
        ["1", "整治排污口", "市水利局", "2024年9月底"],
        ["2", "清理河道", "各县（区）", "2024年12月底"],
    ]
    made = ofd([*lines(["　　　　安澜市重点任务分工表"]), *table(rows, 60, [15, 60, 40, 40])])
    document = read_document(made, "分工表.ofd")
    assert "1\t整治排污口\t市水利局\t2024年9月底" in document.text
    assert [task.label for task in extract(document).tasks] == ["1", "2"]


def test_pages_are_numbered_and_page_numbers_dropped() -> None:
    pages = [[*paragraphs(*PLAN[at:]), text(f"— {at} —", 100, 280)] for at in (1, 2)]
    document = read_document(ofd(*pages), "方案.ofd")
    assert document.text.splitlines() == [*PLAN[1:], PLAN[2]]
    assert document.page_at(document.text.rindex("（二）")) == 2


def test_the_template_of_a_page_is_read() -> None:
    made = ofd(lines(["", "", "　　正文。"]), template=[text("安澜市人民政府文件", 60, 30)])
    assert read_document(made, "a.ofd").text.startswith("安澜市人民政府文件")


def test_a_transformed_object_stands_where_its_matrix_puts_it() -> None:
    lower = text("下", 27, 50, extra='CTM="1 0 0 1 0 40"')
    made = ofd([lower, text("上", 27, 60)])
    assert [line.text for line in reader_for(made, "a").read(made, "a").lines if line.text] == ["上", "下"]


def category(data: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_document(data, "a.ofd")
    return refused.value.problem.category


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><ofd>&x;</ofd>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(ofd(), "no-text", id="no page"),
        pytest.param(ofd([]), "no-text", id="a page of images"),
        pytest.param(zipped({"OFD.xml": "<x/>"}), "no-text", id="no document"),
        pytest.param(ofd([], parts={"Doc_0/Document.xml": "<ofd>"}), "damaged", id="broken"),
        pytest.param(ofd([], parts={"OFD.xml": ENTITY}), "damaged", id="entity"),
        pytest.param(ofd(lines(["正文"]))[:-100], "damaged", id="cut"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, expected: str) -> None:
    assert category(data) == expected


@pytest.mark.parametrize("attribute", ["Boundary='x'", "Boundary='1e400 0 1 1'", "Boundary='nan 0 1 1'"])
def test_odd_numbers_do_no_harm(attribute: str) -> None:
    odd = f"<ofd:TextObject {attribute}><ofd:TextCode X='a'>乱</ofd:TextCode></ofd:TextObject>"
    assert read_document(ofd([odd, text("河道整治", 27, 50)]), "a.ofd").text == "河道整治\n"

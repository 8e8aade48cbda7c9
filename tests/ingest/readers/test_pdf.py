"""Pdf files: lines as the page shows them, tables as tables, page furniture marked."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableError
from ingest.readers.base import RawCell, RawDocument, RawLine
from ingest.readers.paged.furniture import mark_furniture
from ingest.readers.paged.page import Char
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.page import words_of
from ingest.readers.pdf.reader import READER
from tests.ingest.readers.pdf_builder import both, image, pdf, table, turned, written

BODY = [
    "　　一、总体要求。各县（区）要压实责任，确保完成年度",
    "任务，持续改善水环境质量，不断提高群众的获得感和满",
    "意度，为全市高质量发展提供坚实的生态保障和支撑。。",
]


def read(data: bytes) -> RawDocument:
    return READER.read(data, "a.pdf")


def texts(lines: tuple[RawLine, ...]) -> list[str]:
    return [line.text for line in lines if line.text and not line.furniture]


def test_lines_keep_page_place_and_indent() -> None:
    indented = both(written(BODY[0].strip(), left=112), written(*BODY[1:], top=732))
    found = read(pdf(indented, written("第二页"))).lines
    assert texts(found) == [*BODY, "第二页"]
    assert [line.page for line in found] == [1, 1, 1, 2]
    left, top, right, bottom = found[1].box or (0, 0, 0, 0)
    assert (round(left), round(right)) == (80, 480)
    assert 90 < top < bottom < 130


def test_a_gap_between_lines_is_an_empty_line() -> None:
    found = read(pdf(both(written(*BODY), written("安澜市人民政府", top=560, left=330)))).lines
    assert [line.text.strip() for line in found[-2:]] == ["", "安澜市人民政府"]


def test_pieces_of_one_line_are_joined() -> None:
    data = pdf(both(written("联系人：张三"), written("电话：123", left=320)))
    assert texts(read(data).lines) == ["联系人：张三　电话：123"]


def test_centred_lines() -> None:
    centred, *others = read(pdf(both(written("工作方案", left=256), written(*BODY, top=700)))).lines
    assert centred.centred
    assert not any(line.centred for line in others)


@pytest.mark.parametrize(
    ("spread", "closed"),
    [
        ("烟 草 专 卖 局", "烟草专卖局"),
        ("关于 烟 草 专 卖 管理", "关于 烟草专卖 管理"),
        ("张三 李四 王五", "张三 李四 王五"),
        ("附 件", "附 件"),
        ("2026 年 4 月", "2026 年 4 月"),
    ],
)
def test_spread_letters_are_closed(spread: str, closed: str) -> None:
    assert words_of(Char(char, 0, 0, 0, 0) for char in spread) == closed


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_stand_on_the_page_as_shown(rotation: int) -> None:
    frame = Frame(0, 0, 600, 800, rotation)
    left, top, right, bottom = frame.place(60, 80, 120, 100)
    assert 0 <= left < right <= frame.width
    assert 0 <= top < bottom <= frame.height
    assert {0: (60, 700), 90: (80, 60), 180: (480, 80), 270: (700, 480)}[rotation] == (left, top)


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_tables_of_turned_pages(rotation: int) -> None:
    rows = [["Number", "Task", "Unit"], ["one", "water", "bureau"]]
    found = read(pdf(turned(table(rows, top=500), rotation), rotation=rotation)).lines
    assert [[cell.text for cell in line.cells] for line in found] == rows


def test_tables_of_cropped_pages() -> None:
    def cropped(canvas: Canvas) -> None:
        canvas.setCropBox((40, 60, 560, 800))
        table(TABLE)(canvas)

    found = read(pdf(cropped)).lines
    assert [line.text for line in found] == [
        "序号\t重点任务\t工作措施\t牵头单位",
        "1\t治理水源\t排查建档。\t市水利局",
        "\t\t清淤整治。\t",
    ]
    assert found[0].box is not None
    assert [round(edge) for edge in found[0].box] == [40, 100, 440, 130]


TABLE = [
    ["序号", "重点任务", "工作措施", "牵头单位"],
    ["1", "治理水源", "排查建档。", "市水利局"],
    ["^", "^", "清淤整治。", "^"],
]


def test_merged_cells_and_text_around_a_table() -> None:
    page = both(written("任务分工表", top=740), table(TABLE), written("注：牵头单位排名第一。", top=560))
    found = read(pdf(page)).lines
    assert texts(found)[0] == "任务分工表"
    assert texts(found)[-1] == "注：牵头单位排名第一。"
    rows = [line for line in found if line.cells]
    assert [line.header for line in rows] == [True, False, False]
    assert rows[2].cells == (
        RawCell(0, "1", own=False),
        RawCell(1, "治理水源", own=False),
        RawCell(2, "清淤整治。"),
        RawCell(3, "市水利局", own=False),
    )
    assert all(line.box and line.page == 1 for line in rows)


def test_a_table_runs_on_over_the_page() -> None:
    rest = [TABLE[0], ["2", "治理大气", "控制扬尘。", "市环保局"]]
    found = [line for line in read(pdf(table(TABLE, top=200), table(rest, top=760))).lines if line.cells]
    assert [(line.table, line.page, line.header, line.furniture) for line in found] == [
        (0, 1, True, False),
        (0, 1, False, False),
        (0, 1, False, False),
        (0, 2, True, True),
        (0, 2, False, False),
    ]


def test_a_merged_cell_goes_on_over_the_page() -> None:
    rest = [["", "", "巡查管护。", ""], ["2", "治理大气", "控制扬尘。", ""]]
    found = [line for line in read(pdf(table(TABLE, top=200), table(rest, top=760))).lines if line.cells]
    assert [(cell.text, cell.own) for cell in found[3].cells] == [
        ("1", False),
        ("治理水源", False),
        ("巡查管护。", True),
        ("市水利局", False),
    ]
    assert found[4].cells[3] == RawCell(3, "")


def test_a_row_cut_by_the_page_is_one_row() -> None:
    first = [*TABLE[:1], ["1", "治理水源", "排查建档，清", "市水"]]
    rest = [["", "", "淤整治。", "利局"], ["2", "治理大气", "控制扬尘。", "市环保局"]]
    found = [line for line in read(pdf(table(first, top=200), table(rest, top=760))).lines if line.cells]
    assert [[cell.text for cell in line.cells] for line in found[1:]] == [
        ["1", "治理水源", "排查建档，清\n淤整治。", "市水\n利局"],
        ["2", "治理大气", "控制扬尘。", "市环保局"],
    ]


def test_tables_with_text_between_are_two() -> None:
    page = both(written("后一张表", top=770), table(TABLE, top=740))
    found = [line for line in read(pdf(table(TABLE, top=200), page)).lines if line.cells]
    assert [line.table for line in found] == [0, 0, 0, 1, 1, 1]


def test_a_frame_is_no_table() -> None:
    found = read(pdf(table([["各县（区）人民政府："], ["请抓好落实。"]], width=300))).lines
    assert not any(line.cells for line in found)


def line(text: str, page: int, top: float) -> RawLine:
    return RawLine(text, page, (80, top, 300, top + 16))


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "第 {} 页", "第{}页 共3页", "{}/3", "·{}·"])
def test_page_numbers_are_furniture(number: str) -> None:
    lines = [line(number.format(page), page, 780) for page in (1, 2, 3)]
    assert all(each.furniture for each in mark_furniture(lines, dict.fromkeys((1, 2, 3), 842.0)))


@pytest.mark.parametrize(
    ("text", "top", "furniture"),
    [
        ("安澜市人民政府公报 {}", 40, True),
        ("安澜市人民政府公报 {}", 400, False),
        ("{}", 400, False),
    ],
)
def test_running_heads_stand_at_the_edge_of_pages(text: str, top: float, furniture: bool) -> None:
    lines = [line(text.format(page), page, top) for page in (1, 2, 3)]
    found = mark_furniture(lines, dict.fromkeys((1, 2, 3), 842.0))
    assert [each.furniture for each in found] == [furniture] * 3


def test_what_stands_at_the_edge_once_is_text() -> None:
    lines = [line(f"第{number}段的首行文字", number, 40) for number in (1, 2, 3)]
    varied = [line(text, page, 40) for page, text in ((1, "甲方案"), (2, "乙方案"), (3, "丙方案"))]
    heights = dict.fromkeys((1, 2, 3), 842.0)
    assert all(each.furniture for each in mark_furniture(lines, heights))
    assert not any(each.furniture for each in mark_furniture(varied, heights))


def test_pages_without_text_are_reported() -> None:
    found = read(pdf(written(*BODY), image, written(*BODY)))
    assert [(problem.page, problem.category) for problem in found.problems] == [(2, "no-text")]
    assert {each.page for each in found.lines} == {1, 3}


@pytest.mark.parametrize(
    ("data", "category", "advice"),
    [
        (pdf(image, image), "no-text", "OCR"),
        (pdf(lambda canvas: None), "no-text", "没有文字"),
        (pdf(written("密"), password="8421"), "encrypted", "密码"),
        (b"%PDF-1.7\n" + b"garbage " * 100, "damaged", "重新"),
    ],
)
def test_refusals(data: bytes, category: str, advice: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.problem.category == category
    assert advice in caught.value.problem.message


def test_marks_written_after_their_line_stand_in_their_place() -> None:
    def quoted(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "推广")
        canvas.drawString(128, 700, "强村贷")
        canvas.drawString(192, 700, "，年内见效")
        canvas.drawString(112, 700, "“")
        canvas.drawString(176, 700, "”")

    assert texts(read(pdf(quoted)).lines) == ["推广“强村贷”，年内见效"]


LEFT = [f"左栏第{number}行文字一直写到栏边才换行" for number in range(8)]
RIGHT = [f"右栏第{number}行文字也写到栏边才换行" for number in range(8)]


def test_columns_are_read_one_after_the_other() -> None:
    def columns(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(120, 780, "通栏的标题写在两栏之上，而且比任何一栏都要宽一些")
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(60, 740 - 20 * number, left)
            canvas.drawString(320, 740 - 20 * number, right)

    found = [text.strip() for text in texts(read(pdf(columns)).lines)]
    assert found[1:] == [*LEFT, *RIGHT]


def test_watermarks_are_left_out() -> None:
    def marked(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(0.8)
        canvas.translate(300, 400)
        canvas.rotate(45)
        canvas.drawCentredString(0, 0, "内部资料")
        canvas.restoreState()
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.setFont("STSong-Light", 80)
        canvas.drawString(100, 300, "草稿")
        canvas.restoreState()

    assert [text.strip() for text in texts(read(pdf(both(marked, written(*BODY)))).lines)] == [
        line.strip() for line in BODY
    ]


def test_text_that_lies_on_its_side_is_read_and_found_where_it_shows() -> None:
    def lying(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.setFont("STSong-Light", 16)
        for number, line in enumerate(BODY):
            canvas.drawString(80, 500 - 28 * number, line.strip())

    found = read(pdf(lying)).lines
    assert [text.strip() for text in texts(found)] == [line.strip() for line in BODY]
    left, top, right, bottom = found[0].box or (0, 0, 0, 0)
    assert bottom - top > right - left
    assert 0 <= left < right <= A4[0] and 0 <= top < bottom <= A4[1]


def test_a_title_wider_than_the_page_is_one_line() -> None:
    def titled(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 22)
        canvas.drawCentredString(280, 700, "安澜市人民政府办公室关于印发河道整治工")
        canvas.drawCentredString(280, 666, "作方案的通知")
        canvas.setFont("STSong-Light", 16)
        for number, line in enumerate(BODY):
            canvas.drawString(80 if number else 112, 620 - 28 * number, line.strip())

    found = read(pdf(titled)).lines
    assert texts(found)[0].strip() == "安澜市人民政府办公室关于印发河道整治工作方案的通知"
    assert [line.apart for line in found if line.text][:3] == [False, True, False]


def test_running_heads_of_scans_differ_in_their_marks() -> None:
    heads = [line(text, page, 40) for page, text in ((1, "防汛材料(内部)"), (2, "防汛材料·（内部）"))]
    assert all(each.furniture for each in mark_furniture(heads, dict.fromkeys((1, 2), 842.0)))


def test_line_ends_within_a_cell_are_those_of_its_author() -> None:
    def listed(canvas: Canvas) -> None:
        table([["序号", "任务"], ["1", ""]], width=110, height=80)(canvas)
        for number, text in enumerate(("各县区人民政府办", "公室", "市水利局")):
            canvas.drawString(195, 605 - 16 * number, text)

    rows = [line for line in read(pdf(both(listed))).lines if line.cells]
    assert rows[1].cells[1].text == "各县区人民政府办公室\n市水利局"

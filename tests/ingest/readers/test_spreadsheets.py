"""Workbooks as offices keep them: what is shown is read, as it is shown."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from ingest.readers import package
from ingest.readers.base import RawDocument
from ingest.readers.sheets import xlsx_parts
from ingest.readers.sheets.number_formats import shown
from tests.ingest.readers.compound_builder import compound
from tests.ingest.readers.docx_builder import zipped

HEAD = ["序号", "问题", "整改措施", "责任单位", "整改时限"]
ROW = [1, "排污口超标排放", "限期封堵", "市水利局", "2024年9月底"]


def book(*sheets: list[list[Any]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(data: bytes, source: str = "台账.xlsx") -> RawDocument:
    return reader_for(data, source).read(data, source)


def lines(made: openpyxl.Workbook) -> list[str]:
    return [line.text for line in read(saved(made)).lines]


def first(made: openpyxl.Workbook) -> Worksheet:
    return made.worksheets[0]


def test_titles_head_rows_and_notes() -> None:
    made = book(
        [
            ["安澜市整改台账"],
            ["填报单位：", "市水利局", None, "填报日期：2024年8月30日"],
            HEAD,
            ROW,
            ["说明：1.本台账每月更新一次；2.完成一项销号一项。"],
        ]
    )
    first(made).merge_cells("A1:E1")
    found = read(saved(made)).lines
    assert [line.text for line in found] == [
        "安澜市整改台账",
        "填报单位：市水利局",
        "填报日期：2024年8月30日",
        "序号\t问题\t整改措施\t责任单位\t整改时限",
        "1\t排污口超标排放\t限期封堵\t市水利局\t2024年9月底",
        "说明：1.本台账每月更新一次；2.完成一项销号一项。",
    ]
    assert [line.header for line in found] == [False, False, False, True, False, False]
    assert found[0].centred


def test_what_is_hidden_is_left_out() -> None:
    made = book(
        [[*HEAD[:3], "原定时限", *HEAD[3:]], [1, "甲", "乙", "旧", "市水利局", "长期"], ROW], [["秘密"]]
    )
    sheet = first(made)
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[3].hidden = True
    made.worksheets[1].sheet_state = "hidden"
    assert lines(made) == ["序号\t问题\t整改措施\t责任单位\t整改时限", "1\t甲\t乙\t市水利局\t长期"]


def test_a_merged_cell_whose_first_row_is_hidden_still_shows() -> None:
    made = book([HEAD, ROW, [2, "河道淤积", "清淤", None, "长期"]])
    sheet = first(made)
    sheet.merge_cells("D2:D3")
    sheet.row_dimensions[2].hidden = True
    assert lines(made)[1] == "2\t河道淤积\t清淤\t市水利局\t长期"


def test_merged_cells_are_known_on_every_row() -> None:
    made = book([HEAD, ROW, [2, "河道淤积", "清淤", None, None]])
    first(made).merge_cells("D2:D3")
    last = read(saved(made)).lines[-1]
    assert [(cell.text, cell.own) for cell in last.cells][3] == ("市水利局", False)


def test_a_head_over_two_rows() -> None:
    upper = ["序号", "问题", "责任落实", None, "整改时限"]
    made = book([upper, [None, None, "牵头单位", "配合单位", None], [1, "甲", "乙局", "丙局", "长期"]])
    for area in ("C1:D1", "A1:A2", "B1:B2", "E1:E2"):
        first(made).merge_cells(area)
    assert [line.header for line in read(saved(made)).lines] == [True, True, False]


def test_each_shown_sheet_is_a_page_with_a_table() -> None:
    made = book([HEAD, ROW], [["第二批整改台账"], HEAD, ROW])
    made.worksheets[0].title = "第一批"
    found = read(saved(made)).lines
    assert [(line.text.split("\t")[0], line.page, line.table) for line in found] == [
        ("第一批", 1, None),
        ("序号", 1, 0),
        ("1", 1, 0),
        ("第二批整改台账", 2, None),
        ("序号", 2, 1),
        ("1", 2, 1),
    ]


def test_two_tables_on_one_sheet() -> None:
    made = book([["甲表整改台账"], HEAD, ROW, [], ["乙表整改台账"], HEAD, ROW])
    assert [line.table for line in read(saved(made)).lines] == [None, 0, 0, None, 1, 1]


def test_a_table_may_begin_anywhere() -> None:
    made = book([[], [], [None, None, *HEAD], [None, None, *ROW]])
    assert lines(made)[0] == "序号\t问题\t整改措施\t责任单位\t整改时限"


def test_days_and_numbers_are_written_as_shown() -> None:
    made = book([["甲", "乙", "丙", "丁", "戊"], [datetime(2024, 9, 30)] * 3 + [0.125, 1234.5]])
    sheet = first(made)
    formats = ['yyyy"年"m"月"d"日"', "yyyy-mm-dd", 'm"月"d"日"', "0.0%", "#,##0.00"]
    for column, code in enumerate(formats, start=1):
        sheet.cell(2, column).number_format = code
    assert lines(made)[1] == "2024年9月30日\t2024-09-30\t2024年9月30日\t12.5%\t1,234.50"


@pytest.mark.parametrize(
    ("number", "format_id", "code", "words"),
    [
        (45565, 14, "", "2024/9/30"),
        (45565, 31, "", "2024年9月30日"),
        (45565, 57, "", "2024年9月"),
        (45565, 58, "", "2024年9月30日"),
        (45565, 165, "[$-804]yyyy\\-mm\\-dd;@", "2024-09-30"),
        (45565, 165, "[DBNum1][$-804]yyyy年m月d日", "2024年9月30日"),
        (45565, 165, "mmm-yy", "2024年9月"),
        (45565.75, 22, "", "2024/9/30 18:00"),
        (0.75, 165, "h:mm", "18:00"),
        (44103, 165, "yyyy.m.d", "2020.9.29"),
        (45565, 15, "d-mmm-yy", "2024年9月30日"),
        (3.0, 0, "General", "3"),
        (12.700000000000001, 0, "", "12.7"),
        (0.93, 9, "", "93%"),
        (3000, 165, '0"万元"', "3000万元"),
        (-2.5, 2, "", "-2.50"),
        (99_999_999, 14, "", "99999999"),
    ],
)
def test_a_number_by_its_format(number: float, format_id: int, code: str, words: str) -> None:
    assert shown(number, format_id, code) == words


def test_days_count_from_1904_where_the_book_says_so() -> None:
    assert shown(44103, 14, "", from_1904=True) == "2024/9/30"


def test_readings_and_errors_say_nothing() -> None:
    parts = {
        "xl/workbook.xml": workbook_xml("Sheet1"),
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sharedStrings.xml": f"<sst {MAIN}><si><r><t>整改</t></r><r><t>台账</t></r>"
        "<rPh><t>zheng</t></rPh></si></sst>",
        "xl/worksheets/sheet1.xml": sheet_xml(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c t="e"><v>#N/A</v></c>'
            '<c t="inlineStr"><is><t>说明</t></is></c><c t="b"><v>1</v></c></row>'
        ),
    }
    (line,) = [line.text for line in read(zipped(parts)).lines][:1]
    assert line == "整改台账"
    assert [line.text for line in read(zipped(parts)).lines] == ["整改台账", "说明", "是"]


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
)


def workbook_xml(name: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<workbook {MAIN} xmlns:r="{office}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    )


def sheet_xml(rows: str, after: str = "") -> str:
    return (
        f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def hostile(rows: str, after: str = "", **parts: str) -> bytes:
    return zipped(
        {
            "xl/workbook.xml": workbook_xml("Sheet1"),
            "xl/_rels/workbook.xml.rels": RELATIONS,
            "xl/worksheets/sheet1.xml": sheet_xml(rows, after),
            **parts,
        }
    )


def category(data: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read(data)
    return refused.value.problem.category


CELL = '<c r="{}" t="inlineStr"><is><t>甲</t></is></c>'


def test_a_sheet_that_claims_every_cell_costs_what_it_holds() -> None:
    far = CELL.format("A1") + CELL.format("XFD1")
    merges = '<mergeCells><mergeCell ref="A1:XFC1048576"/><mergeCell ref="A1:XFD9"/></mergeCells>'
    found = read(hostile(f'<row r="1">{far}</row>', merges)).lines
    assert [line.text for line in found] == ["甲", "甲"]


def test_columns_that_no_program_has_are_left_out() -> None:
    assert category(hostile(f'<row r="1">{CELL.format("ZZZZ1")}</row>')) == "no-text"


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "MAX_ELEMENTS", 1000)
    assert category(hostile('<row r="1">' + "<c/>" * 200_000 + "</row>")) == "too-large"


def test_a_sheet_that_inflates_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_FROM_BYTES", 100_000)
    assert category(hostile('<row r="1"/>' * 200_000)) == "too-large"


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_are_refused(part: str) -> None:
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst>&x;</sst>'
    assert category(hostile('<row r="1"/>', **{part: entity})) == "damaged"


def test_damaged_parts_are_refused() -> None:
    assert category(hostile("<row><c>")) == "damaged"
    assert category(saved(book([HEAD]))[:-200]) == "damaged"


def test_a_book_without_words_is_refused() -> None:
    assert category(saved(book([]))) == "no-text"


def old_book() -> xlwt.Workbook:
    made = xlwt.Workbook()
    sheet = made.add_sheet("整改台账")
    sheet.write_merge(0, 0, 0, 5, "安澜市整改台账")
    day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    for column, words in enumerate(["序号", "问题", "整改措施", "原定时限", "责任单位", "整改时限"]):
        sheet.write(1, column, words)
    for row in (2, 3, 4):
        for column, words in enumerate([row - 1, f"第{row}号排口超标", "限期封堵", "旧"]):
            sheet.write(row, column, words)
        sheet.write(row, 5, datetime(2024, 9, 30), day)
    sheet.write_merge(2, 3, 4, 4, "市水利局")
    sheet.write(4, 4, "市财政局")
    sheet.col(3).hidden = True
    sheet.row(4).hidden = True
    hidden = made.add_sheet("底稿")
    hidden.write(0, 0, "秘密")
    hidden.visibility = 1
    return made


def old_saved(made: xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_an_old_book_is_read_as_a_new_one() -> None:
    assert [line.text for line in read(old_saved(old_book()), "台账.et").lines] == [
        "安澜市整改台账",
        "序号\t问题\t整改措施\t责任单位\t整改时限",
        "1\t第2号排口超标\t限期封堵\t市水利局\t2024年9月30日",
        "2\t第3号排口超标\t限期封堵\t\t2024年9月30日",
    ]


def test_damaged_old_books_are_refused() -> None:
    assert category(compound(Workbook=b"\x09\x08\x10\x00 no workbook")) == "damaged"
    assert category(old_saved(old_book())[:2048]) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_encoding(encoding: str, separator: str) -> None:
    rows = ["安澜市整改台账", "序号,问题,责任单位", '1,"排口,超标",市水利局']
    words = "\r\n".join(rows).replace(",", separator)
    found = read(words.encode(encoding), "台账.csv").lines
    assert [line.text for line in found][1:] == ["序号\t问题\t责任单位", f"1\t排口{separator}超标\t市水利局"]


def test_csv_that_is_none() -> None:
    with pytest.raises(UnreadableError):
        read(('"' + "长" * 200_000).encode(), "台账.csv")

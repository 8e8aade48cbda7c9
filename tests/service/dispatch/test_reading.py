"""Returned files as units send them: other columns, merged cells, lost marks, other programs."""

from __future__ import annotations

import io

import pytest
import xlwt
from docx import Document

from corpus.errors import SecretError, UnreadableError
from ingest.readers.libreoffice import convert, find_program
from service.dispatch.codes import Code, find_code, without_codes
from service.dispatch.filled import read_filled
from service.dispatch.form import unit_sheet
from service.dispatch.grids import read_grid
from service.dispatch.making import archive_bytes, file_name, sheet_bytes
from service.dispatch.sharing import Part
from tests.service.dispatch.builders import DUE, WORD, Sheet, record, table_xlsx, unit

HEADS = ("序号", "任务", "进展情况", "完成情况", "存在问题", "下一步", "填报人")
RECORDS = {
    "t1": record("t1", "清理河道垃圾", unit("市水利局"), due="2026-09-30"),
    "t2": record("t2", "拆除违法建筑", unit("市自然资源局"), unit("市水利局", "cooperate")),
}
PARTS = (Part("t1", "lead"), Part("t2", "cooperate"))


def code(task: str) -> Code:
    return Code(1, WORD, 2, task)


SHEET = unit_sheet("安澜市水利局", "2026年11月", DUE, "安澜市政府督查室", PARTS, RECORDS, code)


def rows_of(data: bytes, name: str = "表.xlsx"):
    return read_filled(read_grid(data, name)).rows


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_a_sheet_comes_back_with_its_marks(suffix):
    found = read_filled(read_grid(sheet_bytes(SHEET, suffix), f"表{suffix}"))
    assert [(row.task, str(row.code), row.values) for row in found.rows] == [
        ("清理河道垃圾", f"TZ1-{WORD}-2-t1", {}),
        ("拆除违法建筑", f"TZ1-{WORD}-2-t2", {}),
    ]
    assert any("请于2026年11月28日前报回" in line for line in found.lines)


def test_marks_are_hidden_from_the_reader_of_documents():
    from ingest.read import read_document

    for suffix in (".xlsx", ".docx"):
        assert "TZ1" not in read_document(sheet_bytes(SHEET, suffix), f"表{suffix}").text


def test_the_sheet_is_laid_out_for_print_and_offers_words():
    page = Sheet(sheet_bytes(SHEET, ".xlsx")).page
    assert page.page_setup.orientation == "landscape" and page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$4"
    (offer,) = page.data_validations.dataValidation
    assert "已完成" in offer.formula1 and offer.showErrorMessage is False
    hidden = [name for name, column in page.column_dimensions.items() if column.hidden]
    assert len(hidden) == 1


def test_what_is_filled_in_stands_under_its_key():
    sheet = Sheet(sheet_bytes(SHEET, ".xlsx"))
    sheet.fill("清理河道", 进展情况="清运12处", 完成情况="60%", 存在问题="无", 填报人="李华")
    sheet.fill("拆除违法", 进展情况="配合清点")
    one, two = rows_of(sheet.data())
    assert one.values == {"progress": "清运12处", "completion": "60%", "officer": "李华"}
    assert two.values == {"progress": "配合清点", "officer": "李华"}, "the one who fills in stands once"


@pytest.mark.parametrize(
    "head, key",
    [
        ("目前进展", "progress"),
        ("推进情况", "progress"),
        ("是否完成", "completion"),
        ("完成进度（%）", "completion"),
        ("工作进度", "completion"),
        ("存在的问题及困难", "problems"),
        ("下步打算", "next_step"),
        ("联系人", "officer"),
        ("联系电话", "phone"),
        ("审核领导", "reviewer"),
    ],
)
def test_columns_are_known_by_other_names(head, key):
    heads = {
        "number": "序号",
        "task": "工作任务",
        "progress": "进展情况",
        "completion": "完成情况",
        key: head,
    }
    values = {**dict.fromkeys(heads, ""), "task": "清理河道垃圾", key: "甲乙丙"}
    (row,) = rows_of(table_xlsx([list(heads.values()), list(values.values())]))
    assert row.values[key] == "甲乙丙"


def test_a_merged_cell_counts_for_every_row_that_it_covers():
    rows = [
        HEADS,
        ("1", "清理河道垃圾", "都已开工", "", "", "", ""),
        ("2", "拆除违法建筑", "", "", "", "", ""),
    ]
    one, two = rows_of(table_xlsx(rows, ["C2:C3"]))
    assert one.values["progress"] == two.values["progress"] == "都已开工"


def test_a_head_of_two_rows_and_people_in_a_line_below():
    rows = [
        ("调度表",),
        ("序号", "任务", "落实情况", "", ""),
        ("", "", "进展情况", "完成情况", "存在问题"),
        ("1", "清理河道垃圾", "已清运", "80%", ""),
        ("填报人：李华　联系电话：0900-1234　审核人：周明",),
    ]
    found = read_filled(read_grid(table_xlsx(rows, ["C2:E2"]), "表.xlsx"))
    assert found.rows[0].values == {"progress": "已清运", "completion": "80%", "officer": "李华",
                                    "phone": "0900-1234", "reviewer": "周明"}  # fmt: skip


def test_old_workbooks_and_word_tables_of_ones_own_are_read():
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    values = ("1", "清理河道垃圾", "清运12处", "已完成", "", "", "李华")
    for at, (head, value) in enumerate(zip(HEADS, values, strict=True)):
        page.write(0, at, head)
        page.write(1, at, value)
    written = io.BytesIO()
    book.save(written)
    word = Document()
    table = word.add_table(rows=2, cols=len(HEADS))
    for at, (head, value) in enumerate(zip(HEADS, values, strict=True)):
        table.cell(0, at).text, table.cell(1, at).text = head, value
    paper = io.BytesIO()
    word.save(paper)
    for data, name in ((written.getvalue(), "表.xls"), (paper.getvalue(), "表.docx")):
        (row,) = rows_of(data, name)
        assert (row.task, row.code) == ("清理河道垃圾", None)
        assert row.values == {"progress": "清运12处", "completion": "已完成", "officer": "李华"}


@pytest.mark.office
def test_marks_survive_other_programs():
    if find_program() is None:
        pytest.skip("no LibreOffice on this machine")
    data = convert(sheet_bytes(SHEET, ".docx"), ".docx", "doc", "表")
    assert [str(row.code) for row in rows_of(data, "表.doc")] == [str(code("t1")), str(code("t2"))]


def test_what_is_no_sheet_is_told_by_its_kind():
    assert not read_filled(read_grid("会议通知\n请参加会议。".encode(), "通知.txt")).has_form
    with pytest.raises(UnreadableError):
        read_grid(sheet_bytes(SHEET, ".xlsx")[:500], "坏.xlsx")
    with pytest.raises(SecretError):
        read_grid(table_xlsx([("机密",), HEADS, ("1", "清理", "已清", "", "", "", "")]), "表.xlsx")


def test_a_mark_names_dispatch_sheet_and_row():
    mark = Code(12, "0a1b2c", 3, "t345")
    assert find_code(f"3 {mark}") == mark
    assert without_codes(f"3{mark}") == "3"
    assert find_code("TZ12-0a1b2-3-t345") is None


def test_all_sheets_come_in_one_archive_under_names_that_windows_takes():
    import zipfile

    odd = unit_sheet("某局:二/科", "2026年11月", DUE, "", PARTS, RECORDS, code)
    with zipfile.ZipFile(io.BytesIO(archive_bytes([SHEET, odd, odd]))) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)) == 6
    assert f"Excel/{file_name(SHEET, '.xlsx')}" in names
    assert not any(mark in name for name in names for mark in ':*?"<>|\\')


def test_rows_that_are_gone_from_the_ledger_are_left_out():
    assert len(unit_sheet("甲局", "11月", DUE, "", PARTS, {"t1": RECORDS["t1"]}, code).rows) == 1

"""The files that the ledger is written to, read back as an office's programs read them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.task import Role
from service.intake.extraction import read
from service.ledger import ledger_rows
from service.ledgerbook.files import Book, book_bytes, write_ledger
from tests.service.test_ledger import limit, row, unit
from tests.service.texts import PLAN

ROWS = [
    row(
        "清理河道垃圾。",
        units=[unit("市水利局", Role.LEAD)],
        due="2025-06-30",
        deadlines=[limit("6月底前", date(2025, 6, 30))],
    ),
    row('=HYPERLINK("http://evil.example")', label=""),
]
TITLE = "安澜市任务台账"


@pytest.fixture
def sheet(tmp_path: Path) -> object:
    path = tmp_path / "台账.xlsx"
    write_ledger(ROWS, TITLE, path)
    return load_workbook(path).worksheets[0]


def test_the_sheet_is_ready_for_an_office(sheet) -> None:  # type: ignore[no-untyped-def]
    assert sheet["A1"].value == TITLE
    heads = [cell.value for cell in sheet[3]]
    assert heads[:5] == ["序号", "章节", "重点任务", "工作措施", "牵头单位"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, len(heads)).column_letter}5"
    assert sheet["B4"].alignment.wrap_text
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert "&P" in sheet.oddFooter.center.text


def test_a_long_row_is_as_high_as_its_words_need(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger([row("短。"), row("清理河道垃圾。" * 30), row("长" * 30_000)], TITLE, path)
    sheet = load_workbook(path).worksheets[0]
    short, long, endless = (sheet.row_dimensions[number].height for number in (4, 5, 6))
    assert (short, int(endless)) == (16.5, 408) and 11 * 13 <= long <= 14 * 13


def test_dates_are_real_dates(sheet) -> None:  # type: ignore[no-untyped-def]
    column = [cell.value for cell in sheet[3]].index("截止日期") + 1
    cell = sheet.cell(4, column)
    assert (cell.value, cell.number_format) == (datetime(2025, 6, 30), "yyyy-mm-dd")


def test_ids_and_places_are_hidden_columns(sheet) -> None:  # type: ignore[no-untyped-def]
    heads = {cell.value: cell.column_letter for cell in sheet[3]}
    assert sheet.column_dimensions[heads["任务编号"]].hidden
    assert sheet.column_dimensions[heads["原文位置"]].hidden
    assert not sheet.column_dimensions[heads["重点任务"]].hidden


def test_no_cell_is_a_formula(sheet) -> None:  # type: ignore[no-untyped-def]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert sheet["C5"].value.startswith("=HYPERLINK") and sheet["C5"].quotePrefix


def test_csv_opens_in_excel_without_running_anything() -> None:
    data = book_bytes(Book(ROWS, TITLE), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines[0][:3] == ["序号", "章节", "重点任务"]
    assert lines[2][2].startswith("'=")


def test_word_shows_the_table_without_hidden_columns(tmp_path: Path) -> None:
    path = tmp_path / "台账.docx"
    write_ledger(ROWS, TITLE, path)
    document = Document(str(path))
    (table,) = document.tables
    heads = [cell.text for cell in table.rows[0].cells]
    assert document.paragraphs[0].text == TITLE
    assert "任务编号" not in heads and heads[1] == "重点任务"
    assert table.rows[1].cells[1].text == "1.清理河道垃圾。"
    assert document.sections[0].page_width > document.sections[0].page_height  # type: ignore[operator]


def test_json_has_the_public_keys() -> None:
    assert json.loads(book_bytes(Book(ROWS, TITLE), ".JSON")) == ROWS


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".json"])
def test_an_empty_ledger_is_a_file_too(suffix: str) -> None:
    assert book_bytes(Book([], TITLE), suffix)


def test_control_characters_and_endless_text_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger([row("甲\x0b乙" + "丙" * 40_000)], TITLE, path)
    value = load_workbook(path).worksheets[0]["C4"].value  # type: ignore[index]
    assert value.startswith("1.甲乙") and len(value) == 32_767
    assert book_bytes(Book([row("甲\x0b乙")], TITLE), ".docx")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.xlsx"):
        write_ledger(ROWS, TITLE, tmp_path / "台账.pdf")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹"):
        write_ledger(ROWS, TITLE, tmp_path / "没有" / "台账.xlsx")


def test_a_workbook_of_ours_is_a_source_like_any_other() -> None:
    before = ledger_rows(read(PLAN.encode(), "方案.txt"))
    for public in (False, True):
        book = book_bytes(Book(before, TITLE, public=public), ".xlsx")
        after = ledger_rows(read(book, "台账.xlsx"))
        assert [unit_names(row) for row in after] == [unit_names(row) for row in before]
        assert [row["due"] for row in after] == [row["due"] for row in before]


def unit_names(row: JsonObject) -> list[tuple[str, str]]:
    return [(unit["name"], unit["role"]) for unit in row["units"]]


@pytest.mark.office
def test_an_office_program_opens_the_workbook(tmp_path: Path) -> None:
    program = shutil.which("soffice") or pytest.skip("no LibreOffice on this machine")
    write_ledger(ROWS, TITLE, tmp_path / "ledger.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "ledger.xlsx")], check=True, capture_output=True
    )
    lines = list(csv.reader((tmp_path / "ledger.csv").read_text("utf-8").splitlines()))
    assert lines[0][0] == TITLE
    assert "2025-06-30" in lines[3]
    assert any(cell.startswith("=HYPERLINK") for cell in lines[4])

"""A workbook goes out, is worked on, and comes back: what differs is shown, then stored as one edit."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import UnreadableError, UserError
from corpus.records import JsonObject
from service.ledgerbook.differences import Fate, WorkbookDifferences
from service.ledgerbook.files import Book, book_bytes
from service.ledgerbook.reading import read_book
from service.ledgerbook.returning import Wanted
from service.library import Library
from tests.service.records import records
from tests.service.texts import PLAN

NAME = "台账.xlsx"
BY = "王明"
Work = Callable[[Worksheet], object]


@pytest.fixture
def library(copied: Library) -> Library:
    """A library with a plan of four tasks and a notice without any, to be written to."""
    return copied


def worked(library: Library, work: Work, hidden_sheet: bool = True) -> bytes:
    """Return the workbook of the library after `work` was done on its ledger."""
    book = load_workbook(io.BytesIO(book_bytes(Book(records(library), "台账"), ".xlsx")))
    work(book.worksheets[0])
    if not hidden_sheet:
        del book["taizhang"]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column(sheet: Worksheet, head: str) -> int:
    return [cell.value for cell in sheet[3]].index(head) + 1


def put(row: int, **cells: object) -> Work:
    """Return work that types into cells of a row, 1-indexed among the tasks, named by their heads."""

    def work(sheet: Worksheet) -> None:
        for head, value in cells.items():
            sheet.cell(row + 3, column(sheet, head)).value = value  # type: ignore[assignment]

    return work


def compared(library: Library, work: Work, hidden_sheet: bool = True) -> WorkbookDifferences:
    return compared_bytes(library, worked(library, work, hidden_sheet))


def compared_bytes(library: Library, data: bytes) -> WorkbookDifferences:
    """Compare as the library does, without the worker process that it reads files in."""
    return library.workbooks.compare_book(read_book(data, NAME))


def changes(found: WorkbookDifferences) -> list[tuple[str, str, str, str]]:
    return [(row.name, cell.key, cell.before, cell.after) for row in found.rows for cell in row.cells]


def test_a_workbook_that_nobody_touched_says_the_same(library: Library) -> None:
    found = compared(library, lambda sheet: None)
    assert (found.rows, found.same, found.problems) == ((), 4, ())


# Typed into a row, and what the library says of it afterwards.
CORRECTED: list[tuple[dict[str, object], Callable[[JsonObject], object], object]] = [
    (
        {"牵头单位": "市水利局、市河长办"},
        lambda row: [unit["name"] for unit in row["units"] if unit["role"] == "lead"],
        ["市水利局", "市河长办"],
    ),
    (
        {"配合单位": None},
        lambda row: [unit["name"] for unit in row["units"] if unit["role"] == "cooperate"],
        [],
    ),
    ({"截止日期": date(2025, 7, 15)}, lambda row: row["due"], "2025-07-15"),
    ({"截止日期": "2025/7/15"}, lambda row: row["due"], "2025-07-15"),
    ({"截止日期": "2025年8月底前"}, lambda row: row["due"], "2025-08-31"),
    ({"完成时限": "2025年11月底前"}, lambda row: row["due"], "2025-11-30"),
    ({"完成时限": "长期坚持"}, lambda row: (row["due"], row["deadlines"][0]["kind"]), (None, "ongoing")),
    ({"责任人": "李副市长"}, lambda row: row["persons"], [{"name": "李副市长", "post": ""}]),
    ({"指标": "30处"}, lambda row: row["indicators"][0]["value"], 30),
    ({"状态": "进行中"}, lambda row: row["status"], "in_progress"),
    ({"状态": "已完成"}, lambda row: row["status"], "done"),
    ({"进展情况": "已清运30吨。"}, lambda row: row["notes"][-1]["text"], "已清运30吨。"),
    ({"重点任务": "（一）清理河道和湖面垃圾。"}, lambda row: row["text"][:11], "清理河道和湖面垃圾。"[:11]),
    (
        {"重点任务": "（二）清理河道垃圾。"},
        lambda row: (row["label"], row["text"][:4]),
        ("（二）", "清理河道"),
    ),
    ({"章节": "一、主要任务 > 1.水"}, lambda row: row["section"], ["一、主要任务", "1.水"]),
]


@pytest.mark.parametrize(
    ("typed", "says", "wanted"), CORRECTED, ids=[str(typed)[:40] for typed, _, _ in CORRECTED]
)
def test_what_is_typed_is_shown_and_stored(
    library: Library, typed: dict[str, object], says: Callable[[JsonObject], object], wanted: object
) -> None:
    before = records(library)
    data = worked(library, put(1, **typed))
    found = compared_bytes(library, data)
    assert [(row.name, row.fate) for row in found.rows] == [(before[0]["id"], Fate.CHANGED)]
    assert records(library) == before, "nothing is stored by comparing"
    edit = library.workbooks.store(found, BY)
    first, *others = records(library)
    got = says(first)
    assert (got[: len(wanted)] if isinstance(wanted, str) and isinstance(got, str) else got) == wanted
    assert others == before[1:]
    assert (edit.by, edit.changed) == (BY, (before[0]["id"],))
    assert not compared_bytes(library, data), "what was stored differs no longer"
    library.rows.undo(edit.id, BY)
    assert [row["text"] for row in records(library)] == [row["text"] for row in before]


# Typed words that come to nothing new.
SAME = [
    {"截止日期": "2025.6.30"},
    {"截止日期": "2025年6月30日"},
    {"牵头单位": " 市水利局 "},
    {"状态": " 未启动"},
    {"工作措施": "全面排查河道两岸垃圾堆放点，\n2025年6月底前清运完毕。"},
]


@pytest.mark.parametrize("typed", SAME, ids=str)
def test_the_same_in_other_dress_is_no_difference(library: Library, typed: dict[str, object]) -> None:
    assert compared(library, put(1, **typed)).rows == ()


# What will not do, and what the user is told.
REFUSED = [
    ({"截止日期": "尽快"}, "看不出是哪一天"),
    ({"状态": "差不多了"}, "没有“差不多了”这个状态"),
    ({"状态": "已销号"}, "先申请销号"),
    ({"完成时限": "2025年6月底前；2025年9月底前", "截止日期": "2026-01-31"}, "其中有的更早"),
    ({"重点任务": None, "工作措施": None}, "不能为空"),
]


@pytest.mark.parametrize(("typed", "words"), REFUSED, ids=str)
def test_a_cell_that_will_not_do_is_told_and_left_out(
    library: Library, typed: dict[str, object], words: str
) -> None:
    found = compared(library, put(1, **typed, 责任单位="市河长办"))
    assert any(words in cell.problem for cell in found.rows[0].cells)
    library.workbooks.store(found, BY)
    first = records(library)[0]
    assert "市河长办" in [unit["name"] for unit in first["units"]] and first["status"] == "not_started"
    assert first["due"] == "2025-06-30"


def test_several_changes_are_one_edit(library: Library) -> None:
    work = put(1, 状态="进行中", 进展情况="已清运30吨。", 牵头单位="市河长办")

    def both(sheet: Worksheet) -> None:
        work(sheet)
        put(3, 截止日期="2025-10-31")(sheet)

    library.workbooks.store(compared(library, both), BY, name=NAME)
    (edit,) = library.rows.edits(by=BY)
    assert len(edit.changed) == 2 and edit.note == "读回台账：台账.xlsx"


def test_rows_are_found_wherever_they_stand(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        sheet.title = "我的台账"
        rows = [[cell.value for cell in sheet[number]] for number in (7, 5, 4, 6)]
        for number, values in enumerate(rows, start=4):
            for place, value in enumerate(values, start=1):
                sheet.cell(number, place).value = value
        sheet.move_range("E3:E7", cols=40)  # 牵头单位 goes to the right end

    assert compared(library, work).rows == ()


def test_heads_may_be_renamed_and_lines_put_above(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        for head, other in (("重点任务", "工作任务"), ("牵头单位", "牵头部门"), ("截止日期", "截止时间")):
            sheet.cell(3, column(sheet, head)).value = other
        put(1, 牵头部门="市河长办")(sheet)
        sheet.insert_rows(1, 2)

    assert [(key, after) for _, key, _, after in changes(compared(library, work))] == [("lead", "市河长办")]


@pytest.mark.parametrize("hidden_sheet", [True, False])
def test_rows_without_ids_are_found_by_their_words(library: Library, hidden_sheet: bool) -> None:
    def work(sheet: Worksheet) -> None:
        put(2, 配合单位="市水利局、市公安局", 重点任务="（二）拆除全部违法建筑。")(sheet)
        sheet.delete_cols(column(sheet, "任务编号"))

    found = compared(library, work, hidden_sheet)
    assert {(row.name, cell.key) for row in found.rows for cell in row.cells} == {
        (records(library)[1]["id"], "cooperate"),
        (records(library)[1]["id"], "text"),
    }


def test_rows_that_are_new_and_rows_that_are_gone(library: Library) -> None:
    before = records(library)

    def work(sheet: Worksheet) -> None:
        sheet.delete_rows(5)
        sheet.insert_rows(5)
        new = {"重点任务": "（二）建设生态护岸。", "工作措施": "新建护岸12公里。", "牵头单位": "市水利局"}
        put(2, **new, 完成时限="2025年10月底前", 指标="12公里", 进展情况="已开工。")(sheet)

    found = compared(library, work)
    assert [(row.fate, row.name) for row in found.rows] == [
        (Fate.ADDED, "line5"),
        (Fate.DROPPED, before[1]["id"]),
    ]
    library.workbooks.store(found, BY)
    after = records(library)
    assert [row["text"][:6] for row in after] == [
        "清理河道垃圾",
        "建设生态护岸",
        "拆除违法建筑",
        "推广“水管家",
        "强化资金保障",
    ]
    new = after[1]
    assert (new["label"], new["due"], new["document"]) == ("（二）", "2025-10-31", before[0]["document"])
    assert new["notes"][0]["text"] == "已开工。"
    assert (new["section"], new["units"][0]["canonical"]) == (
        before[0]["section"],
        before[0]["units"][0]["canonical"],
    )


def test_a_row_that_is_gone_is_deleted_only_when_that_is_wanted(library: Library) -> None:
    data = worked(library, lambda sheet: sheet.delete_rows(5))
    found = compared_bytes(library, data)
    with pytest.raises(UserError, match="没有可以存入的改动"):
        library.workbooks.store(found, BY)
    library.workbooks.store(found, BY, Wanted(drop=True))
    assert len(records(library)) == 3


def test_a_copied_row_is_a_new_one(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        sheet.append([cell.value for cell in sheet[4]])
        put(5, 重点任务="（五）清理湖面垃圾。")(sheet)

    (row,) = compared(library, work).rows
    assert (row.fate, row.line) == (Fate.ADDED, 8)


def test_ids_that_were_left_behind_by_sorting_mislead_nobody(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        shown = column(sheet, "来源")
        rows = [[sheet.cell(number, place).value for place in range(1, shown + 1)] for number in (7, 4, 6, 5)]
        for number, values in enumerate(rows, start=4):
            for place, value in enumerate(values, start=1):
                sheet.cell(number, place).value = value

    assert compared(library, work).rows == ()


def test_a_day_that_was_extended_is_changed_by_another_extension(library: Library) -> None:
    library.steps.extend("t1", date(2025, 9, 30), "汛期影响施工", "分管副市长", "李华")
    (row,) = compared(library, put(1, 截止日期="2025-12-31")).rows
    assert "请用“延期”办理" in row.cells[0].problem


def test_a_row_without_a_document_goes_round_too(library: Library) -> None:
    library.rows.add(
        {"text": "答复群众来信。"}, BY, kept={"entry": {"origin": "信访", "phone": "0914-1234567"}}
    )
    position = [row["document"] for row in records(library)].index(None) + 1

    def work(sheet: Worksheet) -> None:
        sheet.cell(3, sheet.max_column + 1).value = "标记"
        put(position, 截止日期="12月20日", 联系电话="13800001111", 标记="紧急")(sheet)

    library.workbooks.store(compared(library, work), BY)
    row = next(row for row in records(library) if row["document"] is None)
    assert (row["due"][5:], row["entry"]["phone"], row["marks"]) == ("12-20", "13800001111", ["紧急"])


def test_what_changed_in_the_library_meanwhile_is_not_undone(library: Library) -> None:
    data = worked(library, put(1, 牵头单位="市河长办", 责任人="赵主任"))
    first, second, *_ = (row["id"] for row in records(library))
    library.rows.correct(first, {"persons": [{"name": "钱主任"}]}, "李华")
    library.rows.correct(second, {"persons": [{"name": "孙主任"}]}, "李华")
    found = compared_bytes(library, data)
    assert [(row.name, cell.key, cell.conflict) for row in found.rows for cell in row.cells] == [
        (first, "lead", False),
        (first, "persons", True),
    ]
    library.workbooks.store(found, BY)
    assert [row["persons"] for row in records(library)[:2]] == [
        [{"name": "钱主任", "post": ""}],
        [{"name": "孙主任", "post": ""}],
    ]
    library.workbooks.store(compared_bytes(library, data), BY, Wanted(overwrite=True))
    assert records(library)[0]["persons"] == [{"name": "赵主任", "post": ""}]


def test_a_column_that_the_office_added(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        sheet.cell(3, sheet.max_column + 1).value = "包抓科室"
        put(2, 包抓科室="督查一科")(sheet)

    found = compared(library, work)
    assert (found.own, changes(found)[0][1:]) == (("包抓科室",), ("own:包抓科室", "", "督查一科"))
    library.workbooks.store(found, BY)
    assert [row["own"] for row in records(library)[:3]] == [{}, {"包抓科室": "督查一科"}, {}]
    sheet = load_workbook(io.BytesIO(book_bytes(Book(records(library), "台账"), ".xlsx"))).worksheets[0]
    assert sheet.cell(5, column(sheet, "包抓科室")).value == "督查一科"


def test_corrections_stay_when_the_document_is_read_again(library: Library) -> None:
    work = put(1, 牵头单位="市河长办", 截止日期="2025-07-31", 重点任务="（一）清理河道全部垃圾。")
    library.workbooks.store(compared(library, work), BY)
    before = records(library)[0]
    library.reextract()
    assert records(library)[0] == before


def test_only_chosen_rows_are_stored(library: Library) -> None:
    def work(sheet: Worksheet) -> None:
        for number in (1, 2):
            put(number, 状态="进行中")(sheet)

    found = compared(library, work)
    library.workbooks.store(found, BY, Wanted(rows=[found.rows[1].name]))
    assert [row["status"] for row in records(library)[:2]] == ["not_started", "in_progress"]


def test_what_is_stored_can_be_told_from_other_differences(library: Library) -> None:
    first, second = (compared(library, put(1, 状态=words)) for words in ("进行中", "已完成"))
    assert first.mark != second.mark
    assert first.public()["counts"] == {"changed": 1, "added": 0, "dropped": 0, "same": 3}


def test_a_file_without_a_ledger_is_refused(library: Library) -> None:
    file = io.BytesIO()
    Workbook().save(file)
    for name, data in (("空.xlsx", file.getvalue()), ("方案.txt", PLAN.encode())):
        with pytest.raises(UnreadableError):
            library.workbooks.compare(name, data)

"""The ledger as rows of cells."""

from __future__ import annotations

from datetime import date

from corpus.records import JsonObject, task_record
from corpus.spans import Span
from corpus.task import Deadline, DeadlineKind, Indicator, Reference, Role, Task, Unit
from service.ledger import ledger_rows
from service.ledgerbook.columns import ledger_table
from service.library import Library
from tests.service.texts import PLAN

NOWHERE = Span(0, 0)


def row(text: str = "清理河道垃圾。", document: str = "d1", **more: object) -> JsonObject:
    """One ledger record; `more` are keys of the record that differ from an empty task."""
    record = task_record(Task(Span(3, 10), text, label="1."))
    beside = {"document": document, "source": f"{document}.txt", "title": None, "due": None, "next_due": None}
    return {**record, **beside, **more}


def unit(name: str, role: Role, *members: str, inherited: bool = False) -> JsonObject:
    made = Unit(name, role, NOWHERE, members=members, group=bool(members), inherited=inherited)
    record: JsonObject = task_record(Task(NOWHERE, "", units=(made,)))["units"][0]
    return record


def limit(raw: str, end: date | None, loose: bool = False) -> JsonObject:
    made = Deadline(raw, DeadlineKind.DATE, NOWHERE, end=end, loose=loose)
    record: JsonObject = task_record(Task(NOWHERE, "", deadlines=(made,)))["deadlines"][0]
    return record


def cells(*rows: JsonObject) -> list[dict[str, object]]:
    table = ledger_table(rows)
    heads = [column.head for column in table.columns]
    return [dict(zip(heads, values, strict=True)) for values in table.cells]


def test_units_stand_under_their_roles_and_groups_name_their_members() -> None:
    units = [
        unit("市水利局", Role.LEAD),
        unit("市财政局", Role.COOPERATE),
        unit("各管委会", Role.COOPERATE, "栖霞港区管委会", "云湖管委会"),
    ]
    (shown,) = cells(row(units=units))
    assert shown["牵头单位"] == "市水利局"
    assert shown["配合单位"] == "市财政局、各管委会（栖霞港区管委会、云湖管委会）"
    assert shown["责任单位"] == ""


def test_dates_are_dates_and_the_words_stand_beside() -> None:
    (shown,) = cells(row(due="2025-06-30", deadlines=[limit("6月底前", date(2025, 6, 30))]))
    assert (shown["完成时限"], shown["截止日期"]) == ("6月底前", date(2025, 6, 30))


def test_a_recurring_limit_shows_its_next_day() -> None:
    (shown,) = cells(row(next_due="2025-07-25"))
    assert shown["截止日期"] == date(2025, 7, 25)


def test_what_a_person_should_check() -> None:
    (shown,) = cells(
        row(
            doubts=["没有写明角色"],
            deadlines=[limit("6月前", date(2025, 6, 30), loose=True)],
            units=[unit("市水利局", Role.LEAD, inherited=True)],
            in_text=False,
        )
    )
    assert shown["核对"] == (
        "没有写明角色；“6月前”按惯例记为2025-06-30；单位来自上级标题或总说明；原文的新版本中已没有这一条"
    )


def test_where_units_come_from_is_said_once() -> None:
    doubt = "本条没有写明责任单位，单位取自上级标题或总括条款"
    (shown,) = cells(row(doubts=[doubt], units=[unit("市水利局", Role.LEAD, inherited=True)]))
    assert shown["核对"] == doubt


def test_numbers_labels_and_places() -> None:
    first, second = cells(row(section=["一、任务", "（一）水"]), row("甲\t乙", page=3))
    assert (first["序号"], second["序号"]) == (1, 2)
    assert (first["重点任务"], second["重点任务"], second["工作措施"]) == ("1.清理河道垃圾。", "1.甲", "乙")
    assert (first["章节"], second["来源"]) == ("一、任务 > （一）水", "d1.txt，第3页")
    assert first["原文位置"] == "3-10"


def test_columns_that_nobody_fills_are_left_out() -> None:
    assert not {"存在问题", "整改目标", "备注", "核对", "标记", "进度（%）"} & set(cells(row())[0])
    full = cells(
        row(problem="垃圾多", goal="清完", persons=[{"name": "王某", "post": "局长"}], status="done"),
        row(extra={"备注": "重点", "联系方式": "见附件"}, marks=["紧急"], percent=0),
    )
    assert {"存在问题", "整改目标", "备注", "标记", "进度（%）"} <= set(full[0])
    assert (full[0]["责任人"], full[0]["状态"], full[1]["备注"]) == (
        "局长王某",
        "已完成",
        "重点\n联系方式：见附件",
    )


def test_references_and_indicators_are_shown_as_written() -> None:
    made = Task(
        NOWHERE,
        "",
        refs=(Reference("按照《方案》分工负责", "方案", NOWHERE),),
        indicators=(Indicator("93%以上", NOWHERE, 93, "%", ">="), Indicator("12公里", NOWHERE, 12, "公里")),
    )
    (shown,) = cells(row(**{key: task_record(made)[key] for key in ("refs", "indicators")}))
    assert (shown["备注"], shown["指标"]) == ("依据：按照《方案》分工负责", "93%以上；12公里")


def test_a_file_fresh_from_extraction_has_the_same_rows(library: Library) -> None:
    reading = library.extract_upload("方案.txt", PLAN.encode())
    rows = ledger_rows(reading)  # type: ignore[arg-type]
    (first, *_) = cells(*rows)
    assert first["牵头单位"] == "市水利局"
    assert first["截止日期"] == date(2025, 6, 30)

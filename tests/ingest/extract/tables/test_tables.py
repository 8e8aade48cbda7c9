"""Tasks in the tables of real Word files."""

import io

import docx
import pytest

from corpus.task import Role, Task
from ingest.extract.extract import extract
from ingest.extract.tables.columns import Column, column_of
from ingest.read import read_document

HEADS = [
    ("序号", Column.INDEX),
    ("重点任务", Column.TASK),
    ("工作措施", Column.MEASURES),
    ("反馈问题", Column.PROBLEM),
    ("整改目标", Column.GOAL),
    ("牵头单位", Column.LEAD),
    ("责任单位", Column.RESPONSIBLE),
    ("配合单位", Column.COOPERATE),
    ("督办单位", Column.SUPERVISE),
    ("整改责任人", Column.PERSON),
    ("完成时限", Column.DEADLINE),
    ("问题类别", Column.CATEGORY),
    ("备注", Column.EXTRA),
    ("整改进展情况", Column.EXTRA),
    ("面积（亩）", Column.EXTRA),
    ("人口密度", None),
]


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_columns_are_known_by_their_heads(head: str, kind: Column | None) -> None:
    assert column_of(head) is kind


def tasks(rows: list[list[str]], merges: list[tuple[int, int, int]] = []) -> tuple[Task, ...]:  # noqa: B006
    """Return the tasks of a Word table; `merges` are (column, first row, last row)."""
    document = docx.Document()
    document.add_paragraph("安澜市2024年重点任务分工表")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    for column, first, last in merges:
        table.cell(first, column).merge(table.cell(last, column))
    file = io.BytesIO()
    document.save(file)
    return extract(read_document(file.getvalue(), "table.docx")).tasks


HEAD = ["序号", "重点任务", "工作措施", "牵头单位", "责任单位", "完成时限"]


def names(task: Task) -> list[tuple[str, Role]]:
    return [(unit.name, unit.role) for unit in task.units]


def test_each_row_is_a_task() -> None:
    (task,) = tasks(
        [
            HEAD,
            ["1", "整治城镇燃气", "更新改造老化管道46公里", "市城管局", "市商务局、各县（区）", "2024年6月"],
        ]
    )
    assert (task.label, task.text) == ("1", "整治城镇燃气\t更新改造老化管道46公里")
    assert names(task) == [
        ("市城管局", Role.LEAD),
        ("市商务局", Role.RESPONSIBLE),
        ("各县（区）", Role.RESPONSIBLE),
    ]
    assert [str(limit.end) for limit in task.deadlines] == ["2024-06-30"]


def test_measure_rows_with_their_own_units_are_tasks_below_the_merged_task() -> None:
    first, second = tasks(
        [
            HEAD,
            ["1", "健全责任体系", "（1）修订权责清单", "市安委办", "市司法局", "2024年4月底前"],
            ["", "", "（2）建立包联制度", "", "市委办公室", "2024年12月底前"],
        ],
        merges=[(0, 1, 2), (1, 1, 2), (3, 1, 2)],
    )
    assert [(task.label, task.text) for task in (first, second)] == [
        ("（1）", "修订权责清单"),
        ("（2）", "建立包联制度"),
    ]
    assert second.section[-1] == "健全责任体系"
    assert names(second) == [("市安委办", Role.LEAD), ("市委办公室", Role.RESPONSIBLE)]


def test_rows_that_share_units_and_limit_are_one_task() -> None:
    (task,) = tasks(
        [
            HEAD,
            ["1", "整治城镇燃气", "（1）更新老化管道", "市城管局", "市商务局", "立行立改"],
            ["", "", "（2）开展入户安检", "", "", ""],
        ],
        merges=[(0, 1, 2), (1, 1, 2), (3, 1, 2), (4, 1, 2), (5, 1, 2)],
    )
    assert task.text.endswith("（2）开展入户安检")
    assert len(task.measures) == 2


def test_a_ledger_row_tells_problem_person_and_extra() -> None:
    (task,) = tasks(
        [
            ["序号", "反馈问题", "整改措施", "责任单位", "责任人", "督办单位", "备注"],
            [
                "1",
                "码头粉尘污染",
                "建设防风抑尘网",
                "栖霞港区管委会",
                "张明（局长）",
                "市生态环境局",
                "群众反映",
            ],
        ]
    )
    assert task.problem and task.problem.text == "码头粉尘污染"
    assert names(task) == [("栖霞港区管委会", Role.RESPONSIBLE), ("市生态环境局", Role.SUPERVISE)]
    assert [(person.name, person.post) for person in task.persons] == [("张明", "局长")]
    assert task.extra == {"备注": "群众反映"}


def test_a_table_of_figures_holds_no_tasks() -> None:
    assert tasks([["类别", "发现数", "已整改"], ["水库", "31", "28"]]) == ()


def test_a_table_without_head_goes_on_with_the_columns_of_the_one_before() -> None:
    document = docx.Document()
    document.add_paragraph("安澜市2024年重点任务分工表")
    for rows in (
        [["序号", "重点任务", "责任单位"], ["1", "整治城镇燃气", "市城管局"]],
        [["2", "整治消防通道", "市消防救援支队"], ["3", "整治临水路段", "市交通运输局"]],
    ):
        table = document.add_table(len(rows), 3)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        document.add_paragraph("二、其他任务")
    file = io.BytesIO()
    document.save(file)
    found = extract(read_document(file.getvalue(), "table.docx")).tasks
    assert [(task.label, names(task)[0][0]) for task in found if task.units] == [
        ("1", "市城管局"),
        ("2", "市消防救援支队"),
        ("3", "市交通运输局"),
    ]

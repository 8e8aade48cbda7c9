"""How cells are merged, left empty or parted: the rows that come out, whatever the format."""

import pytest

from corpus.task import Task
from tests.ingest.extract.tables.table_builder import FORMATS, Merge, Rows, ends_of, tasks_in, units_of

MERGING = ("docx", "xlsx", "html")
"""Formats that say which cells are merged; pasted text and csv leave the lower ones empty."""


def every(
    rows: Rows, merges: list[Merge] | None = None, formats: tuple[str, ...] = tuple(FORMATS)
) -> list[Task]:
    """Return the tasks of a table, which must come out alike in every format."""
    found = {suffix: tasks_in(FORMATS[suffix](rows, merges or []), suffix) for suffix in formats}
    first = found[formats[0]]
    for suffix, tasks in found.items():
        assert [line(task) for task in tasks] == [line(task) for task in first], suffix
    return list(first)


def line(task: Task) -> tuple[str, ...]:
    words = "".join(task.text.split())
    return (task.label, words, units_of(task), " ".join(ends_of(task)), " > ".join(task.section))


HEAD = ["序号", "重点任务", "工作措施", "牵头单位", "责任单位", "完成时限"]


def test_each_measure_with_its_own_unit_or_limit_is_a_task() -> None:
    rows = [
        HEAD,
        ["1", "健全河长体系", "修订河长名录", "市河长办", "市水利局", "2024年4月底"],
        ["", "", "建立巡河台账", "", "各县（区）", "2024年6月底"],
        ["2", "整治排污口", "封堵非法排口", "市生态环境局", "市住建局", "2024年8月底"],
    ]
    merges = [(1, 2, 0, 0), (1, 2, 1, 1), (1, 2, 3, 3)]
    assert [line(task)[1:] for task in every(rows, merges)] == [
        ("修订河长名录", "牵头市河长办 责任市水利局", "2024-04-30", "健全河长体系"),
        ("建立巡河台账", "牵头市河长办 责任各县（区）", "2024-06-30", "健全河长体系"),
        ("整治排污口封堵非法排口", "牵头市生态环境局 责任市住建局", "2024-08-31", ""),
    ]


def test_measures_that_share_units_and_limit_are_one_task() -> None:
    rows = [
        HEAD,
        ["1", "健全河长体系", "修订河长名录", "市河长办", "市水利局", "2024年4月底"],
        ["", "", "建立巡河台账", "", "", ""],
        ["", "", "开展河长培训", "", "", ""],
    ]
    merges = [(1, 3, column, column) for column in (0, 1, 3, 4, 5)]
    (task,) = every(rows, merges)
    assert (task.label, [measure.text for measure in task.measures]) == (
        "1",
        ["修订河长名录", "建立巡河台账", "开展河长培训"],
    )


def test_some_measures_of_a_task_share_their_unit_and_limit() -> None:
    rows = [
        HEAD,
        ["1", "健全河长体系", "修订河长名录", "市河长办", "市水利局", "2024年4月底"],
        ["", "", "建立巡河台账", "", "", ""],
        ["", "", "开展河长培训", "", "市委组织部", "2024年9月底"],
    ]
    merges = [(1, 3, 0, 0), (1, 3, 1, 1), (1, 3, 3, 3), (1, 2, 4, 4), (1, 2, 5, 5)]
    first, second = every(rows, merges, MERGING)
    assert [measure.text for measure in first.measures] == ["修订河长名录", "建立巡河台账"]
    assert line(second)[1:4] == ("开展河长培训", "牵头市河长办 责任市委组织部", "2024-09-30")


def test_units_and_limits_merged_over_several_tasks_apply_to_each() -> None:
    rows = [
        HEAD,
        ["1", "健全河长体系", "修订河长名录", "市河长办", "市水利局", "2024年4月底"],
        ["2", "整治排污口", "封堵非法排口", "", "", ""],
    ]
    merges = [(1, 2, column, column) for column in (3, 4, 5)]
    first, second = every(rows, merges)
    assert line(first)[2:4] == line(second)[2:4] == ("牵头市河长办 责任市水利局", "2024-04-30")


def test_an_empty_cell_beside_a_named_unit_is_empty() -> None:
    rows = [
        ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "健全河长体系", "市河长办", "市水利局", "2024年4月底"],
        ["2", "整治排污口", "市生态环境局", "", "2024年6月底"],
        ["3", "清理四乱", "市水利局", "—", "2024年8月底"],
    ]
    assert [units_of(task) for task in every(rows)] == [
        "牵头市河长办 配合市水利局",
        "牵头市生态环境局",
        "牵头市水利局",
    ]


def test_where_equal_units_are_written_out_an_empty_cell_is_empty() -> None:
    rows = [
        ["序号", "重点任务", "责任单位", "完成时限"],
        ["1", "健全河长体系", "市水利局", "2024年4月底"],
        ["2", "整治排污口", "市水利局", "2024年6月底"],
        ["3", "清理四乱问题", "", "2024年8月底"],
    ]
    assert [units_of(task) for task in every(rows)] == ["责任市水利局", "责任市水利局", ""]


def test_categories_and_banners_are_sections() -> None:
    rows = [
        ["类别", "序号", "重点任务", "责任单位", "完成时限"],
        ["一、水环境整治", "", "", "", ""],
        ["源头治理", "1", "整治排污口", "市生态环境局", "2024年6月底"],
        ["", "2", "清理四乱问题", "市水利局", "2024年8月底"],
        ["二、长效机制", "", "", "", ""],
        ["制度建设", "3", "出台管理办法", "市司法局", "2024年9月底"],
        ["合计", "3", "", "", ""],
    ]
    merges = [(1, 1, 0, 4), (4, 4, 0, 4), (2, 3, 0, 0)]
    assert [(task.label, task.section) for task in every(rows, merges, ("docx", "xlsx", "html", "csv"))] == [
        ("1", ("一、水环境整治", "源头治理")),
        ("2", ("一、水环境整治", "源头治理")),
        ("3", ("二、长效机制", "制度建设")),
    ]


TWO_ROWS = [
    ["序号", "重点任务", "责任落实", "", "", "时限", "备注"],
    ["", "", "牵头单位", "配合单位", "责任人", "", ""],
    ["1", "整治排污口", "市生态环境局", "市住建局", "王一鸣", "2024年6月底", "督察反馈"],
]
TWO_MERGES = [(0, 0, 2, 4), *((0, 1, column, column) for column in (0, 1, 5, 6))]
GENERAL = [
    ["序号", "重点任务", "牵头", "", "配合", "", "完成时限"],
    ["", "", "单位", "责任人", "单位", "责任人", ""],
    ["1", "整治排污口", "市生态环境局", "王一鸣", "市住建局", "李文博", "2024年6月底"],
]
GENERAL_MERGES = [(0, 0, 2, 3), (0, 0, 4, 5), *((0, 1, column, column) for column in (0, 1, 6))]


@pytest.mark.parametrize(
    ("rows", "merges", "persons"),
    [
        pytest.param(TWO_ROWS, TWO_MERGES, ["王一鸣"], id="lower heads that say all"),
        pytest.param(GENERAL, GENERAL_MERGES, ["王一鸣", "李文博"], id="lower heads that need the upper"),
    ],
)
def test_a_head_over_two_rows(rows: Rows, merges: list[Merge], persons: list[str]) -> None:
    (task,) = every(rows, merges, MERGING)
    assert line(task)[:4] == ("1", "整治排污口", "牵头市生态环境局 配合市住建局", "2024-06-30")
    assert [person.name for person in task.persons] == persons


def test_units_on_lines_of_their_own_are_several() -> None:
    rows = [
        ["序号", "重点任务", "责任单位", "完成时限"],
        ["1", "整治排污口", "市生态环境局\n市住建局\n各县（区）", "2024年6月底"],
    ]
    (task,) = every(rows, formats=("docx", "xlsx"))
    assert units_of(task) == "责任市生态环境局 责任市住建局 责任各县（区）"


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("市水利局（牵头）、市财政局", "牵头市水利局 责任市财政局"),
        ("市水利局牵头，市财政局配合", "牵头市水利局 配合市财政局"),
        ("牵头单位：市水利局；配合单位：市财政局", "牵头市水利局 配合市财政局"),
        ("市水利局会同市财政局", "牵头市水利局 配合市财政局"),
        ("各县（区）、各管委会", "责任各县（区） 责任各管委会"),
        ("市水利局、市财政局等部门", "责任市水利局 责任市财政局"),
        ("/", ""),
        ("无", ""),
    ],
)
def test_the_words_of_a_unit_cell(cell: str, units: str) -> None:
    rows = [["序号", "重点任务", "责任单位", "完成时限"], ["1", "整治排污口", cell, "2024年6月底"]]
    (task,) = every(rows)
    assert units_of(task) == units


@pytest.mark.parametrize(
    ("cell", "units", "persons"),
    [
        ("沐溪县水利局 李文博", "责任沐溪县水利局", ["李文博"]),
        ("沐溪县水利局（李文博）", "责任沐溪县水利局", ["李文博"]),
        ("沐溪县水利局：李文博", "责任沐溪县水利局", ["李文博"]),
        ("沐溪县水利局、李文博", "责任沐溪县水利局", ["李文博"]),
        ("沐溪县水利局局长李文博", "责任沐溪县水利局", ["李文博"]),
        ("沐溪县水利局、沐溪县财政局", "责任沐溪县水利局 责任沐溪县财政局", []),
    ],
)
def test_units_and_persons_in_one_cell(cell: str, units: str, persons: list[str]) -> None:
    rows = [["序号", "问题", "整改措施", "责任单位及责任人"], ["1", "排污口超标", "限期封堵", cell]]
    (task,) = every(rows)
    assert (units_of(task), [person.name for person in task.persons]) == (units, persons)


BLOCK = [
    ["反馈问题", "排污口超标排放"],
    ["整改目标", "水质达到Ⅲ类"],
    ["整改措施", "新建截污管网12公里"],
    ["责任单位", "市水利局"],
    ["整改时限", "2024年9月底"],
]
WIDE_BLOCK = [
    ["反馈问题", "排污口超标排放", "", ""],
    ["整改目标", "水质达到Ⅲ类", "", ""],
    ["整改措施", "新建截污管网12公里", "", ""],
    ["责任单位", "市水利局", "整改时限", "2024年9月底"],
]
WIDE_MERGES = [(row, row, 1, 3) for row in range(3)]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        pytest.param(BLOCK, [], id="a label to a row"),
        pytest.param(WIDE_BLOCK, WIDE_MERGES, id="two to a row"),
    ],
)
def test_a_table_of_labels_is_one_task(rows: Rows, merges: list[Merge]) -> None:
    (task,) = every(rows, merges, MERGING)
    words = "排污口超标排放整改目标水质达到Ⅲ类整改措施新建截污管网12公里"
    assert line(task)[1:4] == (words, "责任市水利局", "2024-09-30")
    assert task.problem and task.problem.text == "排污口超标排放"
    assert task.goal and task.goal.text == "水质达到Ⅲ类"


def test_blocks_of_labels_below_each_other_are_tasks() -> None:
    again = [[label, f"{words}二"] for label, words in BLOCK]
    assert len(every([*BLOCK, *again], [], MERGING)) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["类别", "发现数", "已整改"], ["水库", "31", "28"], ["水闸", "12", "12"]],
        [
            ["单位", "姓名", "联系电话"],
            ["市水利局", "王一鸣", "0571-1234"],
            ["市财政局", "李文博", "0571-5678"],
        ],
        [["指标", "2023年", "2024年"], ["森林覆盖率", "63%", "64%"], ["水质优良率", "95%", "96%"]],
    ],
    ids=["figures", "contacts", "indicators"],
)
def test_other_tables_hold_no_tasks(rows: Rows) -> None:
    assert every(rows) == []


def test_a_head_over_two_rows_without_merged_cells() -> None:
    rows = [
        ["序号", "整改内容", "", "责任落实", "", "整改时限"],
        ["", "存在问题", "整改措施", "责任单位", "责任人", ""],
        ["1", "排污口超标排放", "限期封堵", "市水利局", "王一鸣", "2024年6月底"],
    ]
    (task,) = every(rows, formats=("xlsx", "csv"))
    assert line(task)[:4] == ("1", "排污口超标排放限期封堵", "责任市水利局", "2024-06-30")


def test_a_title_and_facts_may_stand_within_the_table() -> None:
    rows = [
        ["安澜市督察问题整改台账", "", "", ""],
        ["填报单位：市水利局", "", "填报日期：2024年8月30日", ""],
        ["序号", "存在问题", "整改措施", "责任单位"],
        ["1", "排污口超标排放", "限期封堵", "望川县政府"],
    ]
    merges = [(0, 0, 0, 3), (1, 1, 0, 1), (1, 1, 2, 3)]
    (task,) = every(rows, merges, MERGING)
    assert line(task)[:3] == ("1", "排污口超标排放限期封堵", "责任望川县政府")
    assert task.section == ()


PLAIN_TABLES = {
    "wide gaps": """
序号  重点任务      责任单位    完成时限
1     整治排污口    市水利局    2024年6月底
2     清理河道      各县（区）  2024年9月底
""",
    "ideographic spaces": """
序号　重点任务　责任单位　完成时限
1　整治排污口　市水利局　2024年6月底
2　清理河道　各县（区）　2024年9月底
""",
    "bars": """
| 序号 | 重点任务 | 责任单位 | 完成时限 |
|------|----------|----------|----------|
| 1 | 整治排污口 | 市水利局 | 2024年6月底 |
| 2 | 清理河道 | 各县（区） | 2024年9月底 |
""",
    "drawn": """
┌──┬─────┬─────┬─────┐
│序号│重点任务  │责任单位  │完成时限  │
├──┼─────┼─────┼─────┤
│1   │整治排污口│市水利局  │2024年6月底│
├──┼─────┼─────┼─────┤
│2   │清理河道  │各县（区）│2024年9月底│
└──┴─────┴─────┴─────┘
""",
}


def test_empty_cells_between_tabs_stay() -> None:
    rows = [["序号", "重点任务", "配合单位", "牵头单位"], ["1", "整治排污口", "", "市水利局"]]
    assert [units_of(task) for task in every(rows, formats=("txt", "csv"))] == ["牵头市水利局"]
    heads = "序号\t重点任务\t责任落实\t\t完成时限\n\t\t牵头单位\t配合单位\t\n"
    (task,) = tasks_in(f"{heads}1\t整治排污口\t市水利局\t市财政局\t2024年6月底\n".encode(), "txt")
    assert line(task)[2:4] == ("牵头市水利局 配合市财政局", "2024-06-30")


@pytest.mark.parametrize("table", PLAIN_TABLES.values(), ids=PLAIN_TABLES)
def test_a_table_that_is_typed(table: str) -> None:
    found = tasks_in(f"安澜市重点任务分工表\n{table}\n附注完毕。".encode(), "txt")
    assert [line(task)[:4] for task in found] == [
        ("1", "整治排污口", "责任市水利局", "2024-06-30"),
        ("2", "清理河道", "责任各县（区）", "2024-09-30"),
    ]

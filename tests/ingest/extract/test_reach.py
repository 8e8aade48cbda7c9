"""How far statements, notes and clauses reach: what tasks inherit, and who leads by a note."""

import pytest

from corpus.task import Task
from tests.ingest.extract.builders import HEAD, plan_tasks, units_of

COUNTIES = "各县（区）政府"
PLAIN = ("市水利局责", "市税务局责")


def two_tasks(
    statement: str = "（市水利局）", before: str = "", after: str = "", chapter: str = ""
) -> tuple[Task, Task]:
    """Return the two tasks of a plan with a paragraph before them, after them, or before their chapter."""
    lines = [f"1.完成河道治理，清淤十处。{statement}", "2.优化办税环境，压减材料。（市税务局）"]
    end = ["三、组织保障", "加强领导，压实责任。", *([after] if after else [])]
    if chapter:
        lines = [chapter, "三、攻坚任务", *lines]
        end[0] = "四、组织保障"
    first, second = plan_tasks(*([before] if before else []), *lines, *end)
    return first, second


def own(tasks: tuple[Task, Task]) -> tuple[str, str]:
    return units_of(tasks[0]), units_of(tasks[1])


def inherited(tasks: tuple[Task, Task]) -> tuple[str, str]:
    return units_of(tasks[0], inherited=True), units_of(tasks[1], inherited=True)


CLAUSES = [
    f"以下任务均需{COUNTIES}落实，不再列出。",
    f"以下各项任务均需{COUNTIES}贯彻落实，不再逐一列出。",
    f"（以下任务均需{COUNTIES}落实，不再列出）",
    f"以下责任单位均包含{COUNTIES}，不再列出。",
    f"责任单位均包含{COUNTIES}，不再一一列出。",
    f"各项任务责任单位均包括{COUNTIES}，以下不再列出。",
    f"各项任务均需{COUNTIES}落实，以下不再单独列出。",
    f"以下工作任务均由{COUNTIES}具体落实，不再重复列出。",
    f"{COUNTIES}为各项任务的责任单位，以下不再一一列出。",
    f"{COUNTIES}为以下各项任务责任单位，不再列出。",
    f"{COUNTIES}均为责任单位，不再列出。",
    f"{COUNTIES}负责落实以下各项任务，不再列出。",
    f"以下各项措施均需{COUNTIES}抓好落实，不再另行列出。",
    f"本方案各项任务均需{COUNTIES}落实，不再列出。",
    f"以下任务责任单位均含{COUNTIES}，不再逐项列明。",
    f"下列任务均由{COUNTIES}负责落实，不再分别列出。",
    f"以下任务均涉及{COUNTIES}，不再列出。",
    f"各项任务均由{COUNTIES}负责实施，下同。",
    f"以下均需{COUNTIES}落实，不再列出。",
    f"以下各项任务，{COUNTIES}均为责任单位，不再列出。",
    f"（{COUNTIES}为所有任务的责任单位，不再单列）",
    f"{COUNTIES}对以下各项任务均负有落实责任，不再列出。",
]
CLAUSES_AFTER = [
    f"以上任务均需{COUNTIES}落实，不再列出。",
    f"注：以上任务均需{COUNTIES}落实，不再列出。",
    f"以上各项任务均需{COUNTIES}贯彻落实。",
    f"注：各项任务责任单位均包含{COUNTIES}，不再列出。",
    f"备注：责任单位均包括{COUNTIES}，文中不再列出。",
    f"上述任务均由{COUNTIES}负责落实，不再一一列出。",
]


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_reaches_all_tasks_below_it(clause: str) -> None:
    tasks = two_tasks(before=clause)
    assert (own(tasks), inherited(tasks)) == (PLAIN, (f"{COUNTIES}责",) * 2)


@pytest.mark.parametrize("clause", CLAUSES_AFTER)
def test_a_clause_reaches_all_tasks_above_it(clause: str) -> None:
    tasks = two_tasks(after=clause)
    assert (own(tasks), inherited(tasks)) == (PLAIN, (f"{COUNTIES}责",) * 2)


@pytest.mark.parametrize(
    ("clause", "units"),
    [
        (f"以下各项工作均由{COUNTIES}配合，不再单独列出。", f"{COUNTIES}配"),
        ("以下各项任务均由市政府办公室牵头。", "市政府办公室牵"),
        (f"以下各项任务均需{COUNTIES}、市直有关部门落实，不再列出。", f"{COUNTIES}责 市直有关部门责"),
        (f"{COUNTIES}为各项任务的配合单位，不再列出。", f"{COUNTIES}配"),
    ],
)
def test_a_clause_gives_the_role_it_names(clause: str, units: str) -> None:
    assert inherited(two_tasks(before=clause)) == (units, units)


@pytest.mark.parametrize(
    "statement",
    [
        f"（市水利局。以下任务均需{COUNTIES}落实，不再列出）",
        f"（市水利局，以下各项任务均需{COUNTIES}落实，不再列出）",
        f"（市水利局；{COUNTIES}负责落实，以下任务均需{COUNTIES}落实，不再列出）",
        f"（责任单位：市水利局，{COUNTIES}；以下责任单位均包含{COUNTIES}，不再列出）",
        f"（市水利局、{COUNTIES}，各项任务均需{COUNTIES}落实，以下不再列出）",
    ],
)
def test_a_clause_in_a_statement_reaches_the_later_tasks(statement: str) -> None:
    tasks = two_tasks(statement)
    assert own(tasks) == (f"市水利局责 {COUNTIES}责", "市税务局责")
    assert inherited(tasks) == ("", f"{COUNTIES}责")


def test_a_clause_says_no_more_of_a_statement_that_names_its_group() -> None:
    tasks = two_tasks("（市水利局牵头，各县区政府落实。以下任务均需各县落实，不再列出）")
    assert own(tasks) == ("市水利局牵 各县区政府责", "市税务局责")
    assert inherited(tasks) == ("", "各县责")


def test_the_clause_is_the_evidence_of_what_it_gives() -> None:
    clause = f"以下任务均需{COUNTIES}落实，不再列出。"
    first, _ = two_tasks(before=clause)
    (unit,) = [unit for unit in first.units if unit.inherited]
    text = "\n".join((*HEAD, clause))
    assert unit.span.of(text) == COUNTIES and unit.span.start > text.index("以下任务")


@pytest.mark.parametrize(
    "sentence",
    [
        "以上措施均由市住建局负责解释。",
        "以上材料均需提供原件及加盖公章的复印件，不再另行通知。",
        "各县区要压实责任，不再新增违建。",
    ],
)
def test_no_clause(sentence: str) -> None:
    assert inherited(two_tasks(after=sentence)) == ("", "")


LATER = [
    "（市水利局、市财政局，排名第一位的为牵头单位，下同）",
    "（市水利局、市财政局；列第一位的为牵头单位，下同）",
    "（市水利局、市财政局负责，排在第一位的部门为牵头部门，下同）",
    "（市水利局、市财政局等负责。列第一位者为牵头单位，下同）",
    "（市水利局、市财政局，列首的为牵头单位，下同）",
    "（市水利局、市财政局，第一个单位为牵头单位，下同）",
    "（责任单位：市水利局、市财政局，列首位的为牵头单位，下同）",
    "（市水利局、市财政局，第一位为牵头单位，下同）",
    "（责任单位：市水利局、市财政局。排序第一的责任单位为牵头单位，下同）",
    "（市水利局、市财政局，首位为牵头单位，以下同）",
    "（市水利局、市财政局，第一责任单位为牵头单位，下同）",
    "（市水利局，市财政局，逗号前为牵头单位，下同）",
    "（责任单位：市水利局，市财政局。逗号前面的为牵头单位，下同）",
    "（市水利局；市财政局；分号前为牵头单位，下同）",
]
NOTES = [
    "注：责任单位排在第一位的为牵头单位。",
    "注：各项任务第一责任单位为牵头单位。",
    "各项任务责任单位中，排名第一的为牵头单位。",
    "（注：列在首位的为牵头单位）",
    "各项任务中排序第一的单位为牵头单位。",
    "说明：责任单位一栏中第一个单位为牵头单位。",
]


@pytest.mark.parametrize("statement", LATER)
def test_a_note_in_a_statement_holds_for_it_and_the_later_ones(statement: str) -> None:
    first, second = own(two_tasks(statement))
    assert first == "市水利局牵 市财政局责"
    assert second == ("市税务局责" if "号前" in statement else "市税务局牵")


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("place", ["before", "after", "chapter"])
def test_a_note_in_a_paragraph_holds_for_the_whole_document(note: str, place: str) -> None:
    tasks = two_tasks("（市水利局、市财政局）", **{place: note})
    assert own(tasks) == ("市水利局牵 市财政局责", "市税务局牵")
    assert inherited(tasks) == ("", "")


def test_units_before_the_comma_lead() -> None:
    first, second = own(two_tasks("（市水利局、市审计局，市财政局、各县（市、区），逗号前为牵头单位，下同）"))
    assert first == "市水利局牵 市审计局牵 市财政局责 各县（市、区）责"
    assert second == "市税务局责"


def test_a_note_may_say_what_the_others_do() -> None:
    first, _ = own(two_tasks("（市水利局、市财政局，居首位的为牵头单位，其他为配合单位，下同）"))
    assert first == "市水利局牵 市财政局配"


@pytest.mark.parametrize(
    "note",
    [
        "注：★为牵头单位。",
        "注：标★的为牵头单位。",
        "带★的单位为牵头单位。",
        "（★为牵头单位）",
        "注：★表示牵头单位",
        "名称前加★的为牵头单位。",
        "说明：有★标记的单位为牵头单位。",
        "标注“★”的为牵头单位，其余为配合单位。",
    ],
)
@pytest.mark.parametrize("statement", ["（★市水利局、市财政局）", "（市财政局、市水利局★）"])
def test_stars_are_explained_by_a_note(note: str, statement: str) -> None:
    other = "市财政局配" if "配合" in note else "市财政局责"
    for place in ("before", "after"):
        first, _ = own(two_tasks(statement, **{place: note}))
        assert sorted(first.split()) == sorted(["市水利局牵", other])


def test_a_lead_on_a_heading_is_inherited_by_every_item() -> None:
    for lines in (
        ["（一）水环境治理（牵头单位：市生态环境局）"],
        ["（一）水环境治理", "牵头单位：市生态环境局"],
        ["（一）水环境治理", "（市生态环境局牵头）"],
        ["（一）水环境治理。由市生态环境局牵头。"],
    ):
        tasks = plan_tasks(*lines, "1.治理河道十处。（市水利局）", "2.改造管网三里。责任单位：市住建局。")
        assert [units_of(task) for task in tasks] == ["市水利局责", "市住建局责"], lines
        assert [units_of(task, inherited=True) for task in tasks] == ["市生态环境局牵"] * 2, lines


def test_a_lead_above_is_told_beside_the_role_of_the_own_words() -> None:
    first, second = plan_tasks(
        "（一）水环境治理（牵头单位：市生态环境局）",
        "1.治理河道十处。（市生态环境局、市水利局）",
        "2.改造管网三里。（市住建局）",
    )
    assert (units_of(first), units_of(second)) == ("市生态环境局责 市水利局责", "市住建局责")
    assert units_of(first, inherited=True) == units_of(second, inherited=True) == "市生态环境局牵"
    assert first.doubts == second.doubts == ()


def rows(*lines: str) -> list[tuple[str, str, str]]:
    return [(task.label, task.text, units_of(task)) for task in plan_tasks(*lines)]


def test_words_after_a_title_and_its_statement_belong_to_the_task() -> None:
    (task,) = plan_tasks(
        "（一）水环境治理（市生态环境局牵头）持续削减污染物总量，水质达到全省先进水平。",
        "1.治理河道十处，清淤三里。",
        "2.改造管网三里，新建泵站。",
    )
    assert (units_of(task), task.section[-1], len(task.measures)) == ("市生态环境局牵", "（一）水环境治理", 2)
    assert task.text.startswith("持续削减") and task.text.endswith("新建泵站。")


def test_items_run_together_in_one_line_stand_side_by_side() -> None:
    assert rows("一是治理河道十处。责任科室：水利科、办公室二是改造管网三里。责任科室：住建科") == [
        ("一是", "治理河道十处。", "水利科责 办公室责"),
        ("二是", "改造管网三里。", "住建科责"),
    ]
    tasks = plan_tasks("1.治理河道十处。（责任单位：市水利局）2.改造管网三里。（责任单位：市住建局）")
    assert [(task.label, task.section[-1]) for task in tasks] == [
        ("1.", "二、重点任务"),
        ("2.", "二、重点任务"),
    ]


def test_a_body_whose_name_begins_with_a_place_is_named_in_full() -> None:
    (task,) = plan_tasks(
        "1.治理河道。（市水利局）",
        "三、组织保障",
        "安澜市进一步优化环境办公室统筹推进各项工作，于每季度末通报进展。",
    )[1:]
    assert units_of(task) == "安澜市进一步优化环境办公室责"


def test_a_statement_line_after_the_last_item_closes_what_its_siblings_close() -> None:
    line = "[责任单位:市水利局、市财政局]"
    tasks = plan_tasks(
        "1.优化环境",
        "(1)压减材料三成。",
        "(2)推行一网通办。",
        f"(3)缩短办理时间。{line}",
        f"2.治理河道。清淤十处。{line}",
        f"3.整治秩序。公开曝光。{line}",
    )
    assert [(units_of(task), len(task.measures)) for task in tasks] == [
        ("市水利局责 市财政局责", count) for count in (3, 0, 0)
    ]


def test_a_service_standard_in_brackets_is_no_statement() -> None:
    (task,) = plan_tasks(
        "（一）优化环境（责任单位：县自然资源局）", "1.压减材料三成。", "2.限时办理（办结时限为10个工作日）。"
    )
    assert units_of(task) == "县自然资源局责" and task.text.endswith("10个工作日）。")


def test_the_last_heading_keeps_its_words() -> None:
    tasks = plan_tasks(
        "十三、治理河道（责任单位：县水利局）",
        "清淤十处，治理三里。",
        "十四、整治秩序（责任单位：县住建局）",
        "开展专项整治，公开曝光。",
    )
    assert [(task.text, units_of(task)) for task in tasks] == [
        ("清淤十处，治理三里。", "县水利局责"),
        ("开展专项整治，公开曝光。", "县住建局责"),
    ]


def test_a_stage_whose_clauses_name_different_leads_gives_several_tasks() -> None:
    first, second, third = plan_tasks(
        "1.优化环境。（市税务局）",
        "三、实施步骤",
        "（一）技术准备（2024年7月底前）。涉及审批平台的，由市政务局牵头完善；涉及规划平台的，由市资规局牵头完善。",
        "（二）全面实施（2024年9月底前）。全面推行分级审批。",
    )[1:]
    assert [(task.label, units_of(task), len(task.deadlines)) for task in (first, second, third)] == [
        ("（一）", "市政务局牵", 1),
        ("", "市资规局牵", 0),
        ("（二）", "", 1),
    ]
    assert second.text == "涉及规划平台的，由市资规局牵头完善。"
    assert second.section[-1].startswith("（一）技术准备")


def test_another_name_in_brackets_is_no_statement() -> None:
    (task,) = plan_tasks(
        "1.建设运营平台（市知识产权交易中心）。汇集各类数据。（市市场监管局牵头，市财政局配合）"
    )
    assert units_of(task) == "市市场监管局牵 市财政局配"
    assert task.text == "建设运营平台（市知识产权交易中心）。汇集各类数据。"


def test_a_line_after_the_last_item_closes_a_chapter_without_other_statements() -> None:
    tasks = plan_tasks(
        "（一）扩大外贸",
        "1.支持自营企业。给予资金支持。",
        "2.支持跨境企业。给予平台支持。",
        "牵头单位：市商务局，责任单位：各县区政府",
        "各县区、各部门要提高站位，确保各项政策落地。",
    )
    assert [(units_of(task), len(task.measures)) for task in tasks] == [("市商务局牵 各县区政府责", 2)]
    assert tasks[0].text.endswith("给予平台支持。")


def test_a_unit_named_twice_is_no_statement() -> None:
    first, _ = plan_tasks("1.各县区要于每季度末将进展报送市住建局（市工改办）。", "2.优化环境。（市税务局）")
    assert first.text.endswith("市住建局（市工改办）。") and units_of(first) == "各县区责"
    first, _ = plan_tasks("1.设立矛盾化解中心（商事调解中心）。集中审理。", "2.优化环境。（市税务局）")
    assert first.text.endswith("集中审理。") and units_of(first) == ""


FIRST = ("（一）治理河道。", "1.清淤十处。", "2.改造管网三里。（市水利局）")
OTHERS = ("（二）压减办税材料。（市税务局）", "（三）新建学校两所。（市教育局）")


def test_the_statement_after_the_last_sub_item_closes_an_item_whose_neighbours_carry_one_each() -> None:
    first, *others = plan_tasks(*FIRST, *OTHERS)
    assert first.text.startswith("清淤十处") and first.text.endswith("改造管网三里。")
    assert (units_of(first), first.section[-1], len(first.measures)) == ("市水利局责", "（一）治理河道。", 2)
    assert [units_of(task) for task in others] == ["市税务局责", "市教育局责"]


@pytest.mark.parametrize(
    "others",
    [
        (),
        (OTHERS[0], "（三）新建学校两所。", "（四）扩建医院一所。", "（五）修缮公园三处。"),
        ("（二）压减材料。", "1.办税材料减半。（市税务局）", "2.登记材料减半。（市教育局）", OTHERS[1]),
    ],
    ids=["no neighbour", "too few neighbours", "a neighbour whose sub-items have their own"],
)
def test_else_it_closes_the_last_sub_item(others: tuple[str, ...]) -> None:
    closed = [task for task in plan_tasks(*FIRST, *others) if units_of(task) == "市水利局责"]
    assert [(task.label, task.text) for task in closed] == [("2.", "改造管网三里。")]


@pytest.mark.parametrize("bullet", ["·", "●", "■ ", "- ", "➢"])
def test_points_with_bullets_are_items(bullet: str) -> None:
    found = plan_tasks(
        "（一）治理河道", f"{bullet}清淤十处。（市水利局）", f"{bullet}改造管网三里。（市住建局）"
    )
    assert [(task.text, units_of(task)) for task in found] == [
        ("清淤十处。", "市水利局责"),
        ("改造管网三里。", "市住建局责"),
    ]


def test_two_sentences_with_a_statement_each_are_two_tasks() -> None:
    found = plan_tasks("①治理河道十处，清淤三里。（市水利局）②改造管网三里。（市住建局）")
    assert [units_of(task) for task in found] == ["市水利局责", "市住建局责"]
    assert found[0].text == "治理河道十处，清淤三里。"

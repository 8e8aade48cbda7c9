"""Which block a statement governs: whole documents in, ledger rows out.

A row is written `label section's last heading > first words … last words: units with roles; limits`.
"""

from textwrap import dedent

import pytest

from corpus.document import Document
from corpus.task import Role, Task
from ingest.extract.extract import extract
from ingest.read import read_document

LETTERS = {Role.LEAD: "牵", Role.RESPONSIBLE: "责", Role.COOPERATE: "配", Role.SUPERVISE: "督"}


def read(text: str) -> Document:
    return read_document(dedent(text).strip().encode(), "plan.txt")


def tasks(text: str) -> tuple[Task, ...]:
    return extract(read(text)).tasks


def units(task: Task) -> str:
    own = [unit for unit in task.units if not unit.inherited]
    return " ".join(unit.name + LETTERS[unit.role] for unit in own)


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(task.label, task.text, units(task)) for task in tasks(text)]


PLAN = """
    安澜市2024年营商环境工作方案
    为优化环境，制定本方案。
    一、总体要求
    （一）指导思想。坚持稳中求进，年底前见到成效。
    二、重点任务
    {tasks}
"""


def plan(*lines: str) -> str:
    return PLAN.format(tasks="\n    ".join(lines))


def test_a_bracket_closes_its_paragraph() -> None:
    found = rows(plan("（一）优化企业开办。推行一网通办。（市市场监管局牵头，市税务局配合）"))
    assert found == [("（一）", "优化企业开办。推行一网通办。", "市市场监管局牵 市税务局配")]


def test_label_lines_below_an_item_close_it() -> None:
    found = tasks(
        plan(
            "（一）优化企业开办。推行一网通办。",
            "牵头单位：市市场监管局",
            "责任单位：各县（区）政府，市直有关部门",
            "完成时限：2024年9月",
            "（二）优化纳税服务。推进智慧办税。",
            "责任单位：市税务局",
        )
    )
    assert [units(task) for task in found] == [
        "市市场监管局牵 各县（区）政府责 市直有关部门责",
        "市税务局责",
    ]
    assert [limit.end and limit.end.isoformat() for limit in found[0].deadlines] == ["2024-09-30"]


def test_several_statements_in_one_paragraph_close_their_own_sentences() -> None:
    found = tasks(
        plan("1.降低成本。降低收费标准。（责任单位：市财政局）推行零投资。（责任单位：市供电公司）")
    )
    assert [(task.label, task.text, task.section[-1]) for task in found] == [
        ("1.", "降低成本。降低收费标准。", "二、重点任务"),
        ("", "推行零投资。", "1.降低成本。"),
    ]


def test_a_heading_closed_as_a_whole_is_one_task_with_measures() -> None:
    found = tasks(
        plan(
            "（一）优化纳税服务（牵头单位：市税务局）",
            "1.推进智慧办税，压减办税时间。",
            "2.落实减税政策，开展专项清理。",
            "（二）优化企业开办（牵头单位：市市场监管局）",
            "3.推行一网通办，压减开办环节。",
        )
    )
    assert [(units(task), len(task.measures)) for task in found] == [("市税务局牵", 2), ("市市场监管局牵", 1)]
    assert found[0].text.startswith("推进智慧办税") and found[0].text.endswith("专项清理。")


def test_a_statement_on_a_heading_whose_items_have_their_own_is_inherited() -> None:
    (task,) = tasks(
        plan(
            "（一）优化纳税服务（牵头单位：市税务局）",
            "1.推进智慧办税，压减办税时间。（市数据局）",
        )
    )
    assert units(task) == "市数据局责"
    assert [(unit.name, unit.role) for unit in task.units if unit.inherited] == [("市税务局", Role.LEAD)]


def test_a_clause_for_the_whole_document_is_inherited() -> None:
    first, second = tasks(
        plan(
            "1.推进智慧办税。（市税务局。以下任务均需各县（区）政府落实，不再列出）",
            "2.推行一网通办。（市市场监管局）",
        )
    )
    assert units(first) == "市税务局责 各县（区）政府责"
    assert units(second) == "市市场监管局责"
    assert [unit.name for unit in second.units if unit.inherited] == ["各县（区）政府"]


def test_label_lines_after_the_last_of_several_measures_close_the_heading() -> None:
    (task,) = tasks(
        plan(
            "（一）整治水环境",
            "1.开展排查，建立问题清单。",
            "2.完成整改，实行销号管理。",
            "责任单位：市水利局",
        )
    )
    assert units(task) == "市水利局责"
    assert [measure.text for measure in task.measures] == [
        "开展排查，建立问题清单。",
        "完成整改，实行销号管理。",
    ]


def test_a_rectification_block_is_one_task() -> None:
    first, second = tasks(
        plan(
            "问题一：港区码头粉尘污染严重。",
            "责任单位：栖霞港区管委会",
            "督导单位：市生态环境局",
            "整改时限：2024年12月底前",
            "整改目标：实现达标排放。",
            "整改措施：建设防风抑尘网。",
            "问题二：望川县污水处理厂运行不正常。",
            "责任单位：望川县人民政府",
            "整改措施：更换老化设备。",
        )
    )
    assert first.problem and first.problem.text == "港区码头粉尘污染严重。"
    assert first.goal and first.goal.text == "实现达标排放。"
    assert units(first) == "栖霞港区管委会责 市生态环境局督"
    assert (first.text[:3], first.text[-8:]) == ("问题一", "建设防风抑尘网。")
    assert units(second) == "望川县人民政府责"


def test_required_work_without_statement_is_unassigned() -> None:
    (task,) = tasks(plan("（一）加强宣传。一是运用新媒体宣传政策。二是开展送政策上门活动。"))
    assert (task.assigned, task.label) == (False, "（一）")
    assert [measure.text[:5] for measure in task.measures] == ["运用新媒体", "开展送政策"]


def test_units_of_the_text_count_where_no_statement_names_any() -> None:
    first, second = tasks(
        plan(
            "（一）加强调度。各县（区）要逐项建立台账，加强统筹调度。",
            "（二）加强联动。各地区各部门要加快数据共享。（完成时限：6月底前）",
        )
    )
    assert units(first) == "各县（区）责"
    assert units(second) == "各地区责 各部门责"


GUARANTEES = [
    ("（一）加强领导。各级各部门要提高认识，形成合力。", []),
    ("（二）建立机制。各县（区）要建立健全协调机制。", []),
    ("（三）加强调度。各责任单位每月25日前将进展报送市发展改革委。", ["（三） 各责任单位责"]),
    ("（四）加强落实。完善制度，压实责任。各县（区）要制定实施方案。", [" 各县（区）责"]),
    ("（五）加强协作。市司法局牵头制定法治方案，市税务局牵头制定税务方案。", [" 市司法局牵", " 市税务局牵"]),
    (
        "（六）落实责任。各相关单位要制定配套政策，领导小组办公室要加强督导。",
        ["（六） 各相关单位责 领导小组办公室督"],
    ),
]


@pytest.mark.parametrize(("item", "expected"), GUARANTEES)
def test_guarantees_count_only_with_unit_and_deliverable_or_limit(item: str, expected: list[str]) -> None:
    text = plan("（一）优化服务。推行一网通办。（市数据局）") + f"    三、组织保障\n    {item}\n"
    assert [f"{task.label} {units(task)}" for task in tasks(text)[1:]] == expected


def test_stages_count_by_their_period() -> None:
    text = plan("（一）优化服务。推行一网通办。（市数据局）") + (
        "    三、实施步骤\n    （一）动员部署阶段（2024年3月）。制定方案。\n"
    )
    stage = tasks(text)[-1]
    assert (stage.label, stage.found_by, len(stage.deadlines)) == ("（一）", "stage", 1)


def test_a_notice_may_hold_a_task_before_its_plan() -> None:
    text = """
        关于印发《安澜市养老服务实施方案》的通知
        各县（区）人民政府，市直有关部门：
        现将方案印发给你们，请认真贯彻执行。各县（区）要于5月10日前将落实方案报送市民政局。
        安澜市人民政府办公室
        2024年4月22日
    """
    (task,) = tasks(text)
    assert units(task) == "各县（区）责"
    assert [str(limit.end) for limit in task.deadlines] == ["2024-05-10"]


def test_what_a_report_tells_is_no_task() -> None:
    text = """
        安澜市2024年水利工作汇报
        一、工作开展情况
        （一）责任体系进一步压实。市水利局印发工作方案，完成整改82处。
        二、下一步打算
        （一）加快工程修复。10月底前完成在建项目扫尾。由市水利局牵头，市财政局配合。
    """
    (task,) = tasks(text)
    assert (task.text, units(task)) == ("加快工程修复。10月底前完成在建项目扫尾。", "市水利局牵 市财政局配")


def test_the_points_of_a_speech_are_tasks() -> None:
    text = (
        "在全市安全生产工作会议上的讲话\n"
        "同志们：下面，我讲三点意见：一要深入查。各乡镇、各部门要逐项排查隐患。二要快速改。"
        "对能立即解决的问题立行立改。三要严格督。县上将组成督查组深入各乡镇查找问题。"
        "县应急管理局要建立通报机制，定期通报情况。今天的会议到此结束，散会。"
    )
    assert [(task.label, units(task)) for task in tasks(text)] == [
        ("一要", "各乡镇责 各部门责"),
        ("二要", ""),
        ("三要", "县上责"),
        ("", "县应急管理局责"),
    ]


def test_every_word_and_span_stands_in_the_text() -> None:
    document = read(plan("（一）优化服务。8月底前推行一网通办。（市数据局牵头，各县（区）落实）"))
    (task,) = extract(document).tasks
    assert task.span.of(document.text) == task.text
    assert all(unit.span.of(document.text) == unit.name for unit in task.units)
    assert all(limit.span.of(document.text) == limit.raw for limit in task.deadlines)


def test_an_item_with_statements_keeps_them_beside_the_items_below_it() -> None:
    found = tasks(
        plan(
            "1.优化零售环境。加快出台合规手册，形成制度体系。（市商务局）",
            "（1）探索跨境电商监管试点。（市税务局）",
        )
    )
    assert [units(task) for task in found] == ["市商务局责", "市税务局责"]


def test_notes_below_an_item_are_no_part_of_its_task() -> None:
    (task,) = tasks(plan("1.落实信贷政策。调整贷款利率下限。", "执行期限：长期", "责任单位：市金融局"))
    assert (task.text, units(task)) == ("落实信贷政策。调整贷款利率下限。", "市金融局责")


def test_a_numbered_series_in_one_paragraph_begins_at_its_first_number() -> None:
    first, second = tasks(
        plan("1.优化环境。针对办理难的问题，（1）出台合规手册。（市商务局）（2）提供专项额度。（市金融局）")
    )
    assert [(task.label, task.text) for task in (first, second)] == [
        ("（1）", "出台合规手册。"),
        ("（2）", "提供专项额度。"),
    ]


def test_what_is_unclear_is_said() -> None:
    (task,) = tasks(plan("（一）加强宣传。运用新媒体宣传各项惠企政策。"))
    assert task.doubts == ("原文没有写明责任单位和时限",)


def test_a_task_that_another_document_assigns_is_clear() -> None:
    (task,) = tasks(plan("（一）净化水质。（按照年度《安澜市碧水工作方案》分工负责）"))
    assert (task.refs[0].document, task.doubts) == ("安澜市碧水工作方案", ())


def test_what_is_handed_in_by_a_day_is_a_task_though_nobody_is_named() -> None:
    text = plan(
        "一、重点任务",
        "（一）疏浚河道。清淤二十公里。（市水利局负责）",
        "二、工作要求",
        "要加强督导检查，确保任务落实。进展情况分别于7月10日、12月1日前报市政府。原则上每月召开一次调度会。",
    )
    found = [(task.text, [limit.raw for limit in task.deadlines]) for task in tasks(text)][1:]
    assert found == [
        ("进展情况分别于7月10日、12月1日前报市政府。", ["7月10日", "12月1日前"]),
        ("原则上每月召开一次调度会。", ["每月"]),
    ]

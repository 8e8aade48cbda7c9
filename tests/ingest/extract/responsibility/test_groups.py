"""Short names that a document defines, and what it says about its statements."""

import pytest

from corpus.task import Role
from ingest.extract.responsibility.conventions import find_conventions
from ingest.extract.responsibility.groups import find_definitions
from ingest.extract.responsibility.statement import Leading
from tests.ingest.extract.builders import plan_tasks


def test_a_short_name_for_several_units_gives_members() -> None:
    definitions = find_definitions("东山高新区、望湖度假区、南屏科技园区（以下简称“三区”）一并落实。")
    assert definitions.members_of("“三区”管委会") == ("东山高新区", "望湖度假区", "南屏科技园区")


def test_a_definition_at_the_end_of_a_statement() -> None:
    text = (
        "(市委办牵头,各县(区)、东山开发区、西山新区、南屏新城管委会,"
        "市直各部门配合,以上园区管委会简称各管委会)"
    )
    assert find_definitions(text).members_of("各管委会") == ("东山开发区", "西山新区", "南屏新城管委会")


def test_a_short_name_for_one_unit_gives_its_full_name() -> None:
    definitions = find_definitions("督导单位：县督察整改工作领导小组办公室（以下简称县整改办）。")
    assert definitions.full_names == {"县整改办": "县督察整改工作领导小组办公室"}
    assert definitions.members_of("县整改办") == ()


def test_laws_and_plans_are_no_units() -> None:
    definitions = find_definitions("根据《安澜市碧水行动方案》（以下简称《方案》）的要求，落实责任。")
    assert not definitions.members


def test_stars_mean_what_the_note_says() -> None:
    assert find_conventions("注：标★的为牵头单位。").stars is Role.LEAD
    assert find_conventions("评定为★★★★★级景区。").stars is None


def test_from_where_on_the_first_unit_leads() -> None:
    assert find_conventions("注：排在第一位的为牵头单位。\n一、任务").at(0).leading is Leading.FIRST
    text = "一、任务（市水利局、市财政局，排名第一位的为牵头单位，下同）"
    found = find_conventions(text)
    assert (found.at(0).leading, found.at(len(text)).leading) == (None, Leading.FIRST)
    assert find_conventions("一、任务（市水利局、市财政局）").at(20).leading is None


MEMBERS = ("东山高新区", "望湖度假区", "南屏科技园区")
LIST = "、".join(MEMBERS)


@pytest.mark.parametrize(
    ("definition", "name"),
    [
        (f"{LIST}（以下简称“三区”）要带头落实。", "“三区”管委会"),
        (f"{LIST}（以下统称各园区）要带头落实。", "各园区"),
        (f"{LIST}（统称“三大园区”）要带头落实。", "三大园区"),
        (f"{LIST}（下称“三区”）要带头落实。", "三区"),
        (f"{LIST}（以下合称三区）要带头落实。", "三区"),
        (f"{LIST}(以下简称:三区)要带头落实。", "三区"),
        (f"{LIST}，以下简称“三区”。", "三区"),
        (f"{LIST}以下简称“三区”，要带头落实。", "三区"),
        (f"{LIST}等3个园区（以下简称各园区）要带头落实。", "各园区"),
        (f"各园区（{LIST}，下同）要带头落实。", "各园区"),
        (f"各园区（含{LIST}，下同）要带头落实。", "各园区"),
        (f"本方案所称各园区，是指{LIST}。", "各园区"),
        (f"“三区”指{LIST}。", "三区"),
        (f"注：各园区包括{LIST}。", "各园区"),
        (f"备注：三区即{LIST}。", "三区"),
    ],
)
def test_members_wherever_they_are_defined(definition: str, name: str) -> None:
    for text in (f"{definition}\n一、任务", f"一、任务\n{definition}"):
        assert find_definitions(text).members_of(name) == MEMBERS


def test_who_is_meant_from_here_on_closes_no_task() -> None:
    lines = ("整治河道，到2026年底全部达标。", f"整改责任主体为{LIST}（以上简称各园区）。")
    tasks = plan_tasks(*lines, "1.清理垃圾。（责任单位：各园区）")
    assert [(task.text, unit.members) for task in tasks for unit in task.units] == [("清理垃圾。", MEMBERS)]


@pytest.mark.parametrize(
    "text",
    [
        "各项工作包括清淤、筑堤和绿化。",
        "三区指标包括水质、水量、水温。",
        "各县区（含偏远乡村、山区，下同）要加强管护。",
    ],
)
def test_lists_of_other_things_are_no_members(text: str) -> None:
    assert not find_definitions(text).members

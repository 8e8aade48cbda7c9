"""Short names that a document defines, and what it says about its statements."""

from corpus.task import Role
from ingest.extract.conventions import find_conventions
from ingest.extract.groups import find_definitions
from ingest.extract.responsibility.statement import Leading


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

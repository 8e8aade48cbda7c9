"""Words after the last statement of an item: what closes a plan there, where a line was lost before it."""

import pytest

from tests.ingest.extract.builders import plan_tasks


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        ("改革推进情况分别于7月10日、12月1日前报市政府。", ("", "7月10日 12月1日前")),
        (
            "各县市区市级各部门要抓好落实。推进情况于12月1日前报市政府。",
            ("各县市区 市级各部门", "12月1日前"),
        ),
        ("各地区、各部门要抓好落实，相关情况年底前报国务院。", ("各地区 各部门", "年底前")),
    ],
)
def test_what_closes_a_plan_is_found_where_a_line_was_lost_before_it(
    closing: str, found: tuple[str, str]
) -> None:
    *_, last = plan_tasks("1.疏浚河道，清淤二十公里。（市水利局）", f"2.管护河道。（市水利局）{closing}")
    units, limits = [unit.name for unit in last.units], [limit.raw for limit in last.deadlines]
    assert (last.label, " ".join(units), " ".join(limits)) == ("", *found)


@pytest.mark.parametrize(
    "words", ["各部门要提高认识，抓好落实。", "本方案自印发之日起施行。", "公开方式：主动公开"]
)
def test_other_words_after_the_last_statement_are_no_task(words: str) -> None:
    assert len(plan_tasks("1.疏浚河道，清淤二十公里。（市水利局）", f"2.管护河道。（市水利局）{words}")) == 2

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


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["（一）起草背景", "近期召开会议，强调要支持各地从实际出发完善政策。"], []),
        (["（一）解读机构", "日常解读机构为市住建局，电话号码另行公布，欢迎来电。"], []),
        (
            ["（一）拓宽资金使用范围", "新增装修提取公积金，缓解资金压力。"],
            ["拓宽资金使用范围\n新增装修提取公积金，缓解资金压力。"],
        ),
        (
            ["（一）加快清淤", "对主要河道清淤二十公里，修复堤岸。"],
            ["加快清淤\n对主要河道清淤二十公里，修复堤岸。"],
        ),
    ],
)
def test_a_heading_may_say_that_what_is_below_it_is_no_work(lines: list[str], texts: list[str]) -> None:
    last = ["（二）修复生态", "种植水生植物，修复湿地生态。"]
    assert [task.text for task in plan_tasks(*lines, *last)][:-1] == texts


@pytest.mark.parametrize("lead", ["所需资料：", "申请条件：", "注意事项："])
def test_lists_of_papers_and_conditions_are_no_work(lead: str) -> None:
    listed = ("1.提供夫妻双方的身份证和结婚证等材料；", "2.提供改造施工的协议或者合同原件。")
    assert plan_tasks("（一）提高额度", "支持提取公积金用于改造。", lead, *listed) == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "1月底前各市制定项目清单，各县对照建立工作机制。",
            ["1月底前各市制定项目清单：各市"],
        ),
        (
            "各部门要于6月底前制定办法。各市要抓好落实，市政府办公室将开展督促检查。",
            ["各部门要于6月底前制定办法。：各部门"],
        ),
        (
            "各部门要于6月底前制定办法，市政府办公室将开展督促检查。",
            ["各部门要于6月底前制定办法，市政府办公室将开展督促检查。：各部门 市政府办公室"],
        ),
    ],
)
def test_a_turn_begins_with_its_time_and_ends_before_what_watches_over_others(
    words: str, found: list[str]
) -> None:
    _, *loose = plan_tasks("1.疏浚河道，清淤二十公里。（市水利局）", "三、组织保障", words)
    assert [f"{task.text}：{' '.join(unit.name for unit in task.units)}" for task in loose] == found

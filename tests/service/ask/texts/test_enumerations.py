"""Which lists stand in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from service.ask.texts.enumerations import enumerations, names_ending, quoted_names


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("水管家平台覆盖的区县包括望川县、临泽区和栖霞港区。", ("望川县", "临泽区", "栖霞港区")),
        ("申请人应当提供身份证、户口簿、收入证明等材料。", ("身份证", "户口簿", "收入证明等材料")),
        ("巡查分为日常巡查、专项巡查、夜间巡查等三类。", ("日常巡查", "专项巡查", "夜间巡查")),
        ("试点单位为“云岭（含新区、老区）”、安澜港。", ("“云岭（含新区、老区）”", "安澜港")),
        ("试点单位有：云岭（含新区、老区）、安澜港。", ("云岭（含新区、老区）", "安澜港")),
        ("“9”为水站配置的水温、浊度、总磷等3项指标。", ("水温", "浊度", "总磷")),
        ("套数以所在区（东临区、西临区）为准。", ("东临区", "西临区")),
        ("水温、浊度、总磷3项指标。", ("水温", "浊度", "总磷")),
        ("需提供证明材料（包括但不限于户口本、出生证明等）。", ("户口本", "出生证明")),
        ("水温、浊度、总磷等9项指标。", ()),
        ("支持在文旅、康养等领域试点。", ()),
        ("包括望川县。", ()),
        ("清理河道垃圾、拆除违法建筑。", ()),
        ("", ()),
    ],
)
def test_lists_in_a_sentence(sentence: str, items: tuple[str, ...]) -> None:
    found = [listed for _, listed in enumerations(sentence, Span(0, len(sentence)))]
    assert next(iter(found), ()) == items


def test_a_list_is_closed_by_what_is_counted() -> None:
    sentence = "支持有关部门在文旅、康养等领域试点。"
    assert [items for _, items in enumerations(sentence, Span(0, len(sentence)), "领域")] == [
        ("文旅", "康养")
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("结合“云岭茶”“望川米”两个示范区筹建。", [("云岭茶", "望川米")]),
        ("评为“云岭茶”，推广“望川米”和《安澜志》。", [("望川米", "安澜志")]),
        ("评为“云岭茶”，推广“望川米”。", []),
    ],
)
def test_names_right_behind_each_other(sentence: str, names: list[tuple[str, ...]]) -> None:
    assert [items for _, items in quoted_names(sentence, Span(0, len(sentence)))] == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("六、东村、西村、南坡村村建制不变。", ("东村", "西村", "南坡村")),
        ("撤销东村，设立西村。", ()),
        ("东湖、西湖和南村。", ()),
    ],
)
def test_names_that_end_alike(sentence: str, names: tuple[str, ...]) -> None:
    found = [items for _, items in names_ending(sentence, Span(0, len(sentence)), "村")]
    assert next(iter(found), ()) == names


@given(st.text(alphabet="包括有：、和（）《》“”甲乙丙等三项。；\n", max_size=60))
def test_items_stand_in_the_sentence(sentence: str) -> None:
    for place, items in enumerations(sentence, Span(0, len(sentence))):
        assert all(item in place.of(sentence).replace("\n", "") for item in items)

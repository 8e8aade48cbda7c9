"""One line of text, and the names it explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wording.definitions import Tie, definitions_in

SIGNS = st.text(st.sampled_from("个转企体工商户型升级为业（）“”，即简称以下又AB《》的、"), max_size=60)


def names(text: str) -> list[tuple[str, str]]:
    return [(item.short, item.full) for item in definitions_in(text)]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("支持个体工商户转型升级为企业（以下简称“个转企”）。", "个转企", "个体工商户转型升级为企业"),
        ("城乡居民基本养老保险（“城乡居保”）参保缴费。", "城乡居保", "城乡居民基本养老保险"),
        ("推行“商转公”（商业贷款转为公积金贷款）业务。", "商转公", "商业贷款转为公积金贷款"),
        ("筹集保障性租赁住房(简称保租房,下同)500套。", "保租房", "保障性租赁住房"),
        (
            "由望川县住房公积金管理委员会（以下简称“县公积金管委会”）审定。",
            "公积金管委会",
            "住房公积金管理委员会",
        ),
        ("建设项目“环评”，即环境影响评价。", "环评", "环境影响评价"),
        ("推进“新城建”，加快新型城市基础设施建设。", "新城建", "新型城市基础设施建设"),
        ("面源污染也称非点源污染。", "非点源污染", "面源污染"),
        ("使用可降解塑料袋（俗称“环保袋”）。", "环保袋", "可降解塑料袋"),
    ],
)
def test_two_names_for_one_thing(text: str, short: str, full: str) -> None:
    assert (short, full) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "《安澜市河道整治实施方案》（以下简称《方案》）印发你们。",
        "印发关于河道整治的通知（以下简称“通知”）。",
        "本办法所称企业（以下简称申请人）应当申报。",
        "望川县水利局（以下简称“县局”）负责。",
        "安澜市不动产登记中心（以下简称“中心”）受理。",
        "通过在线审批监管平台（以下简称“在线平台”）申报。",  # found as it is
        "社会力量举办的团体（以下简称“社团”）。",  # a clause, and no name
        "“五统一”（统一规划、统一标识、统一设备、统一管理、统一考核）。",
        "安澜市、望川县、云岭市（以下简称“三地”）。",
        "河道整治。",
        "",
    ],
)
def test_what_holds_in_one_document_only_or_says_nothing_new(text: str) -> None:
    assert names(text) == []


def test_letters_come_with_all_that_stands_before_them() -> None:
    (item,) = definitions_in("发行不动产投资信托基金（REITs）。")
    assert (item.short, item.full, item.tie) == ("REITs", "发行不动产投资信托基金", Tie.LETTERS)


@given(SIGNS)
def test_any_text_can_be_read(text: str) -> None:
    for item in definitions_in(text):
        assert item.short and item.full
        assert set(item.short) <= set(item.full) or item.tie in (Tie.CALLED, Tie.LETTERS)

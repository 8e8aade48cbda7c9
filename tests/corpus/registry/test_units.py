"""Full names, groups and endings of units."""

from datetime import date

import pytest

from corpus.registry.units import canonical_unit, ends_like_unit, is_general, is_group, unit_names


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("市发改委", "市发展和改革委员会"),
        ("市发展改革委", "市发展和改革委员会"),
        ("县住建局", "县住房和城乡建设局"),
        ("省人社厅", "省人力资源和社会保障厅"),
        ("市卫健委", "市卫生健康委员会"),
        ("州委编办", "州委机构编制委员会办公室"),
        ("县纪委监委", "县纪律检查委员会监察委员会"),
        ("市市场监管局", "市市场监督管理局"),
        ("安澜市财政局", "安澜市财政局"),
        ("工信部", "工业和信息化部"),
        ("国家发展改革委", "国家发展和改革委员会"),
        ("省商务厅〔省政府口岸办〕", "省商务厅"),
        ("栖霞港区管委会", "栖霞港区管理委员会"),
        ("发改局", "发展和改革委员会"),
        ("望川县发改局", "望川县发展和改革局"),
        ("清水河治理专员", None),
        ("各县（市、区）人民政府", None),
    ],
)
def test_full_name(name: str, full: str | None) -> None:
    assert canonical_unit(name) == full


def test_a_level_is_the_place_of_the_document() -> None:
    assert canonical_unit("市发改委", "安澜市") == canonical_unit("安澜市发改委") == "安澜市发展和改革委员会"


def test_a_level_above_the_document_is_the_place_above_it() -> None:
    assert canonical_unit("市水利局", "城固县") == "汉中市水利局"
    assert canonical_unit("省水利厅", "城固县") == "陕西省水利厅"


def test_what_needs_a_place_stays_as_written_where_nobody_tells_one() -> None:
    assert canonical_unit("市税务局") == "市税务局"
    assert canonical_unit("市税务局", "安澜市") == "国家税务总局安澜市税务局"


def test_a_short_name_is_local_in_a_local_document() -> None:
    assert canonical_unit("统计局") == canonical_unit("统计局", "全国") == "国家统计局"
    assert canonical_unit("统计局", "安澜市") == "安澜市统计局"


def test_a_reform_renames_a_unit_from_its_day_on() -> None:
    assert canonical_unit("县环保局", on=date(2016, 5, 1)) == "县环境保护局"
    assert canonical_unit("县环保局", on=date(2019, 5, 1)) == "县生态环境局"
    assert canonical_unit("县环保局") == "县生态环境局"


@pytest.mark.parametrize(
    "name",
    [
        "各县（区）",
        "有关部门",
        "市直有关单位",
        "领导小组成员单位",
        "区县（市）政府",
        "各管委会",
        "相关责任单位",
    ],
)
def test_groups(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize("name", ["市水利局", "望川县人民政府", "市政府办公室", "国网安澜供电公司"])
def test_single_units_are_no_groups(name: str) -> None:
    assert not is_group(name)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("市水利局", True),
        ("各县（市、区）", True),
        ("市直部门", True),
        ("部门", False),
        ("推进简易注销", False),
        ("省发展", False),
    ],
)
def test_endings(name: str, unit: bool) -> None:
    assert ends_like_unit(name) is unit


def test_general_nouns_are_no_names() -> None:
    assert is_general("部门（单位）")
    assert not is_general("市直部门")


def test_the_names_feed_a_dictionary() -> None:
    assert {"发改委", "住房和城乡建设局", "国家税务总局"} <= unit_names()

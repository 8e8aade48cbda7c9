"""Places: full, short and older names, what lies in what, and places in running text."""

from collections import Counter
from itertools import pairwise

import pytest

from corpus.registry.regions import (
    chain,
    find_region,
    is_within,
    place_key,
    place_keys,
    region_names,
    regions_in,
)
from corpus.registry.tables import read_table


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甘肃省", "甘肃省"),
        ("甘肃", "甘肃省"),
        ("陕", "陕西省"),
        ("秦", "陕西省"),
        ("内蒙古", "内蒙古自治区"),
        ("新疆", "新疆维吾尔自治区"),
        ("中国香港", "香港特别行政区"),
        ("苏州", "苏州市"),
        ("苏州市", "苏州市"),
        ("江苏省苏州市", "苏州市"),
        ("江苏苏州", "苏州市"),
        ("吉林", "吉林省"),
        ("吉林市", "吉林市"),
        ("海南", "海南省"),
        ("海南州", "海南藏族自治州"),
        ("临夏", "临夏回族自治州"),
        ("临夏州", "临夏回族自治州"),
        ("临夏市", "临夏市"),
        ("黔东南州", "黔东南苗族侗族自治州"),
        ("延边州", "延边朝鲜族自治州"),
        ("伊犁州", "伊犁哈萨克自治州"),
        ("锡盟", "锡林郭勒盟"),
        ("大兴安岭", "大兴安岭地区"),
        ("永靖县", "永靖县"),
        ("永靖", "永靖县"),
        ("彭水县", "彭水苗族土家族自治县"),
        ("甘肃省临夏州永靖县", "永靖县"),
        ("甘肃省 临夏回族自治州 永靖县", "永靖县"),
        ("仙桃市", "仙桃市"),
        ("浦东", "浦东新区"),
        ("神农架", "神农架林区"),
        ("南京市鼓楼区", "鼓楼区"),
        ("襄樊市", "襄阳市"),
        ("莱芜市", "济南市"),
        ("偃师市", "偃师区"),
        ("开县", "开州区"),
        ("思茅市", "普洱市"),
        ("毕节地区", "毕节市"),
        ("那曲地区", "那曲市"),
        ("绍兴县", "柯桥区"),
    ],
)
def test_names_of_places(name: str, expected: str) -> None:
    region = find_region(name)
    assert region is not None and region.name == expected


@pytest.mark.parametrize(
    "name", ["", "  ", "鼓楼区", "朝阳区", "安澜市", "浙江省望川县", "云岭市", "长安大街", "全国", "水利局"]
)
def test_names_that_name_no_place_or_several(name: str) -> None:
    assert find_region(name) is None


def test_a_place_lies_in_all_that_is_above_it() -> None:
    assert [region.name for region in chain("永靖县")] == ["永靖县", "临夏回族自治州", "甘肃省"]
    assert [region.level for region in chain("永靖县")] == ["县", "市", "省"]
    assert [region.name for region in chain("上海市黄浦区")] == ["黄浦区", "上海市"]
    assert [region.name for region in chain("仙桃市")] == ["仙桃市", "湖北省"]
    assert chain("安澜市") == ()


@pytest.mark.parametrize(
    ("name", "outer", "expected"),
    [
        ("永靖县", "甘肃", True),
        ("永靖县", "临夏州", True),
        ("甘肃", "永靖县", False),
        ("甘肃省", "甘肃", True),
        ("永靖县", "青海", False),
        ("安澜市", "安澜市", True),
        ("浙江省望川县", "望川县", True),
        ("浙江省望川县", "浙江", True),
        ("浙江省望川县", "安徽", False),
        ("莱芜市", "山东省", True),
    ],
)
def test_what_lies_in_what(name: str, outer: str, expected: bool) -> None:
    assert is_within(name, outer) is expected


def test_an_unknown_place_is_kept_by_its_name() -> None:
    assert place_keys("浙江省望川县") == ("望川县", "330000")
    assert place_key(" 安澜市 ") == "安澜市"
    assert place_keys("") == () and place_key("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甘肃省临夏州永靖县农家乐整治", ["甘肃省", "临夏回族自治州", "永靖县"]),
        ("江苏苏州和浙江杭州的做法", ["江苏省", "苏州市", "浙江省", "杭州市"]),
        ("南京市要求鼓楼区落实", ["南京市", "鼓楼区"]),
        ("福州市、南京市要求鼓楼区落实", ["福州市", "南京市", "鼓楼区"]),
        ("鼓楼区落实", []),
        ("实现长治久安，建设幸福安康家园", []),
        ("东方红小学与和平路、中山路", []),
        ("向海西方向延伸", []),
        ("朝阳产业蓬勃发展，改造老城区", []),
        ("形成县级统筹，治理县域污染，清单县区各半", []),
        ("山西省大同市新荣区和太原市迎泽区", ["山西省", "大同市", "新荣区", "太原市", "迎泽区"]),
        ("山西阳泉市城区", ["山西省", "阳泉市", "城区"]),
        ("甘肃陇南成县", ["甘肃省", "陇南市", "成县"]),
        ("海南区域协调发展", ["海南省"]),
        ("原襄樊市已更名", ["襄阳市"]),
        ("建立信息公开县级目录，服务农户县域经济", []),
        ("省水利厅负责", []),
        ("", []),
    ],
)
def test_places_in_running_text(text: str, expected: list[str]) -> None:
    mentions = regions_in(text)
    assert [mention.region.name for mention in mentions] == expected
    assert all(one.span.end <= next_.span.start for one, next_ in pairwise(mentions))


def test_names_for_word_cutting_hold_no_ordinary_words() -> None:
    names = region_names()
    assert {"甘肃", "甘肃省", "苏州", "临夏州", "永靖县", "襄樊市"} <= names
    assert not {"朝阳", "长治", "城区", "永靖", "陕", "和平"} & names


def test_the_table_is_whole() -> None:
    rows = read_table("corpus.registry", "regions.tsv")
    by_code = {row["code"]: row for row in rows}
    assert len(by_code) == len(rows)
    levels = Counter(row["level"] for row in rows)
    assert (levels["省"], levels["市"]) == (34, 333)
    assert levels["县"] > 2800
    for row in rows:
        assert row["source"]
        assert (row["parent"] == "") == (row["level"] == "省")
        assert not row["parent"] or by_code[row["parent"]]["level"] in ("省", "市")


@pytest.mark.parametrize("table", ["region_aliases.tsv", "region_history.tsv"])
def test_other_names_point_to_places_and_have_a_source(table: str) -> None:
    codes = {row["code"] for row in read_table("corpus.registry", "regions.tsv")}
    for row in read_table("corpus.registry", table):
        assert row["code"] in codes and row["source"]

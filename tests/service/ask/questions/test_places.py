"""Which places a question names."""

from __future__ import annotations

import pytest

from service.ask.questions.places import places_named

KNOWN = {"望川县", "栖霞港新区", "安澜市"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("浙江省杭州市河道清淤由谁牵头？", ["杭州市"]),
        ("望川县河道清淤由谁牵头？", ["望川县"]),
        ("请问栖霞港新区岸线清理谁负责？", ["栖霞港新区"]),
        ("老旧小区改造由谁牵头？", []),
        ("禹城买房补多少钱？", ["禹城市"]),
        ("农贸市场整治由谁牵头？", []),
        ("云岭县河道清淤由谁牵头？", ["云岭县"]),
        ("泾县买新房补多少钱？", ["泾县"]),
        ("全市河道清淤由谁牵头？", []),
        ("白沙新城房票由谁负责？", ["白沙新城"]),
        ("中心城区分成哪几个片区？", []),
        ("住建部县城绿色低碳建设的要求有哪些？", []),
        ("", []),
    ],
)
def test_places_of_the_registry_and_of_the_library(text: str, names: list[str]) -> None:
    assert [place.name for place in places_named(text, KNOWN.__contains__)] == names

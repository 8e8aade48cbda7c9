from datetime import date
from pathlib import Path

import pytest

from corpus.registry.regions import find_region
from index.query.hints import HintKind
from index.query.parsing import PLACE_WEIGHT, parse_query
from tests.index.builders import add, opened


def code(place: str) -> str:
    region = find_region(place)
    assert region is not None
    return region.code


@pytest.mark.parametrize(
    ("text", "places", "years"),
    [
        ("浙江2023年怎样整治农家乐", ["浙江省"], [2023]),
        ("甘肃省临夏州的养老服务", ["甘肃省", "临夏州"], []),
        ("２０２２年和2023年的公积金政策", [], [2022, 2023]),
        ("编号12023年度", [], []),
        ("农家乐整治", [], []),
    ],
)
def test_places_and_years_named(text: str, places: list[str], years: list[int]) -> None:
    query = parse_query(text)
    assert set(query.keys(HintKind.REGION)) == {code(place) for place in places}
    assert list(query.keys(HintKind.YEAR)) == years
    assert query.anywhere().hints == ()


def test_a_pasted_paragraph_does_not_say_where_to_look() -> None:
    paragraph = parse_query("浙江2023年老人就餐。" + "本段落继续叙述有关事项的具体安排。" * 10)
    assert (paragraph.hints, paragraph.question) == ((), False)
    assert "老年人" not in paragraph.words


@pytest.mark.parametrize(
    ("text", "empty"), [("怎么办", False), ("的", True), ("", True), ("，。", True), ("农家乐", False)]
)
def test_what_cannot_be_looked_for(text: str, empty: bool) -> None:
    assert parse_query(text).empty == empty


def test_documents_of_the_place_and_year_named_come_first(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    text = "农家乐应当规范经营。"
    for source, header in (
        ("无.txt", {}),
        ("江西.txt", {"region": "江西省"}),
        ("杭州.txt", {"region": "浙江省杭州市"}),
        ("浙江.txt", {"region": "浙江省", "date": date(2023, 3, 1)}),
    ):
        add(store, source, text, **header)
    add(store, "别的.txt", "与此无关。", region="浙江省", date=date(2023, 3, 1))
    index.catch_up()
    hits = index.search("浙江2023年农家乐", collapse=False).hits
    assert [hit.passage.source for hit in hits] == ["浙江.txt", "杭州.txt", "无.txt", "江西.txt"]
    store.close()


def test_similar_does_not_mind_the_place(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    add(store, "浙江.txt", "农家乐应当规范。", region="浙江省")
    add(store, "江西.txt", "农家乐应当规范经营，污水达标。", region="江西省")
    index.catch_up()
    text = "浙江省农家乐规范经营污水达标"
    assert index.search("浙江省农家乐").hits[0].passage.source == "浙江.txt"
    assert index.similar(text).hits[0].passage.source == "江西.txt"
    store.close()


def test_words_of_a_place_count_less_beside_what_is_asked_of_it() -> None:
    """Being of the place is worth something already; taken as words only, they count in full."""
    query, as_words = parse_query("苏州的河道清淤"), parse_query("苏州的河道清淤", ["苏州"])
    assert query.words["苏州"] == PLACE_WEIGHT * as_words.words["苏州"]
    assert query.bigrams["苏州"] == PLACE_WEIGHT * as_words.bigrams["苏州"]
    assert query.words["清淤"] == as_words.words["清淤"]

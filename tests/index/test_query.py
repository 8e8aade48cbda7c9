from datetime import date
from pathlib import Path

import pytest

from corpus.registry.regions import find_region
from index.hints import HintKind
from index.lexical import LexicalIndex
from index.query import parse_query, with_feedback
from tests.index.builders import add, change, opened, passage


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


def rarity(words: object) -> dict[str, float]:
    return dict.fromkeys(words, 1.0)  # type: ignore[call-overload, no-any-return]


def test_feedback_adds_words_that_several_passages_share() -> None:
    query = with_feedback(parse_query("农家乐"), ["农家乐污水直排", "民宿污水处理", "油烟净化"], rarity)
    assert "污水" in query.words
    assert "油烟" not in query.words
    assert "污水" not in query.asked


@pytest.mark.parametrize("passages", [[], ["农家乐"], ["农家乐", "农家乐"]])
def test_feedback_may_have_nothing_to_add(passages: list[str]) -> None:
    query = parse_query("农家乐")
    assert with_feedback(query, passages, rarity).words == query.words


def test_documents_of_the_place_and_year_named_come_first(tmp_path: Path) -> None:
    index = LexicalIndex.create(tmp_path / "lexical")
    text = "农家乐应当规范经营。"
    rows = [
        passage(1, text),
        passage(2, text, region="江西省"),
        passage(3, text, region="浙江省杭州市"),
        passage(4, text, region="浙江省", date=date(2023, 3, 1)),
        passage(5, "与此无关。", region="浙江省", date=date(2023, 3, 1)),
    ]
    with index.writer() as writer:
        writer.apply(change(1, *rows))
        writer.commit(1)
    index.refresh()
    found = [item.id for item in index.search(parse_query("浙江2023年农家乐"), 10)]
    assert found == [4, 3, 1, 2]


def test_similar_does_not_mind_the_place(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    add(store, "浙江.txt", "农家乐应当规范。", region="浙江省")
    add(store, "江西.txt", "农家乐应当规范经营，污水达标。", region="江西省")
    index.catch_up()
    text = "浙江省农家乐规范经营污水达标"
    assert index.search("浙江省农家乐").hits[0].passage.source == "浙江.txt"
    assert index.similar(text).hits[0].passage.source == "江西.txt"
    store.close()

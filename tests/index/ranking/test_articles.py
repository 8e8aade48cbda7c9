from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.query.parsing import plain_query
from index.ranking.articles import CLOSELY, FEATURES, features, law_of, reordered
from index.ranking.fusion import Fused, Lists
from tests.index.builders import add, opened, passage


def test_what_an_article_is_judged_by() -> None:
    rows = [
        passage(1, "雇主应当支付报酬。", title="云岭市用工条例第三条"),
        passage(2, "雇主不得扣押证件。", title="云岭市用工条例第四条"),
        passage(3, "车辆应当登记。", title="安澜市车辆规定第一条"),
    ]
    found = [Fused(1, 1.0), Fused(2, 0.5), Fused(3, 0.5)]
    lists = Lists.of({1: 8.0, 2: 2.0}, {1: 0.6, 3: 0.3})
    values = features(plain_query("雇主报酬"), {"雇主": 1.0, "报酬": 3.0}, rows, found, lists, 0.5)
    named = {id: dict(zip(FEATURES, own, strict=True)) for id, own in values.items()}
    length, rare = named[1].pop("length"), named[1].pop("rare pairs")
    assert named[1] == {
        "words": 1.0,
        "vectors": 1.0,
        "coverage": 1.0,
        "pairs": pytest.approx(2 / 3),
        "title": 0.0,
        "law": 1.0,
        "best of law": 1.0,
        "cosine": 0.6,
        "words where sure": 0.5,
        "statute": 0.0,
        "interpretation": 0.0,
        "regulation": 1.0,
        "code": 0.0,
    }
    assert 0 < length < 1
    assert named[3]["rare pairs"] == 0 < named[2]["rare pairs"] < rare < 1
    assert (named[2]["words"], named[2]["coverage"], named[2]["law"]) == (0.25, 0.25, 1.0)
    assert (named[3]["vectors"], named[3]["law"], named[3]["best of law"]) == (
        0.5,
        pytest.approx(1 / 3),
        0.5,
    )


@pytest.mark.parametrize(
    ("title", "law"),
    [("云岭市用工条例第三条", "云岭市用工条例"), ("云岭市用工条例", "云岭市用工条例"), (None, "")],
)
def test_the_law_of_an_article(title: str | None, law: str) -> None:
    assert law_of(passage(1, "文。", title=title)) == law


@pytest.mark.parametrize(
    ("name", "ranks"),
    [
        ("中华人民共和国船员法", ["statute"]),
        ("船员法（2031修正）", ["statute"]),
        ("中华人民共和国船员法典", ["statute", "code"]),
        ("最高人民法院关于适用《船员法典》的解释（一）", ["interpretation"]),
        ("最高人民法院、最高人民检察院关于船员的规定", ["interpretation"]),
        ("云岭市船员条例", ["regulation"]),
        ("船员管理办法", []),
        ("船员管理规定", []),
    ],
)
def test_of_what_rank_a_law_is(name: str, ranks: list[str]) -> None:
    row = passage(1, "船员应当登记。", title=f"{name}第一条")
    values = features(plain_query("登记"), {"登记": 1.0}, [row], [Fused(1, 1.0)], Lists.of({}, {}), 1.0)
    named = dict(zip(FEATURES, values[1], strict=True))
    assert [kind for kind in ("statute", "interpretation", "regulation", "code") if named[kind]] == ranks


def near(*likenesses: float) -> Callable[[Sequence[int]], dict[int, tuple[float, ...]]]:
    """Return what compares passages 1, 2 … gram by gram, when the turned grams meet so well."""
    return lambda ids: {id: (0.0, 0.0, likenesses[id - 1], 0.0) for id in ids}


NOTHING = (0.0,) * len(FEATURES)


def test_the_judged_come_first_and_scores_stay_in_place() -> None:
    found = [Fused(1, 0.9, words=1), Fused(2, 0.8), Fused(3, 0.7)]
    high = tuple(float(name == "cosine") for name in FEATURES)
    again = reordered(found, {1: NOTHING, 2: high}, near(0.0, 0.0, 0.0))
    assert [(item.id, item.score) for item in again] == [(2, 0.9), (1, 0.8), (3, 0.7)]
    assert again[1].ranks == {"words": 1}


def test_what_the_features_leave_equal_is_compared_gram_by_gram() -> None:
    found = [Fused(1, 0.9), Fused(2, 0.8)]
    again = reordered(found, dict.fromkeys((1, 2), NOTHING), near(0.1, 0.2))
    assert [item.id for item in again] == [2, 1]


def test_only_the_first_are_compared_gram_by_gram() -> None:
    found = [Fused(id, 1 / id) for id in range(1, CLOSELY + 2)]
    asked: list[int] = []

    def compared(ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        asked.extend(ids)
        return dict.fromkeys(ids, (0.0,) * 4)

    again = reordered(found, {item.id: NOTHING for item in found}, compared)
    assert again == found
    assert asked == [item.id for item in found[:CLOSELY]]


def test_only_articles_are_ordered_so(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    for number, words in enumerate(
        ("雇主应当按月支付劳动报酬。", "雇主不得扣押证件。", "报酬不得以实物支付。"), 1
    ):
        add(store, f"{number}.txt", f"第{'一二三'[number - 1]}条 {words}")
    index.catch_up()
    hits = index.search("雇主不给报酬").hits
    assert hits[0].passage.source == "1.txt"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    store.close()


def test_more_articles_than_vote() -> None:
    rows = [passage(number, "应当登记。", title=f"第{number}号规定第一条") for number in range(1, 61)]
    found = [Fused(row.id, 1.0) for row in rows]
    values = features(plain_query("登记"), {"登记": 1.0}, rows, found, Lists.of({}, {}), 1.0)
    law = FEATURES.index("law")
    assert (values[1][law], values[60][law]) == (1.0, 0.0)

from datetime import date
from pathlib import Path

import pytest

from corpus.store.filters import Filters
from index.query.hints import hints_in
from tests.index.builders import add, opened

TODAY = date(2026, 11, 22)


def understood(text: str, *plain: str) -> list[str]:
    return [f"{hint.kind.value}:{hint.shown}" for hint in hints_in(text, TODAY, plain)]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("苏州的农家乐怎么管", ["region:苏州市"]),
        ("江苏省苏州市古树保护", ["region:江苏省", "region:苏州市"]),
        ("省里的养老政策", ["level:省级"]),
        ("县里怎么管采砂", ["level:县级"]),
        ("小区里停车", []),
        ("城里的菜市场", []),
        ("去年的防汛安排", ["year:2025"]),
        ("近三年尾矿库治理", ["year:2024-2026"]),
        ("2021—2023年尾矿库治理", ["year:2021-2023"]),
        ("2024年以来尾矿库治理", ["year:2024-2026"]),
        ("２０２２年和2023年的公积金政策", ["year:2022", "year:2023"]),
        ("1950年以来的水文", []),
        ("农家乐整治方案", ["type:实施方案、行动计划、整改方案"]),
        ("关于防汛的通知", ["type:通知"]),
        ("环保督察整改", ["type:整改方案、整改报告"]),
        ("安全生产整改情况汇报", ["type:工作汇报、工作总结"]),
        ("通知", ["type:通知"]),
        ("有没有管押金的办法", []),
        ("有什么新规定", []),
        ("推行电子保函", []),
        ("公告牌怎么设", []),
        ("望川县水利局牵头的任务", ["unit:望川县水利局"]),
        ("近三年望川县水利局牵头的任务", ["year:2024-2026", "unit:望川县水利局"]),
        ("防汛工作要点里由市住建局负责的", ["type:工作要点", "unit:市住建局"]),
        ("省发展和改革委员会", ["unit:省发展和改革委员会"]),
        ("公安工作怎么做", []),
        ("嵊州2023年契税怎么补", ["region:嵊州市", "year:2023"]),
        ("浙江省嵊州2023年契税怎么补", ["region:浙江省", "region:嵊州市", "year:2023"]),
        ("买房,嵊州 去年怎么补", ["region:嵊州市", "year:2025"]),
        ("合作怎么做", []),
        ("农民合作2023年怎么做", ["year:2023"]),
        ("公安2023年怎么做", ["year:2023"]),
        ("", []),
    ],
)
def test_what_a_query_says_of_documents(text: str, meaning: list[str]) -> None:
    assert understood(text) == meaning


def test_words_that_the_user_wants_taken_as_words_only() -> None:
    assert understood("去年苏州的通知", "去年", "苏州") == ["type:通知"]


def test_a_hint_shows_the_words_it_comes_from() -> None:
    (hint,) = hints_in("苏州的农家乐", TODAY)
    assert hint.record() == {"kind": "region", "words": "苏州", "value": "苏州市"}
    assert hint.span.of("苏州的农家乐") == "苏州"


def sources(tmp_path: Path, query: str, *plain: str) -> list[str]:
    store, index = opened(tmp_path)
    text = "河道采砂应当按规定整治。"
    add(store, "通知.txt", text, doc_type="通知", region="安澜市")
    add(store, "不明.txt", text + "一")
    add(store, "方案.txt", text + "二", doc_type="实施方案", region="浙江省", date=date(2025, 3, 1))
    index.catch_up()
    hits = index.search(query, plain_words=plain).hits
    store.close()
    return [hit.passage.source for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [("河道采砂整治通知", "通知.txt"), ("河道采砂整治方案", "方案.txt"), ("省里的河道采砂整治", "方案.txt")],
)
def test_documents_that_the_query_speaks_of_come_first_and_none_is_hidden(
    tmp_path: Path, query: str, first: str
) -> None:
    found = sources(tmp_path, query)
    assert (found[0], len(found)) == (first, 3)


def test_what_is_not_known_of_a_document_counts_between(tmp_path: Path) -> None:
    assert sources(tmp_path, "河道采砂整治方案") == ["方案.txt", "不明.txt", "通知.txt"]


def test_a_hint_taken_back_lifts_nothing(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    result = index.search("浙江2025年河道采砂", plain_words=("浙江",))
    store.close()
    assert [hint.shown for hint in result.understood] == []
    assert sources(tmp_path, "河道采砂整治方案", "方案")[0] == "通知.txt"


def test_filters_by_issuer_day_and_tasks_are_exact(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    add(store, "甲.txt", "秸秆禁烧巡查。", issuer="安澜市农业农村局", date=date(2025, 3, 1))
    add(store, "乙.txt", "秸秆禁烧值守。", date=date(2025, 9, 1))
    add(store, "丙.txt", "秸秆禁烧宣传。")
    index.catch_up()

    def found(**filters: object) -> list[str]:
        wanted = Filters(**filters)  # type: ignore[arg-type]
        hits = sorted(hit.passage.source for hit in index.search("秸秆禁烧", wanted).hits)
        kept = store.matching(wanted, 100) or []
        assert sorted({row.source for row in store.passages(kept)}) == hits
        return hits

    assert found(issuer="安澜市农业农村局") == ["甲.txt"]
    assert found(date_from=date(2025, 3, 2)) == ["乙.txt"]
    assert found(date_to=date(2025, 3, 1)) == ["甲.txt"]
    assert found(year_from=2025, date_to=date(2025, 12, 31)) == ["乙.txt", "甲.txt"]
    assert found(has_tasks=True) == []
    assert index.search("秸秆禁烧").facets["issuer"] == {"安澜市农业农村局": 1}
    store.close()

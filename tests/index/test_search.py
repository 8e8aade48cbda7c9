from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.spans import Span
from corpus.store.filters import Filters
from corpus.store.store import Store
from index.hits import SearchResult, highlights, hit_record
from index.query.parsing import parse_query
from index.search import SearchIndex
from tests.index.builders import PairEncoder, add, many, new, opened

SAME = "各县区要建立秸秆禁烧巡查台账，每周通报一次。"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, SearchIndex]]:
    store, index = opened(tmp_path_factory.mktemp("library"), encoder=PairEncoder(4096))
    add(store, "民宿办法.txt", "规范农家乐经营，污水应当处理。", region="浙江省杭州市", date=date(2023, 5, 1))
    add(store, "尾矿.txt", "# 1 一、尾矿库治理", "开展安全管理。", region="江西省", doc_type="实施方案")
    add(store, "禁烧甲.txt", SAME, region="江西省", date=date(2022, 3, 1))
    add(store, "禁烧乙.txt", SAME.replace("，", ", "), date=date(2024, 3, 1))
    add(store, "长文.txt", *(f"# 1 {number}、古树\n古树保护措施第{number}项。" for number in range(6)))
    index.catch_up()
    yield store, index
    index.close()
    store.close()


def sources(result: SearchResult) -> list[str]:
    return [hit.passage.source for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("农家乐怎么管", ["民宿办法.txt"]),
        ("尾矿库", ["尾矿.txt"]),
        ("", []),
        ("  \n", []),
        ("怎么办呢", []),
        ("，。？", []),
        ("没有这样的内容xyz", []),
    ],
)
def test_what_is_found(library: tuple[Store, SearchIndex], query: str, expected: list[str]) -> None:
    assert sources(library[1].search(query)) == expected


def test_a_single_character_is_found_inside_words(tmp_path: Path) -> None:
    store, index = opened(tmp_path, encoder=PairEncoder())
    for name, text in (
        ("禽.txt", "加强畜禽养殖污染防治。"),
        ("家禽.txt", "规范家禽交易。"),
        ("河.txt", "河道清淤。"),
    ):
        add(store, name, text)
    index.catch_up()
    result = index.search("禽")
    assert sorted(sources(result)) == ["家禽.txt", "禽.txt"]
    assert all(hit.highlights for hit in result.hits)
    store.close()


def test_a_pasted_page_finds_what_it_shares(library: tuple[Store, SearchIndex]) -> None:
    page = "".join(f"第{number}条：本条与别处毫无相干之词。" for number in range(600)) + "农家乐污水"
    assert sources(library[1].search(page, k=1)) == ["民宿办法.txt"]


def test_a_hit_tells_its_place(library: tuple[Store, SearchIndex]) -> None:
    store, index = library
    (hit,) = index.search("安全管理 尾矿库").hits
    text = store.document(hit.passage.document_id).text
    assert hit.passage.span.of(text) == hit.passage.text
    assert [span.of(hit.passage.text) for span in hit.highlights] == ["尾矿库", "安全管理"]
    assert hit.ranks == {"words": 1, "vectors": 1}
    assert hit.coverage == 1.0


def test_highlights_can_be_left_out(library: tuple[Store, SearchIndex]) -> None:
    plain, marked = (library[1].search("尾矿库", highlights=wanted).hits for wanted in (False, True))
    assert plain[0].passage == marked[0].passage
    assert (plain[0].highlights, bool(marked[0].highlights)) == ((), True)


def test_the_public_keys_of_a_hit(library: tuple[Store, SearchIndex]) -> None:
    record = hit_record(library[1].search("农家乐").hits[0])
    assert record["document"] == {
        "id": "d1",
        "title": None,
        "source": "民宿办法.txt",
        "date": "2023-05-01",
        "region": "浙江省杭州市",
        "doc_type": None,
    }
    assert record["text"] == "规范农家乐经营，污水应当处理。"
    assert record["highlights"] == [[2, 5]]
    assert set(record) == {
        *("document", "text", "section", "span", "page", "score", "coverage", "ranks", "highlights"),
        *("task_id", "copies"),
    }


def test_the_same_passage_in_two_documents_is_one_hit(library: tuple[Store, SearchIndex]) -> None:
    (hit,) = library[1].search("秸秆禁烧").hits
    assert {hit.passage.source, *(copy.source for copy in hit.copies)} == {"禁烧甲.txt", "禁烧乙.txt"}
    assert len(hit.copies) == 1


def test_folding_can_be_switched_off(library: tuple[Store, SearchIndex]) -> None:
    result = library[1].search("秸秆禁烧", collapse=False)
    assert sorted(sources(result)) == ["禁烧乙.txt", "禁烧甲.txt"]
    assert all(hit.copies == () for hit in result.hits)


def test_copies_outside_the_filters_are_not_named(library: tuple[Store, SearchIndex]) -> None:
    (hit,) = library[1].search("秸秆禁烧", Filters(region="江西")).hits
    assert (hit.passage.source, hit.copies) == ("禁烧甲.txt", ())


@pytest.mark.parametrize(("per_document", "expected"), [(3, 3), (1, 1), (None, 6)])
def test_no_document_crowds_out_the_others(
    library: tuple[Store, SearchIndex], per_document: int | None, expected: int
) -> None:
    assert len(library[1].search("古树保护", per_document=per_document).hits) == expected


def test_k_bounds_the_hits(library: tuple[Store, SearchIndex]) -> None:
    assert len(library[1].search("古树 尾矿 农家乐", k=2).hits) == 2


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(region="浙江省"), ["民宿办法.txt"]),
        (Filters(region="江西"), ["尾矿.txt", "禁烧甲.txt"]),
        (Filters(year_from=2024), ["禁烧乙.txt"]),
        (Filters(doc_type="实施方案"), ["尾矿.txt"]),
        (Filters(document="d4"), ["禁烧乙.txt"]),
        (Filters(unit="市水利局"), []),
        (Filters(due_before=date(2030, 1, 1)), []),
    ],
)
def test_filters_agree_with_the_store(
    library: tuple[Store, SearchIndex], filters: Filters, expected: list[str]
) -> None:
    store, index = library
    everything = "农家乐 尾矿库 秸秆禁烧 古树"
    assert sorted(sources(index.search(everything, filters, collapse=False))) == expected
    allowed = store.passages(store.matching(filters, 100) or [])
    assert sorted({row.source for row in allowed}) == expected


def test_facets_count_documents(library: tuple[Store, SearchIndex]) -> None:
    facets = library[1].search("农家乐 古树 秸秆禁烧").facets
    assert facets["region"] == {"浙江省杭州市": 1, "江西省": 1}
    assert facets["year"] == {"2023": 1, "2022": 1, "2024": 1}


def test_similar_leaves_out_the_document_itself(library: tuple[Store, SearchIndex]) -> None:
    _, index = library
    assert sources(index.similar(SAME, exclude_document="d3")) == ["禁烧乙.txt"]
    assert sources(index.similar("农家乐污水", exclude_document="d1")) == []


def test_copies_do_not_use_up_the_hits(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    store.add_many([new(f"{number}.txt", SAME) for number in range(250)])
    add(store, "另文.txt", "秸秆可以还田，也可以作饲料。")
    index.catch_up()
    result = index.search("秸秆禁烧巡查台账")
    assert len(result.hits) == 2
    assert len(result.hits[0].copies) == 249
    store.close()


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("农家乐整治", "开展农家乐整治。整治农家乐", ["农家乐整治", "整治农家乐"]),
        ("ABC", "ａｂｃ公司", ["ａｂｃ"]),
        ("古树", "没有相同的词", []),
        ("", "农家乐", []),
        ("矿库治", "尾矿库治理", ["矿库治"]),
    ],
)
def test_highlights(query: str, text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in highlights(parse_query(query), text)] == expected


def test_highlights_do_not_overlap() -> None:
    spans = highlights(parse_query("市场监督管理局"), "市场监督管理局和市场监管局")
    assert list(spans) == sorted(spans)
    assert all(one.end < other.start for one, other in pairwise(spans))
    assert spans[0] == Span(0, 7)


def test_vectors_find_with_filters_what_words_find(tmp_path: Path) -> None:
    store, index = opened(tmp_path, encoder=PairEncoder())
    store.add_many(many(60))
    assert index.search("养老").hits == ()
    index.catch_up()
    (hit,) = index.search("养老服务", k=1).hits
    assert "养老服务" in hit.passage.text
    assert set(hit.ranks) == {"words", "vectors"}
    narrow = index.search("养老服务", Filters(document=hit.passage.document_id))
    assert [found.ranks for found in narrow.hits] == [{"words": 1, "vectors": 1}]
    store.close()

"""What the search index is told, and what filters let through."""

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import NotFoundError
from corpus.spans import Span
from corpus.store.filters import Filters
from corpus.store.rows import NewDocument
from corpus.store.store import Store
from corpus.task import Extraction, Role, Task, Unit
from tests.corpus.builders import document, extraction, task


def test_a_passage_carries_what_is_shown_of_its_document(store: Store) -> None:
    made = document(
        "# 1 一、任务",
        "i 2 (一)水利。疏浚河道。",
        "i 2 (二)林业。栽植林带。",
        title="安澜市方案",
        doc_type="实施方案",
        date=date(2026, 3, 1),
        region="安澜市",
    )
    store.add("方案.txt", b"1", made, extraction(task(made, "栽植林带。")))
    (change,) = store.changes_after(0)
    first, second = change.added
    assert (first.text, first.section, first.task_id) == ("一、任务\n(一)水利。疏浚河道。", (), None)
    assert (second.text, second.section, second.task_id) == ("(二)林业。栽植林带。", ("一、任务",), "t1")
    assert second.span.of(made.text) == second.text
    assert (second.document_id, second.version, second.source) == ("d1", 1, "方案.txt")
    assert (second.title, second.doc_type, second.date, second.region) == (
        "安澜市方案",
        "实施方案",
        date(2026, 3, 1),
        "安澜市",
    )


def test_passages_come_in_the_order_asked_and_gone_ones_are_left_out(store: Store) -> None:
    made = document("# 1 一、甲", "p 文。", "# 1 二、乙", "p 文。")
    store.add("a.txt", b"1", made, Extraction())
    assert [passage.id for passage in store.passages([2, 99, 1])] == [2, 1]
    assert store.passages([1])[0] == next(store.changes_after(0)).added[0]
    store.add("a.txt", b"2", made, Extraction())
    assert store.passages([1, 2]) == []
    assert store.passages([]) == []


def test_passage_ids_are_never_used_twice(store: Store) -> None:
    seen: set[int] = set()
    for number in range(5):
        store.add("a.txt", b"%d" % number, document("p 文。"), Extraction())
        store.remove("d1")
        store.restore("d1")
        (*_, last) = store.changes_after(0)
        ids = {passage.id for passage in last.added}
        assert ids and not ids & seen
        seen |= ids


def test_changes_go_on_where_the_reader_stopped_even_while_more_come(store: Store) -> None:
    store.add("a.txt", b"1", document("p 甲。"), Extraction())
    feed = store.changes_after(0)
    assert next(feed).number == 1
    store.add("b.txt", b"2", document("p 乙。"), Extraction())
    assert [change.number for change in feed] == [2]
    assert list(store.changes_after(store.last_change())) == []


def test_an_index_that_saw_any_part_of_the_history_ends_right(store: Store) -> None:
    actions = [
        lambda: store.add("a.txt", b"1", document("p 甲一。"), Extraction()),
        lambda: store.add("b.txt", b"1", document("p 乙一。"), Extraction()),
        lambda: store.add("a.txt", b"2", document("p 甲二。"), Extraction()),
        lambda: store.remove("d2"),
        lambda: store.restore("d2"),
        lambda: store.replace_reading("d1", document("p 甲三。"), Extraction()),
    ]
    readers: list[tuple[int, dict[int, str]]] = []
    for action in actions:
        readers.append((store.last_change(), _followed(store, 0, {})))
        action()
    for seen, held in readers:
        assert sorted(_followed(store, seen, held).values()) == ["乙一。", "甲三。"]


def _followed(store: Store, seen: int, held: dict[int, str]) -> dict[int, str]:
    held = dict(held)
    for change in store.changes_after(seen):
        for gone in change.removed:
            held.pop(gone, None)
        held |= {passage.id: passage.text for passage in change.added}
    return held


@pytest.fixture
def library(store: Store) -> Store:
    """Five documents; each is one passage, so that passage n belongs to document dn."""
    facts = [
        ("甘肃省临夏州永靖县", date(2023, 5, 1), "实施方案", "县水务局", "2023-12-31"),
        ("甘肃省", date(2024, 5, 1), "实施方案", "省水利厅", "2024-12-31"),
        ("望川县", date(2024, 12, 31), "工作要点", "县农业农村局", None),
        ("甘肃省望川县", None, "意见", "县水务局", "2025-06-30"),
        (None, date(2025, 1, 1), None, None, None),
    ]
    for number, (region, day, kind, unit, by) in enumerate(facts):
        made = document("p 修渠。", region=region, date=day, doc_type=kind)
        row = task(made, "修渠。", *([unit] if unit else []), by=by)
        store.add(f"{number}.txt", b"%d" % number, made, extraction(row))
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [1, 2, 3, 4, 5]),
        (Filters(region="甘肃"), [1, 2, 4]),
        (Filters(region="甘肃省"), [1, 2, 4]),
        (Filters(region="临夏回族自治州"), [1]),
        (Filters(region="永靖县"), [1]),
        (Filters(region="望川县"), [3, 4]),
        (Filters(region="云岭市"), []),
        (Filters(year_from=2024), [2, 3, 5]),
        (Filters(year_to=2024), [1, 2, 3]),
        (Filters(year_from=2024, year_to=2024), [2, 3]),
        (Filters(doc_type="实施方案"), [1, 2]),
        (Filters(unit="水务局"), [1, 4]),
        (Filters(unit="县水务局", region="甘肃"), [1, 4]),
        (Filters(unit="_"), []),
        (Filters(due_before=date(2024, 12, 31)), [1, 2]),
        (Filters(due_before=date(2024, 12, 30)), [1]),
        (Filters(document="d3"), [3]),
        (Filters(document="d99"), []),
    ],
)
def test_filters_let_through(library: Store, filters: Filters, expected: list[int]) -> None:
    assert library.matching(filters, 10) == expected


def test_a_filter_that_lets_too_much_through_says_so(library: Store) -> None:
    assert library.matching(Filters(doc_type="实施方案"), 1) is None
    assert library.matching(Filters(doc_type="实施方案"), 2) == [1, 2]


def test_a_filter_by_what_is_no_document_is_not_found(library: Store) -> None:
    with pytest.raises(NotFoundError):
        library.matching(Filters(document="方案.txt"), 10)


def test_a_unit_is_found_by_its_full_name_too(store: Store) -> None:
    made = document("p 修渠。")
    unit = Unit("市发改委", Role.LEAD, Span(0, 1), canonical="市发展和改革委员会")
    store.add("a.txt", b"1", made, Extraction((Task(Span(0, 3), "修渠。", units=(unit,)),)))
    assert store.matching(Filters(unit="发展和改革委员会"), 10) == [1]
    assert store.matching(Filters(unit="发改委"), 10) == [1]
    assert store.facets([1])["unit"] == {"市发展和改革委员会": 1}


def test_facets_count_documents_not_passages(library: Store) -> None:
    long = document("# 1 一、甲", "p 文。", "# 1 二、乙", "p 文。", doc_type="意见", date=date(2025, 2, 1))
    library.add("长.txt", b"x", long, Extraction())
    facets = library.facets([1, 2, 3, 4, 5, 6, 7])
    assert facets["doc_type"] == {"实施方案": 2, "意见": 2, "工作要点": 1}
    assert facets["year"] == {"2024": 2, "2025": 2, "2023": 1}
    assert facets["region"] == {"甘肃省临夏州永靖县": 1, "甘肃省": 1, "望川县": 1, "甘肃省望川县": 1}
    assert library.facets([]) == {"region": {}, "year": {}, "doc_type": {}, "issuer": {}, "unit": {}}


def test_a_question_about_very_many_ids_is_answered(store: Store) -> None:
    store.add_many(
        NewDocument(f"{number}.txt", b"%d" % number, document("p 文。"), Extraction()) for number in range(3)
    )
    assert [passage.id for passage in store.passages(range(20_000))] == [1, 2, 3]


def test_a_reader_sees_whole_transactions_only(location: Path | str) -> None:
    with Store.open(location) as writer, Store.open(location) as reader:
        batch = (
            NewDocument(f"{name}.txt", name.encode(), document(f"p {name}"), Extraction()) for name in "甲乙"
        )

        def watched() -> list[NewDocument]:
            items = []
            for item in batch:
                assert reader.last_change() == 0
                items.append(item)
            return items

        writer.add_many(watched())
        assert reader.last_change() == 2

"""Documents come, are renewed, go and come back; over SQLite and PostgreSQL alike."""

from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document, Origin, Problem
from corpus.errors import NotFoundError
from corpus.store.filters import Filters
from corpus.store.rows import AddResult, NewDocument
from corpus.store.store import Store
from corpus.task import Extraction
from tests.corpus.builders import document, extraction, task

PLAN = document(
    "t 安澜市方案",
    "# 1 一、任务",
    "i 2 1.疏浚河道。",
    "i 2 2.栽植林带。",
    title="安澜市方案",
    doc_type="实施方案",
    date=date(2026, 3, 1),
    region="安澜市",
)
ROWS = extraction(task(PLAN, "疏浚河道。", "市水利局"), task(PLAN, "栽植林带。", "市林业局", by="2026-12-31"))


def add(store: Store, words: str = "修渠。", key: str = "方案.txt", data: bytes | None = None) -> str:
    """Add a document of one paragraph and return its id."""
    made = document(f"p {words}")
    bytes_ = words.encode() if data is None else data
    return store.add(key, bytes_, made, extraction(task(made, words))).document_id


def words_in_search(store: Store) -> list[str]:
    """The text of every passage that an index would hold that followed all changes."""
    found: dict[int, str] = {}
    for change in store.changes_after(0):
        for gone in change.removed:
            found.pop(gone, None)
        found |= {passage.id: passage.text for passage in change.added}
    return list(found.values())


def test_a_document_comes_back_as_it_was_added(store: Store) -> None:
    made = Document(
        "hash",
        "a.pdf",
        PLAN.text,
        PLAN.blocks,
        PLAN.header,
        (Origin(0, page=1, box=(1.0, 2.0, 3.0, 4.5)), Origin(5, line=3)),
        (Problem("a.pdf", "reader", "no-text", "第2页没有文字。", page=2),),
        readings={"reader": "pdf-1", "rules": "3"},
    )
    added = store.add("a.pdf", b"%PDF", made, ROWS)
    read = store.document(added.document_id)
    assert (read.id, read.version) == (added.document_id, 1)
    assert (read.text, read.blocks, read.header) == (made.text, made.blocks, made.header)
    assert (read.origins, read.problems, read.readings) == (made.origins, made.problems, made.readings)
    assert store.original(added.document_id) == b"%PDF"


def test_the_same_bytes_again_are_unchanged(store: Store) -> None:
    first = store.add("a.txt", b"a", PLAN, ROWS)
    again = store.add("a.txt", b"a", PLAN, ROWS)
    assert (first.result, again.result) == (AddResult.ADDED, AddResult.UNCHANGED)
    assert again.document_id == first.document_id
    assert store.last_change() == 1


def test_new_bytes_make_a_version_and_the_old_one_stays_readable(store: Store) -> None:
    document_id = add(store, "修渠。")
    updated = store.add("方案.txt", b"2", document("p 造林。"), Extraction())
    assert (updated.document_id, updated.version, updated.result) == (document_id, 2, AddResult.UPDATED)
    assert store.document(document_id).text == "造林。\n"
    assert store.document(document_id, version=1).text == "修渠。\n"
    assert store.original(document_id, version=1) == "修渠。".encode()
    assert words_in_search(store) == ["造林。"]


def test_equal_bytes_under_another_key_are_another_document(store: Store) -> None:
    one = store.add("方案.txt", b"a", PLAN, ROWS, key="/甲/方案.txt")
    two = store.add("方案.txt", b"a", PLAN, ROWS, key="/乙/方案.txt")
    assert one.document_id != two.document_id
    assert [row.source for row in store.documents()] == ["方案.txt", "方案.txt"]


def test_known_tells_whether_reading_is_needed(store: Store) -> None:
    document_id = add(store, key="方案.txt", data=b"a")
    known = store.known("方案.txt", b"a")
    assert known is not None and known.document_id == document_id
    assert store.known("方案.txt", b"b") is None
    assert store.known("别的.txt", b"a") is None
    store.remove(document_id)
    assert store.known("方案.txt", b"a") is None


def test_many_documents_share_a_transaction_but_not_a_change_number(store: Store) -> None:
    results = store.add_many(
        NewDocument(f"{name}.txt", name.encode(), document(f"p {name}。"), Extraction()) for name in "甲乙甲"
    )
    assert [added.result for added in results] == [AddResult.ADDED, AddResult.ADDED, AddResult.UNCHANGED]
    assert [change.number for change in store.changes_after(0)] == [1, 2]


def test_a_batch_with_a_bad_document_leaves_nothing_behind(store: Store) -> None:
    good = NewDocument("甲.txt", b"1", document("p 甲。"), Extraction())
    bad = NewDocument("乙.txt", b"2", Document("x", "乙.txt", "乙\0"), Extraction())
    with pytest.raises(ValueError, match="NUL"):
        store.add_many([good, bad])
    assert store.documents() == [] and store.last_change() == 0


def test_a_removed_document_leaves_search_and_lists_and_comes_back(store: Store) -> None:
    document_id = add(store, "修渠。")
    store.remove(document_id)
    store.remove(document_id)
    assert (store.documents(), store.tasks().total, words_in_search(store)) == ([], 0, [])
    assert [row.id for row in store.documents(removed=True)] == [document_id]
    assert store.document(document_id).text == "修渠。\n"
    store.restore(document_id)
    store.restore(document_id)
    assert (store.count_documents(), store.tasks().total, words_in_search(store)) == (1, 1, ["修渠。"])
    assert store.last_change() == 3


@pytest.mark.parametrize("data", [b"a", b"b"], ids=["same bytes", "new bytes"])
def test_adding_a_removed_document_brings_it_back(store: Store, data: bytes) -> None:
    document_id = add(store, data=b"a")
    store.remove(document_id)
    again = store.add("方案.txt", data, document("p 修渠。"), Extraction())
    assert (again.document_id, again.result) == (document_id, AddResult.ADDED)
    assert words_in_search(store) == ["修渠。"]


def test_a_new_reading_replaces_the_old_one_of_the_same_version(store: Store) -> None:
    document_id = add(store, "修渠十余里。")
    better = document("p 修渠十里。", title="方案")
    renewed = store.replace_reading(document_id, better, extraction(task(better, "修渠十里。")))
    assert renewed.changed and [row.keys for row in renewed.altered] == [("text",)]
    assert store.document(document_id).header.title == "方案"
    assert store.document(document_id).version == 1
    assert words_in_search(store) == ["修渠十里。"]
    told = store.audit.page().items[0].fact
    assert (told.action, told.before, told.after) == ("document.reextracted", [], ["改动文字 t1：修渠十里。"])


def test_an_equal_reading_changes_nothing_but_who_made_it(store: Store) -> None:
    store.add("a.txt", b"a", PLAN, ROWS)
    again = Document(PLAN.id, PLAN.source, PLAN.text, PLAN.blocks, PLAN.header, readings={"rules": "2"})
    assert not store.replace_reading("d1", again, ROWS).changed
    assert store.documents()[0].readings == {"rules": "2"}
    assert store.last_change() == 1


def test_a_new_reading_of_a_removed_document_stays_out_of_search(store: Store) -> None:
    document_id = add(store, "修渠。")
    store.remove(document_id)
    store.replace_reading(document_id, document("p 造林。"), Extraction())
    assert words_in_search(store) == []
    store.restore(document_id)
    assert words_in_search(store) == ["造林。"]


def test_a_listing_shows_header_facts_and_counts(store: Store) -> None:
    store.add("a.txt", b"a", PLAN, ROWS)
    (row,) = store.documents()
    assert (row.title, row.doc_type, row.date, row.tasks) == ("安澜市方案", "实施方案", date(2026, 3, 1), 2)
    assert row == store.document_row("d1")


def test_listings_are_narrowed_and_paged(store: Store) -> None:
    for number in range(4):
        made = document("p 文。", date=date(2023 + number, 1, 1))
        store.add(f"{number}.txt", b"%d" % number, made, Extraction())
    assert [row.id for row in store.documents(Filters(year_from=2024, year_to=2025))] == ["d2", "d3"]
    assert [row.id for row in store.documents(offset=1, limit=2)] == ["d2", "d3"]
    assert [row.id for row in store.documents(offset=3)] == ["d4"]


def test_an_empty_document_can_be_kept(store: Store) -> None:
    added = store.add("空.txt", b" ", Document("x", "空.txt", ""), Extraction())
    assert store.document(added.document_id).text == ""
    assert [change.added for change in store.changes_after(0)] == [()]


@pytest.mark.parametrize("name", ["d9", "9", "t1", "d-1", "", "d99999999999999", "d1'; --"])
def test_an_id_that_is_none_is_not_found(store: Store, name: str) -> None:
    add(store)
    for ask in (store.document, store.original, store.remove, store.restore, store.document_row):
        with pytest.raises(NotFoundError, match="资料库中没有"):
            ask(name)


def test_a_version_that_is_none_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="没有第 3 版"):
        store.document(add(store), version=3)


def test_what_was_written_is_there_after_opening_again(location: str | Path) -> None:
    with Store.open(location) as store:
        add(store, "修渠。")
    with Store.open(location) as store:
        assert words_in_search(store) == ["修渠。"]


def test_two_openings_of_one_library_see_each_other(location: str | Path) -> None:
    with Store.open(location) as one, Store.open(location) as other:
        add(one, "修渠。")
        assert words_in_search(other) == ["修渠。"]
        add(other, "造林。", key="别的.txt")
        assert words_in_search(one) == ["修渠。", "造林。"]


def file(source: str, words: str) -> NewDocument:
    """A file of one paragraph."""
    return NewDocument(source, words.encode(), document(f"p {words}", source=source), Extraction())


def test_a_batch_of_new_and_known_files_gives_what_single_additions_give(tmp_path: Path) -> None:
    first = [file("甲.txt", "安澜市防汛方案。"), file("乙.txt", "安澜市养老方案。")]
    later = [
        file("甲.txt", "安澜市防汛方案，第二稿。"),
        file("丙.txt", "望川县河道方案。"),
        file("乙.txt", "安澜市养老方案。"),
        file("丙.txt", "望川县河道方案，第二稿。"),
        file("丁.txt", "望川县河道方案。"),
    ]
    found = []
    for name, size in (("together", len(later)), ("singly", 1)):
        with Store.open(tmp_path / name) as store:
            store.add_many(first)
            parts = [later[start : start + size] for start in range(0, len(later), size)]
            added = [one for part in parts for one in store.add_many(part, "王芳")]
            rows = [(row.source, row.version) for row in store.documents()]
            texts = [row.text for row in store.passages(store.matching(Filters(), 100) or [])]
            results = [(one.version, one.result) for one in added]
            log = store.audit.page().items
            steps = [change.number for change in store.changes_after(0)]
            found.append((results, sorted(rows), sorted(texts), len(log), steps))
            assert store.held(["甲.txt", "戊.txt"]) == {"甲.txt"}
    assert found[0] == found[1]
    assert [result.value for _, result in found[0][0]] == [
        "updated",
        "added",
        "unchanged",
        "updated",
        "added",
    ]

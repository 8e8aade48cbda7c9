from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from index.files import DamagedIndexError
from index.lexical.asked import Asked
from index.lexical.fields import Scope
from index.lexical.lexical_index import META, LexicalIndex
from index.lexical.terms import WORDS_ONLY, Weights
from index.query.parsing import parse_query
from index.tokens import text_key
from tests.index.builders import change, passage

PASSAGES = (
    passage(
        1, "开展农家乐整治，规范经营。", title="民宿管理办法", region="浙江省杭州市", date=date(2023, 5, 1)
    ),
    passage(2, "农家乐的污水应当处理。", region="江西省", date=date(2022, 1, 1), doc_type="实施方案"),
    passage(3, "尾矿库治理和安全管理。", section=("一、农家乐",), doc_type="实施方案", task_id="t3"),
    passage(4, "尾矿库治理 和安全管理", document_id="d1"),
)


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    made = LexicalIndex.create(tmp_path / "lexical")
    write(made, 1, *PASSAGES)
    return made


def write(index: LexicalIndex, number: int, *added: PassageRow, removed: tuple[int, ...] = ()) -> None:
    with index.writer() as writer:
        writer.apply(change(number, *added, removed=removed))
        writer.commit(number)
    index.refresh()


def found(
    index: LexicalIndex, text: str, scope: Scope | None = None, weights: Weights = WORDS_ONLY
) -> set[int]:
    return {item.id for item in index.search(parse_query(text), 10, scope or Scope(), weights)}


@pytest.mark.parametrize(
    ("query", "weights", "expected"),
    [
        ("农家乐", WORDS_ONLY, {1, 2}),
        ("农家乐", Weights(headings=0.2), {1, 2, 3}),
        ("民宿", WORDS_ONLY, set()),
        ("民宿", Weights(headings=0.2), {1}),
        ("矿库治", WORDS_ONLY, set()),
        ("矿库治", Weights(bigrams=1.0), {3, 4}),
        ("如何处理污水", WORDS_ONLY, {2}),
        ("怎么", WORDS_ONLY, set()),
        ("", WORDS_ONLY, set()),
        ("《》", WORDS_ONLY, set()),
    ],
)
def test_what_a_query_finds(index: LexicalIndex, query: str, weights: Weights, expected: set[int]) -> None:
    assert found(index, query, weights=weights) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), {1, 2, 3, 4}),
        (Scope(Filters(region="浙江")), {1}),
        (Scope(Filters(region="杭州市")), {1}),
        (Scope(Filters(region="宁波市")), set()),
        (Scope(Filters(year_from=2023)), {1}),
        (Scope(Filters(year_to=2022)), {2}),
        (Scope(Filters(year_from=2022, year_to=2023)), {1, 2}),
        (Scope(Filters(doc_type="实施方案")), {2, 3}),
        (Scope(Filters(doc_type="实施方案", region="江西")), {2}),
        (Scope(Filters(document="d1")), {1, 4}),
        (Scope(tasks_only=True), {3}),
        (Scope(without="d1"), {2, 3}),
        (Scope(ids=(1, 3, 99)), {1, 3}),
        (Scope(ids=()), set()),
    ],
)
def test_scope(index: LexicalIndex, scope: Scope, expected: set[int]) -> None:
    assert found(index, "农家乐 尾矿库", scope) == expected
    assert set(index.allowed(scope, 10)) == expected
    assert index.count(scope) == len(expected)
    assert index.within([1, 2, 3, 4], scope) == expected


def test_scope_does_not_change_scores(index: LexicalIndex) -> None:
    free = {item.id: item.score for item in index.search(parse_query("农家乐"), 10)}
    narrow = index.search(parse_query("农家乐"), 10, Scope(Filters(doc_type="实施方案"), tasks_only=True))
    assert [(item.id, item.score) for item in narrow] == [(3, pytest.approx(free[3]))]


def test_a_repeated_query_word_counts_more(index: LexicalIndex) -> None:
    once, often = (
        index.search(parse_query(query), 1, weights=WORDS_ONLY)[0].score
        for query in ("污水", "污水污水，污水")
    )
    assert once < often < 3 * once


def test_copies_are_found_by_their_letters(index: LexicalIndex) -> None:
    key = text_key("尾矿库治理和安全管理")
    assert {key: set(found) for key, found in index.copies([key]).items()} == {key: {3, 4}}
    assert index.copies([key], Scope(without="d1")) == {key: [3]}
    assert index.copies([]) == {}


def test_rare_words_weigh_more(index: LexicalIndex) -> None:
    rarity = index.rarity(["农家乐", "污水", "无此词"])
    assert rarity["农家乐"] < rarity["污水"] < rarity["无此词"]


def test_a_long_query_keeps_its_rarest_words(index: LexicalIndex) -> None:
    page = "".join(f"第{number}条农家乐、" for number in range(3000)) + "污水"
    assert index.search(parse_query(page), 1, weights=WORDS_ONLY)[0].id == 2


def test_removed_passages_are_gone_and_changes_may_be_applied_twice(index: LexicalIndex) -> None:
    for _ in range(2):
        write(index, 2, passage(5, "古树保护。"), removed=(1, 4))
        assert found(index, "农家乐 尾矿库 古树") == {2, 3, 5}
        assert len(index) == 3
        assert index.last_change == 2


def test_what_is_not_committed_is_not_there(index: LexicalIndex) -> None:
    with pytest.raises(KeyboardInterrupt), index.writer() as writer:
        writer.apply(change(2, passage(5, "古树保护。")))
        raise KeyboardInterrupt
    again = LexicalIndex.open(index.folder)
    assert (again.last_change, len(again)) == (1, 4)


def test_another_reader_sees_a_commit_after_refresh(index: LexicalIndex) -> None:
    other = LexicalIndex.open(index.folder)
    assert not other.refresh()
    write(index, 2, passage(5, "古树保护。"))
    assert found(other, "古树") == set()
    assert other.refresh()
    assert found(other, "古树") == {5}
    assert other.last_change == 2


def test_an_index_of_another_version_is_not_opened(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.lexical.fields.FORMAT", "0")
    with pytest.raises(DamagedIndexError):
        LexicalIndex.open(index.folder)


@contextmanager
def emptied(path: Path) -> Iterator[None]:
    kept = path.read_bytes()
    path.write_bytes(b"")
    yield
    path.write_bytes(kept)


def test_a_lost_or_emptied_file_is_noticed_when_the_index_is_opened(index: LexicalIndex) -> None:
    for path in [file for file in index.folder.iterdir() if file.suffix and not file.name.startswith(".")]:
        with emptied(path), pytest.raises(DamagedIndexError):
            LexicalIndex.open(index.folder)


def test_an_index_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        LexicalIndex.open(tmp_path / "nothing")


def search_by_rare_terms(monkeypatch: pytest.MonkeyPatch, seen: int) -> None:
    """Look for terms that `seen` passages hold together, as is done among very many."""
    monkeypatch.setattr("index.lexical.asked.FEW", 1)
    monkeypatch.setattr("index.lexical.lexical_index.SEEN_AT_LEAST", seen)
    monkeypatch.setattr("index.lexical.lexical_index.FEWEST_TERMS", 1)


def library_of(index: LexicalIndex, count: int) -> None:
    """Passages that nearly all say 通知, a quarter of them 河道, and each a number of its own."""
    rows = [
        passage(
            number,
            f"{'河道' if number % 4 == 0 else '道路'}整治通知第{number}号。",
            region="江西省" if number % 10 else "浙江省",
        )
        for number in range(100, 100 + count)
    ]
    write(index, 2, *rows)


@pytest.mark.parametrize(
    ("query", "limit", "expected"),
    [
        ("通知 河道", 20, {number for number in range(100, 180) if number % 4 == 0}),
        ("通知 农家乐", 2, {1, 2}),
        ("无此词", 5, set()),
    ],
)
def test_candidates_are_found_by_the_rarest_terms(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch, query: str, limit: int, expected: set[int]
) -> None:
    search_by_rare_terms(monkeypatch, seen=25)
    library_of(index, 80)
    assert set(Asked(index, parse_query(query)).candidates(limit)) == expected


def test_common_terms_serve_where_the_rare_ones_find_too_little(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_by_rare_terms(monkeypatch, seen=1)
    library_of(index, 80)
    assert len(Asked(index, parse_query("通知 农家乐")).candidates(60)) == 60


def test_candidates_have_the_scores_of_the_search(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_by_rare_terms(monkeypatch, seen=25)
    library_of(index, 80)
    query = parse_query("河道整治通知 农家乐污水")
    exact = dict(index.search(query, 100))
    asked = Asked(index, query)
    found = asked.candidates(3)
    assert 3 <= len(found) < len(exact)
    assert found == {id: pytest.approx(exact[id]) for id in found}
    assert asked.scores(list(exact)) == pytest.approx(exact)


def test_where_few_are_in_scope_all_are_scored(index: LexicalIndex) -> None:
    library_of(index, 80)
    query = parse_query("浙江省的道路整治")
    asked = Asked(index, query)
    assert asked.few == 84 and asked.every == pytest.approx(dict(index.search(query, 100)))
    best = asked.best(3)
    assert list(best)[:3] == list(asked.every)[:3]
    assert len({1, 110, 130, 150, 170} & set(best)) == 3, "the best there, besides the best anywhere"


def test_scores_of_a_long_query_are_those_of_the_search(index: LexicalIndex) -> None:
    library_of(index, 80)
    query = parse_query("河道整治通知第一百零八号尾矿库治理和安全管理规范经营农家乐污水应当处理")
    exact = index.search(query, 100)
    found = Asked(index, query).scores([item.id for item in exact] + [1234])
    assert found == {item.id: pytest.approx(item.score) for item in exact}


def test_the_best_of_the_documents_meant_are_candidates(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.lexical.asked.FEW", 1)
    monkeypatch.setattr("index.lexical.lexical_index.SEEN_AT_LEAST", 1)
    library_of(index, 80)
    asked = Asked(index, parse_query("浙江省的道路整治"))
    ids = list(asked.candidates(3))
    there = {1, 110, 130, 150, 170}
    assert len(there & set(ids)) == 3 and len(ids) > 3, "the best there, besides the best anywhere"
    worth = asked.lifts(ids)
    assert {id for id in ids if worth.get(id) == pytest.approx(0.4)} == there & set(ids)


def test_a_word_of_two_characters_counts_as_word_and_as_pair(index: LexicalIndex) -> None:
    both, words, pairs = (
        index.search(parse_query("污水"), 1, weights=weights)[0].score
        for weights in (
            Weights(headings=0),
            WORDS_ONLY,
            Weights(words=0, bigrams=2.0, headings=0),
        )
    )
    assert both == pytest.approx(words + pairs, rel=0.05)


def test_scopes_are_counted_anew_after_a_commit(index: LexicalIndex) -> None:
    scope = Scope(Filters(region="浙江"))
    assert (index.count(scope), list(index.allowed(scope, 10))) == (1, [1])
    write(index, 2, passage(5, "古树保护。", region="浙江省"))
    assert (index.count(scope), sorted(index.allowed(scope, 10))) == (2, [1, 5])


def test_what_passages_are_about_is_read_anew_after_a_commit(index: LexicalIndex) -> None:
    query = parse_query("浙江省的古树保护")
    assert Asked(index, query).lifts([5]) == {}
    write(index, 2, passage(5, "古树保护。", region="浙江省"))
    assert Asked(index, query).lifts([5]) == {5: pytest.approx(0.4)}


def test_what_a_writer_left_that_was_killed_in_its_commit_stands_in_no_way(tmp_path: Path) -> None:
    index = LexicalIndex.create(tmp_path)
    with index.writer() as writer:
        writer.apply(change(1, passage(1, "河道清淤方案"), passage(2, "养老服务方案")))
        writer.commit(1)
    before = (tmp_path / META).read_bytes()
    for _ in range(2):
        index = LexicalIndex.open(tmp_path)
        with index.writer() as writer:
            writer.apply(change(2, removed=[1]))
            writer.commit(2)
        after, _ = (tmp_path / META).read_bytes(), (tmp_path / META).write_bytes(before)
    (tmp_path / META).write_bytes(after)
    index = LexicalIndex.open(tmp_path)
    assert (len(index), index.last_change) == (1, 2)

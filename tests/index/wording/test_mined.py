"""The names that a library's texts explain come and go with its documents."""

from pathlib import Path

import pytest

from index.wording.definitions import Tie
from index.wording.mined import MinedPair, MinedWords, Miner, pairs_of, words_of
from index.wording.said import names_of
from index.wording.stand_ins import Origin
from tests.index.builders import add, change, opened, passage

EXPLAINS = "支持个体工商户转型升级为企业（以下简称“个转企”）。"


def told(folder: Path) -> list[tuple[str, str, int]]:
    return [(pair.short, pair.full, pair.documents) for pair in MinedWords(folder / "words.db").pairs()]


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        ([("商业住房贷款", "contraction", "d1")], [("商业住房贷款", 1)]),
        (
            [
                ("甲乙丙丁", "contraction", "d1"),
                ("甲乙丙戊", "contraction", "d2"),
                ("甲乙丙己", "contraction", "d2"),
            ],
            [("甲乙丙丁", 1), ("甲乙丙己", 1)],
        ),
        ([("新型城市基础设施建设", "nearby", "d1")], []),
        (
            [("新型城市基础设施建设", "nearby", "d1"), ("新型城市基础设施建设", "nearby", "d2")],
            [("新型城市基础设施建设", 2)],
        ),
        ([("发行信托基金", "letters", "d1")], []),
        ([("发行信托基金", "letters", "d1"), ("推进信托基金", "letters", "d2")], [("信托基金", 2)]),
        ([("发行信托基金", "letters", "d1"), ("发行信托基金", "letters", "d2")], []),  # one text, twice
        ([], []),
    ],
)
def test_what_texts_amount_to(said: list[tuple[str, str, str]], pairs: list[tuple[str, int]]) -> None:
    assert [(pair.full, pair.documents) for pair in pairs_of("短名", said)] == pairs


def test_both_names_stand_for_each_other() -> None:
    pair = MinedPair("LPR", "贷款市场报价利率", Tie.LETTERS, 3, "d1")
    assert words_of([pair]) == {"lpr": ("贷款市场报价利率",), "贷款市场报价利率": ("LPR",)}


def test_they_go_with_their_document(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    first = add(store, "甲.txt", EXPLAINS)
    second = add(store, "乙.txt", "推进“个转企”（个体工商户转型升级为企业）工作。")
    index.catch_up()
    assert told(tmp_path / "index") == [("个转企", "个体工商户转型升级为企业", 2)]
    assert index.mined()[0].example == first
    store.remove(first, "")
    index.catch_up()
    assert [pair.example for pair in index.mined()] == [second]
    store.remove(second, "")
    index.catch_up()
    assert index.mined() == ()
    store.restore(first, "")
    index.catch_up()
    assert [pair.example for pair in index.mined()] == [first]
    store.close()


def test_a_search_tells_what_it_looked_for_besides(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    add(store, "甲.txt", EXPLAINS)
    add(store, "乙.txt", "鼓励个体工商户转型升级为企业，按规定给予奖励。")
    index.catch_up()
    (item,) = index.search("个转企").stand_ins
    assert (item.words, item.official, item.origin) == (
        "个转企",
        ("个体工商户转型升级为企业",),
        Origin.LIBRARY,
    )
    assert {hit.passage.source for hit in index.search("个转企").hits} == {"甲.txt", "乙.txt"}
    assert index.search("个转企", plain_words=("个转企",)).stand_ins == ()
    store.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_the_file_is_made_anew_where_it_cannot_be_used(tmp_path: Path, damage: bytes | None) -> None:
    store, index = opened(tmp_path)
    add(store, "甲.txt", EXPLAINS)
    index.catch_up()
    path = tmp_path / "index" / "words.db"
    path.unlink() if damage is None else path.write_bytes(damage)
    index.catch_up()
    assert told(tmp_path / "index") == [("个转企", "个体工商户转型升级为企业", 1)]
    store.close()


def test_a_file_ahead_of_its_store_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    with Miner.opened(path, 5) as miner:
        miner.take(names_of(change(5, passage(1, EXPLAINS))))
        miner.commit(5)
    assert len(told(tmp_path)) == 1
    with Miner.opened(path, 4) as miner:
        assert miner.last_change == 0
    assert told(tmp_path) == []


def test_nothing_is_kept_that_was_not_committed(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    with Miner.opened(path, 1) as miner:
        miner.take(names_of(change(1, passage(1, EXPLAINS))))
    assert told(tmp_path) == []

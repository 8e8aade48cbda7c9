from pathlib import Path

import pytest

from index.own_words import OwnWords
from index.query import official_words
from index.search import SearchIndex
from tests.index.builders import PairEncoder, add, opened

TABLE = "说法\t文件用词\n# 我局常用\n领导批的\t批示件、交办事项\n\n没有第二列\n老人\t长者\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_users_own_table(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(TABLE, encoding)
    assert OwnWords(path).read() == {"领导批的": "批示件 交办事项", "老人": "长者"}


def test_it_is_read_anew_when_it_changes_and_need_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    own = OwnWords(path)
    assert (own.read(), OwnWords(None).read()) == ({}, {})
    path.write_text("回头看\t复查\n", "utf-8")
    assert own.read() == {"回头看": "复查"}
    path.unlink()
    assert own.read() == {}


def test_the_users_own_meaning_wins() -> None:
    assert official_words("老人吃饭", {"老人": "长者"}) == ("长者", "就餐 助餐")


def test_a_search_goes_by_the_table(tmp_path: Path) -> None:
    store, _ = opened(tmp_path)
    add(store, "甲.txt", "批示件应当限时办结并报告。")
    table = tmp_path / "words.tsv"
    index = SearchIndex.open(tmp_path / "index", store, PairEncoder(), table)
    index.catch_up()

    def found_by() -> set[str]:
        return {way for hit in index.search("老板交的").hits for way in hit.ranks}

    assert "words" not in found_by()
    table.write_text("老板交的\t批示件\n", "utf-8")
    assert "words" in found_by()
    store.close()

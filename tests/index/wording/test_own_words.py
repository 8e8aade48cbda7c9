from pathlib import Path

import pytest

from corpus.errors import UserError
from index.search import SearchIndex
from index.wording.own_words import OwnWord, OwnWords, as_text, faults, load_own_words, save_own_words
from index.wording.stand_ins import OwnTable
from tests.index.builders import PairEncoder, add, opened

TABLE = (
    "说法\t文件用词\n# 我局常用\n领导批的\t批示件、交办事项\n\n没有第二列\n老人\t长者\n押金\t保证金\t停用\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_the_users_own_table(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(TABLE, encoding)
    words = {"领导批的": ("批示件", "交办事项"), "老人": ("长者",)}
    assert OwnWords(path).read() == OwnTable(words, frozenset({("押金", "保证金")}))


def test_it_is_read_anew_when_it_changes_and_need_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    own = OwnWords(path)
    assert (own.read(), OwnWords(None).read(), load_own_words(path)) == (OwnTable(), OwnTable(), ())
    path.write_text("回头看\t复查\n", "utf-8")
    assert own.read().words == {"回头看": ("复查",)}
    path.unlink()
    assert own.read() == OwnTable()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    words = (OwnWord("领导批的", ("批示件", "交办事项")), OwnWord("押金", ("保证金",), rejected=True))
    save_own_words(path, words)
    assert load_own_words(path) == words
    assert path.read_text("utf-8") == as_text(words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([OwnWord("", ("保证金",))], "没有填说法"),
        ([OwnWord("押金", ())], "没有填文件用词"),
        ([OwnWord("#押金", ("保证金",))], "请换一个词"),
        ([OwnWord("押金", ("保证金",)), OwnWord("押金", ("定金",))], "写了两次"),
        ([OwnWord("押金", ("保" * 61,))], "超过 60 个字"),
        ([OwnWord("押\t金", ("保证金",))], "制表符"),
        ([OwnWord("押金", tuple("甲乙丙丁" * 6))], "只留最常用的"),
    ],
)
def test_what_a_table_may_not_hold(tmp_path: Path, words: list[OwnWord], told: str) -> None:
    assert told in faults(words)[0]
    with pytest.raises(UserError, match=told):
        save_own_words(tmp_path / "words.tsv", words)
    assert not (tmp_path / "words.tsv").exists()


def test_a_word_may_be_kept_for_one_meaning_and_rejected_for_another() -> None:
    assert faults([OwnWord("押金", ("定金",)), OwnWord("押金", ("保证金",), rejected=True)]) == ()


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

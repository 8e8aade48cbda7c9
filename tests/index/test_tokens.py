import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.registry.units import unit_names
from index.tokens import (
    bigrams,
    fold,
    letters_of,
    query_bigrams,
    stop_words,
    terms,
    text_key,
    word_tokens,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农家乐整治", ["农家", "家乐", "农家乐", "整治"]),
        ("ＡＢＣ　2023年", ["abc", "2023", "年"]),
        ("加强和规范管理", ["加强", "规范", "管理"]),
        ("，。！《》", []),
        ("", []),
        ("农家乐整治怎么做", ["农家", "家乐", "农家乐", "整治"]),
        ("怎么办", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def of_each(text: str) -> str:
    """Fold character by character, as folding is defined."""
    return "".join(unicodedata.normalize("NFKC", character).lower() for character in text)


@pytest.mark.parametrize(
    "text", ["第３期（2024）", "5G＋AI，ＡＢＣ", "面积①㎡、‰…", "İstanbul", "　全角　空格\u2002", ""]
)
def test_folding_is_that_of_each_character(text: str) -> None:
    assert fold(text) == of_each(text)


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_any_text_is_folded_and_lettered_character_by_character(text: str) -> None:
    assert fold(text) == of_each(text)
    assert letters_of(text) == re.sub(r"[\W_]+", "", of_each(text))


@given(st.text(st.sampled_from("整治（2023年），。：Aa9_　％—·“”／ \n")))
def test_ordinary_texts_are_folded_and_lettered_likewise(text: str) -> None:
    assert fold(text) == of_each(text)
    assert letters_of(text) == re.sub(r"[\W_]+", "", of_each(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("尾矿库", ["尾矿", "矿库"]),
        ("尾矿，库", ["尾矿"]),
        ("库", []),
        ("A区域", ["区域"]),
        ("𠮷野家", ["𠮷野", "野家"]),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    assert bigrams(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("整治怎么做", ["整治"]),
        ("怎么整治", ["整治"]),
        ("怎么办", ["怎么", "么办"]),
    ],
)
def test_query_bigrams_leave_out_stop_words_unless_nothing_else_is_there(
    query: str, expected: list[str]
) -> None:
    assert query_bigrams(query) == expected


def test_names_of_units_are_words() -> None:
    name = max(unit_names(), key=len)
    assert fold(name) in words(f"由{name}牵头")


def test_terms_are_words_and_bigrams() -> None:
    assert terms("尾矿库") == words("尾矿库") + bigrams("尾矿库")


@pytest.mark.parametrize(
    ("text", "term", "written"),
    [
        ("开展农家乐（民宿）整治", "民宿", "民宿"),
        ("ＡＢＣ公司", "abc", "ＡＢＣ"),
        ("面积100㎡以上", "100m2", "100㎡"),
        ("😀尾矿库", "尾矿库", "尾矿库"),
    ],
)
def test_tokens_know_their_place_in_the_text_as_written(text: str, term: str, written: str) -> None:
    found = {token.term: token.span.of(text) for token in word_tokens(text)}
    assert found[term] == written


@given(st.text())
def test_tokens_lie_within_the_text_and_fold_to_their_term(text: str) -> None:
    for token in word_tokens(text):
        assert 0 <= token.span.start < token.span.end <= len(text)
        assert token.term in fold(token.span.of(text))


@given(st.text())
def test_tokens_have_the_terms_that_are_indexed(text: str) -> None:
    assert [token.term for token in word_tokens(text)] == words(text)


@given(st.text(), st.text(alphabet=" \n\t，。（）"))
def test_text_keys_ignore_layout(text: str, layout: str) -> None:
    assert text_key(text) == text_key(layout + text + layout)
    assert 0 <= text_key(text) < 2**63


def test_text_keys_differ_between_texts() -> None:
    assert text_key("尾矿库治理") != text_key("尾矿库治理2")


def test_stop_words_are_folded_and_unique() -> None:
    assert all(word == fold(word) for word in stop_words())

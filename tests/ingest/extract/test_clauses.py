from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from ingest.extract.clauses import enumerated_clauses, sentences


def everywhere(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲做完。乙开始！丙如何？", ["甲做完。", "乙开始！", "丙如何？"]),
        ("他说：“做完。”乙开始。", ["他说：“做完。”", "乙开始。"]),
        (
            "压实责任。（责任单位：甲局。配合单位：乙局）",
            ["压实责任。", "（责任单位：甲局。配合单位：乙局）"],
        ),
        ("第一行没有句号\n第二行。\n", ["第一行没有句号", "第二行。"]),
        ("任务\t措施一。措施二。\t甲局", ["任务", "措施一。", "措施二。", "甲局"]),
        ("括号（没有关。下一句\n再一句。", ["括号（没有关。下一句", "再一句。"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text, everywhere(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("狠抓整改。一是摸底数。二是建台账；三是严督查。", ["摸底数。", "建台账；", "严督查。"]),
        ("一要提高认识。二要压实责任。", ["提高认识。", "压实责任。"]),
        ("首先，摸清底数；其次，建立台账。最后，销号。", ["摸清底数；", "建立台账。", "销号。"]),
        ("第一，摸底。第二，整改。", ["摸底。", "整改。"]),
        ("（1）摸底；（2）整改；（3）验收。", ["摸底；", "整改；", "验收。"]),
        ("①摸底；②整改。", ["摸底；", "整改。"]),
        ("1.摸底\n2.整改", ["摸底", "整改"]),
        ("一是摸底：①入户；②建档。二是整改。", ["摸底：①入户；②建档。", "整改。"]),
        (
            "一是摸底。二是整改。三是销号。一是通报。二是问责。",
            ["摸底。", "整改。", "销号。", "通报。", "问责。"],
        ),
        ("标准统一是前提，专一是美德。", []),
        ("一是摸底。", []),
        ("增长1.5%，下降2.5%。", []),
        ("", []),
    ],
)
def test_enumerated_clauses(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in enumerated_clauses(text, everywhere(text))] == expected


PIECES = st.sampled_from(
    ["一是", "二是", "三是", "甲", "。", "；", "（1）", "（2）", "①", "②", "\n", "（", "）", "1.", "2."]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_pieces_are_in_order_and_inside(text: str) -> None:
    for cut in (sentences, enumerated_clauses):
        end = 0
        for span in cut(text, everywhere(text)):
            assert end <= span.start <= span.end <= len(text)
            end = span.end


@given(st.lists(PIECES, max_size=25).map("".join))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    kept = "".join(span.of(text) for span in sentences(text, everywhere(text)))
    assert "".join(kept.split()) == "".join(text.split())

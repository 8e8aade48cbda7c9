"""Errors are planted where a draft has room for them, by a seed, and edits change no fact."""

from __future__ import annotations

import random

import pytest

from evaluation.drafting.edits import OWN_SENTENCES, edited
from evaluation.drafting.errors import KINDS, Plant, numeral
from evaluation.drafting.places import Planted
from evaluation.drafting.planted import HALVES, _half
from service.verify.facts import facts_in
from tests.service.verify.builders import records, wrong

DRAFT = [
    (1, "关于安澜市河道整治情况的报告"),
    (
        3,
        "1.清理河道垃圾。全面排查河道两岸垃圾堆放点36个，累计清运垃圾1.2万吨。（牵头单位：市水利局；完成时限：2025年6月底前）",
    ),
    (
        4,
        "2.推行“一河一策”平台。接入监测断面36个、视频监控260套，减少暗访不少于4次。（牵头单位：市大数据局；配合单位：市财政局；完成时限：2025年12月31日）",
    ),
    (5, "【待补：2个问题】。由市审计局提高检查频次，增加视频36套。"),
]


def planted(kind: Plant) -> list[Planted]:
    return list(kind(DRAFT, random.Random(1)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_room_in_the_draft(kind: Plant) -> None:
    texts = dict(DRAFT)
    for error in planted(kind):
        assert error.text != texts[error.paragraph]
        assert error.wrong in error.text
        assert "【待补：2个问题】" in error.text or error.paragraph != 5
    assert planted(kind) == planted(kind)
    assert planted(kind)


def test_errors_of_a_small_plan_are_found() -> None:
    text = "清理河道垃圾。全面排查河道两岸垃圾堆放点36个，累计清运垃圾1.2万吨。（牵头单位：市水利局）"
    assert wrong(text) == []
    errors = [error for kind in KINDS for error in kind([(1, text)], random.Random(2))]
    assert len(errors) > 5
    assert all(wrong(error.text) for error in errors)


@pytest.mark.parametrize("seed", range(6))
def test_edits_leave_what_the_draft_states(seed: int) -> None:
    changed = edited(DRAFT, random.Random(seed))
    assert len(changed) == len(DRAFT) + 3
    assert sum(text in OWN_SENTENCES for _, text in changed) == 3
    assert changed[0] == DRAFT[0]


@pytest.mark.parametrize(
    ("value", "words"), [(2, "二"), (10, "十"), (17, "十七"), (40, "四十"), (100, "一百")]
)
def test_numerals(value: int, words: str) -> None:
    assert numeral(value) == words


def test_own_sentences_state_nothing_that_needs_a_source() -> None:
    assert [wrong(sentence) for sentence in OWN_SENTENCES] == [[]] * len(OWN_SENTENCES)
    assert not any(fact.kind == "figure" for sentence in OWN_SENTENCES for fact in facts_in(sentence))
    assert records() is not None


def test_halves_are_told_apart_by_the_error_alone() -> None:
    errors = [Planted("figure", number, f"{number}个", "1", str(number)) for number in range(200)]
    counts = [sum(_half("draft", error) == half for error in errors) for half in HALVES]
    assert min(counts) > 60
    assert [_half("draft", error) for error in errors] == [_half("draft", error) for error in errors]

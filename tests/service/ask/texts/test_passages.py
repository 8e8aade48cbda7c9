"""Which of the passages found answers."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.fitting.evidence import Evidence
from service.ask.fitting.matching import Context, Weights, held
from service.ask.questions.question import understand
from service.ask.texts.passages import clearly_ahead, read_passages
from service.ask.texts.running import read_lists

WEIGHTS = Weights({"加装": 0.4, "电梯": 0.4, "补贴": 0.2}, {})


def evidence(text: str, year_fit: float, search_score: float = 0.8, weights: Weights = WEIGHTS) -> Evidence:
    """Return a passage of the right place that a search found."""
    span = Span(0, len(text))
    row = PassageRow(1, text, 1, None, "1.txt", None, None, None, text, (), span, None, None)
    words = held(weights, text)
    return Evidence(row, 1.0, year_fit, search_score, Context(words, frozenset(), words))


@pytest.mark.parametrize(
    ("question", "year_fit", "answer"),
    [
        ("2025年加装电梯最高补贴多少钱？", 0.5, "2万元"),
        ("2025年加装电梯最高补贴多少钱？", 0.0, "3万元"),
        ("加装电梯最高补贴多少钱？", 0.0, "3万元"),
    ],
)
def test_what_tells_the_year_asked_about_goes_before_what_tells_none(
    question: str, year_fit: float, answer: str
) -> None:
    passages = [
        evidence("加装电梯补贴最高2万元。", year_fit, 0.0),
        evidence("加装电梯补贴最高3万元。", 0.0, 1.0),
    ]
    assert read_passages(passages, understand(question), WEIGHTS)[0].answer == answer


@pytest.mark.parametrize(
    ("question", "text", "items"),
    [
        ("加装电梯补贴要拿什么材料？", "加装电梯补贴需提供材料（身份证、户口本等）。", ("身份证", "户口本")),
        ("加装电梯补贴要拿什么材料？", "加装电梯补贴（含运费、税费）按季发放。", None),
        ("加装电梯补贴的两个试点叫什么？", "在“东苑”“西苑”两个小区加装电梯有补贴。", ("东苑", "西苑")),
        ("加装电梯补贴的三个试点叫什么？", "在“东苑”“西苑”两个小区加装电梯有补贴。", None),
        (
            "加装电梯补贴要修订哪几部办法？",
            "今年加装电梯发放补贴，加快推进电梯办法、\n维护办法等修订。",
            ("电梯办法", "维护办法"),
        ),
        (
            "加装电梯补贴哪三类人群？",
            "加装电梯重点保障老人、病人以及残疾人3类人群。",
            ("老人", "病人", "残疾人"),
        ),
        ("加装电梯补贴哪四类人群？", "加装电梯重点保障老人、病人以及残疾人3类人群。", None),
        (
            "加装电梯补贴的三大活动是哪三个？",
            "加装电梯补贴——便民月、利民月、惠民月等三大活动。",
            ("便民月", "利民月", "惠民月"),
        ),
        (
            "加装电梯补贴要带哪些材料？",
            "答:业主加装电梯，持申请表、身份证等证明材料，申请补贴。",
            ("申请表", "身份证"),
        ),
    ],
)
def test_names_and_papers_are_read_as_lists(question: str, text: str, items: tuple[str, ...] | None) -> None:
    found = read_lists([evidence(text, 0.0)], understand(question), WEIGHTS)
    assert (found[0].items if found else None) == items


TOLD = "应在90日内补充提供票据。"


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ([TOLD], "90日内"),
        ([TOLD, "企业应在30日内开工。"], "90日内"),
        ([TOLD, "应在30日内提供票据。"], None),
        (["企业应在30日内开工。"], None),
    ],
)
def test_a_value_far_ahead_answers_though_people_ask_in_words_of_their_own(
    texts: list[str], answer: str | None
) -> None:
    weights = Weights({"捐款": 0.3, "票据": 0.45, "补给": 0.25}, {})
    asked = understand("捐款后几天内补给票据？")
    passages = [evidence(text, 0.0, weights=weights) for text in texts]
    assert not read_passages(passages, asked, weights)
    found = clearly_ahead(passages, asked, weights)
    assert (found[0].answer if found else None) == answer


def test_from_when_a_notice_holds_stands_out_in_any_notice() -> None:
    asked = understand("加装电梯补贴政策从哪天起施行？")
    passages = [evidence("加装电梯补贴发完即止，本通知自2025年5月1日起施行。", 0.0)]
    assert clearly_ahead(passages, asked, WEIGHTS) == []


def test_what_explains_another_value_does_not_stand_out() -> None:
    asked = understand("加装电梯补贴多少钱？")
    passages = [evidence("加装电梯补贴不超过标准的2倍（标准为1850元）。", 0.0)]
    assert clearly_ahead(passages, asked, WEIGHTS) == []

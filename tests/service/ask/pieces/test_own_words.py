"""Which numbers of a sentence belong to the kind that a question means."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from service.ask.fitting.matching import Weights
from service.ask.pieces.own_words import Reading
from service.ask.pieces.values import values
from service.ask.questions.question import understand

NO_WORDS = Weights({}, {})


@pytest.mark.parametrize(
    ("question", "text", "kept"),
    [
        ("个人能贷多少钱？", "个人最高贷50万元，家庭最高贷80万元。", ["50万元"]),
        ("外环内要交满几年？", "满1年的，在外环外购房；", ["1年"]),
        ("外环内要交满几年？", "满1年的，在外环外购房，满3年的，在外环内购房。", ["3年"]),
        ("桥西区首付多少？", "在桥西区的，首付30%；在其他区域的，首付20%。", ["30%"]),
        ("能补多少钱？", "一类补1万元，二类补2万元。", ["1万元", "2万元"]),
    ],
)
def test_numbers_of_another_kind_go_where_one_is_left(question: str, text: str, kept: list[str]) -> None:
    asked = understand(question)
    reading = Reading.of(text, Span(0, len(text)), asked, NO_WORDS)
    assert [value.text for value in reading.of_kind(list(values(text, asked)))] == kept


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("最高能贷多少钱？", "多子女家庭最高贷100万元。", True),
        ("多子女家庭最高能贷多少钱？", "引进人才、多子女家庭最高贷100万元。", False),
        ("最高能贷多少钱？", "新市民租房，家庭最高贷100万元。", False),
        ("最高能贷多少钱？", "三孩家庭最高贷100万元。", True),
        ("买房首付多少？", "公积金贷款首付30%。", True),
        ("公积金买房首付多少？", "公积金贷款首付30%。", False),
    ],
)
def test_a_group_with_its_own_rule_is_another_case(question: str, text: str, other: bool) -> None:
    asked = understand(question)
    given = list(values(text, asked))
    reading = Reading.of(text, Span(0, len(text)), asked, NO_WORDS)
    assert reading.is_of_other_case(given[0], given) is other


@pytest.mark.parametrize(
    ("question", "heading", "text", "misses"),
    [
        ("多子女家庭最高能贷多少钱？", "", "首次贷款最高60万元。", True),
        ("多子女家庭最高能贷多少钱？", "支持三孩家庭", "首次贷款最高60万元。", False),
        ("多子女家庭最高能贷多少钱？", "", "二孩家庭首次贷款最高65万元。", False),
        ("首次贷款最高能贷多少钱？", "", "首次贷款最高60万元。", False),
    ],
)
def test_a_number_of_everybody_misses_the_group_asked_about(
    question: str, heading: str, text: str, misses: bool
) -> None:
    reading = Reading.of(text, Span(0, len(text)), understand(question), NO_WORDS)
    assert reading.misses_group(heading) is misses


def test_parts_of_a_sentence_share_what_stands_before_them() -> None:
    text = "第一段。首套房减按1%；面积大的减按2%。"
    start = text.index("面积")
    assert (
        Reading.of(text, Span(start, len(text)), understand("税率多少？"), NO_WORDS).lead == "首套房减按1%；"
    )

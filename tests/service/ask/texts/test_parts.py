"""Questions for two facts at once."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from service.ask.questions.question import Kind
from service.ask.result import Answer, Citation
from service.ask.texts.parts import answered, parts_asked


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "望川县小区改造项目数量和总建筑面积各是多少？",
            ("望川县小区改造项目数量是多少？", "望川县小区改造项目总建筑面积是多少？"),
        ),
        ("购房补贴，硕士和博士各给多少？", ("购房补贴，硕士给多少？", "购房补贴，博士给多少？")),
        ("到期年龄男、女分别放宽到多大？", ("到期年龄男放宽到多大？", "到期年龄女放宽到多大？")),
        ("促销活动，每套补助几万，总盘子多大？", ("促销活动，每套补助几万", "促销活动，总盘子多大？")),
        ("硕士和博士由谁负责？", None),
        ("各单位补助多少？", None),
        ("补助多少？", None),
    ],
)
def test_the_questions_in_one(text: str, parts: tuple[str, str] | None) -> None:
    assert parts_asked(text) == parts


def told(question: str, value: str, document: str) -> Answer:
    """Return the answer to one part, told by a document."""
    citation = Citation(document, None, "a.txt", (), value, Span(0, len(value)), None)
    return Answer(question, Kind.NUMBER, value, citations=(citation,), confidence=0.8)


@pytest.mark.parametrize(
    ("values", "documents", "answer"),
    [
        (("2万元", "3万元"), ("d1", "d1"), "2万元、3万元"),
        (("2万元", "3万元"), ("d1", "d2"), None),
        (("2万元", "2万元"), ("d1", "d1"), None),
    ],
)
def test_one_document_must_tell_both(
    values: tuple[str, str], documents: tuple[str, str], answer: str | None
) -> None:
    given = iter(zip(values, documents, strict=True))
    assert answered("硕士和博士各给多少？", lambda part: told(part, *next(given))).answer == answer


def test_a_question_for_one_fact_is_asked_as_it_stands() -> None:
    assert answered("补助多少？", lambda part: told(part, "2万元", "d1")).answer == "2万元"

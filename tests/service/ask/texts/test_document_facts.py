"""The number of a document, from its head or from what quotes it."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.questions.question import understand
from service.ask.texts.document_facts import number_quoted


def passage(text: str) -> PassageRow:
    return PassageRow(1, "d1", 1, None, "1.txt", None, None, None, text, (), Span(0, len(text)), None, None)


@pytest.mark.parametrize(
    ("question", "text", "number"),
    [
        (
            "大连2022年促进河道整治的通知文号是多少？",
            "大连市发布《关于促进河道整治的通知》（大河办〔2022〕1号）。",
            "大河办〔2022〕1号",
        ),
        (
            "大连2023年促进河道整治的通知文号是多少？",
            "大连市发布《关于促进河道整治的通知》（大河办〔2022〕1号）。",
            None,
        ),
        (
            "大连促进河道整治的通知文号是多少？",
            "根据《省水利厅关于促进河道整治的通知》（辽水〔2022〕1号），结合我市实际执行。",
            None,
        ),
        (
            "大连促进河道整治的通知文号是多少？",
            "大政发〔2013〕26号大连市人民政府关于促进河道整治的通知.doc",
            "大政发〔2013〕26号",
        ),
        (
            "大连促进河道整治的通知文号是多少？",
            "大连市发布《关于高龄津贴发放标准的办法》（大民〔2022〕1号）。",
            None,
        ),
    ],
)
def test_a_number_is_quoted_with_the_document_meant(question: str, text: str, number: str | None) -> None:
    found = number_quoted(understand(question), [passage(text)])
    assert (found[0] if found else None) == number


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("望川县加装电梯的通知文号是多少？", "望川县加装电梯的通知"),
        ("望川县加装电梯的通知是什么文号？", "望川县加装电梯的通知"),
        ("望川县加装电梯的通知，文号是什么？", "望川县加装电梯的通知"),
        ("望川县加装电梯的通知从哪天起施行？", ""),
    ],
)
def test_what_stands_before_the_question_for_a_number_names_the_document(
    question: str, document: str
) -> None:
    assert understand(question).document == document

"""Which of the passages found answers."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.evidence import Evidence
from service.ask.matching import Context, Weights, held
from service.ask.passages import read_passages
from service.ask.question import understand

WEIGHTS = Weights({"加装": 0.4, "电梯": 0.4, "补贴": 0.2}, {})


def evidence(text: str, year_fit: float, search_score: float = 0.8) -> Evidence:
    """Return a passage of the right place that a search found."""
    span = Span(0, len(text))
    row = PassageRow(1, text, 1, None, "1.txt", None, None, None, text, (), span, None, None)
    words = held(WEIGHTS, text)
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

"""When an answer counts as right."""

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UserError
from evaluation.answers.measure import AnswersReport, answer_key, judge, lists_the_same
from evaluation.answers.questions import Question, load_questions


def question(kind: str, *answers: str, files: tuple[str, ...] = ("plan.txt",)) -> Question:
    return Question("q1", "谁牵头?", kind, answers, frozenset(files))


def answer(
    kind: str, text: str | None, *items: str, sources: tuple[str, ...] = ("docs/plan.txt",)
) -> dict[str, Any]:
    citations = [{"source": source} for source in sources]
    return {"kind": kind, "answer": text, "items": list(items), "citations": citations}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("《安澜市若干措施》", "安澜市若干措施"),
        ("“易保通”", "易保通"),
        ("１０００元", "1000元"),
        ("市水利局。", "市水利局"),
        ("2023年 6月", "2023年6月"),
    ],
)
def test_answers_that_are_the_same(left: str, right: str) -> None:
    assert answer_key(left) == answer_key(right)


@pytest.mark.parametrize(
    ("asked", "given", "right"),
    [
        (question("who", "市水利局", "安澜市水利局"), answer("who", "安澜市水利局"), True),
        (question("who", "市水利局"), answer("who", "市水利局、市财政局"), False),
        (question("number", "0.5%"), answer("number", "0.5%"), True),
        (question("number", "5"), answer("number", "0.5"), False),
        (question("count", "6"), answer("count", "6"), True),
        (question("what", "易保通"), answer("none", None), False),
        (question("none"), answer("none", None), True),
        (question("none"), answer("who", "市水利局"), False),
        (question("list", "清理河道", "排查"), answer("list", None, "排查整治。", "清理河道违建。"), True),
    ],
)
def test_right_and_wrong_answers(asked: Question, given: dict[str, Any], right: bool) -> None:
    assert judge(asked, given).right is right


@pytest.mark.parametrize(
    ("items", "same"),
    [
        (["清理河道。", "排查。"], True),
        (["清理河道。"], False),
        (["清理河道。", "排查。", "宣传。"], False),
        ([], False),
    ],
)
def test_a_list_has_every_row_once_and_no_other(items: list[str], same: bool) -> None:
    assert lists_the_same(["清理", "排查"], items) is same


@pytest.mark.parametrize(
    ("sources", "cited"), [(("a/plan.txt",), True), (("other.txt", "plan.txt"), False), ((), False)]
)
def test_the_first_citation_counts(sources: tuple[str, ...], cited: bool) -> None:
    assert judge(question("who", "市水利局"), answer("who", "市水利局", sources=sources)).cited is cited


def test_shares_by_kind() -> None:
    outcomes = (
        judge(question("who", "甲局"), answer("who", "甲局")),
        judge(question("who", "甲局"), answer("who", "乙局")),
        judge(question("none", files=()), answer("none", None)),
    )
    kinds = AnswersReport("", outcomes).record()["kinds"]
    assert kinds["who"] == {"questions": 2, "right": 0.5, "wrong": 0.5, "cited": 1.0}
    assert kinds["none"]["right"] == 1.0
    assert kinds["all"]["questions"] == 3


def test_missing_questions_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--gold"):
        load_questions(tmp_path / "questions.jsonl")

"""How many questions with known answers are answered right, how many wrongly, and cited from where.

Beside the questions of the gold stand near misses, which nothing in the library answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.answers.of_rows import questions_of_rows
from evaluation.answers.questions import NEAR_MISSES, Question, load_questions
from evaluation.gold import data_hash
from evaluation.library import built_library, document_folders
from evaluation.text import squash

_MARKS = re.compile(r"[《》]|[。.;,:]+$")
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered to one question."""

    question: Question
    given: str
    right: bool
    cited: bool
    """True when the first citation is from a file that holds the answer."""
    wrong: bool = False
    """True when something was answered that is not right; to answer nothing is neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """The outcomes of all questions."""

    data: str
    outcomes: tuple[Outcome, ...]
    verbose: bool = False

    def record(self) -> JsonObject:
        """Return shares by kind and for all, and the truth value of each question."""
        return {
            "kinds": {
                kind: {
                    "questions": len(group),
                    "right": _share(group, "right"),
                    "wrong": _share(group, "wrong"),
                    "cited": _share(group, "cited"),
                }
                for kind, group in self._by_kind().items()
            },
            "questions": {outcome.question.id: outcome.right for outcome in self.outcomes},
        }

    def show(self, console: Console) -> None:
        """Print one row per kind; verbose adds the questions that were answered wrongly."""
        table = Table("kind", title="answers")
        for column in ("questions", "right", "wrong", "first citation right"):
            table.add_column(column, justify="right")
        for kind, group in self._by_kind().items():
            table.add_row(
                kind, str(len(group)), *(f"{_share(group, what):.3f}" for what in ("right", "wrong", "cited"))
            )
        console.print(table)
        for outcome in self.outcomes:
            if self.verbose and not (outcome.right and outcome.cited):
                console.print(_told(outcome), markup=False, highlight=False)

    def _by_kind(self) -> dict[str, list[Outcome]]:
        groups: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            groups.setdefault(outcome.question.kind, []).append(outcome)
        return {**groups, _ALL: list(self.outcomes)}


def evaluate(
    gold: Path, corpus: Path | None, data: Path | None, *, of_rows: int = 0, verbose: bool = False
) -> AnswersReport:
    """Ask every question of `gold/search/questions.jsonl` over the documents of the gold and of `corpus`.

    Args:
        gold: folder with `search/questions.jsonl` and `docs/`.
        corpus: folder of more documents, None for none.
        data: library to build or reuse, None for a temporary one.
        of_rows: how many questions by unit, and by month, are made from the rows of the library besides.
        verbose: also show each wrong answer.

    Raises:
        UserError: when there are no questions.
    """
    path = gold / "search" / "questions.jsonl"
    with built_library(document_folders(gold, corpus), data) as library:
        made = questions_of_rows(library, of_rows)
        questions = (*load_questions(path), *load_questions(NEAR_MISSES), *made)
        outcomes = tuple(judge(question, library.ask(question.question).record()) for question in questions)
    return AnswersReport(data_hash([path]), outcomes, verbose)


def judge(question: Question, answer: JsonObject) -> Outcome:
    """Hold an answer (the object that `taizhang ask --json` prints) against what is right."""
    given = answer["answer"] if question.kind != "list" else " | ".join(answer["items"])
    citations = [PurePath(citation["source"]).name for citation in answer["citations"]]
    cited = not question.files or not question.files.isdisjoint(citations[:1])
    right = _is_right(question, answer)
    wrong = not right and answer["kind"] != "none"
    return Outcome(question, given or answer["kind"], right, cited, wrong)


def _is_right(question: Question, answer: JsonObject) -> bool:
    if question.kind == "none":
        return bool(answer["kind"] == "none")
    if question.kind == "list":
        return lists_the_same(question.answers, answer["items"])
    # 要交哪三样材料 may be keyed as one answer, 甲、乙、丙, and is answered with a list of the same.
    told = "、".join(answer["items"]) if answer["kind"] == "list" else answer["answer"]
    return answer_key(told) in {answer_key(wording) for wording in question.answers}


def lists_the_same(beginnings: Sequence[str], items: Iterable[str]) -> bool:
    """Tell whether each row is listed once and nothing else; a row is known by its first words."""
    left = [answer_key(item) for item in items]
    for beginning in beginnings:
        found = next((item for item in left if answer_key(beginning) in item), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def answer_key(answer: str | None) -> str:
    """Return the form in which two answers are the same: width, quotes, title marks, final dots aside."""
    return _MARKS.sub("", squash(unicodedata.normalize("NFKC", answer or "")))


def _share(outcomes: Sequence[Outcome], what: str) -> float:
    return round(sum(getattr(outcome, what) for outcome in outcomes) / len(outcomes), 4) if outcomes else 0.0


def _told(outcome: Outcome) -> str:
    question = outcome.question
    marks = ("" if outcome.right else " WRONG") + ("" if outcome.cited else " CITED ELSEWHERE")
    wanted = "; ".join(question.answers)
    return f"{question.id} [{question.kind}]{marks} {question.question} → {outcome.given} (right: {wanted})"

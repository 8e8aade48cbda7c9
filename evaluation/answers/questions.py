"""Questions whose answers a person looked up, and near misses that nothing in a library answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject

NEAR_MISSES = Path(__file__).with_name("near_misses.jsonl")
"""Questions that name the right place and the wrong year, or the right matter and another county: none has an
answer in a library of real documents from before 2027."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer a person looked up."""

    id: str
    question: str
    kind: str
    """who, when, number, what, count, list or none."""
    answers: tuple[str, ...]
    """For a list the beginnings of its rows; else the wordings that are right."""
    files: frozenset[str]
    """Names of the files that hold the answer."""


def load_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSON Lines file in its order.

    Raises:
        UserError: when there is no such file.
    """
    if not path.exists():
        raise UserError(f"没有问题文件 {path}。请用 --gold 指定含 search/questions.jsonl 的文件夹。")
    return tuple(_question(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip())


def _question(record: JsonObject) -> Question:
    return Question(
        id=record["id"],
        question=record["question"],
        kind=record["type"],
        answers=tuple(record.get("answer") or ()),
        files=frozenset(name for name in (record.get("file"), *record.get("also", ())) if name),
    )

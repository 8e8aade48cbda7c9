"""The systems that are measured: each takes one file and gives one extract line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from corpus.document import Problem
from corpus.errors import UserError
from corpus.records import JsonObject, failed_line
from evaluation.extraction.baseline import baseline_line
from service.intake.extraction import outcome_record, read_or_problem

System = Callable[[Path], JsonObject]


def taizhang(path: Path) -> JsonObject:
    """Read and extract a file as the product does; a file that cannot be read gives its problem."""
    return outcome_record(read_or_problem(path.read_bytes(), path.name))


def baseline(path: Path) -> JsonObject:
    """Run keywords and regular expressions over the same text that the product reads."""
    outcome = read_or_problem(path.read_bytes(), path.name)
    if isinstance(outcome, Problem):
        return failed_line(path.name, outcome)
    return baseline_line(path.name, outcome.document.text)


def saved(folder: Path) -> System:
    """Return a system that takes its lines from `folder`, one JSON file per document, named by its stem.

    A document without such a file counts as one in which nothing was found.

    Raises:
        UserError: when the folder does not exist.
    """
    if not folder.is_dir():
        raise UserError(f"没有这个文件夹：{folder}")

    def look_up(path: Path) -> JsonObject:
        line = folder / f"{path.stem}.json"
        if not line.exists():
            return {"source": path.name, "document": None, "tasks": [], "progress": [], "problems": []}
        record: JsonObject = json.loads(line.read_text("utf-8"))
        return record

    return look_up

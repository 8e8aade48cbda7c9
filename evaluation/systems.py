"""The systems that are measured: each takes one file and gives one extract line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from corpus.errors import UnreadableError, UserError
from corpus.records import JsonObject, extract_line, failed_line
from evaluation.baseline import baseline_line
from ingest.extract.extract import extract
from ingest.read import read_document

System = Callable[[Path], JsonObject]


def taizhang(path: Path) -> JsonObject:
    """Read and extract a file as the product does; a file that cannot be read gives its problem."""
    try:
        document = read_document(path.read_bytes(), path.name)
    except UnreadableError as error:
        return failed_line(path.name, error.problem)
    return extract_line(document, extract(document))


def baseline(path: Path) -> JsonObject:
    """Run keywords and regular expressions over the same text that the product reads."""
    try:
        document = read_document(path.read_bytes(), path.name)
    except UnreadableError as error:
        return failed_line(path.name, error.problem)
    return baseline_line(path.name, document.text)


def saved(folder: Path) -> System:
    """Return a system that takes its lines from `folder`, one JSON file per document, named by its stem.

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

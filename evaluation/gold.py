"""Gold: documents with the tasks, progress and header facts that a person found in them."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject


@dataclass(frozen=True, slots=True)
class Case:
    """One file to read, and what should come out of it."""

    name: str
    """Name of the file that is read."""
    path: Path
    text: str
    """The document as the annotator saw it."""
    gold: JsonObject


def load_cases(folder: Path) -> tuple[Case, ...]:
    """Return the cases of a folder, by name: `docs/*.txt` with `gold/*.json` of the same stem.

    Where the folder has a `files.tsv` (columns file, doc), the real files under `files/` are the cases, each
    held against the gold of its document.

    Raises:
        UserError: when the folder has no gold.
    """
    listed = folder / "files.tsv"
    cases = _file_cases(folder, listed) if listed.exists() else _text_cases(folder)
    if not cases:
        raise UserError(f"{folder} 里没有标注：需要 docs/*.txt 和 gold/*.json。请用 --gold 指定标注文件夹。")
    return cases


def samples() -> Path:
    """Return the folder of the bundled samples with their gold."""
    return Path(str(files("corpus.samples")))


def data_hash(paths: Iterable[Path]) -> str:
    """Return a short hash over names and bytes of files, so that a result says on what it was measured."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def cases_hash(cases: Iterable[Case]) -> str:
    """Return the hash over the files of the cases and their gold."""
    digest = hashlib.sha256()
    for case in cases:
        digest.update(case.name.encode())
        digest.update(case.path.read_bytes())
        digest.update(json.dumps(case.gold, sort_keys=True).encode())
    return digest.hexdigest()[:12]


def _text_cases(folder: Path) -> tuple[Case, ...]:
    return tuple(_text_case(folder, path) for path in sorted((folder / "gold").glob("*.json")))


def _text_case(folder: Path, path: Path) -> Case:
    gold = json.loads(path.read_text("utf-8"))
    document = folder / "docs" / gold["doc"]
    return Case(document.name, document, document.read_text("utf-8"), gold)


def _file_cases(folder: Path, listed: Path) -> tuple[Case, ...]:
    by_stem = {Path(case.name).stem: case for case in _text_cases(folder)}
    with listed.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return tuple(
        Case(row["file"], folder / "files" / row["file"], of_document.text, of_document.gold)
        for row in rows
        if (of_document := by_stem.get(row["doc"])) is not None
    )

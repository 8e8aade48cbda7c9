"""What a person judged relevant to a search."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.filters import Filters

IN_WORDS = ", in words"
"""Follows the kind of searches whose filters are left to the words of the query."""


@dataclass(frozen=True, slots=True)
class Relevant:
    """A stretch of a document that a person found relevant."""

    file: str
    quote: str
    grade: int
    """2 answers the search, 1 touches it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A search and what is relevant to it."""

    id: str
    query: str
    kind: str
    filters: Filters
    relevant: tuple[Relevant, ...]

    @property
    def grades(self) -> dict[str, int]:
        """Return the best grade of each relevant document."""
        ordered = sorted(self.relevant, key=lambda item: item.grade)
        return {item.file: item.grade for item in ordered}

    def in_words(self) -> Judged:
        """Return the same search without filters."""
        return replace(self, id=self.id + IN_WORDS, kind=self.kind + IN_WORDS, filters=Filters())


def load_judged(path: Path, same: dict[str, str]) -> tuple[Judged, ...]:
    """Return the searches of a JSON Lines file; one with filters stands a second time without.

    Raises:
        UserError: when there is no such file.
    """
    if not path.exists():
        raise UserError(f"没有检索标注 {path}。请用 --gold 指定含 search/precedents.jsonl 的文件夹。")
    lines = path.read_text("utf-8").splitlines()
    judged = [_judged(json.loads(line), same) for line in lines if line.strip()]
    return (*judged, *(search.in_words() for search in judged if not search.filters.empty))


def load_same(path: Path) -> dict[str, str]:
    """Return for each file that stands twice its other name; {} where no table says so."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as table:
        return {row["gold_doc"]: row["corpus_doc"] for row in csv.DictReader(table, delimiter="\t")}


def one_name(name: str, same: dict[str, str]) -> str:
    """Return the name under which a document counts that stands twice."""
    return same.get(name, name)


def _judged(record: JsonObject, same: dict[str, str]) -> Judged:
    wanted = record["filter"] or {}
    filters = Filters(
        region=wanted.get("region"),
        year_from=wanted.get("year"),
        year_to=wanted.get("year"),
        doc_type=wanted.get("genre"),
    )
    relevant = tuple(
        Relevant(one_name(item["file"], same), item["quote"], item["grade"]) for item in record["relevant"]
    )
    return Judged(record["id"], record["query"], record["kind"], filters, relevant)

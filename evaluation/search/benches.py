"""Retrieval benches: documents, questions, and which documents answer which question."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject

CORPUS, QUESTIONS, RELEVANT = "corpus.jsonl", "queries.jsonl", "qrels.tsv"
UNSEEN = "unseen.txt"
"""File beside an encoder with the ids of the questions that it was not taught."""
KINDS = (
    ("who", ("谁", "哪个部门", "哪些部门", "什么人", "何人")),
    ("how much or when", ("多少", "多久", "多长", "几", "什么时候", "何时", "期限")),
    ("whether", ("吗", "是否", "能否", "可否", "可不可以", "能不能", "是不是", "有没有")),
    ("how", ("如何", "怎么", "怎样", "怎么办")),
    ("what", ("什么", "哪些", "哪", "何", "啥")),
)
"""Kinds of questions and the words that show them, the first that fits."""
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a bench."""

    id: str
    text: str
    relevant: frozenset[str]
    """Names of the documents that answer it, at least one."""

    @property
    def kind(self) -> str:
        """Return what is asked for, told by the question's words."""
        fitting = (kind for kind, signs in KINDS if any(sign in self.text for sign in signs))
        return next(fitting, OTHER)


@dataclass(frozen=True)
class Bench:
    """One bench."""

    folder: Path
    questions: tuple[Asked, ...]

    @property
    def name(self) -> str:
        """Return the name of its folder."""
        return self.folder.name

    @cached_property
    def unshared(self) -> frozenset[str]:
        """Ids of the questions none of whose documents answers another question."""
        carriers: dict[str, int] = {}
        for asked in self.questions:
            for document in asked.relevant:
                carriers[document] = carriers.get(document, 0) + 1
        return frozenset(
            asked.id for asked in self.questions if all(carriers[name] == 1 for name in asked.relevant)
        )

    def write_documents(self, folder: Path) -> None:
        """Write each document as `NAME.txt` into `folder`: its name where it has one, then its text."""
        folder.mkdir(parents=True, exist_ok=True)
        for record in _records(self.folder / CORPUS):
            lines = [record["name"], record["text"]] if record.get("name") else [record["text"]]
            (folder / f"{record['_id']}.txt").write_text("\n".join(lines), encoding="utf-8")


def load_bench(folder: Path) -> Bench:
    """Return the bench in `folder`; questions without a relevant document are left out.

    Raises:
        UserError: when a file is missing.
    """
    missing = [name for name in (CORPUS, QUESTIONS, RELEVANT) if not (folder / name).exists()]
    if missing:
        raise UserError(f"评测集 {folder} 缺少文件：{'、'.join(missing)}。")
    with (folder / RELEVANT).open(encoding="utf-8", newline="") as table:
        pairs = [(row["query_id"], row["doc_id"]) for row in csv.DictReader(table, delimiter="\t")]
    relevant: dict[str, set[str]] = {}
    for question, document in pairs:
        relevant.setdefault(question, set()).add(document)
    questions = tuple(
        Asked(record["_id"], record["text"], frozenset(relevant[record["_id"]]))
        for record in _records(folder / QUESTIONS)
        if record["_id"] in relevant
    )
    return Bench(folder, questions)


def folds(questions: Sequence[Asked], count: int) -> list[list[Asked]]:
    """Return the questions in `count` parts of about one size; those that share a document stay together.

    The largest groups are dealt first, each to the smallest part; numbers and order do not count.
    """
    parts: list[list[Asked]] = [[] for _ in range(count)]
    for group in sorted(_groups(questions), key=lambda group: (-len(group), group[0].text)):
        min(parts, key=len).extend(group)
    return parts


def folds_at_random(questions: Sequence[Asked], count: int) -> list[list[Asked]]:
    """Return the questions in `count` parts of about one size; documents may be shared between them.

    They are dealt by what their texts hash to: by chance, and the same each time, whatever their order.
    """
    dealt = sorted(questions, key=lambda asked: blake2b(asked.text.encode()).digest())
    return [dealt[place::count] for place in range(count)]


def unseen(folder: Path, questions: Iterable[Asked]) -> list[tuple[Path, list[Asked]]]:
    """Return the encoders in `folder`, each with those of the questions that it was not taught.

    Raises:
        UserError: when not every question is unseen by just one of them.
    """
    known = {asked.id: asked for asked in questions}
    lists = {path.parent: path.read_text("utf-8").split() for path in sorted(folder.glob(f"*/{UNSEEN}"))}
    found = [(encoder, [known[id] for id in ids if id in known]) for encoder, ids in lists.items()]
    if sorted(asked.id for _, part in found for asked in part) != sorted(known):
        raise UserError(f"{folder} 里的编码器对不上评测集：每个问题应当恰有一个编码器没有学过。")
    return found


def _groups(questions: Iterable[Asked]) -> list[list[Asked]]:
    """Return the questions that hang together by shared documents."""
    groups: list[tuple[set[str], list[Asked]]] = []
    for asked in questions:
        touched = [group for group in groups if group[0] & asked.relevant]
        rest = [group for group in groups if not group[0] & asked.relevant]
        names = set(asked.relevant).union(*(group[0] for group in touched))
        members = [one for group in touched for one in group[1]]
        groups = [*rest, (names, [*members, asked])]
    return [sorted(members, key=lambda one: one.text) for _, members in groups]


def _records(path: Path) -> Iterator[JsonObject]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)

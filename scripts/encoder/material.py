"""What the encoder learns from: passages, sentence pairs and questions with judgements, as plain records."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UserError
from corpus.passages import cut_passages
from evaluation.search.benches import folds, folds_at_random, load_bench
from ingest.read import read_document

log = logging.getLogger(__name__)
PARAPHRASES = ("AFQMC/train", "AFQMC/dev", "LCQMC/dev", "LCQMC/test", "OPPO-xiaobu/dev")
GRADED = ("train", "dev", "test")
ALIKE = 4
"""From this grade of 0 to 5 on two sentences say the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage with what stands above it."""

    document: str
    title: str
    section: tuple[str, ...]
    text: str

    @property
    def whole(self) -> str:
        """Return what the encoder reads of a passage in the product: title, then passage."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the documents that answer it."""

    id: str
    text: str
    documents: frozenset[str]
    answer: str = ""
    """Words of the answer, "" where they are not known."""
    also: tuple[str, ...] = field(default=())
    """Other texts that the same documents answer: an explanation, key words."""


def pieces_of(folders: Sequence[Path]) -> Iterator[Piece]:
    """Yield the passages of every text file in `folders`; files that cannot be read are told and left out."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.txt"))):
        try:
            document = read_document(path.read_bytes(), path.name)
        except UserError as error:
            log.warning("%s: %s", path.name, error)
            continue
        title = document.header.title or ""
        for passage in cut_passages(document):
            text = document.text[passage.span.start : passage.span.end]
            yield Piece(path.name, title, tuple(passage.section), text)


def articles_of(bench: Path) -> Iterator[Piece]:
    """Yield the statutes of `bench/stard`, each article a passage whose title is its name."""
    for record in _records(bench / "stard" / "corpus.jsonl"):
        yield Piece(record["_id"], record["name"], (), record["text"])


def law_questions(bench: Path) -> list[Question]:
    """Return the judged questions on statutes, with explanations where `pairs/lecoqa-dev.jsonl` has them."""
    explained = {str(row["query_id"]): row for row in _records(bench / "pairs" / "lecoqa-dev.jsonl")}
    relevant = _relevant(bench / "stard" / "qrels.tsv")
    found = []
    for record in _records(bench / "stard" / "queries.jsonl"):
        row = explained.get(record["_id"], {})
        also = tuple(str(row[key]) for key in ("答案文本", "关键词") if row.get(key))
        found.append(Question(record["_id"], record["text"], relevant[record["_id"]], also=also))
    return found


def notice_questions(bench: Path) -> list[Question]:
    """Return the questions of `bench/ncp`; each one's document is named as it is in that bench."""
    return [
        Question(record["_id"], record["text"], frozenset([record["docid"]]), record["answer"])
        for record in _records(bench / "ncp" / "queries.jsonl")
    ]


def paraphrases(bench: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of sentences that mean the same."""
    return ((left, right) for left, right, same in _compared(bench) if same)


def answered(bench: Path) -> Iterator[tuple[str, str]]:
    """Yield questions of laymen on law with an answer that was judged right."""
    return ((question, answer) for question, answer, right in _answers(bench) if right)


def everyday(bench: Path) -> Iterator[str]:
    """Yield every sentence of those collections, of pairs that mean something else too.

    They are where the words of daily life come from, which documents seldom use.
    """
    for left, right, _ in (*_compared(bench), *_answers(bench)):
        yield left
        yield right


def _compared(bench: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield pairs of sentences, and whether they mean the same."""
    for name in PARAPHRASES:
        for left, right, same in _columns(bench / "pairs" / f"{name}.txt"):
            yield left, right, same == "1"
    for name in GRADED:
        for left, right, grade in _columns(bench / "pairs" / "Chinese-STS-B" / f"sts-b-{name}.txt"):
            yield left, right, int(grade) >= ALIKE


def _answers(bench: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield questions of laymen with an answer, and whether it was judged right."""
    with (bench / "pairs" / "LegalQA-manual-dev.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["answer"]:
                question = f"{row['question: subject']} {row['question: body'] or ''}"
                yield question, row["answer"], row["label"] == "1"


def lay_questions() -> list[tuple[str, str]]:
    """Return questions in everyday words with the words of documents on the same matter."""
    path = Path(__file__).parent / "lay_questions.tsv"
    with path.open(encoding="utf-8", newline="") as table:
        return [(row["question"], row["official"]) for row in csv.DictReader(table, delimiter="\t")]


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _columns(path: Path) -> Iterator[tuple[str, str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 3:
                yield columns[0], columns[1], columns[2]


def _relevant(path: Path) -> dict[str, frozenset[str]]:
    """Return the relevant documents of each question."""
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            found.setdefault(row["query_id"], set()).add(row["doc_id"])
    return {id: frozenset(documents) for id, documents in found.items()}


def parts(bench: Path, count: int, shared: bool) -> list[frozenset[str]]:
    """Return the ids of the judged questions in `count` parts, in which documents may be `shared` or not."""
    if not count:
        return []
    deal = folds_at_random if shared else folds
    dealt = [deal(load_bench(bench / name).questions, count) for name in ("stard", "ncp")]
    return [
        frozenset(asked.id for part in parts_of_one for asked in part)
        for parts_of_one in zip(*dealt, strict=True)
    ]

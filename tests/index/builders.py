"""A small library of plain texts, for the tests of index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.spans import Span
from corpus.store.rows import Change, NewDocument, PassageRow
from corpus.store.store import Store
from corpus.task import Extraction
from index.search import SearchIndex
from index.tokens import bigrams
from tests.corpus.builders import document

TOPICS = (
    "农家乐整治",
    "尾矿库治理",
    "养老服务",
    "河道清淤",
    "电子证照",
    "公积金提取",
    "秸秆禁烧",
    "古树保护",
)


def passage(id: int, text: str, **values: object) -> PassageRow:
    """A passage of a document of its own, unless `values` say otherwise."""
    facts: dict[str, object] = {
        "document_id": f"d{id}",
        "version": 1,
        "title": None,
        "source": f"{id}.txt",
        "date": None,
        "region": None,
        "doc_type": None,
        "section": (),
        "span": Span(0, len(text)),
        "page": None,
        "task_id": None,
    }
    return PassageRow(id=id, text=text, **{**facts, **values})  # type: ignore[arg-type]


def change(number: int, *added: PassageRow, removed: Sequence[int] = ()) -> Change:
    """One step of a library's history."""
    return Change(number, tuple(removed), added)


def new(source: str, *lines: str, **header: object) -> NewDocument:
    """A file of one heading per line that begins with "# 1 ", one paragraph per other line."""
    marked = [line if line.startswith("# ") else f"p {line}" for line in lines]
    content = document(*marked, source=source, **header)
    return NewDocument(source, content.text.encode(), content, Extraction())


def add(store: Store, source: str, *lines: str, **header: object) -> str:
    """Add such a file and return the document's id."""
    return store.add_many([new(source, *lines, **header)])[0].document_id


def opened(folder: Path, **options: object) -> tuple[Store, SearchIndex]:
    """The library in `folder` with its index, as a process opens it."""
    store = Store.open(folder)
    return store, SearchIndex.open(folder / "index", store, **options)  # type: ignore[arg-type]


def many(count: int, first: int = 0) -> list[NewDocument]:
    """Files about different matters, each with a number that only it has."""
    return [
        new(f"{number}.txt", f"安澜市{TOPICS[number % len(TOPICS)]}第{number}号方案，编号{number:05d}甲。")
        for number in range(first, first + count)
    ]


def unit_vectors(count: int, dimensions: int = 16, seed: int = 0) -> np.ndarray:
    """Random directions."""
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class PairEncoder:
    """A tiny encoder that needs no fitting: each pair of characters has a direction of its own."""

    def __init__(self, dimensions: int = 64) -> None:
        self.dimensions = dimensions
        self.name = f"pairs-{dimensions}"
        self.share = 0.3
        self.floor = 0.2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([self.encode_query(text) for text in texts], np.float32).reshape(-1, self.dimensions)

    def encode_query(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for pair in bigrams(text):
            vector[(ord(pair[0]) * 31 + ord(pair[1])) % self.dimensions] += 1
        return vector / (np.linalg.norm(vector) or 1)

"""Other search programs through their own interfaces, over the same passages, words and vectors as ours.

They are no dependencies: `pip install bm25s jieba txtai "pymilvus[milvus-lite]" lancedb` beside the product;
what is not installed is left out. Words are cut by jieba where a program does not do so by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.encoders.base import Encoder, passage_words
from index.encoders.configured import configured_encoder

if TYPE_CHECKING:
    from corpus.store.rows import PassageRow
    from index.encoders.base import Vectors

AT_ONCE = 1_000
"""Passages that are handed over together."""
DEPTH = 100
"""Passages that each list gives to a fusion, as its documentation advises or by default."""


class Peer(Protocol):
    """A search program over passages."""

    def search(self, text: str, limit: int) -> list[int]:
        """Return the ids of at most `limit` passages, best first."""


Build = Callable[[Sequence["PassageRow"], "Vectors", Encoder, Path], Peer]


def cut(text: str) -> list[str]:
    """Return the words of a text as jieba cuts them for search engines."""
    import jieba

    return [word for word in jieba.cut_for_search(text) if word.strip() and any(map(str.isalnum, word))]


class SqliteWords:
    """SQLite FTS5, BM25 over words."""

    def __init__(
        self, rows: Sequence[PassageRow], _vectors: Vectors, _encoder: Encoder, folder: Path
    ) -> None:
        self._connection = sqlite3.connect(folder / "words.db")
        self._connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, content='')")
        values = ((row.id, " ".join(cut(passage_words(row)))) for row in rows)
        self._connection.executemany("INSERT INTO passages(rowid, words) VALUES (?, ?)", values)
        self._connection.commit()

    def search(self, text: str, limit: int) -> list[int]:
        """Return the passages with any of the words, by `bm25`."""
        wanted = " OR ".join('"{}"'.format(word.replace('"', '""')) for word in cut(text))
        query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?"
        return [id for (id,) in self._connection.execute(query, (wanted, limit))] if wanted else []


class Bm25s:
    """bm25s, BM25 over words in memory."""

    def __init__(
        self, rows: Sequence[PassageRow], _vectors: Vectors, _encoder: Encoder, _folder: Path
    ) -> None:
        import bm25s

        self._ids = [row.id for row in rows]
        self._ranking = bm25s.BM25()
        self._ranking.index([cut(passage_words(row)) for row in rows], show_progress=False)

    def search(self, text: str, limit: int) -> list[int]:
        """Return the passages in the order of their scores."""
        words = cut(text) or [""]
        found = self._ranking.retrieve([words], k=limit, show_progress=False, return_as="documents")
        return [self._ids[place] for place in found[0].tolist()]


class Txtai:
    """txtai, hybrid: its own BM25 and faiss index, fused by itself."""

    def __init__(self, rows: Sequence[PassageRow], vectors: Vectors, encoder: Encoder, _folder: Path) -> None:
        from txtai import Embeddings

        texts = [" ".join(cut(passage_words(row))) for row in rows]
        known = dict(zip(texts, vectors, strict=True))

        def transform(asked: Sequence[str]) -> Vectors:
            import numpy as np

            found = np.stack([known[text] if text in known else encoder.encode_query(text) for text in asked])
            found[~found.any(axis=1), 0] = 1.0  # it divides by the length
            return found

        self._embeddings = Embeddings(method="external", transform=transform, hybrid=True, content=False)
        self._embeddings.index([(row.id, text, None) for row, text in zip(rows, texts, strict=True)])

    def search(self, text: str, limit: int) -> list[int]:
        """Return the passages in the order of its own fusion."""
        return [int(id) for id, _ in self._embeddings.search(" ".join(cut(text)), limit)]


class MilvusLite:
    """milvus-lite, hybrid: BM25 with its jieba analyzer and HNSW, joined by its RRFRanker."""

    def __init__(self, rows: Sequence[PassageRow], vectors: Vectors, encoder: Encoder, folder: Path) -> None:
        from pymilvus import DataType, Function, FunctionType, MilvusClient

        self._encoder = encoder
        self._client = MilvusClient(str(folder / "milvus.db"))
        fields = self._client.create_schema()
        fields.add_field("id", DataType.INT64, is_primary=True)
        analyzed = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "jieba"}}
        fields.add_field("text", DataType.VARCHAR, max_length=8000, **analyzed)
        fields.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
        fields.add_field("vector", DataType.FLOAT_VECTOR, dim=encoder.dimensions)
        fields.add_function(
            Function("bm25", FunctionType.BM25, input_field_names=["text"], output_field_names=["words"])
        )
        indexes = self._client.prepare_index_params()
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        indexes.add_index(
            "vector", index_type="HNSW", metric_type="IP", params={"M": 16, "efConstruction": 200}
        )
        self._client.create_collection("passages", schema=fields, index_params=indexes)
        for start in range(0, len(rows), AT_ONCE):
            some = [
                {"id": row.id, "text": passage_words(row), "vector": vector.tolist()}
                for row, vector in zip(
                    rows[start : start + AT_ONCE], vectors[start : start + AT_ONCE], strict=True
                )
            ]
            self._client.insert("passages", some)
        self._client.flush("passages")

    def search(self, text: str, limit: int) -> list[int]:
        """Return the passages in the order of reciprocal ranks."""
        from pymilvus import AnnSearchRequest, RRFRanker

        vector = self._encoder.encode_query(text).tolist()
        both = [
            AnnSearchRequest([text], "words", {}, DEPTH),
            AnnSearchRequest([vector], "vector", {"params": {"ef": 2 * DEPTH}}, DEPTH),
        ]
        return [int(hit["id"]) for hit in self._client.hybrid_search("passages", both, RRFRanker(), limit)[0]]


class LanceDb:
    """LanceDB, hybrid: its own text index over cut words, all vectors compared, reciprocal ranks."""

    def __init__(self, rows: Sequence[PassageRow], vectors: Vectors, encoder: Encoder, folder: Path) -> None:
        import lancedb
        import pyarrow
        from lancedb.index import FTS

        self._encoder = encoder
        columns = {
            "id": pyarrow.array([row.id for row in rows]),
            "text": pyarrow.array([" ".join(cut(passage_words(row))) for row in rows]),
            "vector": pyarrow.FixedSizeListArray.from_arrays(
                pyarrow.array(vectors.ravel()), encoder.dimensions
            ),
        }
        self._table = lancedb.connect(folder / "lance").create_table("passages", pyarrow.table(columns))
        words = FTS(base_tokenizer="whitespace", stem=False, remove_stop_words=False, ascii_folding=False)
        self._table.create_index("text", config=words)

    def search(self, text: str, limit: int) -> list[int]:
        """Return the passages in the order of its default reranker."""
        asked = self._table.search(query_type="hybrid").text(" ".join(cut(text)))
        found = asked.vector(self._encoder.encode_query(text)).limit(limit).to_list()
        return [int(row["id"]) for row in found]


PEERS: dict[str, tuple[tuple[str, ...], Build]] = {
    "SQLite FTS5, jieba": (("jieba",), SqliteWords),
    "bm25s, jieba": (("jieba", "bm25s"), Bm25s),
    "txtai, hybrid": (("jieba", "txtai"), Txtai),
    "milvus-lite, hybrid": (("pymilvus", "milvus_lite"), MilvusLite),
    "LanceDB, hybrid": (("jieba", "lancedb"), LanceDb),
}
"""Packages that each needs, and what builds it."""


def installed(wanted: Sequence[str] = ()) -> dict[str, Build]:
    """Return the peers that are installed, or those of them whose names begin with a word of `wanted`."""
    return {
        name: build
        for name, (packages, build) in PEERS.items()
        if all(find_spec(package) for package in packages)
        and (not wanted or any(name.lower().startswith(word.lower()) for word in wanted))
    }


def encoded(rows: Sequence[PassageRow]) -> tuple[Vectors, Encoder]:
    """Return the vectors of the passages by the product's encoder, and the encoder."""
    encoder = configured_encoder()
    return encoder.encode([passage_words(row) for row in rows]), encoder

"""Programs that fuse words and vectors themselves: LanceDB, milvus-lite and txtai."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.peers.program import Asked, Part

if TYPE_CHECKING:
    from index.encoders.base import Vectors

DEPTH = 100
"""Passages that each list gives to a fusion, as its documentation advises or by default."""
CELLS_FROM = 50_000
"""From so many vectors on they are sorted into cells where a program does not do so by itself."""
PROBED = 64
"""Cells looked into where a program has one set of them for all vectors, as many as ours looks into."""


class LanceDb:
    """LanceDB, hybrid: its own text index over cut words, 8-bit vectors in cells, reciprocal ranks."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        os.environ.setdefault("LANCEDB_LOG", "error")  # it warns of its own columns at each search
        import lancedb

        self._dimensions = dimensions
        self._database = lancedb.connect(folder / "lance")
        if "passages" in self._database.list_tables().tables:
            self._table = self._database.open_table("passages")

    def build(self, parts: Iterable[Part]) -> None:
        """Write the table part by part, then make its indexes."""
        from lancedb.index import FTS, Bitmap, BTree, IvfSq

        waiting = iter(parts)
        self._table = self._database.create_table("passages", self._columns(next(waiting)))
        for part in waiting:
            self.add(part)
        if self._table.count_rows() >= CELLS_FROM:
            self._table.create_index("vector", config=IvfSq(distance_type="dot"))
        self._table.create_index("place", config=Bitmap())
        self._table.create_index("id", config=BTree())
        words = FTS(base_tokenizer="whitespace", stem=False, remove_stop_words=False, ascii_folding=False)
        self._table.create_index("text", config=words)

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of its default reranker; a place is looked at before."""
        if asked.words:
            found = self._table.search(query_type="hybrid").vector(asked.vector).text(asked.words)
        else:
            found = self._table.search(asked.vector)
        if asked.place:
            found = found.where(f"place = '{asked.place}'", prefilter=True)
        return [int(row["id"]) for row in found.select(["id"]).limit(limit).to_list()]

    def add(self, part: Part) -> None:
        """Append them; what its indexes do not hold yet is looked through."""
        self._table.add(self._columns(part))

    def remove(self, ids: Sequence[int]) -> None:
        """Mark them as deleted."""
        self._table.delete(f"id IN ({', '.join(map(str, ids))})")

    def _columns(self, part: Part) -> Any:
        import numpy as np
        import pyarrow

        flat = pyarrow.array(np.ascontiguousarray(part.vectors).ravel())
        vectors = pyarrow.FixedSizeListArray.from_arrays(flat, self._dimensions)
        columns = {"id": list(part.ids), "text": list(part.words), "place": list(part.places)}
        return pyarrow.table({**columns, "vector": vectors})


class MilvusLite:
    """milvus-lite, hybrid: BM25 and 8-bit vectors in cells, joined by its RRFRanker."""

    CELLS, PROBED = 256, 16
    """Cells of each of its segments of up to 100,000 passages, and how many of them are looked into."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        from pymilvus import MilvusClient

        self._dimensions = dimensions
        self._client = MilvusClient(str(folder / "milvus.db"))
        if self._client.has_collection("passages"):
            self._client.load_collection("passages")

    def build(self, parts: Iterable[Part]) -> None:
        """Insert all before there are indexes, which would be made anew whenever it merges segments."""
        self._client.create_collection("passages", schema=self._schema(), consistency_level="Strong")
        for part in parts:
            self.add(part)
        self._client.flush("passages")
        indexes = self._client.prepare_index_params()
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        cells = {"nlist": self.CELLS}
        indexes.add_index("vector", index_type="IVF_SQ8", metric_type="IP", params=cells)
        indexes.add_index("place", index_type="INVERTED")
        self._client.create_index("passages", indexes)
        self._client.load_collection("passages")
        self._client.close()

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of reciprocal ranks."""
        from pymilvus import AnnSearchRequest, RRFRanker

        within = f'place == "{asked.place}"' if asked.place else None
        near = {"params": {"nprobe": self.PROBED}}
        both = [
            AnnSearchRequest([asked.words], "words", {}, DEPTH, expr=within),
            AnnSearchRequest([asked.vector.tolist()], "vector", near, DEPTH, expr=within),
        ]
        return [int(hit["id"]) for hit in self._client.hybrid_search("passages", both, RRFRanker(), limit)[0]]

    def add(self, part: Part) -> None:
        """Insert them in one message."""
        columns = zip(part.ids, part.words, part.vectors, part.places, strict=True)
        names = ("id", "text", "vector", "place")
        self._client.insert("passages", [dict(zip(names, values, strict=True)) for values in columns])

    def remove(self, ids: Sequence[int]) -> None:
        """Delete them by id."""
        self._client.delete("passages", ids=list(ids))

    def _schema(self) -> Any:
        """Return its fields: words come cut, so the analyzer only parts them at the spaces."""
        from pymilvus import DataType, Function, FunctionType

        fields = self._client.create_schema()
        fields.add_field("id", DataType.INT64, is_primary=True)
        fields.add_field("place", DataType.VARCHAR, max_length=100)
        analyzed = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
        fields.add_field("text", DataType.VARCHAR, max_length=16000, **analyzed)
        fields.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
        fields.add_field("vector", DataType.FLOAT_VECTOR, dim=self._dimensions)
        names = {"input_field_names": ["text"], "output_field_names": ["words"]}
        fields.add_function(Function("bm25", FunctionType.BM25, **names))
        return fields


class Txtai:
    """txtai, hybrid: its own BM25 and 8-bit faiss cells, fused by itself; texts and places in SQLite."""

    SAMPLE, MOST = 0.1, 100_000
    """Share of the vectors from which cells are learnt, and the most candidates for a filter."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        from txtai import Embeddings

        self._folder = folder
        self._waiting: deque[Any] = deque()
        """Vectors of the texts that it is going to ask for, in their order."""
        settings = {
            "method": "external",
            "transform": lambda texts: self._transform(texts),
            "content": True,
            "keyword": False,
            "hybrid": True,
            # Its default tokenizer parts Chinese at every character.
            "scoring": {
                "method": "bm25",
                "terms": True,
                "normalize": True,
                "tokenizer": {"whitespace": True},
            },
            "backend": "faiss",
            "faiss": {"quantize": 8, "sample": self.SAMPLE, "nprobe": PROBED},
        }
        self._embeddings = Embeddings(settings)
        if any(folder.iterdir()):
            self._embeddings.load(str(folder), config=settings)

    def build(self, parts: Iterable[Part]) -> None:
        """Let it draw the passages, and save."""
        self._embeddings.index(self._drawn(parts))
        self._embeddings.save(str(self._folder))

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of its own fusion.

        A place is looked at after the candidates are found, so it is asked for ten times as many until
        `limit` are left.
        """
        candidates = 20 * limit
        found = self._found(asked, limit, candidates)
        while asked.place and len(found) < limit and candidates < self.MOST:
            candidates *= 10
            found = self._found(asked, limit, candidates)
        return found

    def add(self, part: Part) -> None:
        """Put them in, and save: before that they live in memory only."""
        self._embeddings.upsert(self._drawn([part]))
        self._embeddings.save(str(self._folder))

    def remove(self, ids: Sequence[int]) -> None:
        """Take them out, and save."""
        self._embeddings.delete([str(id) for id in ids])
        self._embeddings.save(str(self._folder))

    def _found(self, asked: Asked, limit: int, candidates: int) -> list[int]:
        self._waiting.append(asked.vector)
        within = " AND place = :place" if asked.place else ""
        query = f"SELECT id FROM txtai WHERE similar(:words, {candidates}){within} LIMIT {limit}"
        values = {"words": asked.words, **({"place": asked.place} if asked.place else {})}
        return [int(row["id"]) for row in self._embeddings.search(query, limit, parameters=values)]

    def _drawn(self, parts: Iterable[Part]) -> Iterable[tuple[str, Any, None]]:
        for part in parts:
            for id, words, place, vector in zip(part.ids, part.words, part.places, part.vectors, strict=True):
                self._waiting.append(vector)
                yield str(id), {"text": words, "place": place}, None

    def _transform(self, asked: Sequence[str]) -> Vectors:
        import numpy as np

        found = np.stack([self._waiting.popleft() for _ in asked]).astype(np.float32)
        found[~found.any(axis=1), 0] = 1.0  # it divides by the length
        return found

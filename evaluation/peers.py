"""Other search programs through their own interfaces, over the same passages, words and vectors as ours.

They are no dependencies: `pip install bm25s txtai "pymilvus[milvus-lite]" lancedb` beside the product; what
is not installed is left out. Each gets the words cut already, since none of them brings our names of places
and units, and each keeps what it holds in a folder of its own that another process can open.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.encoders.base import Vectors

DEPTH = 100
"""Passages that each list gives to a fusion, as its documentation advises or by default."""
CELLS_FROM = 50_000
"""From so many vectors on they are sorted into cells where a program does not do so by itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some passages as a program gets them; all four have the same length."""

    ids: Sequence[int]
    words: Sequence[str]
    """The words of each, with spaces between them."""
    vectors: Vectors
    places: Sequence[str]
    """The place of each passage's document, to filter by; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question."""

    words: str
    """With spaces between them."""
    vector: Vectors
    place: str = ""
    """Only passages of this place, where one is given."""


class Peer(Protocol):
    """A search program over a folder, which is empty before `build` and may be opened again after it."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Open what `folder` holds; `dimensions` are those of the vectors."""

    def build(self, parts: Iterable[Part]) -> None:
        """Take in all passages and keep them on disk."""

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the ids of at most `limit` passages, best first."""

    def add(self, part: Part) -> None:
        """Take in some more, to be found from then on.

        Raises:
            NotImplementedError: when the program can only be built anew.
        """

    def remove(self, ids: Sequence[int]) -> None:
        """Take some out.

        Raises:
            NotImplementedError: when the program can only be built anew.
        """


class SqliteWords:
    """SQLite FTS5, BM25 over words; places stand in a table beside it."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        self._connection = sqlite3.connect(folder / "words.db", isolation_level=None)

    def build(self, parts: Iterable[Part]) -> None:
        """Write all in one transaction."""
        self._connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words)")
        self._connection.execute("CREATE TABLE places (id INTEGER PRIMARY KEY, place TEXT)")
        self._connection.execute("BEGIN")
        for part in parts:
            self._insert(part)
        self._connection.execute("CREATE INDEX of_place ON places(place)")
        self._connection.execute("COMMIT")

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages with any of the words, by `bm25`."""
        wanted = " OR ".join('"{}"'.format(word.replace('"', '""')) for word in asked.words.split())
        if not wanted:
            return []
        within = "AND rowid IN (SELECT id FROM places WHERE place = ?)" if asked.place else ""
        query = f"SELECT rowid FROM passages WHERE passages MATCH ? {within} ORDER BY rank LIMIT ?"
        values = (wanted, asked.place, limit) if asked.place else (wanted, limit)
        return [id for (id,) in self._connection.execute(query, values)]

    def add(self, part: Part) -> None:
        """Write them in one transaction."""
        self._connection.execute("BEGIN")
        self._insert(part)
        self._connection.execute("COMMIT")

    def remove(self, ids: Sequence[int]) -> None:
        """Delete them in one transaction."""
        self._connection.execute("BEGIN")
        for table, column in (("passages", "rowid"), ("places", "id")):
            self._connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(id,) for id in ids])
        self._connection.execute("COMMIT")

    def _insert(self, part: Part) -> None:
        words = zip(part.ids, part.words, strict=True)
        self._connection.executemany("INSERT INTO passages(rowid, words) VALUES (?, ?)", words)
        self._connection.executemany(
            "INSERT INTO places VALUES (?, ?)", zip(part.ids, part.places, strict=True)
        )


class Bm25s:
    """bm25s, BM25 over words in arrays that are mapped into memory."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        self._folder = folder
        self._ranking: Any = None
        if (folder / "ids.npy").exists():
            import bm25s
            import numpy as np

            self._ranking = bm25s.BM25.load(folder, mmap=True)
            self._ids = np.load(folder / "ids.npy")
            places = json.loads((folder / "places.json").read_text("utf-8"))
            self._places: NDArray[Any] = np.array(places)
            self._masks: dict[str, NDArray[Any]] = {}

    def build(self, parts: Iterable[Part]) -> None:
        """Hand over all words at once, as numbers: there is no other way."""
        import bm25s
        import numpy as np
        from bm25s.tokenization import Tokenized

        numbers: dict[str, int] = {}
        ids: list[int] = []
        places: list[str] = []
        texts = []
        for part in parts:
            ids += part.ids
            places += part.places
            texts += [
                [numbers.setdefault(word, len(numbers)) for word in line.split()] for line in part.words
            ]
        ranking = bm25s.BM25()
        ranking.index(Tokenized(ids=texts, vocab=numbers), show_progress=False)
        ranking.save(self._folder)
        np.save(self._folder / "ids.npy", np.array(ids))
        (self._folder / "places.json").write_text(json.dumps(places, ensure_ascii=False), "utf-8")

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of their scores; those of other places count nothing."""
        words = [word for word in asked.words.split() if word in self._ranking.vocab_dict] or [""]
        mask = self._mask(asked.place) if asked.place else None
        found = self._ranking.retrieve([words], k=limit, show_progress=False, weight_mask=mask)
        places, scores = found.documents[0], found.scores[0]
        return [int(id) for id in self._ids[places[scores > 0]]]

    def add(self, part: Part) -> None:
        """Refuse."""
        raise NotImplementedError

    def remove(self, ids: Sequence[int]) -> None:
        """Refuse."""
        raise NotImplementedError

    def _mask(self, place: str) -> NDArray[Any]:
        import numpy as np

        if place not in self._masks:
            self._masks[place] = (self._places == place).astype(np.float32)
        return self._masks[place]


class Txtai:
    """txtai, hybrid: its own BM25 and faiss index, fused by itself; texts and places in its database."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        from txtai import Embeddings

        self._folder = folder
        self._waiting: deque[Any] = deque()
        """Vectors of the texts that it is going to ask for, in their order."""
        settings = {"method": "external", "transform": lambda texts: self._transform(texts)}
        self._embeddings = Embeddings(**settings, hybrid=True, content=True)
        if any(folder.iterdir()):
            self._embeddings.load(str(folder), config=settings)

    def build(self, parts: Iterable[Part]) -> None:
        """Let it draw the passages, and save."""
        self._embeddings.index(self._drawn(parts))
        self._embeddings.save(str(self._folder))

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of its own fusion; with a place, by its SQL."""
        self._waiting.append(asked.vector)
        where = "similar(:words) AND place = :place" if asked.place else "similar(:words)"
        query = f"SELECT id FROM txtai WHERE {where} LIMIT {limit}"
        values = {"words": asked.words, **({"place": asked.place} if asked.place else {})}
        return [int(row["id"]) for row in self._embeddings.search(query, limit, parameters=values)]

    def add(self, part: Part) -> None:
        """Put them in, and save: before that they live in memory only."""
        self._embeddings.upsert(self._drawn([part]))
        self._embeddings.save(str(self._folder))

    def remove(self, ids: Sequence[int]) -> None:
        """Take them out, and save."""
        self._embeddings.delete([str(id) for id in ids])
        self._embeddings.save(str(self._folder))

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


class MilvusLite:
    """milvus-lite, hybrid: BM25 and 8-bit vectors in cells, joined by its RRFRanker."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        from pymilvus import MilvusClient

        self._dimensions = dimensions
        self._client = MilvusClient(str(folder / "milvus.db"))
        if self._client.has_collection("passages"):
            self._client.load_collection("passages")

    def build(self, parts: Iterable[Part]) -> None:
        """Make the collection and insert all."""
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
        indexes = self._client.prepare_index_params()
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        indexes.add_index("vector", index_type="IVF_SQ8", metric_type="IP", params={"nlist": 128})
        indexes.add_index("place", index_type="INVERTED")
        self._client.create_collection(
            "passages", schema=fields, index_params=indexes, consistency_level="Strong"
        )
        for part in parts:
            self.add(part)
        self._client.flush("passages")

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of reciprocal ranks."""
        from pymilvus import AnnSearchRequest, RRFRanker

        within = f'place == "{asked.place}"' if asked.place else None
        near = {"params": {"nprobe": 16}}
        both = [
            AnnSearchRequest([asked.words], "words", {}, DEPTH, expr=within),
            AnnSearchRequest([asked.vector.tolist()], "vector", near, DEPTH, expr=within),
        ]
        return [int(hit["id"]) for hit in self._client.hybrid_search("passages", both, RRFRanker(), limit)[0]]

    def add(self, part: Part) -> None:
        """Insert them, a thousand at a time."""
        columns = zip(part.ids, part.words, part.vectors.tolist(), part.places, strict=True)
        names = ("id", "text", "vector", "place")
        rows = [dict(zip(names, values, strict=True)) for values in columns]
        for start in range(0, len(rows), 1_000):
            self._client.insert("passages", rows[start : start + 1_000])

    def remove(self, ids: Sequence[int]) -> None:
        """Delete them by id."""
        self._client.delete("passages", ids=list(ids))


class LanceDb:
    """LanceDB, hybrid: its own text index over cut words, 8-bit vectors in cells, reciprocal ranks."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        import lancedb

        self._dimensions = dimensions
        self._database = lancedb.connect(folder / "lance")
        if "passages" in self._database.table_names():
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
        found = self._table.search(query_type="hybrid").vector(asked.vector).text(asked.words)
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


PEERS: dict[str, tuple[tuple[str, ...], type[Peer]]] = {
    "SQLite FTS5": ((), SqliteWords),
    "bm25s": (("bm25s",), Bm25s),
    "LanceDB, hybrid": (("lancedb",), LanceDb),
    "milvus-lite, hybrid": (("pymilvus", "milvus-lite"), MilvusLite),
    "txtai, hybrid": (("txtai",), Txtai),
}
"""Distributions that each needs, and the program."""


def installed(wanted: Sequence[str] = ()) -> dict[str, type[Peer]]:
    """Return the peers that are installed, or those of them whose names begin with a word of `wanted`."""
    return {
        name: program
        for name, (packages, program) in PEERS.items()
        if all(find_spec(package.replace("-", "_")) for package in packages)
        and (not wanted or any(name.lower().startswith(word.lower()) for word in wanted))
    }


def versions(name: str) -> str:
    """Return the versions of what a peer consists of."""
    found = [f"{package} {version(package)}" for package in PEERS[name][0]]
    return ", ".join(found) or f"SQLite {sqlite3.sqlite_version}"

"""Programs that know words only: SQLite FTS5 and bm25s."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.peers.program import Asked, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SqliteWords:
    """SQLite FTS5, BM25 over words; the place is a second column, which counts nothing in the order."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        self._connection = sqlite3.connect(folder / "words.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def build(self, parts: Iterable[Part]) -> None:
        """Write all in one transaction, then merge the pieces of its index into one."""
        self._connection.execute("CREATE VIRTUAL TABLE passages USING fts5(words, place)")
        self._tell("rank", "bm25(1.0, 0.0)")
        self._connection.execute("BEGIN")
        for part in parts:
            self._insert(part)
        self._connection.execute("COMMIT")
        self._tell("optimize")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages with any of the words, by `rank`."""
        words = " OR ".join(map(_quoted, asked.words.split()))
        if not words:
            return []
        within = f"place : {_quoted(asked.place)} AND " if asked.place else ""
        query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return [id for (id,) in self._connection.execute(query, (f"{within}words : ({words})", limit))]

    def add(self, part: Part) -> None:
        """Write them in one transaction."""
        self._connection.execute("BEGIN")
        self._insert(part)
        self._connection.execute("COMMIT")

    def remove(self, ids: Sequence[int]) -> None:
        """Delete them in one transaction."""
        self._connection.execute("BEGIN")
        self._connection.executemany("DELETE FROM passages WHERE rowid = ?", [(id,) for id in ids])
        self._connection.execute("COMMIT")

    def _insert(self, part: Part) -> None:
        rows = zip(part.ids, part.words, part.places, strict=True)
        self._connection.executemany("INSERT INTO passages(rowid, words, place) VALUES (?, ?, ?)", rows)

    def _tell(self, command: str, value: str | None = None) -> None:
        """Give the text index one of its commands."""
        self._connection.execute("INSERT INTO passages(passages, rank) VALUES (?, ?)", (command, value))


def _quoted(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


class Bm25s:
    """bm25s, BM25 over words in arrays that are mapped into memory."""

    def __init__(self, folder: Path, _dimensions: int) -> None:
        self._folder = folder
        self._ranking: Any = None
        if (folder / "ids.npy").exists():
            import bm25s
            import numpy as np

            self._ranking = bm25s.BM25.load(folder, mmap=True)
            if self._ranking.backend == "numba":
                self._ranking.activate_numba_scorer()
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
        ranking = bm25s.BM25(backend="auto")  # numba where it is installed
        ranking.index(Tokenized(ids=texts, vocab=numbers), show_progress=False)
        ranking.save(self._folder)
        np.save(self._folder / "ids.npy", np.array(ids))
        (self._folder / "places.json").write_text(json.dumps(places, ensure_ascii=False), "utf-8")

    def search(self, asked: Asked, limit: int) -> list[int]:
        """Return the passages in the order of their scores; those of other places count nothing."""
        words = [word for word in asked.words.split() if word in self._ranking.vocab_dict]
        if not words:
            return []
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

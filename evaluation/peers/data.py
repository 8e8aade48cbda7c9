"""Passages of a library as other search programs get them: cut once, with vectors and places, in files.

Cutting and encoding a million passages takes minutes and is the same for each program, so it is done once and
counts for none of them.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.format import open_memmap

from corpus.store.rows import PassageRow
from corpus.store.store import Store
from evaluation.peers.program import Part
from index.encoders.base import Encoder, passage_words
from index.encoders.static import built_in_encoder
from index.tokens import words
from index.vectors.cells import find_by_id, rows_of
from index.vectors.file import read_vectors

if TYPE_CHECKING:
    from index.encoders.base import Vectors

AT_ONCE = 10_000
"""Passages of one part."""
WORDS, NUMBERS, PLACES, VECTORS = "words.txt", "ids.npy", "places.json", "vectors.npy"


@dataclass(frozen=True, slots=True)
class PeerData:
    """The files in `folder`."""

    folder: Path

    def __len__(self) -> int:
        """Return the number of passages, 0 where nothing is prepared."""
        path = self.folder / NUMBERS
        return len(np.load(path, mmap_mode="r")) if path.exists() else 0

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(np.load(self.folder / VECTORS, mmap_mode="r").shape[1])

    def parts(self) -> Iterator[Part]:
        """Yield all passages, `AT_ONCE` at a time."""
        ids = np.load(self.folder / NUMBERS)
        places = json.loads((self.folder / PLACES).read_text("utf-8"))
        begin = np.load(self.folder / VECTORS, mmap_mode="r").offset
        with (
            (self.folder / WORDS).open(encoding="utf-8") as lines,
            (self.folder / VECTORS).open("rb") as vectors,  # mapped, they would count as the program's memory
        ):
            vectors.seek(begin)
            for start in range(0, len(ids), AT_ONCE):
                chosen = slice(start, start + AT_ONCE)
                cut = [line.rstrip("\n") for line in itertools.islice(lines, AT_ONCE)]
                flat = np.fromfile(vectors, np.float32, len(cut) * self.dimensions)
                yield Part(ids[chosen].tolist(), cut, flat.reshape(len(cut), -1), places[chosen])


def prepare(library: Path, folder: Path, passages: int) -> PeerData:
    """Cut the first `passages` passages of a library into `folder`, unless that was done.

    Vectors come from the library's index, where they are kept with 8 bits per number; those that it lacks are
    encoded.
    """
    data = PeerData(folder)
    if len(data):
        return data
    folder.mkdir(parents=True, exist_ok=True)
    encoder = built_in_encoder()
    known = _Known(library / "index" / "vectors.npz", encoder)
    vectors = open_memmap(folder / VECTORS, "w+", np.float32, (passages, encoder.dimensions))
    ids: list[int] = []
    places: list[str] = []
    with (folder / WORDS).open("w", encoding="utf-8") as lines, Store.open(library) as store:
        rows = (row for change in store.changes_after(0) for row in change.added)
        while some := list(itertools.islice(rows, min(AT_ONCE, passages - len(ids)))):
            lines.writelines(f"{cut_words(row)}\n" for row in some)
            vectors[len(ids) : len(ids) + len(some)] = known.of(some)
            ids += [row.id for row in some]
            places += [row.region or "" for row in some]
    vectors.flush()
    (folder / PLACES).write_text(json.dumps(places, ensure_ascii=False), "utf-8")
    np.save(folder / NUMBERS, np.array(ids, dtype=np.int64))
    return data


def cut_words(row: PassageRow) -> str:
    """Return the words of title and passage, as our own index cuts them, with spaces between."""
    return " ".join(words(passage_words(row)))


def part_of(rows: Sequence[PassageRow], encoder: Encoder) -> Part:
    """Return passages as a program gets them."""
    vectors = encoder.encode([passage_words(row) for row in rows])
    cut = [cut_words(row) for row in rows]
    return Part([row.id for row in rows], cut, vectors, [row.region or "" for row in rows])


class _Known:
    """Vectors that a library's index holds already."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        self._index = None
        self._last = -1
        if path.exists():
            index, about = read_vectors(path)
            if str(about["encoder"]) == encoder.name:
                self._index, self._last = index, int(about["last_id"])
                find_by_id(index)

    def of(self, rows: Sequence[PassageRow]) -> Vectors:
        """Return the vectors of passages, shape (len(rows), dimensions)."""
        if self._index is not None and all(row.id <= self._last for row in rows):
            return rows_of(self._index, [row.id for row in rows])
        return self._encoder.encode([passage_words(row) for row in rows])

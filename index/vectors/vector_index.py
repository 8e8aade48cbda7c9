"""The vector index: passages near to a text in meaning, kept by faiss.

It holds ids and vectors, never the text, in two parts: the base, a large file that is seldom written, and
what came and went since, a small one that is written after each addition. Each carries the number of the last
change it has seen; the small one names the base it belongs to. Files are replaced as a whole: a reader sees
the old or the new one, and leaves aside a small one that belongs to another base.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.files import DamagedIndexError, Stamp, read_arrays, replaced, stamp
from index.scored import Scored, best_first
from index.vectors.apart import Apart
from index.vectors.cells import (
    Allowed,
    cells_of,
    find_by_id,
    flat,
    ids_of,
    in_cells,
    nearest,
    rows_of,
    size_for,
    take_out,
    vectors_of,
)
from index.vectors.file import read_vectors, write_vectors

if TYPE_CHECKING:
    import faiss
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FLAT_UNTIL = 100_000
"""Up to this many vectors every one is compared; beyond, once they lie in cells, those of near cells."""
GROWN = 4
"""So many times the vectors that the cells were learnt for, they are learnt anew."""
PROBES = 64
"""Cells that a search visits: 97 of 100 of the nearest of a million, in 2 ms; see docs/search-speed.md."""
EACH_COMPARED = 2_000
"""Passages allowed by a filter that are compared one by one, in 2 ms a thousand."""
NARROW_PROBES = 0.3
"""Share of the cells that a search visits within more of them: 99 of 100 of the nearest of 20,000 in 3 ms."""
MOST_RECENT = 5_000
"""Passages that came or went since the base was written, before they are put into it."""
RECENT = "recent.npz"
"""The small file, beside that of the base."""


class VectorIndex:
    """Vectors in memory, with the change number and the encoder they stand for. Safe to use from threads."""

    def __init__(self, base: _Base, encoder: str, last_change: int) -> None:
        import faiss

        faiss.omp_set_num_threads(1)  # handing one query to several threads costs more than it gives
        self._base = base
        self._recent = flat(base.dimensions)
        self._gone: set[int] = set()
        self._apart = Apart()
        self._note()
        self.encoder = encoder
        """Name of the encoder that made the vectors."""
        self.last_change = last_change
        """Number of the last change that can be found here."""

    @classmethod
    def empty(cls, dimensions: int, encoder: str) -> VectorIndex:
        """Return an index without vectors that has seen no change."""
        return cls(_Base(flat(dimensions)), encoder, 0)

    @classmethod
    def load(cls, path: Path, known: VectorIndex | None = None) -> VectorIndex:
        """Read what `save` wrote; the base is taken from `known` where that has it in memory.

        Raises:
            DamagedIndexError: there is none, or it cannot be read.
        """
        try:
            written = stamp(path)
            if known is not None and known._base.written == written:
                index = cls(known._base, known.encoder, known._base.last_change)
            else:
                faiss_index, about = read_vectors(path)
                base = _read_base(faiss_index, about, written)
                index = cls(base, str(about["encoder"]), base.last_change)
            index._add_recent(path.with_name(RECENT))
        except (KeyError, ValueError, RuntimeError) as error:
            raise DamagedIndexError(str(path)) from error
        return index

    def save(self, path: Path) -> None:
        """Write what changed: the recent part, and the base where it is another than the one on disk."""
        with self._base.lock:
            if not self._base.is_written(path):
                self._settle()
                self._base.write(path, self.encoder, self.last_change)
            with replaced(path.with_name(RECENT)) as file:
                np.savez(
                    file,
                    base=np.str_(self._base.token),
                    ids=ids_of(self._recent),
                    vectors=vectors_of(self._recent),
                    gone=np.array(sorted(self._gone), dtype=np.int64),
                    last_change=np.int64(self.last_change),
                )

    def __len__(self) -> int:
        return int(self._base.index.ntotal) + int(self._recent.ntotal) - len(self._gone)

    def ids(self) -> list[int]:
        """Return the passages that can be found, in no order."""
        with self._base.lock:
            base = set(ids_of(self._base.index).tolist()) - self._gone
            return [*base, *ids_of(self._recent).tolist()]

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._base.dimensions

    @property
    def crowded(self) -> bool:
        """Tell whether there are too many vectors for the way in which they are kept."""
        return self._base.crowded

    def apply(self, removed: Sequence[int], ids: Sequence[int], vectors: Vectors, change: int) -> None:
        """Take out `removed`, put in `vectors` of shape (len(ids), dimensions); twice does no harm."""
        with self._base.lock:
            out = [*removed, *ids]
            self._gone.update(id for id in out if id <= self._base.last_id)
            if out and self._recent.ntotal:
                self._recent.remove_ids(np.array(out, dtype=np.int64))
            if len(ids):
                self._recent.add_with_ids(vectors, np.array(ids, dtype=np.int64))
            if self._recent.ntotal + len(self._gone) > MOST_RECENT:
                self._settle()
            self._note()
            self.last_change = change
        self._apart = Apart()

    def search(
        self,
        vector: Vectors,
        limit: int,
        ids: Sequence[int] | NDArray[np.int64] | None = None,
        probes: int = PROBES,
        scope: Hashable = None,
    ) -> list[Scored]:
        """Return at most `limit` passages by cosine with `vector` of shape (dimensions,), best first.

        `ids`, where given, are the only passages allowed. Up to `EACH_COMPARED` of them are compared one by
        one; where there are more and the vectors lie in cells, `NARROW_PROBES` of the cells are looked into.
        Without `ids` `probes` cells are. `scope` stands for these `ids` in later searches: for them their
        vectors are put aside meanwhile, and each is compared.
        """
        if ids is None:
            return self._search(vector, limit, None, probes)
        allowed = np.asarray(ids, dtype=np.int64)
        if (part := self._apart.of(scope)) is not None:
            return part.nearest(vector, limit)
        if scope is not None:
            self._apart.keep(scope, lambda: self._held(allowed.tolist()))
        if len(allowed) <= EACH_COMPARED:
            return self.cosines(vector, allowed.tolist())[:limit]
        return self._search(vector, limit, allowed, round(NARROW_PROBES * cells_of(self._base.index)))

    def _search(
        self, vector: Vectors, limit: int, ids: NDArray[np.int64] | None, probes: int
    ) -> list[Scored]:
        with self._base.lock:
            allowed = self._not_gone if ids is None else Allowed(ids, self._not_gone.gone)
            base = nearest(self._base.index, vector, limit, allowed, probes)
            if not self._recent.ntotal:
                return base
            recent = nearest(self._recent, vector, limit, Allowed(ids), probes)
        return best_first([*base, *recent])[:limit]

    def cosines(self, vector: Vectors, ids: Sequence[int], scope: Hashable = None) -> list[Scored]:
        """Return the passages among `ids` that it holds by cosine with `vector`, best first.

        Those in a `scope` that was searched before are at hand, see `search`.
        """
        part = self._apart.of(scope)
        if part is not None and (found := part.products(vector, ids)) is not None:
            return found
        held = self._held(ids)
        if held is None:
            return self._search(vector, len(ids), np.array(ids, np.int64), cells_of(self._base.index))
        scores = (held[1] @ vector).tolist()
        return best_first(map(Scored, held[0], scores))

    def _held(self, ids: Sequence[int]) -> tuple[list[int], Vectors] | None:
        """Return those of `ids` that it holds with their vectors, None where it lacks one it should have.

        It does so for a moment where the words are ahead of the vectors.
        """
        with self._base.lock:
            recent, gone, last = self._recent_ids, self._gone, self._base.last_id
            parts = [
                (self._recent, [id for id in ids if id in recent]),
                (
                    self._base.index,
                    [id for id in ids if id <= last and id not in gone and id not in recent],
                ),
            ]
            try:
                rows = [rows_of(index, asked) for index, asked in parts if asked]
            except RuntimeError:  # faiss knows one of them not
                return None
        held = [id for _, asked in parts for id in asked]
        return held, np.concatenate(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def _note(self) -> None:
        """Keep what each search asks of what came and went; to be called when either has changed."""
        self._recent_ids = frozenset(ids_of(self._recent).tolist())
        self._not_gone = Allowed(None, frozenset(self._gone))

    def sorted_anew(self) -> VectorIndex:
        """Return the same vectors sorted into cells that are learnt from them, for when they are `crowded`.

        Takes seconds to a minute; this index can be searched and changed meanwhile. The vectors keep 8 bits
        per number.
        """
        import faiss

        with self._base.lock:
            self._settle()
            index = faiss.clone_index(self._base.index)
            last_id, last_change = self._base.last_id, self.last_change
        return VectorIndex(_Base(in_cells(index), last_id=last_id), self.encoder, last_change)

    def sort(self) -> None:
        """Sort the vectors into cells that are learnt from them, in place: half the memory of `sorted_anew`.

        Only for who alone adds and removes; others may search meanwhile.
        """
        base = self._base
        with base.lock:
            self._settle()
        cells = in_cells(base.index)
        with base.lock:
            self._base = _Base(cells, last_id=base.last_id, lock=base.lock)

    def _settle(self) -> None:
        """Put what came and went into the base, which is another one from then on."""
        if not self._recent.ntotal and not self._gone:
            return
        if self._gone:
            take_out(self._base.index, sorted(self._gone))
        if self._recent.ntotal:
            ids = ids_of(self._recent)
            self._base.index.add_with_ids(vectors_of(self._recent), ids)
            self._base.last_id = max(self._base.last_id, int(ids.max()))
        self._base.token = _new_token()
        self._recent, self._gone = flat(self._base.dimensions), set()
        self._note()

    def _add_recent(self, path: Path) -> None:
        """Take over what came and went since the base was written, where the file at `path` tells."""
        try:
            stored = read_arrays(path)
        except DamagedIndexError:
            return
        if str(stored["base"]) == self._base.token:
            if len(stored["ids"]):
                self._recent.add_with_ids(stored["vectors"], stored["ids"])
            self._gone = set(stored["gone"].tolist())
            self._note()
            self.last_change = int(stored["last_change"])


def stamps(path: Path) -> tuple[Stamp, Stamp]:
    """Return the stamps of both files of the index at `path`."""
    return stamp(path), stamp(path.with_name(RECENT))


def _new_token() -> str:
    return uuid.uuid4().hex


@dataclass(slots=True)
class _Base:
    """The large part."""

    index: faiss.Index
    last_id: int = -1
    """The highest id that it may hold: ids only grow, so a higher one is new."""
    token: str = field(default_factory=_new_token)
    """Which base it is: another one after each change."""
    last_change: int = 0
    """The last change that the file holds."""
    written: Stamp | None = None
    """The file that holds just this base, None where there is none."""
    saved_token: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def dimensions(self) -> int:
        return int(self.index.d)

    @property
    def crowded(self) -> bool:
        cells = cells_of(self.index)
        return bool(self.index.ntotal > (GROWN * size_for(cells) if cells else FLAT_UNTIL))

    def is_written(self, path: Path) -> bool:
        """Tell whether the file at `path` holds just this base."""
        return self.saved_token == self.token and self.written == stamp(path)

    def write(self, path: Path, encoder: str, last_change: int) -> None:
        """Write it to `path` in place of what stood there."""
        about = {
            "encoder": np.str_(encoder),
            "last_change": np.int64(last_change),
            "last_id": np.int64(self.last_id),
            "token": np.str_(self.token),
        }
        write_vectors(path, self.index, about)
        self.written, self.saved_token, self.last_change = stamp(path), self.token, last_change


def _read_base(index: faiss.Index, about: dict[str, NDArray[Any]], written: Stamp) -> _Base:
    token = str(about["token"])
    find_by_id(index)
    return _Base(index, int(about["last_id"]), token, int(about["last_change"]), written, token)

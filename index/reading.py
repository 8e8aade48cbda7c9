"""The two indexes as one process sees them, renewed when any process has committed more."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserError
from index.encoders.base import Encoder
from index.encoders.configured import encoder_named
from index.files import NO_FILE, DamagedIndexError, Stamp
from index.lexical import LexicalIndex
from index.vectors import VectorIndex, stamps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in the index folder."""

    folder: Path

    @property
    def lexical(self) -> Path:
        """The folder that tantivy keeps."""
        return self.folder / "lexical"

    @property
    def vectors(self) -> Path:
        """The file of the vectors."""
        return self.folder / "vectors.npz"

    @property
    def mined(self) -> Path:
        """The file of the names that the texts explain."""
        return self.folder / "words.db"


@dataclass(frozen=True, slots=True)
class Semantic:
    """Vectors, and the encoder that made them."""

    encoder: Encoder
    vectors: VectorIndex

    @classmethod
    def empty(cls, encoder: Encoder) -> Semantic:
        """Return vectors of nothing yet."""
        return cls(encoder, VectorIndex.empty(encoder.dimensions, encoder.name))


class Reading:
    """Open indexes. Each is None where there is none yet, or none that can be used: search goes without."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.layout = Layout(folder)
        self._wanted = encoder
        self._lock = threading.Lock()
        self._lexical: LexicalIndex | None = None
        self._semantic: Semantic | None = None
        self._seen: tuple[Stamp, Stamp] = (NO_FILE, NO_FILE)

    def lexical(self) -> LexicalIndex | None:
        """Return the lexical index with all that was committed by now."""
        with self._lock:
            if self._lexical is None:
                self._lexical = self._open_lexical()
            else:
                self._lexical.refresh()
            return self._lexical

    def semantic(self) -> Semantic | None:
        """Return the vectors with all that was saved by now. The first call loads them."""
        with self._lock:
            now = stamps(self.layout.vectors)
            if now != self._seen and now[0] != NO_FILE:
                self._seen = now
                self._semantic = self._load_semantic() or self._semantic
            return self._semantic

    def replace_lexical(self, index: LexicalIndex) -> None:
        """Go on with an index that this process made anew."""
        with self._lock:
            self._lexical = index

    def save_semantic(self, semantic: Semantic) -> None:
        """Save vectors that this process changed, and go on with them. Only for who holds the lock."""
        with self._lock:
            semantic.vectors.save(self.layout.vectors)
            self._semantic, self._seen = semantic, stamps(self.layout.vectors)

    def forget_semantic(self) -> None:
        """Go on without vectors: those there are do not belong to the store as it is."""
        with self._lock:
            self._semantic = None

    def _open_lexical(self) -> LexicalIndex | None:
        try:
            return LexicalIndex.open(self.layout.lexical)
        except DamagedIndexError:
            return None

    def _load_semantic(self) -> Semantic | None:
        """Return the vectors on disk with the encoder that made them, the wanted one or the one before."""
        try:
            known = self._semantic.vectors if self._semantic else None
            vectors = VectorIndex.load(self.layout.vectors, known)
            same = self._wanted.name == vectors.encoder
            encoder = self._wanted if same else encoder_named(vectors.encoder)
        except (DamagedIndexError, UserError) as error:
            log.warning("vectors cannot be used, searching by words only: %s", error)
            return None
        return Semantic(encoder, vectors) if encoder is not None else None

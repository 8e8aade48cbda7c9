"""The two indexes as one process sees them, renewed when any process has committed more."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UserError
from index.encoders.base import Encoder
from index.files import NO_FILE, DamagedIndexError, Stamp
from index.lexical.lexical_index import LexicalIndex
from index.models.loading import Models
from index.vectors.semantic import Semantic
from index.vectors.vector_index import VectorIndex, stamps

if TYPE_CHECKING:
    pass

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


class Reading:
    """Open indexes. Each is None where there is none yet, or none that can be used: search goes without."""

    def __init__(self, folder: Path, models: Models) -> None:
        self.layout = Layout(folder)
        self._models = models
        self._lock = threading.Lock()
        self._lexical: LexicalIndex | None = None
        self._vectors: VectorIndex | None = None
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
        """Return the vectors with all that was saved by now. The first call loads them.

        While the encoder of newer vectors is being loaded, those before serve.
        """
        with self._lock:
            now = stamps(self.layout.vectors)
            if now != self._seen and now[0] != NO_FILE:
                self._seen = now
                self._vectors = self._load_vectors() or self._vectors
            if self._vectors is not None and self._lacks_encoder:
                encoder = self._encoder_of(self._vectors)
                self._semantic = Semantic(encoder, self._vectors) if encoder else self._semantic
            return self._semantic

    def newest(self) -> VectorIndex | None:
        """Return the vectors with all that was saved by now, also while their encoder is not there."""
        self.semantic()
        return self._vectors

    @property
    def waits(self) -> bool:
        """Tell whether the newest vectors cannot be used since their encoder is not there (yet)."""
        return self._vectors is not None and self._lacks_encoder

    @property
    def _lacks_encoder(self) -> bool:
        return self._semantic is None or self._semantic.vectors is not self._vectors

    def replace_lexical(self, index: LexicalIndex) -> None:
        """Go on with an index that this process made anew."""
        with self._lock:
            self._lexical = index

    def save_semantic(self, semantic: Semantic) -> None:
        """Save vectors that this process changed, and go on with them. Only for who holds the lock."""
        with self._lock:
            semantic.vectors.save(self.layout.vectors)
            self._semantic, self._vectors = semantic, semantic.vectors
            self._seen = stamps(self.layout.vectors)

    def forget_semantic(self) -> None:
        """Go on without vectors: those there are do not belong to the store as it is."""
        with self._lock:
            self._semantic = self._vectors = None

    def _open_lexical(self) -> LexicalIndex | None:
        try:
            return LexicalIndex.open(self.layout.lexical)
        except DamagedIndexError:
            return None

    def _load_vectors(self) -> VectorIndex | None:
        try:
            return VectorIndex.load(self.layout.vectors, self._vectors)
        except DamagedIndexError as error:
            log.warning("vectors cannot be used, searching by words only: %s", error)
            return None

    def _encoder_of(self, vectors: VectorIndex) -> Encoder | None:
        """Return the encoder that made the vectors, the wanted one or the one before."""
        try:
            return self._models.encoder(vectors.encoder)
        except UserError:  # whoever tried to load it told the log
            return None

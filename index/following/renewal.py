"""Vectors in the making that are to take the place of those in use, when another encoder was chosen.

What is made is put aside now and then, so that a server that ends in the middle goes on where it was. How far
it has come stands in a small file, for the page that another process shows.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

from corpus.errors import TaizhangError
from index.encoders.base import Encoder
from index.files import DamagedIndexError, replaced
from index.models.loading import Models
from index.vectors.semantic import Semantic
from index.vectors.vector_index import VectorIndex

FOLDER, VECTORS, STATE = "renewal", "vectors.npz", "state.json"
SAVE_EVERY = 30.0
"""Seconds of work between two times that the vectors are put aside: what a crash can cost."""
SAVE_SHARE = 20
"""And so many times as long as putting them aside took: a million vectors are not written every minute."""
TELL_EVERY = 0.5
"""Seconds between two reports."""


class UnwantedError(TaizhangError):
    """The office wants another encoder by now."""


@dataclass(frozen=True, slots=True)
class RenewalState:
    """How far the making of vectors has come."""

    encoder: str
    """Name of the encoder that makes them."""
    done: int
    total: int
    """Steps in the library's history, one for each document that was added, changed or removed."""
    seconds: float = 0.0
    """For which it has run since it was last begun."""
    begun_at: int = 0
    """How many steps were done then."""

    @property
    def seconds_left(self) -> float | None:
        """Return how long it will still take at this pace; None while that cannot be told."""
        made = self.done - self.begun_at
        return self.seconds / made * (self.total - self.done) if made > 0 else None


class Renewal:
    """One making of vectors; only one process at a time may be at it."""

    def __init__(self, index_folder: Path, models: Models) -> None:
        self._folder = index_folder / FOLDER
        self._models = models
        self._latest: Semantic | None = None
        self._begun = self._saved = monotonic()
        self._told = 0.0
        self._pause = SAVE_EVERY
        self._begun_at = 0

    def begin(self, encoder: Encoder, last_change: int) -> Semantic:
        """Return the vectors of `encoder` that were put aside, empty ones where there are none."""
        self._begun = self._saved = monotonic()
        vectors = self._aside()
        fits = vectors is not None and vectors.encoder == encoder.name and vectors.last_change <= last_change
        if vectors is None or not fits:
            vectors = VectorIndex.empty(encoder.dimensions, encoder.name)
        self._begun_at = vectors.last_change
        return Semantic(encoder, vectors)

    def reached(self, semantic: Semantic, total: int) -> None:
        """Tell how far the vectors have come, and put them aside where it is time for that.

        Raises:
            UnwantedError: when the office wants another encoder by now.
        """
        if self._models.wanted != semantic.encoder.name:
            raise UnwantedError
        self._latest, now = semantic, monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            self._tell(semantic, total)
        if now - self._saved >= self._pause:
            self.put_aside()
            self._saved = monotonic()
            self._pause = max(SAVE_EVERY, SAVE_SHARE * (self._saved - now))

    def put_aside(self) -> None:
        """Keep what was made, for the next one to go on with."""
        if self._latest is not None:
            self._latest.vectors.save(self._folder / VECTORS)

    def end(self) -> None:
        """Remove what was put aside: it is in use now, or nobody wants it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _aside(self) -> VectorIndex | None:
        try:
            return VectorIndex.load(self._folder / VECTORS)
        except DamagedIndexError:
            return None

    def _tell(self, semantic: Semantic, total: int) -> None:
        done, seconds = semantic.vectors.last_change, self._told - self._begun
        state = RenewalState(semantic.encoder.name, done, max(total, done), seconds, self._begun_at)
        with replaced(self._folder / STATE) as file:
            file.write(json.dumps(asdict(state)).encode())


def renewal_state(index_folder: Path) -> RenewalState | None:
    """Return how far the vectors in the making have come; None where none are being made."""
    try:
        return RenewalState(**json.loads((index_folder / FOLDER / STATE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None

"""Fits the library's own encoder anew, in a process of its own, once the library has doubled."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.store.store import Store
from index.encoders.base import passage_words
from index.encoders.latent import LatentEncoder
from index.reading import Layout, Semantic

LEAST_PASSAGES = 500
"""Below this words find everything there is, and a fit learns nothing."""
SAMPLE = 15_000
"""Passages that a fit looks at; it takes 15 s of two cores and 0.6 GB."""
FIT_PREFIX = "fit-"
"""Begins the name of the folder in which a fit works."""


class FitError(Exception):
    """No encoder could be fitted."""


def renewal_due(passages: int, semantic: Semantic | None) -> bool:
    """Tell whether a library of that many passages deserves a new encoder: its first, or after doubling."""
    if passages < LEAST_PASSAGES:
        return False
    if semantic is None:
        return True
    encoder = semantic.encoder
    return isinstance(encoder, LatentEncoder) and passages >= 2 * encoder.fitted_on


def fit_encoder(store: Store, passages: int, folder: Path) -> LatentEncoder:
    """Return an encoder fitted on a sample of the store's passages; `passages` is how many there are.

    What a fit that was killed left in `folder` is cleared away. One process may fit at a time.

    Raises:
        FitError: when the fitting process fails.
    """
    for left in folder.glob(f"{FIT_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=FIT_PREFIX, dir=folder) as place:
        task, model = Path(place) / "task.json", Path(place) / "model.npz"
        sample = {"texts": sample_texts(store, SAMPLE), "fitted_on": passages}
        task.write_text(json.dumps(sample, ensure_ascii=False), "utf-8")
        _run([sys.executable, "-m", "index.encoders.fit", str(task), str(model)])
        return LatentEncoder.load(model)


def sample_texts(store: Store, size: int) -> list[str]:
    """Return the words of at most `size` passages, each as likely as any other."""
    chosen: list[str] = []
    chance = random.Random(0)
    for number, text in enumerate(_texts(store)):
        if number < size:
            chosen.append(text)
        elif (place := chance.randrange(number + 1)) < size:
            chosen[place] = text
    return chosen


def forget_other_encoders(layout: Layout, name: str) -> None:
    """Delete the files of encoders that were replaced."""
    for path in layout.folder.glob("latent-*.npz"):
        if path != layout.encoder(name):
            path.unlink(missing_ok=True)


def _texts(store: Store) -> Iterator[str]:
    return (passage_words(row) for change in store.changes_after(0) for row in change.added)


def _run(command: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FitError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no message")

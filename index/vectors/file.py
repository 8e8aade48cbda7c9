"""The file of the large part of a vector index: what faiss writes, and what is told about it, in one archive.

faiss writes into the file and reads out of it piece by piece, so that no copy of a million vectors is made in
memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.files import DamagedIndexError, replaced

if TYPE_CHECKING:
    import faiss
    from numpy.typing import NDArray

VECTORS, ABOUT = "vectors.faiss", "about.npz"
PIECE = 1 << 20
"""Bytes that are written or read at once."""


def write_vectors(path: Path, index: faiss.Index, about: Mapping[str, np.generic]) -> None:
    """Write `index`, and what is told about it, to `path` in place of what stood there."""
    import faiss

    told = BytesIO()
    np.savez(told, allow_pickle=False, **about)
    with replaced(path) as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr(ABOUT, told.getvalue())
        with archive.open(VECTORS, "w", force_zip64=True) as member:
            faiss.write_index(index, faiss.PyCallbackIOWriter(member.write, PIECE))


def read_vectors(path: Path) -> tuple[faiss.Index, dict[str, NDArray[Any]]]:
    """Return the index and what is told about it, as `write_vectors` took them.

    Raises:
        DamagedIndexError: there is no such file, it is not whole (each part has its checksum, seen before
            faiss reads), or another version of this program wrote it.
    """
    import faiss

    try:
        with zipfile.ZipFile(path) as archive:
            about = BytesIO(archive.read(ABOUT))
            if archive.testzip() is not None:
                raise DamagedIndexError(str(path))
            with archive.open(VECTORS) as member:
                index = faiss.read_index(faiss.PyCallbackIOReader(member.read, PIECE))
        with np.load(about, allow_pickle=False) as stored:
            return index, dict(stored)
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile) as error:
        raise DamagedIndexError(str(path)) from error

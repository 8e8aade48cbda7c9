"""Files of an index: replaced as a whole, recognised when another process replaced them."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

Stamp = tuple[int, int]
"""Tells one state of a file from another without reading it."""
NO_FILE: Stamp = (0, 0)


class DamagedIndexError(Exception):
    """The index files cannot be used; they are to be made anew from the store."""


@contextmanager
def panics_told(path: Path) -> Iterator[None]:
    """Tell of damage over which tantivy panics; what it raises then is no `Exception`.

    Raises:
        DamagedIndexError: when the block panics.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise DamagedIndexError(str(path)) from error


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write that takes the place of `path` at the end; after an error `path` is as before.

    A crash at any point leaves `path` with the old content or the new one, and at worst a `.part` file beside
    it, which the next write takes over. Only one process may write at a time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(path)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of an npz file by name.

    Raises:
        DamagedIndexError: there is no such file, or it is not whole; each array has its checksum.
    """
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return dict(stored)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise DamagedIndexError(str(path)) from error


def stamp(path: Path) -> Stamp:
    """Return the stamp of `path`, `NO_FILE` when it does not exist."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return NO_FILE
    return status.st_mtime_ns, status.st_ino

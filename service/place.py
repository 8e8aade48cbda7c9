"""Where a library lies: its records in a folder or a database, its index in a folder of this machine."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DATABASE_FILE = "taizhang.db"
INDEX_FOLDER = "index"
LOCK_FILE = "server.lock"
UNITS_FILE = "units.tsv"
WORDS_FILE = "words.tsv"
INDEXES_OF_DATABASES = Path("~/.taizhang/index")
"""Holds, per database elsewhere, the index that this machine keeps of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library lies."""

    location: str
    """The folder of its records, or the URL of its database."""

    @property
    def folder(self) -> Path | None:
        """The folder of the records, None for a database elsewhere."""
        return None if "://" in self.location else Path(self.location)

    @property
    def index_folder(self) -> Path:
        """The folder of the index."""
        if self.folder is not None:
            return self.folder / INDEX_FOLDER
        name = hashlib.sha256(self.location.encode()).hexdigest()[:16]
        return INDEXES_OF_DATABASES.expanduser() / name

    @property
    def backup_folder(self) -> Path:
        """The folder of the copies that are made of the records."""
        return (self.folder or self.index_folder.parent / f"{self.index_folder.name}-files") / "backups"

    @property
    def upload_folder(self) -> Path:
        """The folder of uploads that wait for their turn."""
        return self.backup_folder.parent / "uploads"

    @property
    def unsaved_folder(self) -> Path:
        """The folder of what people have changed in a ledger and not confirmed yet."""
        return self.backup_folder.parent / "unsaved"

    @property
    def units_file(self) -> Path:
        """The users' table of units, which need not exist."""
        return self.backup_folder.parent / UNITS_FILE

    @property
    def words_file(self) -> Path:
        """The users' table of everyday words, which need not exist."""
        return self.backup_folder.parent / WORDS_FILE

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the library for a server; False when another one holds it already.

        The hold ends with the process, however that ends.
        """
        from filelock import FileLock, Timeout

        self.backup_folder.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.backup_folder.parent / LOCK_FILE)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def drop_index(self) -> None:
        """Delete the index; it is made anew when it is next opened."""
        shutil.rmtree(self.index_folder, ignore_errors=True)

    @property
    def exists(self) -> bool:
        """Tell whether there is a library; a database elsewhere is taken to hold one."""
        return self.folder is None or (self.folder / DATABASE_FILE).exists()

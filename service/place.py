"""Where a library lies: its records in a folder or a database, its index in a folder of this machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

DATABASE_FILE = "taizhang.db"
INDEX_FOLDER = "index"
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
    def exists(self) -> bool:
        """Tell whether there is a library; a database elsewhere is taken to hold one."""
        return self.folder is None or (self.folder / DATABASE_FILE).exists()

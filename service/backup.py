"""Copies of a library's records: one file that holds everything, made while others go on working.

A copy is a library of its own: an SQLite file, whatever database the records lie in. What SQLite holds is
copied by SQLite itself; a database elsewhere is copied table by table, as it stands at one moment.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import BusyError, NotFoundError, UserError
from corpus.store.copying import copy_tables
from corpus.store.database import FILE_NAME
from corpus.store.store import Store
from service.place import Place

PREFIX = "taizhang-"
SUFFIX = ".db"
DAILY = "taizhang-????-??-??.db"
"""Names of the daily copies; copies under other names are never deleted."""
UNITS_TABLE, WORDS_TABLE = "own_units_file", "own_words_file"
"""Hold, in a copy alone, the users' tables of units and everyday words, which otherwise are files to edit."""
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy among those of the library."""

    name: str
    size: int
    """Bytes."""
    made_at: datetime
    """UTC."""


class Backups:
    """The copies that a library keeps beside itself. All methods may be called from any thread."""

    def __init__(self, place: Place, store: Store) -> None:
        self._place = place
        self._store = store
        self._lock = threading.Lock()

    def make(self, by: str = "", day: date | None = None, kept: int | None = None) -> Backup:
        """Make a copy named by its moment, or by its day when that is given; only `kept` daily ones stay."""
        now = datetime.now()
        name = f"{PREFIX}{day or now.strftime('%Y-%m-%d-%H%M%S')}{SUFFIX}"
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_backup(self._place, self._store, self.folder / name)
            for old in sorted(self.folder.glob(DAILY))[: -kept if kept else 0]:
                old.unlink()
        self._store.audit.remember(by, "backup", name)
        return self._backup(self.folder / name)

    def all(self) -> list[Backup]:
        """Return the copies, the newest first."""
        files = self.folder.glob(f"{PREFIX}*{SUFFIX}")
        return sorted(map(self._backup, files), key=lambda backup: backup.made_at, reverse=True)

    def path(self, name: str) -> Path:
        """Return where a copy lies.

        Raises:
            NotFoundError: when there is none of that name.
        """
        if name not in {backup.name for backup in self.all()}:
            raise NotFoundError(f"没有名为 {name} 的备份。")
        return self.folder / name

    @property
    def folder(self) -> Path:
        """Where the copies lie."""
        return self._place.backup_folder

    def _backup(self, path: Path) -> Backup:
        facts = path.stat()
        return Backup(path.name, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))


def write_backup(place: Place, store: Store, target: Path) -> None:
    """Write all records to one file, as they stand at one moment, while others go on reading and writing.

    The file appears under its name only when it is whole.

    Raises:
        UserError: when it cannot be written.
    """
    if target.is_dir():
        raise UserError(f"备份不能写到 {target}，这是一个文件夹，请写明文件名，如 {target / '台账备份.db'}。")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _unfinished(unfinished):
            if place.folder is not None:
                _copy_file(place.folder / FILE_NAME, unfinished, alone=True)
            else:
                _copy_from_elsewhere(store, unfinished)
            for name, path in _own_files(place).items():
                _put_in(unfinished, name, path)
            unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise UserError(f"备份不能写到 {target}，请检查文件夹是否存在、空间是否足够。") from error


def restore_backup(place: Place, source: Path, by: str = "") -> Path | None:
    """Put the records of a copy in the place of a library's; what stood there is kept as a copy beside it.

    Nobody else may have the library open. The search index is made anew when it is next opened. The audit
    log, which is that of the copy then, tells that `by` restored it.

    Returns:
        Where the records that stood there are kept, None where there were none.

    Raises:
        UserError: when the file is no copy, or the library holds a newer program's records.
        BusyError: when a server has the library open.
    """
    check_backup(source)
    with place.held() as ours, TemporaryDirectory() as folder:
        if not ours:
            raise BusyError("资料库正由 taizhang serve 使用，请先停止服务再恢复。")
        copy = Path(folder) / FILE_NAME
        _copy_file(source, copy)
        own = {name: _take_out(copy, name) for name in _own_files(place)}
        Store.open(folder).close()  # brings the copy to today's form, before anything is replaced
        kept = _keep_aside(place)
        if place.folder is not None:
            place.folder.mkdir(parents=True, exist_ok=True)
            _copy_file(copy, place.folder / FILE_NAME)
        else:
            with Store.open(folder) as old, Store.open(place.location) as new:
                copy_tables(old, new)
        place.drop_index()
        for name, path in _own_files(place).items():
            _write(path, own[name])
        with Store.open(place.location) as store:
            store.audit.remember(by, "backup.restored", str(source), before=str(kept) if kept else None)
    return kept


def check_backup(source: Path) -> None:
    """Refuse a file that is no whole copy of a library.

    Raises:
        UserError: when it is not.
    """
    if not source.is_file():
        raise UserError(f"找不到备份文件 {source}，请检查路径。")
    try:
        with closing(sqlite3.connect(f"file:{source.resolve().as_posix()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise UserError(f"{source} 不是本系统的备份文件，或已损坏。") from error
    if version is None:
        raise UserError(f"{source} 不是本系统的备份文件。")
    if not sound:
        raise UserError(f"备份文件 {source} 已损坏，请换一份备份。")


def _keep_aside(place: Place) -> Path | None:
    if not place.exists:
        return None
    name = f"{PREFIX}{datetime.now():%Y-%m-%d-%H%M%S}-before-restore{SUFFIX}"
    place.backup_folder.mkdir(parents=True, exist_ok=True)
    with Store.open(place.location) as store:
        write_backup(place, store, place.backup_folder / name)
    return place.backup_folder / name


def _copy_file(source: Path, target: Path, *, alone: bool = False) -> None:
    """Let SQLite copy a database in one step, which sees one moment and holds up no writer.

    With `alone` the target is one file, without the log beside it that a library in use has.
    """
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
        if alone:
            other.execute("PRAGMA journal_mode = DELETE")


def _copy_from_elsewhere(store: Store, target: Path) -> None:
    with TemporaryDirectory(dir=target.parent) as folder:
        with Store.open(folder) as copy:
            copy_tables(store, copy)
        _copy_file(Path(folder) / FILE_NAME, target, alone=True)


def _own_files(place: Place) -> dict[str, Path]:
    """Return the files of a library that users may edit, by the table that holds each in a copy."""
    return {UNITS_TABLE: place.units_file, WORDS_TABLE: place.words_file}


def _put_in(copy: Path, name: str, file: Path) -> None:
    """Put a file of the users into a copy, which then holds all that users made."""
    if file.exists():
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(f"CREATE TABLE {name} (data BLOB NOT NULL)")
            connection.execute(f"INSERT INTO {name} VALUES (?)", [file.read_bytes()])


def _take_out(copy: Path, name: str) -> bytes | None:
    """Take a file of the users out of a copy; None where it has none."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE name = ?", [name])
        if names.fetchone() is None:
            return None
        (data,) = connection.execute(f"SELECT data FROM {name}").fetchone()
        connection.execute(f"DROP TABLE {name}")
    return bytes(data)


def _write(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def _unfinished(path: Path) -> Iterator[None]:
    """Keep a file to its owner while it is written, and leave nothing half done behind."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, OWNER_ONLY))
        yield
    finally:
        for left in (path, path.with_name(f"{path.name}-journal")):
            left.unlink(missing_ok=True)

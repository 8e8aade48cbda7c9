"""What the user points at, as a list of files: paths, folders with all below them, zip archives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import ZipInfo

from corpus.document import Problem
from corpus.errors import UnreadableError
from service.archives import ENTRY_LIMIT, Archive, is_archive, safe_name

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
SYSTEM_PREFIXES = (".", "~$")
"""Hidden files, and the lock files that Word leaves beside an open document."""


class Candidate(Protocol):
    """One file that may become a document."""

    @property
    def source(self) -> str:
        """The name to show."""
        ...

    @property
    def key(self) -> str:
        """What identifies the file over time: its resolved path, or `upload:NAME`."""
        ...

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            UnreadableError: when they cannot be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file on disk."""

    path: Path
    source: str

    @property
    def key(self) -> str:
        """The resolved path."""
        return str(self.path.resolve())

    def read(self) -> bytes:
        """Return the bytes."""
        try:
            if self.path.stat().st_size > ENTRY_LIMIT:
                raise refusal(self.source, "too-large", "文件超过 200 MB，请拆分后再添加。")
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise refusal(self.source, "missing", "找不到这个文件，请检查路径。") from error
        except OSError as error:
            raise refusal(self.source, "unreadable", "文件打不开，请检查是否有读取权限。") from error


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file inside a zip archive."""

    archive: Archive
    info: ZipInfo
    source: str
    key: str

    def read(self) -> bytes:
        """Return the unpacked bytes."""
        return self.archive.read(self.info, self.source)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came over HTTP or was dropped on the page."""

    source: str
    data: bytes

    @property
    def key(self) -> str:
        """The file name: the same name again is a new version."""
        return f"upload:{self.source}"

    def read(self) -> bytes:
        """Return the bytes."""
        return self.data


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A file or archive that could not even be opened; reading it tells why."""

    source: str
    error: UnreadableError

    @property
    def key(self) -> str:
        """The name; nothing is stored under it."""
        return self.source

    def read(self) -> bytes:
        """Raise what went wrong."""
        raise self.error


def gather(paths: Iterable[Path | str], leave_out: Path | None = None) -> list[Candidate]:
    """Return the files that the paths stand for, in a stable order.

    Folders are walked without following links; `leave_out` (the library's own folder) is not entered.
    Archives are opened and stay open as long as one of their candidates is alive.
    """
    found: list[Candidate] = []
    for path in paths:
        for file, source in _files(Path(path), leave_out):
            found.extend(_candidates(file, source))
    return found


def upload_name(name: str) -> str:
    """Return the file name of an upload, without any folder that a browser or a script sent along."""
    return safe_name(name).rsplit("/", 1)[-1]


def refusal(source: str, category: str, message: str) -> UnreadableError:
    """Return the error for a file that cannot be had."""
    return UnreadableError(Problem(source, "source", category, message))


def _files(path: Path, leave_out: Path | None) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, str(path)
        return
    skipped = leave_out.resolve() if leave_out else None
    for folder, subfolders, names in os.walk(path):
        kept = [name for name in sorted(subfolders) if not _is_system(name)]
        subfolders[:] = [name for name in kept if Path(folder, name).resolve() != skipped]
        for name in sorted(names):
            if not _is_system(name):
                yield Path(folder, name), str(Path(folder, name))


def _is_system(name: str) -> bool:
    return name.startswith(SYSTEM_PREFIXES) or name.lower() in SYSTEM_FILES


def _candidates(path: Path, source: str) -> Iterator[Candidate]:
    try:
        packed = path.is_file() and is_archive(path)
        archive = Archive(path, source) if packed else None
    except UnreadableError as error:
        yield Unavailable(source, error)
        return
    except OSError:
        archive = None  # reading it will tell why
    if archive is None:
        yield PlainFile(path, source)
        return
    for info, name in archive.names():
        if not any(_is_system(part) for part in name.split("/")):
            yield ArchivedFile(archive, info, f"{source}/{name}", f"{path.resolve()}/{name}")

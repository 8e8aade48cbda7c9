"""What the user points at, as a list of files: paths, folders with all below them, zip archives, messages."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import ZipInfo

from corpus.document import Problem
from corpus.errors import UnreadableError
from service.intake.archives import ENTRY_LIMIT, Archive, distinct, is_archive, safe_name
from service.intake.names import readable_path

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
SYSTEM_PREFIXES = (".", "~$")
"""Hidden files, and the lock files that Word leaves beside an open document."""
MAIL_SUFFIXES = (".eml", ".msg")
MAX_DEPTH = 3
"""Archives within archives that are opened."""
HELD_LIMIT = 256 * 1024 * 1024
"""Bytes of inner archives and attachments of one file at most: they are in memory until they are read."""


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
        """The resolved path; of links that lead in a circle, that of the link."""
        return readable_path(os.path.realpath(self.path))

    def read(self) -> bytes:
        """Return the bytes."""
        try:
            found = self.path.stat()
            if not stat.S_ISREG(found.st_mode):
                kind = "文件夹" if stat.S_ISDIR(found.st_mode) else "设备或管道"
                raise refusal(self.source, "unreadable", f"这是{kind}，不是文件，请检查路径。")
            if found.st_size > ENTRY_LIMIT:
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
class Held:
    """A file out of a message or of an archive within another one."""

    source: str
    key: str
    data: bytes

    def read(self) -> bytes:
        """Return the bytes."""
        return self.data


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
        for file in _files(Path(path), leave_out):
            found.extend([file] if isinstance(file, Unavailable) else _candidates(file, readable_path(file)))
    return found


def unpacked(upload: Upload) -> list[Candidate]:
    """Return the files that an upload stands for: itself, or what an archive or a message holds."""
    held = Held(upload.source, upload.key, upload.data)
    try:
        if _is_mail(upload.source):
            return list(_Unpacking().mail(held))
        if is_archive(io.BytesIO(upload.data), upload.source):
            archive = Archive(io.BytesIO(upload.data), upload.source)
            return list(_Unpacking().archive(archive, upload.key))
    except UnreadableError as error:
        return [Unavailable(upload.source, error)]
    return [upload]


def holds_several(upload: Upload) -> bool:
    """Tell whether an upload is an archive, or a message with something attached."""
    if _is_mail(upload.source):
        return len(unpacked(upload)) > 1
    return is_archive(io.BytesIO(upload.data), upload.source)


def upload_name(name: str) -> str:
    """Return the file name of an upload, without any folder that a browser or a script sent along."""
    return safe_name(name).rsplit("/", 1)[-1]


def shown_title(title: str | None, source: str) -> str:
    """Return what a document is called where people read it: its title, else the name of its file alone."""
    return title or source.rsplit("/", 1)[-1]


def refusal(source: str, category: str, message: str) -> UnreadableError:
    """Return the error for a file that cannot be had."""
    return UnreadableError(Problem(source, "source", category, message))


def _files(path: Path, leave_out: Path | None) -> Iterator[Path | Unavailable]:
    """Yield a file, or all files below a folder; folders that cannot be opened are told at the end."""
    if not path.is_dir():
        yield path
        return
    skipped = os.path.realpath(leave_out) if leave_out else None
    shut: list[OSError] = []
    for folder, subfolders, names in os.walk(path, onerror=shut.append):
        kept = [name for name in sorted(subfolders) if not _is_system(name)]
        subfolders[:] = [name for name in kept if os.path.realpath(Path(folder, name)) != skipped]
        yield from (Path(folder, name) for name in sorted(names) if not _is_system(name))
    yield from map(_shut_folder, shut)


def _shut_folder(error: OSError) -> Unavailable:
    source = readable_path(error.filename)
    told = refusal(source, "unreadable", "文件夹打不开，里面的文件没有读取；请检查是否有读取权限。")
    return Unavailable(source, told)


def _is_system(name: str) -> bool:
    return name.startswith(SYSTEM_PREFIXES) or name.lower() in SYSTEM_FILES


def _candidates(path: Path, source: str) -> Iterator[Candidate]:
    """Yield what one file on disk stands for."""
    plain = PlainFile(path, source)
    try:
        if _is_mail(path.name) and path.is_file():
            yield from _Unpacking().mail(Held(source, plain.key, plain.read()))
            return
        archive = Archive(path, source) if path.is_file() and _is_packed(path) else None
    except UnreadableError as error:
        yield Unavailable(source, error)
        return
    except OSError:
        archive = None  # reading it will tell why
    yield from [plain] if archive is None else _Unpacking().archive(archive, plain.key)


def _is_packed(path: Path) -> bool:
    with path.open("rb") as handle:
        return is_archive(handle, path.name)


def _is_mail(name: str) -> bool:
    return name.lower().endswith(MAIL_SUFFIXES)


@dataclass(slots=True)
class _Unpacking:
    """Opens archives within archives and messages, as deep and as much as is reasonable."""

    depth: int = 0
    held: int = 0
    """Bytes of inner archives and attachments, which have to be kept until they are read."""

    def archive(self, archive: Archive, key: str) -> Iterator[Candidate]:
        """Yield the files of an archive, those of archives and messages within it among them."""
        for info, name in archive.names():
            if any(_is_system(part) for part in name.split("/")):
                continue
            entry = ArchivedFile(archive, info, f"{archive.source}/{name}", f"{key}/{name}")
            if name.lower().endswith((".zip", *MAIL_SUFFIXES)):
                yield from self._inner(entry)
            else:
                yield entry

    def mail(self, held: Held) -> Iterator[Candidate]:
        """Yield a message where it has words of its own, and what hangs on it."""
        from ingest.readers.mail import open_mail  # few files are messages

        mail = open_mail(held.data, held.source)
        if mail.text.strip() or mail.html or not mail.attachments:
            yield held
        for name, attachment in distinct(
            (safe_name(attachment.name), attachment) for attachment in mail.attachments
        ):
            inner = Held(f"{held.source}/{name}", f"{held.key}/{name}", attachment.data)
            yield from self._inner(inner) if _may_hold_others(inner) else [inner]

    def _inner(self, candidate: Candidate) -> Iterator[Candidate]:
        """Yield what an archive or message within another one holds."""
        self.depth += 1
        try:
            data = candidate.read()
            self._take(candidate.source, len(data))
            held = Held(candidate.source, candidate.key, data)
            if _is_mail(candidate.source):
                yield from self.mail(held)
            elif is_archive(io.BytesIO(data), candidate.source):
                yield from self.archive(Archive(io.BytesIO(data), candidate.source), candidate.key)
            else:
                yield held
        except UnreadableError as error:
            yield Unavailable(candidate.source, error)
        finally:
            self.depth -= 1

    def _take(self, source: str, size: int) -> None:
        self.held += size
        if self.depth > MAX_DEPTH:
            raise refusal(source, "too-large", "压缩包套得太深，请解压后再添加。")
        if self.held > HELD_LIMIT:
            raise refusal(source, "too-large", "压缩包里的压缩包太大，请解压后再添加。")


def _may_hold_others(held: Held) -> bool:
    return _is_mail(held.source) or held.source.lower().endswith(".zip")

"""Zip archives as folders: names in any encoding, nothing unpacked to disk, no bombs."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar

from corpus.document import Problem
from corpus.errors import UnreadableError
from service.intake.names import decoded

Thing = TypeVar("Thing")
ENTRY_LIMIT = 200 * 1024 * 1024
"""Bytes that one file may have, packed or not."""
ARCHIVE_LIMIT = 4 * 1024 * 1024 * 1024
"""Bytes that all files of one archive may have together, unpacked."""
ENTRY_COUNT_LIMIT = 50_000
RATIO_LIMIT = 500
"""How far one file of more than a megabyte may shrink; honest text stays below 50."""
UTF8_NAME = 0x800
ENCRYPTED = 0x1
OFFICE_MARKS = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml"})
"""A zip that holds one of these at its root is one office document, not an archive of documents."""

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError, ValueError)
"""What zipfile raises for bad sums, unknown methods and broken streams."""


class Archive:
    """An open zip archive whose files are read one at a time, straight from the archive.

    Raises:
        UnreadableError: when the archive is damaged or larger than the limits.
    """

    def __init__(self, file: Path | BinaryIO, source: str) -> None:
        self.source = source
        try:
            self._zip = zipfile.ZipFile(file)
        except BROKEN as error:
            raise _refusal(source, "damaged", "压缩包已损坏或不完整，请重新打包后再试。") from error
        self._check_size()

    def names(self) -> Iterator[tuple[zipfile.ZipInfo, str]]:
        """Yield each file with the name to show, in the order of the archive; folders are left out.

        Names that come out alike are told apart by a number, so that no file hides another.
        """
        entries = (info for info in self._zip.infolist() if not info.is_dir())
        for name, info in distinct((safe_name(entry_name(info)), info) for info in entries):
            yield info, name

    def read(self, info: zipfile.ZipInfo, source: str) -> bytes:
        """Return the unpacked bytes of one file; `source` is the name that an error shows.

        Raises:
            UnreadableError: when it is encrypted, damaged, or a bomb.
        """
        if info.flag_bits & ENCRYPTED:
            raise _refusal(source, "encrypted", "压缩包设有密码，请解压后再添加。")
        if _is_bomb(info):
            raise _refusal(source, "too-large", "文件解压后过大，请单独解压检查后再添加。")
        try:
            with self._zip.open(info) as handle:
                return handle.read(ENTRY_LIMIT)
        except BROKEN as error:
            raise _refusal(source, "damaged", "压缩包内的文件已损坏，请重新打包后再试。") from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def _check_size(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > ENTRY_COUNT_LIMIT or sum(entry.file_size for entry in entries) > ARCHIVE_LIMIT:
            self.close()
            raise _refusal(self.source, "too-large", "压缩包内文件过多或过大，请分成几个压缩包再添加。")


def is_archive(handle: BinaryIO, name: str) -> bool:
    """Tell whether a file is a zip of documents; office files are zips too, but each is one document."""
    if handle.read(4) != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(handle) as opened:
            return OFFICE_MARKS.isdisjoint(opened.namelist())
    except BROKEN:
        return PurePosixPath(name).suffix.lower() == ".zip"


def entry_name(info: zipfile.ZipInfo) -> str:
    """Return the name as its author wrote it; zips made on Chinese Windows carry GBK without saying so."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return decoded(raw) or info.filename


def safe_name(name: str) -> str:
    """Return the name without drive, leading slashes, "..", control characters, and blanks around it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [part for part in parts if part not in {"/", "..", "."} and not part.endswith(":")]
    joined = "".join(character for character in "/".join(kept) if character.isprintable())
    return joined.strip() or "未命名"


def distinct(named: Iterable[tuple[str, Thing]]) -> Iterator[tuple[str, Thing]]:
    """Yield things with their names, equal names told apart by a number: 方案.docx, 方案(2).docx."""
    seen: Counter[str] = Counter()
    for name, thing in named:
        seen[name] += 1
        yield name if seen[name] == 1 else _numbered(name, seen[name]), thing


def _numbered(name: str, number: int) -> str:
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}({number}){path.suffix}"))


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    if info.file_size > ENTRY_LIMIT:
        return True
    return info.file_size > 2**20 and info.file_size > RATIO_LIMIT * max(info.compress_size, 1)


def _refusal(source: str, category: str, message: str) -> UnreadableError:
    return UnreadableError(Problem(source, "archive", category, message))

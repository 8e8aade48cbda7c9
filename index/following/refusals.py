"""Says in the user's words why the files of an index could not be written.

What was added is in the store by then: the index follows when it can be written again.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UserError

FULL = "磁盘已满，检索索引没有更新。文件已经存好，原有的内容仍可检索；请清理磁盘，索引随后会自动补上。"
NOT_WRITABLE = (
    "检索索引不能写入 {folder}，没有更新。文件已经存好，原有的内容仍可检索；请检查这个文件夹的写入权限。"
)
BROKEN = "写检索索引时磁盘出错，没有更新。文件已经存好，原有的内容仍可检索；请检查磁盘和文件夹 {folder}。"

_NUMBERS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EIO: BROKEN,
    errno.EROFS: NOT_WRITABLE,
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
}
_WORDS = (
    ("No space left", FULL),
    ("StorageFull", FULL),
    ("disk is full", FULL),
    ("Read-only", NOT_WRITABLE),
    ("readonly", NOT_WRITABLE),
    ("Permission denied", NOT_WRITABLE),
    ("os error", BROKEN),
    ("io::Error", BROKEN),
    ("IoError", BROKEN),
    ("disk I/O error", BROKEN),
)
"""What stands in the messages of tantivy and SQLite; the first that fits is taken."""


@contextmanager
def refusals_told(folder: Path) -> Iterator[None]:
    """Turn what keeps the files in `folder` from being written into a `UserError`; other errors pass.

    tantivy has one kind of error for everything, so its words decide.
    """
    try:
        yield
    except OSError as error:
        message = _NUMBERS.get(error.errno or 0)
        if message is None:  # a lock that another process keeps is an OSError too
            raise
        raise UserError(message.format(folder=folder)) from error
    except (ValueError, sqlite3.Error) as error:
        for words, message in _WORDS:
            if words in str(error):
                raise UserError(message.format(folder=folder)) from error
        raise

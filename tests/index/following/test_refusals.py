"""A disk that takes no more: what was stored stays, search goes on, and the index follows later."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import Timeout

from corpus.errors import UserError
from index.following.refusals import refusals_told
from tests.index.builders import PairEncoder, add, opened

resource = pytest.importorskip("resource", reason="limits of file sizes")

WORKER = """
import json, resource, signal, sys
from pathlib import Path
from corpus.errors import UserError
from tests.index.builders import PairEncoder, many, opened

store, index = opened(Path(sys.argv[1]), encoder=PairEncoder())
index.catch_up()
store.add_many(many(int(sys.argv[3]), first=100))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    index.catch_up()
    told = index.fault
except UserError as error:
    told = str(error)
found = len(index.search("河道清淤").hits)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
index.catch_up()
after = index.semantic.vectors.last_change == index.lexical.last_change == store.last_change()
print(json.dumps([told, found, len(index.lexical), after and not index.fault]))
"""
"""Lets no file grow beyond a size, which the real components meet as they meet a full disk."""


def limited(folder: Path, most: int, documents: int) -> tuple[str, int, int, bool]:
    """Let a process add documents that the index cannot take in; return what it told of that."""
    command = [sys.executable, "-c", WORKER, str(folder), str(most), str(documents)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    told, found, passages, followed = json.loads(done.stdout)
    return told, found, passages, followed


@pytest.mark.parametrize(("most", "documents"), [(0, 1), (6_000, 40)], ids=["nothing", "no words"])
def test_an_index_that_cannot_grow_says_so_and_follows_later(
    tmp_path: Path, most: int, documents: int
) -> None:
    store, index = opened(tmp_path, encoder=PairEncoder())
    add(store, "1.txt", "安澜市河道清淤方案。")
    index.catch_up()
    store.close()
    told, found, passages, followed = limited(tmp_path, most, documents)
    assert "磁盘" in told and "文件已经存好" in told
    assert found
    assert passages == documents + 1 and followed


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system"), "写入权限"),
        (PermissionError(errno.EACCES, "Permission denied"), "写入权限"),
        (OSError(errno.EIO, "Input/output error"), "磁盘出错"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "磁盘已满"),
        (ValueError("A worker thread encountered an error (io::Error most likely)"), "磁盘出错"),
        (sqlite3.OperationalError("database or disk is full"), "磁盘已满"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "写入权限"),
    ],
)
def test_what_keeps_files_from_being_written(tmp_path: Path, error: Exception, words: str) -> None:
    with pytest.raises(UserError, match=words), refusals_told(tmp_path):
        raise error


@pytest.mark.parametrize(
    "error",
    [ValueError("the index has no marker"), Timeout("lock"), sqlite3.OperationalError("no such table")],
)
def test_other_errors_pass(tmp_path: Path, error: Exception) -> None:
    with pytest.raises(type(error), match=str(error)), refusals_told(tmp_path):
        raise error

"""Opening a library, and what the user is told when that fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.errors import BusyError, UserError
from corpus.store import database
from corpus.store.database import FILE_NAME, open_database
from corpus.store.store import Store


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "资料 库%" / "一") as store:
        assert store.last_change() == 0


def test_a_file_is_opened_by_url(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    with Store.open(f"sqlite:///{tmp_path / FILE_NAME}") as store:
        assert store.last_change() == 0


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="换一个"):
        Store.open(tmp_path / "file")


def test_a_file_that_is_no_library(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no library" * 100)
    with pytest.raises(UserError, match="备份"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("mysql://localhost/a", "只支持"),
        ("://", "地址写得不对"),
        ("postgresql://localhost:abc/a", "地址写得不对"),
        ("postgresql://nobody@127.0.0.1:1/a?connect_timeout=1", "连接不上"),
    ],
)
def test_a_place_where_no_library_can_be(location: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        Store.open(location)


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match="pip install"):
        Store.open("postgresql://localhost/a")


def test_a_writer_that_waits_too_long_is_told_so(
    location: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    writer = open_database(location)
    with Store.open(location) as store, writer.writing():
        with pytest.raises(BusyError, match="稍候再试"):
            store.remove("d1")
        assert store.last_change() == 0
    writer.close()

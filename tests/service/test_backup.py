"""A copy of a library holds every record, is made while others write, and can be put back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from corpus.errors import BusyError, NotFoundError, UserError
from corpus.store.schema import metadata
from corpus.store.store import Store
from service.accounts import Role
from service.background.daily import make_if_due
from service.backup import restore_backup, write_backup
from service.library import Library
from service.place import Place
from tests.postgres import postgres_server
from tests.service.texts import NOTICE, PLAN

UNITS = "全称\t别名\t类别\t说明\n安澜市大数据发展中心\t数据中心\t单位\t\n"
Records = dict[str, list[Any]]


def records(store: Store) -> Records:
    """Return every record of every table; that it was restored, which the audit log tells, aside."""
    with store.moment() as connection:
        tables = metadata.sorted_tables
        found = {table.name: list(connection.execute(select(table))) for table in tables}
    restored = [row for row in found["audit"] if row.action == "backup.restored"]
    found["audit"] = [row for row in found["audit"] if row not in restored]
    found["counters"] = [
        (row.name, row.value - len(restored) * (row.name == "audit")) for row in found["counters"]
    ]
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def filled(library: Library) -> Library:
    """Give the library a bit of everything."""
    library.add_upload("方案.txt", PLAN.encode(), by="王明")
    library.rows.correct("t1", {"label": "一"}, by="王明")
    library.accounts.add("王明", Role.ADMINISTRATOR, "河道整治-2026")
    library.settings.write({"office_name": "安澜市政府督查室"}, by="王明")
    return library


def test_a_copy_put_elsewhere_is_the_same_library(empty: Library, tmp_path: Path) -> None:
    before = records(filled(empty).store)
    empty.place.units_file.write_text(UNITS, "utf-8")
    empty.place.words_file.write_text("回头看\t复查\n", "utf-8")
    write_backup(empty.place, empty.store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert restore_backup(Place(str(tmp_path / "other")), tmp_path / "copy.db") is None
    assert Place(str(tmp_path / "other")).units_file.read_text("utf-8") == UNITS
    assert Place(str(tmp_path / "other")).words_file.read_text("utf-8") == "回头看\t复查\n"
    with Library.open(tmp_path / "other", workers=1) as other:
        assert records(other.store) == before
        assert other.search("河道垃圾").hits
        assert other.accounts.log_in("王明", "河道整治-2026")


def test_restoring_keeps_aside_what_stood_there(empty: Library, tmp_path: Path) -> None:
    place, copy = filled(empty).place, tmp_path / "copy.db"
    before = records(empty.store)
    write_backup(place, empty.store, copy)
    empty.add_upload("通知.txt", NOTICE.encode())
    after = records(empty.store)
    empty.close()
    kept = restore_backup(place, copy, "王明")
    assert kept is not None
    with Library.open(place.location, workers=1) as restored:
        assert records(restored.store) == before
        told = restored.audit.page().items[0]
        assert (told.by, told.fact.action, told.fact.before) == ("王明", "backup.restored", str(kept))
        assert not [hit for hit in restored.search("加装电梯").hits if "电梯" in hit.passage.text]
    restore_backup(place, kept)
    with Store.open(place.location) as again:
        assert records(again) == after


def test_a_copy_is_one_moment_while_others_write(empty: Library, tmp_path: Path) -> None:
    filled(empty)
    ended = threading.Event()

    def write() -> None:
        with Store.open(empty.place.location) as other:
            label = 0
            while not ended.is_set():
                label += 1
                other.correct_task("t1", {"label": str(label), "text": f"第{label}次"})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            write_backup(empty.place, empty.store, tmp_path / f"{number}.db")
    finally:
        ended.set()
        writer.join()
    for number in range(3):
        restore_backup(Place(str(tmp_path / str(number))), tmp_path / f"{number}.db")
        with Store.open(tmp_path / str(number)) as store:
            record = store.task("t1").record
            assert record["text"] in (
                f"第{record['label']}次",
                record["text"] if record["label"] == "一" else "",
            )


@pytest.mark.database
def test_a_database_elsewhere_is_copied_and_filled(empty: Library, tmp_path: Path) -> None:
    before = records(filled(empty).store)
    write_backup(empty.place, empty.store, tmp_path / "copy.db")
    with postgres_server() as url:
        place = Place(url)
        restore_backup(place, tmp_path / "copy.db")
        with Store.open(url) as store:
            assert records(store) == before
            write_backup(place, store, tmp_path / "back.db")
        restore_backup(Place(str(tmp_path / "other")), tmp_path / "back.db")
    with Store.open(tmp_path / "other") as other:
        assert records(other) == before


@pytest.mark.parametrize("data", [None, b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_copy_is_refused_before_anything_is_touched(tmp_path: Path, data: bytes | None) -> None:
    copy = tmp_path / "copy.db"
    if data is not None:
        copy.write_bytes(data)
    with pytest.raises(UserError, match="备份"):
        restore_backup(Place(str(tmp_path / "library")), copy)
    assert not (tmp_path / "library" / "taizhang.db").exists()


def test_databases_of_other_programs_are_refused(tmp_path: Path) -> None:
    others = {"empty.db": ["CREATE TABLE alembic_version (version_num TEXT)"]}
    others["other.db"] = [*others["empty.db"], "INSERT INTO alembic_version VALUES ('1')"]
    others["cut.db"] = [*others["empty.db"], "CREATE TABLE documents (id INTEGER)"]
    for name, statements in others.items():
        with closing(sqlite3.connect(tmp_path / name)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        with pytest.raises(UserError, match="不是本系统的备份"):
            restore_backup(Place(str(tmp_path / "library")), tmp_path / name)


def test_a_copy_needs_a_name_of_its_own(empty: Library, tmp_path: Path) -> None:
    for folder in (tmp_path, Path()):
        with pytest.raises(UserError, match="文件夹"):
            write_backup(empty.place, empty.store, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_copy_that_finds_no_room_leaves_nothing_behind(empty: Library, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    program = (
        "import resource, signal, sys; from pathlib import Path; from service.cli.app import main;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)); main(sys.argv[1:])"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "backup",
        str(folder / "copy.db"),
        "--data",
        empty.place.location,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2 and "备份不能写到" in ended.stderr
    assert list(folder.iterdir()) == []


def test_a_library_that_is_served_is_not_replaced(empty: Library, tmp_path: Path) -> None:
    write_backup(empty.place, empty.store, tmp_path / "copy.db")
    with empty.place.held() as ours, pytest.raises(BusyError, match="停止服务"):
        assert ours
        restore_backup(empty.place, tmp_path / "copy.db")


def test_the_daily_copy_is_made_once_its_time_has_come(empty: Library) -> None:
    empty.settings.write({"backup_time": "02:30", "backups_kept": 2}, by="王明")
    moments = [
        "2026-11-01 02:29",
        "2026-11-01 02:30",
        "2026-11-01 09:00",
        "2026-11-02 08:00",
        "2026-11-03 08:00",
    ]
    made = [make_if_due(empty.backups, empty.settings, datetime.fromisoformat(at)) for at in moments]
    assert made == [False, True, False, True, True]
    names = {backup.name for backup in empty.backups.all()}
    assert names == {"taizhang-2026-11-02.db", "taizhang-2026-11-03.db"}
    empty.settings.write({"backup_time": ""}, by="王明")
    assert not make_if_due(empty.backups, empty.settings, datetime(2026, 11, 4, 9))


def test_copies_made_by_hand_are_listed_and_kept(empty: Library) -> None:
    backup = empty.backups.make("王明")
    assert empty.backups.all() == [backup] and backup.size > 0
    assert empty.backups.path(backup.name).exists()
    assert empty.audit.page().items[0].by == "王明"
    for name in ("other.db", "../taizhang.db"):
        with pytest.raises(NotFoundError):
            empty.backups.path(name)

"""The tables of an opened library are those of the schema, however old the library is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

import corpus.store.migrations
from corpus.errors import UserError
from corpus.store import database
from corpus.store.editing.corrections import blank_record
from corpus.store.encoding import to_json
from corpus.store.rows import Colour, TaskStatus
from corpus.store.schema import metadata
from corpus.store.store import Store

RECURRING = {
    "raw": "每月25日前",
    "kind": "recurring",
    "span": [0, 0],
    "start": None,
    "end": None,
    "loose": False,
    "inherited": False,
}
DATED = {**RECURRING, "raw": "2026年6月底前", "kind": "date", "end": "2026-06-30"}
RECORD = to_json({**blank_record(), "text": "修路。", "deadlines": [DATED]})


@pytest.fixture
def opened(location: str | Path) -> Iterator[database.Database]:
    """The database of an empty library."""
    made = database.open_database(location)
    yield made
    made.close()


def test_the_migrations_make_what_the_schema_says(opened: database.Database) -> None:
    with opened.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_store_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(corpus.store.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == database.SCHEMA


def test_an_existing_library_is_opened_without_alembic(empty_library: Path) -> None:
    code = (
        "import sys; from corpus.store.store import Store; Store.open(sys.argv[1]).close();"
        "assert 'alembic' not in sys.modules"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code, empty_library], check=True, cwd=root)


def test_a_library_of_a_newer_program_is_refused(location: str | Path, opened: database.Database) -> None:
    with opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError, match="升级程序"):
        Store.open(location)


def test_a_library_from_before_supervision_gets_what_follows_from_its_rows(tmp_path: Path) -> None:
    def in_library(*statements: str) -> None:
        with closing(sqlite3.connect(tmp_path / database.FILE_NAME)) as opened, opened:
            for statement in statements:
                opened.execute(statement)

    config = Config()
    config.set_main_option("script_location", str(Path(corpus.store.migrations.__file__).parent))
    engine = create_engine(f"sqlite:///{tmp_path / database.FILE_NAME}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    engine.dispose()
    record = to_json({**blank_record(), "text": "报送进展。", "deadlines": [RECURRING]})
    into = "INSERT INTO tasks (id, start, end, in_text, status, due, text, record, origin)"
    in_library(
        f"{into} VALUES (1, 0, 0, 1, 'done', '2026-06-30', '修路。', '{RECORD}', 'hand')",
        f"{into} VALUES (2, 0, 0, 1, 'done', NULL, '报送进展。', '{record}', 'hand')",
        "INSERT INTO history (id, task_id, at, key, before, after, note, by) VALUES "
        "(1, 1, '2026-02-28 16:30:00', 'hidden', '\"absent\"', 'null', '', '')",
        "UPDATE counters SET value = 2 WHERE name IN ('task', 'history')",
    )
    with Store.open(tmp_path) as store:
        first, second = store.tasks(today=date(2026, 5, 1)).items
        store.set_status("t1", TaskStatus.IN_PROGRESS)
    assert (first.due, first.first_due, first.done_on, first.late) == (
        date(2026, 6, 30),
        first.due,
        None,
        False,
    )
    assert (second.next_due, second.colour) == (date(2026, 5, 25), Colour.GREEN)
    with closing(sqlite3.connect(tmp_path / database.FILE_NAME)) as opened:
        since = opened.execute("SELECT since FROM tasks ORDER BY id").fetchall()
    assert since == [("2026-03-01",), (None,)]

"""The tables of an opened library are those of the schema, however old the library is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import corpus.store.migrations
from corpus.errors import UserError
from corpus.store import database
from corpus.store.schema import metadata
from corpus.store.store import Store


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
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, empty_library], check=True, cwd=root)


def test_a_library_of_a_newer_program_is_refused(location: str | Path, opened: database.Database) -> None:
    with opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError, match="升级程序"):
        Store.open(location)

"""Stores for the tests: every test that takes `store` or `location` runs over SQLite and over PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from corpus.store.database import FILE_NAME, SCHEMA
from corpus.store.schema import metadata
from corpus.store.store import Store
from tests.postgres import postgres_server

BACKENDS = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.database),
]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a library in a PostgreSQL server, empty between tests."""
    with postgres_server() as url:
        Store.open(url).close()
        yield url


@pytest.fixture(params=BACKENDS)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty library lies: a folder, or the URL of a database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_library") / FILE_NAME, tmp_path)
        yield tmp_path
    else:
        url = request.getfixturevalue("postgres")
        yield url
        _empty(url)


@pytest.fixture
def store(location: str | Path) -> Iterator[Store]:
    """The store of an empty library."""
    with Store.open(location) as opened:
        yield opened


def _empty(url: str) -> None:
    # Much quicker than a database for every test, each of which costs two checkpoints.
    tables = ", ".join(name for name in metadata.tables if name != "counters")
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # the audit log refuses to be emptied
        connection.execute(f"TRUNCATE {tables}".encode())
        connection.execute("UPDATE counters SET value = 0")
        connection.execute("UPDATE alembic_version SET version_num = %s", [SCHEMA])

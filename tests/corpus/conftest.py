"""Stores for the tests: every test that takes `store` runs over SQLite and over PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from corpus.store.database import FILE_NAME
from corpus.store.store import Store
from tests.postgres import fresh_database, postgres_server

BACKENDS = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.database),
]
TEMPLATE = "taizhang_template"


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the SQLite file of an empty library, to be copied: making one takes a while."""
    folder = tmp_path_factory.mktemp("library")
    Store.open(folder).close()
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server that has the database of an empty library as a template."""
    with postgres_server() as server, fresh_database(server, TEMPLATE) as template:
        Store.open(template).close()
        yield server


@pytest.fixture(params=BACKENDS)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty library of its own lies: a folder, or the URL of a database."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            shutil.copy(request.getfixturevalue("empty_library") / FILE_NAME, tmp_path)
            yield tmp_path
        else:
            server = request.getfixturevalue("postgres")
            yield stack.enter_context(fresh_database(server, f"test_{next(_numbers)}", TEMPLATE))


@pytest.fixture
def store(location: str | Path) -> Iterator[Store]:
    """The store of an empty library."""
    with Store.open(location) as opened:
        yield opened


_numbers = count(1)

"""A small library, opened once for tests that only read it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.library import Library
from tests.service.texts import NOTICE, PLAN


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "河道整治方案.txt").write_text(PLAN, "utf-8")
    (folder / "加装电梯通知.txt").write_text(NOTICE, "gb18030")
    return folder


@pytest.fixture(scope="session")
def data(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds them."""
    folder = tmp_path_factory.mktemp("data")
    with Library.open(folder, workers=1) as library:
        library.add([files])
    return folder


@pytest.fixture(scope="session")
def library(data: Path) -> Iterator[Library]:
    """That library, for reading only."""
    with Library.open(data, workers=1) as opened:
        yield opened


@pytest.fixture
def copied(data: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of that library, to be written to."""
    shutil.copytree(data, tmp_path / "data")
    with Library.open(tmp_path / "data", workers=1) as opened:
        yield opened


@pytest.fixture
def empty(empty_library: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of one's own."""
    shutil.copytree(empty_library, tmp_path / "data")
    with Library.open(tmp_path / "data", workers=1) as opened:
        yield opened

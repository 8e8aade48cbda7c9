"""A library with two plans, a report and a list of problems; opened once for tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.library import Library
from tests.service.reconcile.texts import LIST, PLAN, REPORT, SECOND_PLAN

TEXTS = {"方案.txt": PLAN, "汇报.txt": REPORT, "要点.txt": SECOND_PLAN, "清单.txt": LIST}


@pytest.fixture(scope="session")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library; d1 is the plan, d2 the report, d3 the second plan, d4 the list of problems."""
    folder = tmp_path_factory.mktemp("rivers")
    paths = [folder / name for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.name], "utf-8")
    with Library.open(folder / "data", workers=1) as library:
        for path in paths:
            library.add([path])
        yield library


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    """The report as a file."""
    path = tmp_path / "汇报.txt"
    path.write_text(REPORT, "utf-8")
    return path


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """The plan as a file."""
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    return path

"""A ledger to fill templates from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.store.rows import TaskStatus
from service.library import Library
from tests.service.texts import PLAN


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with one plan of four tasks, of which one is done."""
    folder = tmp_path_factory.mktemp("templates")
    path = folder / "河道整治方案.txt"
    path.write_text(PLAN, "utf-8")
    with Library.open(folder / "data", workers=1) as library:
        library.add([path])
        library.store.set_status(library.tasks().items[0].id, TaskStatus.DONE)
        yield library

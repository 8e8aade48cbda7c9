"""What a server puts together at its start, so that the first to open a page does not wait."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.background import warming
from service.background.warming import Warming
from service.library import Library
from service.prepared import bodies
from tests.service.texts import PLAN


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library in which every ledger counts as long: worker processes put it together."""
    monkeypatch.setattr(bodies, "FEW_ROWS", 0)
    monkeypatch.setattr(warming, "LONG", 1)
    with Library.open(tmp_path, workers=1) as opened:
        opened.add_upload("方案.txt", PLAN.encode())
        yield opened


def warm(library: Library) -> None:
    ahead = Warming(library)
    ahead.start()
    ahead.join()
    library.bodies.close()  # from here on nothing could be put together any more


def test_the_list_and_the_long_documents_are_there_before_anybody_asks(library: Library) -> None:
    warm(library)
    assert library.overview.get().total == library.tasks().total
    for row in library.documents():
        assert library.bodies.sight(row.id).rows == row.tasks


def test_small_libraries_are_left_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "LONG", 1_000)
    warm(library)
    with pytest.raises(RuntimeError):
        library.overview.get()


def test_a_server_may_end_while_pages_are_put_together(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.warm()
    library.close()
    assert caplog.records == []


def test_a_sight_is_made_once_for_all_who_ask_and_anew_where_that_failed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = library.documents()[0].id
    with monkeypatch.context() as broken:
        broken.setattr(bodies, "kept_sight", "no function")
        with pytest.raises(TypeError):
            library.bodies.sight(document)
    with ThreadPoolExecutor(4) as people:
        seen = list(people.map(library.bodies.sight, [document] * 4))
    assert seen[0].rows and all(sight is seen[0] for sight in seen)

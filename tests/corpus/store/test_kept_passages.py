"""Passages that were read are kept: their words for good, all else until somebody writes into the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.store.searching.kept_passages
from corpus.store.rows import PassageRow
from corpus.store.searching import feed
from corpus.store.searching.kept_passages import KeptPassages
from corpus.store.store import Store
from tests.index.builders import new, passage


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A library of one document whose only passage has the number 1."""
    with_one = Store.open(tmp_path)
    with_one.add_many([new("a.txt", "河道清淤由水务局负责。")])
    yield with_one
    with_one.close()


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the database is asked for from now on: passages with or without their words."""
    kinds = {feed.PASSAGES: "with words", feed.PASSAGES_WITHOUT_WORDS: "without"}
    statements: list[str] = []
    read = store._database.rows_by_id

    def noted(statement: object, ids: list[int], **bounds: object) -> list[tuple[object, ...]]:
        statements.extend([kinds[statement]] if ids else [])  # type: ignore[index]
        return read(statement, ids, **bounds)  # type: ignore[arg-type]

    monkeypatch.setattr(store._database, "rows_by_id", noted)
    return statements


def one(store: Store) -> PassageRow:
    (row,) = store.passages([1])
    return row


def test_what_was_read_is_not_read_again(store: Store, asked: list[str]) -> None:
    assert one(store) == one(store)
    assert asked == ["with words"]


def test_what_somebody_wrote_is_seen(store: Store, asked: list[str], tmp_path: Path) -> None:
    document = one(store).document_id
    with_other_connections = Store.open(tmp_path)  # as another process has
    with_other_connections.add_many([new("b.txt", "古树保护由林业局负责。")])
    assert one(store).text == "河道清淤由水务局负责。"
    assert asked == ["with words", "without"]
    with_other_connections.remove(document)
    assert store.passages([1]) == []
    with_other_connections.close()


def test_what_came_first_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.store.searching.kept_passages, "MOST_KEPT", 2)
    kept = KeptPassages()
    kept.keep([passage(1, "清淤"), passage(2, "补种")], moment="早")
    assert {number: held.row.text for number, held in kept.of([2, 1, 7]).items()} == {1: "清淤", 2: "补种"}
    kept.keep([passage(3, "绿化")], moment="晚")
    assert {number: held.moment for number, held in kept.of([1, 2, 3]).items()} == {2: "早", 3: "晚"}

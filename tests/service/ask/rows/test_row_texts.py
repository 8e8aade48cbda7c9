"""The words of rows are kept from question to question, and always as they would be read anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import service.ask.rows.row_texts
from corpus.store.rows import PassageRow
from service.ask.rows.row_texts import RowTexts
from service.library import Library

Act = Callable[[Library, list[str]], object]

ACTS: dict[str, Act] = {
    "corrected": lambda library, rows: library.rows.correct(rows[0], {"text": "清理芦苇"}, "陈新"),
    "moved": lambda library, rows: library.rows.correct(rows[0], {"span": [0, 5]}, "陈新"),
    "deleted": lambda library, rows: library.rows.delete(rows[:1], "陈新"),
    "split": lambda library, rows: library.rows.split(rows[0], ["清理芦苇", "拆除趸船"], "陈新"),
    "typed": lambda library, _: library.rows.add({"text": "修缮古渡口"}, "陈新"),
    "typed into a document": lambda library, _: library.rows.add({"text": "修缮"}, "陈新", document="d2"),
    "brought back": lambda library, rows: (
        library.rows.delete(rows[:1], "甲"),
        library.rows.restore(rows, "甲"),
    ),
    "document removed": lambda library, _: library.remove(["d2"]),
}


def seen(texts: RowTexts, rows: list[str]) -> tuple[list[list[PassageRow]], list[PassageRow], dict[str, str]]:
    """Return all that is told of the library's rows."""
    of_documents = [list(texts.of(document)) for document in ("d1", "d2", "d3")]
    return of_documents, list(texts.rows(rows).values()), dict(texts.typed())


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_kept_is_what_would_be_read(copied: Library, act: Act) -> None:
    rows = [row.id for row in copied.tasks().items]
    texts = RowTexts(copied.store)
    before = seen(texts, rows)
    act(copied, rows)
    after = seen(texts, rows)
    assert after == seen(RowTexts(copied.store), rows)
    assert after != before or act is ACTS["brought back"]


def test_many_changes_are_read_anew(copied: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.ask.rows.row_texts, "FEW_CHANGES", 0)
    test_what_is_kept_is_what_would_be_read(copied, ACTS["corrected"])


def test_only_so_many_are_kept(copied: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.ask.rows.row_texts, "MOST_DOCUMENTS", 1)
    monkeypatch.setattr(service.ask.rows.row_texts, "MOST_SINGLE", 1)
    rows = [row.id for row in copied.tasks().items]
    texts = RowTexts(copied.store)
    assert seen(texts, rows) == seen(texts, rows)

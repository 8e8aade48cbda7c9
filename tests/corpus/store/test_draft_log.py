"""What the audit log tells of the text of drafts: one entry for a stretch of editing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.store.audit import AuditQuery
from corpus.store.store import Store

BY, OTHER = "王明", "李华"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path)


def text(*sentences: str) -> dict[str, Any]:
    """The record of a draft of one paragraph."""
    paragraph = {"kind": "text", "statements": [{"text": words} for words in sentences]}
    section = {"heading": "工作开展情况", "paragraphs": [paragraph]}
    return {"genre": "工作汇报", "title": "关于灯会的汇报", "sections": [section]}


def told(store: Store) -> list[tuple[str, str, Any, Any]]:
    """Who did what to drafts, with what stood there before and after, the oldest first."""
    entries = reversed(store.audit.page(AuditQuery(action="draft")).items)
    return [(entry.by, entry.fact.action, entry.fact.before, entry.fact.after) for entry in entries]


def test_a_stretch_of_changes_is_one_entry(store: Store) -> None:
    draft = store.drafts.add(text("架设灯组。"), BY, "生成")
    for revision, words in enumerate(("架设灯组六。", "架设灯组六十。", "架设灯组六十组。"), start=1):
        store.drafts.change(draft, text(words), revision, BY)
    changed = (BY, "draft.change", ["架设灯组。"], ["架设灯组六十组。"])
    assert told(store)[1:] == [changed]
    assert told(store)[1:] == [changed], "read again, nothing is told twice"


def test_another_person_and_a_kept_version_end_a_stretch(store: Store) -> None:
    draft = store.drafts.add(text("一。"), BY, "生成")
    store.drafts.change(draft, text("一。", "二。"), 1, BY)
    store.drafts.change(draft, text("一。", "二。", "三。"), 2, OTHER)
    store.drafts.keep(draft, OTHER, "初稿")
    store.drafts.change(draft, text("一。"), 3, OTHER)
    assert told(store)[1:] == [
        (BY, "draft.change", [], ["二。"]),
        (OTHER, "draft.change", [], ["三。"]),
        (OTHER, "draft.keep", None, 3),
        (OTHER, "draft.change", ["二。", "三。"], []),
    ]


def test_what_was_changed_back_is_told_too(store: Store) -> None:
    draft = store.drafts.add(text("一。"), BY, "生成")
    store.drafts.change(draft, text("二。"), 1, BY)
    store.drafts.change(draft, text("一。"), 2, BY)
    newest = store.audit.page(AuditQuery(action="draft.change")).items[0]
    assert (newest.fact.before, newest.fact.after, newest.fact.note) == ([], [], "改动后又改回原样")

"""References of rows find the documents that they name, where the library holds them."""

from dataclasses import replace

import pytest

from corpus.spans import Span
from corpus.store.store import Store
from corpus.task import Reference
from tests.corpus.builders import document, extraction, task

PLAN = document("# 1 一、任务", "i 2 1.疏浚河道二十公里。", title="安澜市2024年工作要点")
NAMED = "安澜市碧水行动方案"


def row_with_reference(store: Store, title: str) -> None:
    raw = f"按照《{title}》分工负责"
    found = replace(task(PLAN, "疏浚河道二十公里。"), refs=(Reference(raw, title, Span(0, 1)),))
    store.add("要点.txt", b"1", PLAN, extraction(found))


def document_of(store: Store) -> str | None:
    (row,) = store.tasks().items
    (reference,) = row.record["refs"]
    found: str | None = reference["document_id"]
    return found


def add(store: Store, title: str) -> str:
    held = document("# 1 一、任务", title=title)
    return store.add(f"{title}.txt", title.encode(), held, extraction()).document_id


@pytest.mark.parametrize("title", [NAMED, f"安澜市人民政府关于印发{NAMED}的通知"])
def test_the_document_that_a_reference_names_is_found_by_its_title(store: Store, title: str) -> None:
    row_with_reference(store, NAMED)
    assert document_of(store) is None
    assert add(store, title) == document_of(store)


def test_of_several_documents_the_one_with_just_that_title_is_meant(store: Store) -> None:
    row_with_reference(store, NAMED)
    add(store, f"安澜市人民政府关于印发{NAMED}的通知")
    exact = add(store, NAMED)
    assert document_of(store) == exact


def test_a_removed_document_is_not_found(store: Store) -> None:
    row_with_reference(store, NAMED)
    store.remove(add(store, NAMED))
    assert document_of(store) is None


def test_a_title_that_says_nothing_finds_nothing(store: Store) -> None:
    row_with_reference(store, "方案")
    add(store, NAMED)
    assert document_of(store) is None

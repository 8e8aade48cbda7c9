"""Readers meet whole documents while a writer adds them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.index.builders import PairEncoder, add, opened

DOCUMENTS = 6
SECTIONS = 3


def _written(folder: Path) -> None:
    """Add documents of several passages each, one by one."""
    store, index = opened(folder, encoder=PairEncoder())
    for number in range(DOCUMENTS):
        lines = [f"古树保护第{number}批第{section}项。" for section in range(SECTIONS)]
        add(store, f"{number}.txt", *(text for line in lines for text in (f"# 1 {line}", line)))
        index.catch_up()
    store.close()


def test_a_document_is_found_whole_or_not_at_all(tmp_path: Path) -> None:
    store, reader = opened(tmp_path, encoder=PairEncoder())
    reader.catch_up()
    seen: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        writing, running = pool.submit(_written, tmp_path), True
        while running:
            running = not writing.done()
            result = reader.search("古树保护", k=100, collapse=False, per_document=None, facets=False)
            found = Counter(hit.passage.document_id for hit in result.hits)
            assert set(found.values()) <= {SECTIONS}
            seen.append(len(found))
        writing.result()
    assert seen == sorted(seen) and seen[-1] == DOCUMENTS
    store.close()

"""What changed between two versions of a plan."""

from __future__ import annotations

import pytest

from corpus.errors import NotFoundError
from corpus.records import JsonObject
from corpus.store.editing.corrections import blank_record
from service.comparing import Fate, compare_rows
from service.library import Library
from tests.service.texts import PLAN


def row(text: str, by: str = "", unit: str = "", label: str = "") -> JsonObject:
    """A task record of few words."""
    units = [{"name": unit, "role": "lead"}] if unit else []
    deadlines = [{"raw": by, "start": None, "end": by}] if by else []
    return {**blank_record(), "text": text, "label": label, "units": units, "deadlines": deadlines}


A, B, C = "疏浚河道二十公里。", "栽植林带三百亩。", "改造学校厕所。"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([row(A)], [row(A)], [("same", ())]),
        ([row(A)], [row(A), row(B)], [("same", ()), ("added", ())]),
        ([row(A), row(B), row(C)], [row(A), row(C)], [("same", ()), ("dropped", ()), ("same", ())]),
        ([row(A), row(B)], [], [("dropped", ()), ("dropped", ())]),
        ([row(A), row(B)], [row(B), row(A)], [("same", ()), ("same", ())]),
        ([row(A, by="2026-06-30")], [row(A, by="2026-12-31")], [("changed", ("deadlines",))]),
        ([row(A, unit="市水利局")], [row(A, unit="市水务局")], [("changed", ("units",))]),
        ([row(A)], [row("疏浚河道二十五公里。")], [("changed", ("text",))]),
    ],
)
def test_fates(
    before: list[JsonObject], after: list[JsonObject], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(item.fate.value, item.changed) for item in compare_rows(before, after)] == expected


def test_words_show_what_was_put_in_and_left_out() -> None:
    (found,) = compare_rows([row("疏浚河道二十公里。")], [row("疏浚城区河道三十公里。")])
    assert [(item.kind, item.text) for item in found.words] == [
        ("same", "疏浚"),
        ("added", "城区"),
        ("same", "河道"),
        ("dropped", "二"),
        ("added", "三"),
        ("same", "十公里。"),
    ]


def test_versions_and_documents_are_compared(empty: Library) -> None:
    later = PLAN.replace("2025年6月底前", "2025年8月底前").replace("市大数据局", "市数据局")
    for name, text in (("方案.txt", PLAN), ("方案.txt", later), ("征求意见稿.txt", PLAN)):
        empty.add_upload(name, text.encode(), by="王明")
    versions = empty.compare("d1", 1)
    assert (versions.count(Fate.CHANGED), versions.count(Fate.SAME)) == (2, 2)
    assert [item.changed for item in versions.rows if item.changed] == [("text", "deadlines"), ("units",)]
    assert all(item.after and item.after["id"].startswith("t") for item in versions.rows)
    assert versions.record()["counts"]["changed"] == 2
    documents = empty.compare_documents("d2", "d1")
    assert (documents.before.source, documents.after.version) == ("征求意见稿.txt", 2)
    assert documents.count(Fate.CHANGED) == 2
    with pytest.raises(NotFoundError):
        empty.compare("d1", 9)

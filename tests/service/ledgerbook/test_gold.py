"""A corrected ledger as gold: the evaluation reads it, and finds what a person corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.extraction.places import locate_all, locate_gold
from evaluation.gold import load_cases
from evaluation.text import squash
from service.ledgerbook.gold import gold_name, gold_of, write_gold
from service.library import Library


@pytest.fixture
def library(copied: Library) -> Library:
    """A library with a plan of four tasks and a notice without any, to be written to."""
    return copied


def plan(library: Library) -> str:
    return next(row.id for row in library.documents() if row.tasks)


def test_the_evaluation_finds_every_task_again(library: Library, tmp_path: Path) -> None:
    shown = library.show(plan(library))
    gold = gold_of(shown, gold_name(shown.document))
    write_gold([gold], tmp_path / "gold")
    (case,) = load_cases(tmp_path / "gold")
    text = squash(case.text)
    places = locate_all(text, case.gold["tasks"], locate_gold)
    assert [text[place.start : place.end] for place in places if place] == [
        squash(row.record["text"]) for row in shown.rows
    ]
    assert gold.left_out == () and case.gold["doc"] == case.name == f"{gold.name}.txt"


def test_gold_says_what_the_text_says(library: Library) -> None:
    shown = library.show(plan(library))
    record = gold_of(shown, "方案").record
    assert record["meta"] == {
        "title": "安澜市人民政府办公室关于印发《安澜市2025年河道整治实施方案》的通知",
        "doc_type": "实施方案",
        "issuer": "安澜市人民政府办公室",
        "doc_number": "安政办发〔2025〕12号",
        "date": "2025-03-01",
        "region": "安澜市",
        "level": "市",
    }
    first = record["tasks"][0]
    assert (first["section"], first["label"], first["assigned"]) == (["一、主要任务"], "（一）", True)
    assert first["units"][0] == {"name": "市水利局", "role": "lead"}
    limit = {"raw": "2025年6月底前", "kind": "date", "start": None, "end": "2025-06-30"}
    assert first["deadlines"] == [limit]


def test_corrections_are_gold_and_what_the_text_lacks_is_told(library: Library) -> None:
    document = plan(library)
    first, second, *_ = (row.id for row in library.show(document).rows)
    library.rows.correct(first, {"units": [{"name": "市城市管理局", "role": "lead"}]}, "王明")
    library.rows.correct(second, {"units": [{"name": "市河长办", "role": "lead"}]}, "王明")
    library.rows.add({"text": "另行布置的任务。"}, "王明", document)
    gold = gold_of(library.show(document), "方案")
    tasks = gold.record["tasks"]
    assert tasks[0]["units"] == [{"name": "市城市管理局", "role": "lead"}] and tasks[1]["units"] == []
    assert (len(tasks), gold.left_out) == (4, ("“另行布置的任务。”不在原文中", "“市河长办”不在原文中"))
    assert "市河长办" in json.dumps(gold.record["notes"], ensure_ascii=False)

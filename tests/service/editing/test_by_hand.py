"""A row that a person typed into a form."""

from __future__ import annotations

import pytest

from corpus.errors import UserError
from service.editing.by_hand import typed_row


def test_words_go_where_their_names_say() -> None:
    row = typed_row(
        {
            "text": "修复望川大桥护栏",
            "lead": "县交通局、县公安局",
            "day": "2026-12-31",
            "origin": "批示",
            "assigned_on": "2026.11.3",
            "marks": "紧急、重点",
        },
        {"督办频次": "每周"},
    )
    assert row.values["text"] == "修复望川大桥护栏"
    assert [unit["name"] for unit in row.values["units"]] == ["县交通局", "县公安局"]
    assert row.values["deadlines"][0]["end"] == "2026-12-31"
    assert row.kept == {
        "entry": {"origin": "批示", "assigned_on": "2026-11-03"},
        "marks": ["紧急", "重点"],
        "own": {"督办频次": "每周"},
    }


def test_empty_words_are_as_good_as_none() -> None:
    row = typed_row({"text": "清运垃圾", "day": " ", "origin": "", "marks": ""}, {"频次": " "})
    assert row.kept == {}
    assert row.values["deadlines"] == []


@pytest.mark.parametrize(
    ("words", "told"), [({"text": " "}, "任务"), ({"text": "清淤", "day": "下周"}, "看不出是哪一天")]
)
def test_what_cannot_be_a_row_is_told(words: dict[str, str], told: str) -> None:
    with pytest.raises(UserError, match=told):
        typed_row(words)

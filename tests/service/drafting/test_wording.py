"""How tasks, days and names are put into words of a document."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.registry.tables import read_table
from service import drafting
from service.drafting.saying import numbered, say
from service.drafting.wording import (
    due_words,
    full_width,
    listed,
    own_name,
    quoted,
    short_name,
    spoken_heading,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("清理河道垃圾。全面排查两岸堆放点。", "清理河道垃圾"),
        ("针对餐饮、住宿等领域，发放消费券，带动消费。", "发放消费券"),
        ("2025年6月底前，完成排查，建立台账。", "完成排查"),
        ("建设“一网、一图”平台，强化监管。", "建设“一网、一图”平台"),
        ("健全制度", "健全制度"),
    ],
)
def test_a_task_is_called_by_what_is_done(text: str, name: str) -> None:
    assert short_name(text) == name


@given(st.text(alphabet="清理河道，。、“”《》（）；25年\n", min_size=1, max_size=80))
def test_a_name_is_taken_letter_for_letter(text: str) -> None:
    assert short_name(text) in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 6, 30), "2025年6月底前"),
        (date(2024, 2, 29), "2024年2月底前"),
        (date(2025, 6, 5), "2025年6月5日前"),
    ],
)
def test_a_last_day_is_written_as_documents_write_it(day: date, words: str) -> None:
    assert due_words(day) == words


def test_lists_quotes_and_marks() -> None:
    assert [listed(names) for names in ([], ["甲"], ["甲", "乙"], ["甲", "乙", "丙"])] == [
        "",
        "甲",
        "甲和乙",
        "甲、乙和丙",
    ]
    assert quoted("推广“水管家”平台") == "“推广‘水管家’平台”"
    assert full_width("排查,整改(含复查);限期3,000元") == "排查，整改（含复查）；限期3,000元"
    assert spoken_heading("（二）强化河道管护（20分）。") == "强化河道管护"
    assert own_name("安澜市人民政府关于印发《河道整治方案》的通知") == "河道整治方案"


def test_points_are_numbered_only_where_there_are_several() -> None:
    one = [say("late_lead")]
    assert [item[0].text for item in numbered([one])] == ["部分任务未按时限完成。"]
    assert [item[0].text[:3] for item in numbered([one, one])] == ["一是部", "二是部"]


def test_every_sentence_of_the_table_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(drafting.__path__[0]).rglob("*.py"))
    for row in read_table("service.drafting", "sentences.tsv"):
        stem = re.sub(r"_(?:named|some|one)$|^unit_.*", "", row["sentence"]) or "unit_"
        assert f'"{row["sentence"]}"' in code or f'"{stem}"' in code or f'f"{stem}' in code, row["sentence"]

"""What words typed into a cell mean."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import UserError
from corpus.records import JsonObject
from service.editing.cells import CELL_OF, parse_day
from tests.service.editing.builders import SETTING, plan, shown


def typed(name: str, words: str, record: JsonObject | None = None) -> JsonObject:
    before = record or plan().rows[0].record
    return {**before, **CELL_OF[name].write(before, words, SETTING)}


def test_a_typed_unit_gets_its_full_name_and_one_that_stood_there_keeps_its_place() -> None:
    before = plan().rows[0].record
    record = typed("lead", "县文体局、县发改委")
    old, new = [unit for unit in record["units"] if unit["role"] == "lead"]
    assert old == before["units"][0]
    assert (new["name"], new["canonical"], new["span"]) == ("县发改委", "望川县发展和改革委员会", [0, 0])


def test_a_unit_moves_to_another_role_with_what_is_known_of_it() -> None:
    record = typed("responsible", "县财政局")
    moved = next(unit for unit in record["units"] if unit["role"] == "responsible")
    assert moved["span"] == plan().rows[0].record["units"][1]["span"]


def test_an_emptied_cell_takes_the_units_out() -> None:
    assert shown(typed("cooperate", ""), "lead", "cooperate") == ["县文体局", ""]


@pytest.mark.parametrize(
    ("words", "kind", "end"),
    [
        ("2026年9月底前", "date", "2026-09-30"),
        ("9月底前", "date", "2026-09-30"),
        ("6.30", "date", "2026-06-30"),
        ("长期坚持", "ongoing", None),
        ("看情况", "condition", None),
    ],
)
def test_typed_limits_mean_days(words: str, kind: str, end: str | None) -> None:
    (limit,) = typed("limits", words)["deadlines"]
    assert (limit["raw"], limit["kind"], limit["end"]) == (words, kind, end)


@pytest.mark.parametrize(
    "words", ["2026-6-30", "2026.06.30", "2026/6/30", "2026年6月30日", "2026-06-30 00:00:00", "2026-06-30"]
)
def test_days_are_taken_in_the_forms_that_people_and_excel_use(words: str) -> None:
    assert parse_day(words).isoformat() == "2026-06-30"


@pytest.mark.parametrize(
    ("words", "this_year", "ahead"),
    [
        ("6.30", "2026-06-30", "2027-06-30"),
        ("6月30日", "2026-06-30", "2027-06-30"),
        ("六月底", "2026-06-30", "2027-06-30"),
        ("12/1", "2026-12-01", "2026-12-01"),
        ("月底", "2026-11-30", "2026-11-30"),
        ("明年6月底", "2027-06-30", "2027-06-30"),
        ("2026年6月", "2026-06-30", "2026-06-30"),
    ],
)
def test_a_day_without_its_year_is_of_this_year_or_ahead(words: str, this_year: str, ahead: str) -> None:
    near = date(2026, 11, 22)
    assert parse_day(words, near).isoformat() == this_year
    assert parse_day(words, near, ahead=True).isoformat() == ahead


@pytest.mark.parametrize(
    "words", ["下周", "", "2026-13-01", "2026-02-30", "2月30日", "6.31", "6630-02-02", "每季度末"]
)
def test_what_is_no_day_is_refused_in_plain_words(words: str) -> None:
    with pytest.raises(UserError, match="看不出是哪一天"):
        parse_day(words)


def test_a_typed_day_moves_the_limit_and_keeps_its_words() -> None:
    record = typed("day", "2026-7-15")
    assert shown(record, "limits", "day") == ["6月底前", "2026-07-15"]
    assert not record["deadlines"][0]["loose"]


def test_a_day_without_a_limit_becomes_one() -> None:
    record = typed("day", "2026-7-15", plan().rows[1].record)
    assert shown(record, "limits", "day") == ["2026年7月15日前", "2026-07-15"]


def test_a_row_must_say_something() -> None:
    with pytest.raises(UserError, match="删除"):
        typed("text", "  ")


@pytest.mark.parametrize("name", list(CELL_OF))
def test_writing_back_what_a_cell_shows_changes_nothing(name: str) -> None:
    for row in plan().rows:
        assert typed(name, CELL_OF[name].read(row.record), row.record) == row.record

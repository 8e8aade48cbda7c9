"""What addresses say, and what the log of changes says in words."""

from __future__ import annotations

import pytest

from service.audit_words import value_words
from service.pages.frame import office_look
from service.pages.ledger.narrowed import Narrowed
from service.pages.search.wanted import Wanted
from service.settings import Settings


@pytest.mark.parametrize(
    ("wanted", "changes", "address"),
    [
        (Wanted(), {}, "/"),
        (Wanted(q="清淤"), {}, "/?q=%E6%B8%85%E6%B7%A4"),
        (Wanted(q="a", year="2026", k=60), {"year": ""}, "/?q=a"),
        (Wanted(q="a"), {"k": 60}, "/?q=a&k=60"),
        (Wanted(like="t3"), {}, "/?like=t3"),
        (Wanted(q="b", before=("a", "c")), {}, "/?q=b&before=a&before=c"),
    ],
)
def test_a_search_has_an_address_of_its_own(wanted: Wanted, changes: dict[str, object], address: str) -> None:
    assert wanted.address(**changes) == address


def test_a_conversation_keeps_the_last_questions() -> None:
    wanted = Wanted(q="f", before=("a", "b", "c", "d", "e"))
    assert wanted.follow_up() == ("b", "c", "d", "e", "f")


@pytest.mark.parametrize(("year", "first"), [("2026", 2026), ("去年", None), ("", None)])
def test_a_year_that_is_no_number_filters_nothing(year: str, first: int | None) -> None:
    assert Wanted(year=year).filters.year_from == first


def test_a_narrowed_list_has_an_address_of_its_own() -> None:
    assert Narrowed().address() == "/ledger"
    narrowed = Narrowed.of({"unit": "局", "month": "2026-06", "view": "nonsense", "other": "x"})
    assert narrowed.address() == "/ledger?unit=%E5%B1%80&month=2026-06"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ([], ""),
        ("in_progress", "进行中"),
        (True, "是"),
        ([{"name": "市水利局", "role": "lead"}, {"name": "市财政局"}], "市水利局、市财政局"),
        ([{"raw": "6月底前", "end": "2026-06-30"}], "6月底前"),
        ({"version": 2, "removed": False}, "第 2 版"),
        ({"month": "2026-11", "status": "未办结"}, "月份：2026-11；状态：未办结"),
        ({"unit": "水利局", "role": "lead"}, "单位：水利局；角色：牵头"),
        ({"role": "经办"}, "经办"),
    ],
)
def test_values_of_the_log_are_told_in_words(value: object, words: str) -> None:
    assert value_words(value) == words


def test_what_an_office_writes_cannot_leave_its_place_in_the_style() -> None:
    look = office_look(Settings(office_name='甲"; } body { display: none', font='a"b'))
    assert r'"甲\22 ; } body { display: none"' in look
    assert r'--office-family: "a\22 b"' in look

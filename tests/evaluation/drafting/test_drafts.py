"""Twelve drafts from the bundled samples: every figure, day and unit is recomputed from the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus import samples
from corpus.records import JsonObject
from corpus.store.rows import ledger_record
from evaluation.drafting.drafts import GENRES, plans_of, requests
from service.drafting.draft import Draft, Origin, Statement
from service.drafting.making import make_draft
from service.drafting.review import Concern, review
from service.library import Library
from service.verify.facts import FactKind, facts_in

FINISHED = {"done", "closed", "rechecked"}
COUNTED = re.compile(r"(\d+)项")
Made = tuple[Library, list[Draft]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with Library.open(tmp_path_factory.mktemp("drafts"), workers=1) as library:
        library.add([Path(str(samples.__path__[0])) / "files"])
        yield library, [make_draft(library, request) for request in requests(library, plans_of(library))]


def records(library: Library, statement: Statement, today: date) -> list[JsonObject]:
    """Return the rows that a sentence rests on, as they stand in the ledger."""
    ids = dict.fromkeys(row for source in statement.sources for row in source.ids)
    return [ledger_record(row) for row in library.store.task_rows(list(ids), today)]


def sentences(made: Made, *templates: str) -> Iterator[tuple[Draft, Statement, list[JsonObject]]]:
    library, drafts = made
    for draft in drafts:
        assert draft.day is not None
        for statement in draft.statements:
            if statement.sources[0].template in templates:
                yield draft, statement, records(library, statement, draft.day)


def test_every_genre_is_drafted_and_every_sentence_has_a_source(made: Made) -> None:
    drafts = made[1]
    assert tuple(draft.genre for draft in drafts) == GENRES
    for draft in drafts:
        assert all(item.sources and item.sources[0].origin is not Origin.AUTHOR for item in draft.statements)


def test_nothing_in_them_is_unsupported_and_no_form_is_wrong(made: Made) -> None:
    library, drafts = made
    wrong = [
        (draft.genre, finding.message)
        for draft in drafts
        for finding in review(library, draft)
        if finding.concern in (Concern.FACT, Concern.FORMAT)
    ]
    assert wrong == []


def test_counts_by_status_are_those_of_the_ledger(made: Made) -> None:
    told = 0
    for draft, statement, rows in sentences(made, "state"):
        assert draft.day is not None and len(rows) == len(draft.rows)
        day, ended = draft.day.isoformat(), FINISHED | {"cancelled"}
        late = [row for row in rows if row["due"] and row["due"] < day and row["status"] not in ended]
        finished = [row for row in rows if row["status"] in FINISHED]
        words = statement.text
        assert (f"已完成{len(finished)}项" in words) == bool(finished)
        assert (f"逾期未完成{len(late)}项" in words) == bool(late)
        told += 1
    assert told >= 6


def test_shares_are_those_of_what_had_to_be_done(made: Made) -> None:
    found = list(sentences(made, "rate"))
    for draft, statement, rows in found:
        assert draft.day is not None
        wanted = [row for row in rows if row["due"] <= draft.day.isoformat() and row["status"] != "cancelled"]
        done = [row for row in wanted if row["status"] in FINISHED]
        share = float(re.findall(r"完成率([\d.]+)%", statement.text)[0])
        assert list(map(int, COUNTED.findall(statement.text))) == [len(wanted), len(done)]
        assert share == pytest.approx(100 * len(done) / len(wanted), abs=0.05)
    assert found


def test_counts_within_a_sentence_are_its_rows(made: Made) -> None:
    some = ("done_some", "going_some", "waiting_some", "urge_some", "urge_own_some", "start_some", "on_some",
            "late_count", "resolved_rest")  # fmt: skip
    for _, statement, rows in sentences(made, *some):
        assert int(COUNTED.findall(statement.text)[0]) == len(rows)


def test_late_rows_are_named_with_their_own_day_and_unit(made: Made) -> None:
    found = list(sentences(made, "late_row", "late_plain", "overdue_days"))
    for draft, statement, [row] in found:
        due = date.fromisoformat(row["due"])
        assert f"{due.year}年{due.month}月" in statement.text
        assert any("".join(unit["name"].split()) in statement.text for unit in row["units"])
        if statement.sources[0].template == "overdue_days":
            assert draft.day is not None and f"已逾期{(draft.day - due).days}天" in statement.text
    assert found


def test_what_a_row_says_is_told_with_its_own_units_and_days(made: Made) -> None:
    told = ("task_plan", "resolutions", "soon", "soon_plain", "done_reported", "going_percent")
    for _, statement, rows in sentences(made, *told):
        written = "".join("".join(str(value).split()) for row in rows for value in (row, row.get("notes")))
        for fact in facts_in(statement.text):
            if fact.kind is FactKind.UNIT and "【" not in fact.raw:
                assert fact.raw.lstrip("由和、")[-4:] in written

"""Answers come from the ledger as people left it: typed rows, edited units, moved days, steps taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from service.library import Library
from tests.service.texts import PLAN

LEDGER = (
    "栖霞港区2025年码头整治任务分工表\n"
    "序号\t重点任务\t工作措施\t牵头单位\t完成时限\n"
    "1\t岸线清理\t（1）拆除栖霞港区废弃趸船。\t区交通运输局\t2025年5月底前\n"
    "\t\t（2）补种栖霞港区岸线芦苇。\t区林业局\t2025年8月底前\n"
)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library in whose ledger people have worked."""
    files = tmp_path_factory.mktemp("files")
    (files / "河道整治方案.txt").write_text(PLAN, "utf-8")
    (files / "分工表.txt").write_text(LEDGER, "utf-8")
    with Library.open(tmp_path_factory.mktemp("data"), workers=1) as library:
        library.add([files])
        work_in(library)
        yield library


def work_in(library: Library) -> None:
    """Type a row, put a unit and a day right, extend a row, finish one."""
    rows = {row.record["text"][:6]: row.id for row in library.tasks().items}
    unit = {"name": "市文旅局", "canonical": None, "role": "lead", "group": False, "members": []}
    limit = {"raw": "2026年10月底前", "kind": "date", "start": None, "end": "2026-10-31", "loose": False}
    library.rows.add({"text": "修缮安澜市古渡口纪念馆", "units": [unit], "deadlines": [limit]}, "陈新")
    library.rows.correct(rows["拆除违法建筑"], {"units": [{**unit, "name": "市城市管理局"}]}, "陈新")
    library.steps.extend([rows["清理河道垃圾"]], date(2025, 11, 30), "汛期延长", "李主任", "陈新")
    library.steps.set_status([rows["推广“水管家"]], "done", "陈新")


QUESTIONS = [
    ("安澜市古渡口纪念馆修缮由谁牵头？", "市文旅局", "手工录入"),
    ("安澜市古渡口纪念馆什么时候修缮完成？", "2026年10月底前", "手工录入"),
    ("安澜市拆除河道违法建筑由谁牵头？", "市城市管理局", "单位经人工修改"),
    ("安澜市河道垃圾堆放点什么时候清运完成？", "2025年11月30日", "已延期至2025-11-30"),
    ("安澜市水管家平台推广完成了没有？", "已完成", ""),
    ("安澜市拆除河道违法建筑进展如何？", "未启动", ""),
    ("栖霞港区废弃趸船拆除由谁牵头？", "区交通运输局", ""),
    ("栖霞港区岸线芦苇补种由哪个局牵头？", "区林业局", ""),
    ("栖霞港区岸线芦苇补种的完成时限", "2025年8月底前", ""),
]


@pytest.mark.parametrize(("question", "answer", "note"), QUESTIONS)
def test_what_people_made_of_a_row_is_answered(
    edited: Library, question: str, answer: str, note: str
) -> None:
    given = edited.ask(question)
    assert given.answer == answer
    assert note in given.citations[0].note
    assert given.rows == (given.citations[0].row,)


@pytest.mark.parametrize("question", [question for question, _, _ in QUESTIONS])
def test_what_is_quoted_stands_in_the_document(edited: Library, question: str) -> None:
    for citation in edited.ask(question).citations:
        if citation.document_id:
            text = edited.show(citation.document_id).document.text
            assert citation.quote and citation.span.of(text) == citation.quote
        else:
            assert citation.quote == "" and "手工录入" in citation.note


def test_a_typed_row_answers_for_no_other_place(edited: Library) -> None:
    assert edited.ask("海口市古渡口纪念馆修缮由谁牵头？").answer is None


def test_an_extended_row_counts_on_its_new_day(edited: Library) -> None:
    due = "安澜市2025年河道整治实施方案里{}底前要完成的任务有哪些？"
    assert [item[:4] for item in edited.ask(due.format("11月")).items] == ["清理河道"]
    assert "清理河道" not in [item[:4] for item in edited.ask(due.format("6月")).items]


def test_a_limit_without_a_year_is_of_the_year_of_the_plan(edited: Library) -> None:
    asked = "安澜市2025年河道整治实施方案9月底前要完成的有几项？"
    assert edited.ask(asked.replace("2025年", "")).answer == edited.ask(asked).answer == "1"


def test_counts_of_what_is_done(edited: Library) -> None:
    assert edited.ask("安澜市2025年河道整治实施方案里市水利局牵头的办结了几项？").answer == "1"
    assert edited.ask("安澜市2025年河道整治实施方案一共有几项任务？").answer == "4"


def test_a_row_that_was_typed_is_listed_and_cited(edited: Library) -> None:
    listed = edited.ask("市文旅局有哪些任务？")
    assert listed.items == ("修缮安澜市古渡口纪念馆",)
    assert listed.citations[0].document_id == "" and listed.citations[0].row == listed.rows[0]


def test_dialogues_keep_their_subject(edited: Library) -> None:
    asked = ["栖霞港区废弃趸船拆除由谁牵头？"]
    assert edited.ask("什么时候完成？", before=asked).answer == "2025年5月底前"
    assert edited.ask("那进展呢？", before=[*asked, "什么时候完成？"]).answer == "未启动"


def test_a_dialogue_may_turn_to_another_unit_or_to_what_is_done(edited: Library) -> None:
    asked = ["安澜市2025年河道整治实施方案里市水利局牵头的有几项？"]
    assert edited.ask(asked[0]).answer == "2"
    assert edited.ask("办结的有几项？", before=asked).answer == "1"
    assert edited.ask("那市财政局呢？", before=asked).kind == "count"

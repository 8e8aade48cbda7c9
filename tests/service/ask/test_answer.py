"""Answers over a small library: right, bare, cited letter for letter; none where nothing supports one."""

from __future__ import annotations

import pytest

from service.ask.questions.question import Kind
from service.ask.result import LONGEST_ANSWER
from service.library import Library

QUESTIONS = [
    ("安澜市清理河道垃圾由哪个部门牵头？", Kind.WHO, "市水利局"),
    ("安澜市拆除河道违法建筑由谁负责？", Kind.WHO, "市自然资源局"),
    ("安澜市拆除河道违法建筑由谁配合？", Kind.WHO, "市水利局"),
    ("安澜市河道垃圾堆放点什么时候清运完毕？", Kind.WHEN, "2025年6月底前"),
    ("望川县加装电梯提取住房公积金的通知从哪天起施行？", Kind.WHEN, "2025年5月1日"),
    ("望川县加装电梯每户最高能提取多少公积金？", Kind.NUMBER, "5万元"),
    ("安澜市要拆除多少处侵占河道的违法建筑？", Kind.NUMBER, "118处"),
    ("安澜市2025年河道整治实施方案的文号是多少？", Kind.WHAT, "安政办发〔2025〕12号"),
    ("安澜市建立河道巡查电子台账用的平台叫什么名字？", Kind.WHAT, "水管家"),
    ("安澜市2025年河道整治实施方案中由市水利局牵头的任务有几项？", Kind.COUNT, "2"),
    ("安澜市2025年河道整治实施方案里2025年9月底前要完成的任务有哪些？", Kind.LIST, None),
]


@pytest.mark.parametrize(("question", "kind", "answer"), QUESTIONS)
def test_questions_and_their_answers(library: Library, question: str, kind: Kind, answer: str | None) -> None:
    given = library.ask(question)
    assert (given.kind, given.answer) == (kind, answer)
    assert given.citations and 0 < given.confidence <= 1


@pytest.mark.parametrize("question", [question for question, _, _ in QUESTIONS])
def test_quotes_stand_in_the_document_letter_for_letter(library: Library, question: str) -> None:
    given = library.ask(question)
    for citation in given.citations:
        text = library.show(citation.document_id).document.text
        assert citation.span.of(text) == citation.quote
    assert len(given.answer or "") <= LONGEST_ANSWER


def test_lists_and_counts_give_the_rows(library: Library) -> None:
    listed = library.ask("安澜市2025年河道整治实施方案里2025年9月底前要完成的任务有哪些？")
    assert [item[:6] for item in listed.items] == ["拆除违法建筑"]
    counted = library.ask("安澜市2025年河道整治实施方案中由市水利局牵头的任务有几项？")
    assert [item[:6] for item in counted.items] == ["清理河道垃圾", "推广“水管家"]
    assert counted.filters["unit"] == "市水利局"
    none = library.ask("安澜市2025年河道整治实施方案中由市体育局牵头的任务有几项？")
    assert (none.answer, none.items) == ("0", ())


@pytest.mark.parametrize(
    "question",
    [
        "安澜市高铁站建设由谁牵头？",
        "海口市清理河道垃圾由谁牵头？",
        "望川县核电站什么时候并网发电？",
        "望川县养殖大闸蟹补贴多少钱？",
        "红烧肉怎么做？",
        "由市海事局牵头的任务有几项？",
        "安澜市2025年河道整治实施方案里，河长们牵头的任务有几项？",
        "？",
        "",
    ],
)
def test_nothing_is_answered_that_nothing_supports(library: Library, question: str) -> None:
    given = library.ask(question)
    assert (given.kind, given.answer, given.items) == (Kind.NONE, None, ())


@pytest.mark.parametrize(
    "question",
    [
        "安澜市2021年清理河道垃圾由哪个部门牵头？",
        "安澜市2019年河道整治实施方案中由市水利局牵头的任务有几项？",
        "望川县2018年加装电梯每户最高能提取多少公积金？",
        "海口市2025年河道整治实施方案里2025年9月底前要完成的任务有哪些？",
    ],
)
def test_another_year_or_place_is_not_answered(library: Library, question: str) -> None:
    assert library.ask(question).kind is Kind.NONE


def test_a_conversation_keeps_its_subject(library: Library) -> None:
    asked = ["安澜市清理河道垃圾由哪个部门牵头？"]
    assert library.ask("那配合单位呢？", before=asked).answer == "市城市管理局、各县区人民政府"
    assert library.ask("什么时候完成？", before=[*asked, "那配合单位呢？"]).answer == "2025年6月底前"


def test_a_subject_in_everyday_words_gives_the_same_row_for_who_and_when(library: Library) -> None:
    asked = "河道里的垃圾谁来清理？"
    who, when = library.ask(asked), library.ask("那什么时候弄完？", before=[asked])
    assert (who.answer, when.answer) == ("市水利局", "2025年6月底前")
    assert who.rows == when.rows


def test_how_is_answered_by_what_is_done_not_by_a_heading(library: Library) -> None:
    assert "排查" in (library.ask("安澜市怎么清理河道垃圾？").answer or "")


def test_counts_by_unit_subject_and_status(library: Library) -> None:
    assert library.ask("市水利局有几项任务？").answer == "3"
    assert library.ask("安澜市由市水利局牵头的关于垃圾的任务有几项？").answer == "1"
    assert library.ask("安澜市已完成的任务有几项？").answer == "0"
    assert library.ask("一共有多少项任务？").answer == "4"


def test_rows_stand_beside_items(library: Library) -> None:
    listed = library.ask("市水利局有哪些任务？")
    assert [library.task(row).record["text"] for row in listed.rows] == list(listed.items)


def test_the_nearest_passages_stand_beside_a_missing_answer(library: Library) -> None:
    assert library.ask("安澜市河道养护由哪家保险公司承保？").citations


def test_an_answer_has_the_public_keys(library: Library) -> None:
    record = library.ask("安澜市清理河道垃圾由谁牵头？").record()
    assert list(record) == [
        "question",
        "kind",
        "answer",
        "items",
        "citations",
        "confidence",
        "filters",
        "rows",
    ]
    assert set(record["citations"][0]) == {
        "document_id",
        "title",
        "source",
        "section",
        "quote",
        "span",
        "page",
        "row",
        "label",
        "note",
    }

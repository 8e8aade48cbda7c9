"""Drafts from a small ledger: every fact in them is one of the ledger's or of its documents'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.store.rows import TaskStatus
from service.drafting.checking import check_facts
from service.drafting.contents.registry import known_contents
from service.drafting.draft import Draft, Origin
from service.drafting.examples import with_slots
from service.drafting.export import official_document
from service.drafting.making import DraftRequest, make_draft
from service.drafting.outline import genres, outline_of
from service.drafting.saying import GAP
from service.drafting.wording import brief, subject_of
from service.library import Library
from service.official.checker import check_format
from service.official.document import SourcesAs
from service.official.writer import document_bytes
from tests.service.texts import PLAN

TODAY = date(2025, 10, 8)
TWO_TASKS = """安澜市2025年灌溉设施改造方案

一、主要任务

（一）改造灌渠。改造灌渠30公里，2025年6月底前完成。（{first}单位：市水利局）

（二）安排资金。每公里补助3000元，2025年12月底前拨付到位。（{second}单位：市财政局）
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with one plan of four tasks, of which one is done and one under way."""
    folder = tmp_path_factory.mktemp("ledger")
    path = folder / "河道整治方案.txt"
    path.write_text(PLAN, "utf-8")
    with Library.open(folder / "data", workers=1) as library:
        library.add([path])
        first, second, *_ = library.tasks().items
        library.store.set_status(first.id, TaskStatus.DONE)
        library.store.set_status(second.id, TaskStatus.IN_PROGRESS)
        yield library


def made(library: Library, genre: str) -> Draft:
    plan = library.documents()[0].id
    return make_draft(library, DraftRequest(genre, plans=(plan,), today=TODAY, issuer="安澜市水利局"))


def words(draft: Draft) -> str:
    return "\n".join(paragraph.text for section in draft.sections for paragraph in section.paragraphs)


@pytest.mark.parametrize("genre", genres())
def test_every_genre_gives_a_sound_document(ledger: Library, genre: str) -> None:
    draft = made(ledger, genre)
    assert words(draft)
    assert check_format(document_bytes(official_document(draft))) == ()


@pytest.mark.parametrize("genre", genres())
def test_every_fact_has_its_source(ledger: Library, genre: str) -> None:
    draft = made(ledger, genre)
    texts = enumerate((item.text for section in draft.sections for item in section.paragraphs), 1)
    assert check_facts(texts, ledger, draft.documents, TODAY) == ()
    for statement in draft.statements:
        assert statement.sources
        if GAP in statement.text:
            assert {source.origin for source in statement.sources} <= {Origin.UNKNOWN, Origin.ROW}


def test_a_report_counts_by_status(ledger: Library) -> None:
    text = words(made(ledger, "工作汇报"))
    assert "截至2025年10月8日，已完成1项，尚未启动2项，逾期未完成1项。" in text
    assert "按已到期任务计算，应完成2项，已完成1项，完成率50%。" in text
    assert "“拆除违法建筑”应于2025年9月底前完成，市自然资源局至今未办结。" in text


@pytest.mark.parametrize(
    ("first", "second", "counted", "duty"),
    [
        ("牵头", "牵头", "涉及2个牵头单位", "市水利局牵头1项"),
        ("责任", "责任", "涉及2个责任单位", "市水利局承担1项"),
        ("牵头", "责任", "涉及2个牵头（责任）单位", "市水利局牵头1项"),
    ],
)
def test_units_are_told_as_what_they_are(
    empty: Library, tmp_path: Path, first: str, second: str, counted: str, duty: str
) -> None:
    path = tmp_path / "灌溉方案.txt"
    path.write_text(TWO_TASKS.format(first=first, second=second), "utf-8")
    empty.add([path])
    empty.store.set_status(empty.tasks().items[0].id, TaskStatus.DONE)
    text = words(made(empty, "工作汇报")) + words(made(empty, "督查通报"))
    assert f"明确任务2项，{counted}。" in text and duty in text


def test_quotes_stand_in_the_document(ledger: Library) -> None:
    draft = made(ledger, "工作汇报")
    text = ledger.show(draft.documents[0]).document.text
    placed = [source for item in draft.statements for source in item.sources if source.span]
    assert placed and all(text[slice(*source.span or ())] == source.quote for source in placed)


def test_a_planted_error_is_told(ledger: Library) -> None:
    plan = ledger.documents()[0].id
    text = "拆除违法建筑119处，2025年9月底前完成，由市自然资源局、市体育局负责。"
    assert [fault.text for fault in check_facts([(7, text)], ledger, [plan], TODAY)] == ["119处", "市体育局"]


def test_sources_stand_in_a_closing_table(ledger: Library) -> None:
    annexes = official_document(made(ledger, "督查通报")).annexes
    assert annexes[-1].title == "材料来源"
    assert any("台账4行的统计" in row for row in annexes[-1].rows)
    assert "材料来源" not in [
        annex.title for annex in official_document(made(ledger, "督查通报"), sources=SourcesAs.NONE).annexes
    ]


def test_what_a_draft_needs_is_told(ledger: Library) -> None:
    with pytest.raises(UserError, match="可选"):
        made(ledger, "散文")
    with pytest.raises(UserError, match="--plan"):
        make_draft(ledger, DraftRequest("通知"))


def test_outlines_name_what_there_is() -> None:
    for genre in genres():
        assert {name for part in outline_of(genre).parts for name in part.contents} <= known_contents()


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("安澜市人民政府办公室关于印发《安澜市河道整治实施方案》的通知", "安澜市河道整治"),
        ("安澜市突出问题整改方案", "安澜市突出问题整改"),
        ("2025年水利工作要点", "2025年水利"),
        ("方案", "方案"),
    ],
)
def test_what_a_plan_is_about(title: str, subject: str) -> None:
    assert subject_of(title) == subject


@pytest.mark.parametrize(
    ("text", "slotted"),
    [
        ("杭州市2024年6月底前建成12座泵站。", "【本地】【时间】前建成【数量】泵站。"),
        ("由市水利局牵头，我市逐户建档。", "由【单位】牵头，【本地】逐户建档。"),
        ("逐户建档。", "逐户建档。"),
    ],
)
def test_an_example_keeps_nothing_that_is_its_own(text: str, slotted: str) -> None:
    assert with_slots(text) == slotted


def test_long_tasks_are_cut_at_a_sentence() -> None:
    assert brief("清理垃圾。拆除违建。" + "推进疏浚" * 20 + "。") == "清理垃圾。拆除违建"
    assert brief("一" * 100) == "一" * 100

"""What is ours is told as ours, what is another place's never; what nobody recorded is not told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.store.rows import TaskStatus
from service.drafting.draft import Draft, Kind, Origin
from service.drafting.making import DraftRequest, make_draft
from service.library import Library
from tests.service.texts import PLAN

TODAY = date(2025, 10, 8)
OTHER = PLAN.replace("安澜市", "望川县").replace("118处", "77处").replace("市水利局", "县水利局")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two places with like plans; nobody has touched their ledgers until the last two tests do."""
    tmp_path: Path = tmp_path_factory.mktemp("places")
    (tmp_path / "甲.txt").write_text(PLAN, "utf-8")
    (tmp_path / "乙.txt").write_text(OTHER, "utf-8")
    with Library.open(tmp_path / "data", workers=1) as opened:
        opened.add([tmp_path / "甲.txt"])
        opened.add([tmp_path / "乙.txt"])
        yield opened


def words(draft: Draft) -> str:
    return "\n".join(paragraph.text for section in draft.sections for paragraph in section.paragraphs)


def drafted(library: Library, genre: str, **request: object) -> Draft:
    return make_draft(library, DraftRequest(genre, today=TODAY, **request))  # type: ignore[arg-type]


def test_a_topic_alone_takes_no_rows_of_several_places(library: Library) -> None:
    assert drafted(library, "工作汇报", topic="违法建筑").rows == ()
    assert drafted(library, "工作汇报", topic="违法建筑", place="望川县").documents == ("d2",)


def test_without_own_rows_a_plan_is_drafted_from_marked_examples(library: Library) -> None:
    draft = drafted(library, "实施方案", topic="拆除河道违法建筑")
    examples = [
        item for section in draft.sections for item in section.paragraphs if item.kind is Kind.EXAMPLE
    ]
    assert examples and all(item.text.startswith("【参考：") for item in examples)
    assert not any(theirs in words(draft) for theirs in ("118处", "77处", "水利局", "2025年9月"))
    assert {item.statements[0].sources[0].origin for item in examples} == {Origin.EXAMPLE}


def test_another_places_plan_gives_neither_units_nor_figures(library: Library) -> None:
    text = words(drafted(library, "实施方案", plans=("d2",), place="云岭市"))
    assert "【待补：本地责任单位】" in text and "【数量】" in text
    assert not any(theirs in text for theirs in ("77处", "县水利局", "望川县", "2025年9月"))


def test_a_ledger_that_nobody_keeps_tells_no_progress(library: Library) -> None:
    text = words(drafted(library, "工作汇报", plans=("d1",)))
    assert "明确任务4项" in text and "台账尚未登记" in text
    assert "尚未启动" not in text and "未办结" not in text


def test_a_topic_takes_the_rows_that_the_office_follows_up(library: Library) -> None:
    kept = next(
        row.id for row in library.tasks().items if row.document_id == "d1" and "118处" in row.record["text"]
    )
    library.store.set_status(kept, TaskStatus.IN_PROGRESS)
    assert drafted(library, "工作汇报", topic="违法建筑").documents == ("d1",)


def test_what_units_report_is_told_once_for_all_of_them(library: Library) -> None:
    first, second, third, *_ = (row.id for row in library.tasks().items if row.document_id == "d1")
    more = {"problems": "资金拨付偏慢", "next_step": "加快验收"}
    library.steps.report([second, third], "完成摸排", "王芳", percent=40, on=TODAY, **more)
    library.steps.extend([second, third], date(2026, 3, 31), "汛期不能施工", "李华", "王芳")
    library.steps.report(first, "任务已完成", "王芳", percent=100, on=date(2025, 6, 1))
    draft = drafted(library, "工作汇报", plans=("d1",))
    text = words(draft)
    told = [source.told() for item in draft.statements if "完成摸排" in item.text for source in item.sources]
    assert "2025年10月8日填报" in told[0]
    assert text.count("资金拨付偏慢") == 1 and text.count("加快验收") == 1
    assert "延期至2026年3月31日，延期原因是汛期不能施工。" in text
    assert "完成摸排，目前进度40%。" in text
    assert "“清理河道垃圾”已完成。" in text, "a report that repeats the status is told by name alone"

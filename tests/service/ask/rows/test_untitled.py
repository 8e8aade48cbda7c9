"""Rows of documents whose text begins without a title, and of those whose name a question only quotes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.ask.questions.question import Kind
from service.library import Library

UNTITLED = (
    "为促进望川县住房消费,支持改善性购房需求,现将望川县有关措施通知如下:\n\n"
    "一、发放购房补贴。对购买新建住房的家庭发放补贴。(责任单位:县住建局、县财政局)\n\n"
    "二、优化贷款服务。合理确定首付比例,满足购房融资需求。(责任单位:人行望川县支行)\n\n"
    "三、简化办证流程。推行住房交房即交证。(责任单位:县住建局)\n\n望川县人民政府\n"
)
TITLED = (
    "安澜市2025年“河清岸绿行动”实施方案\n\n"
    "1.清理岸线垃圾。（责任单位：东临区局）\n2.补种岸线芦苇。（责任单位：西临区局）\n3.清点排污口。（责任单位：东临区局）\n"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of a text without a title and of a plan with one."""
    files = tmp_path_factory.mktemp("files")
    (files / "a.txt").write_text(UNTITLED, "utf-8")
    (files / "b.txt").write_text(TITLED, "utf-8")
    with Library.open(tmp_path_factory.mktemp("data"), workers=1) as library:
        library.add([files])
        yield library


@pytest.mark.parametrize(
    ("question", "beginnings"),
    [
        ("望川县住房消费若干政策里，县住建局负责的有哪些？", ["发放购房补贴", "简化办证流程"]),
        ("望川县住房新政中，责任单位只有县住建局一家的措施有哪些？", ["简化办证流程"]),
        ("望川县住房消费十条措施，人行望川县支行参与负责的是哪几条？", ["优化贷款服务"]),
        ("安澜市“河清岸绿行动”，东临区局要做的事有哪些？", ["清理岸线垃圾", "清点排污口。"]),
        ("望川县住房消费若干政策里，县水利局负责的有哪些？", []),
        ("栖霞县住房消费若干政策里，县住建局负责的有哪些？", []),
        ("望川县养老托育若干政策里，县住建局负责的有哪些？", []),
    ],
)
def test_rows_of_a_unit(told: Library, question: str, beginnings: list[str]) -> None:
    given = told.ask(question)
    assert (given.kind is Kind.NONE) == (not beginnings)
    assert [item[:6] for item in given.items] == beginnings


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("安澜市2025年“河清岸绿行动”实施方案一共部署了几项任务？", "3"),
        ("安澜市2025年“河清岸绿行动”实施方案里由市邮政局负责的有几项？", "0"),
        ("安澜市2025年“河清岸绿行动”实施方案部署了几项植树造林任务？", None),
    ],
)
def test_nothing_counted_is_zero_only_for_a_unit_or_a_day(
    told: Library, question: str, number: str | None
) -> None:
    assert told.ask(question).answer == number

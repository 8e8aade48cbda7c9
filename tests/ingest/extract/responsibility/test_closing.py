"""Where statements stand that close a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from ingest.extract.responsibility.closing import find_closing
from ingest.extract.responsibility.statement import Conventions, Statement


def find(text: str) -> tuple[Statement, ...]:
    return find_closing(text, Span(0, len(text)), Conventions())


def words(text: str) -> list[str]:
    return [statement.span.of(text) for statement in find(text)]


CLOSED = [
    # brackets of all kinds, mixed and unbalanced
    ("完成治理。（责任单位：市水利局）", "（责任单位：市水利局）"),
    ("完成治理。〔市水利局牵头，市财政局配合）", "〔市水利局牵头，市财政局配合）"),
    ("完成治理。【市水利局、市财政局】", "【市水利局、市财政局】"),
    ("完成治理（市水利局、市财政局按职责分工负责）。", "（市水利局、市财政局按职责分工负责）。"),
    ("完成治理。(牵头单位:市水利局;完成时限:(2023年6月)", "(牵头单位:市水利局;完成时限:(2023年6月)"),
    ("完成治理。（按照《安澜市碧水方案》分工落实）", "（按照《安澜市碧水方案》分工落实）"),
    ("完成治理。（完成时限：3月底前）", "（完成时限：3月底前）"),
    ("完成治理。（2023年6月底前完成）", "（2023年6月底前完成）"),
    ("完成治理。（市水利局负责，6月底前完成）", "（市水利局负责，6月底前完成）"),
    ("五、纳税服务领域（市税务局牵头）", "（市税务局牵头）"),
    # labels in lines of their own or after the text
    ("责任单位：市水利局，各县（市、区）政府", "责任单位：市水利局，各县（市、区）政府"),
    ("完成治理。牵头单位：市水利局。完成时限：2023年12月。", "牵头单位：市水利局。完成时限：2023年12月。"),
    ("完成治理。责任单位：市水利局。6月底前完成。", "责任单位：市水利局。6月底前完成。"),
    # sentences and clauses
    ("完成治理。市水利局、市财政局按职责分工负责。", "市水利局、市财政局按职责分工负责。"),
    ("完成治理，由市水利局牵头、市财政局配合。", "，由市水利局牵头、市财政局配合。"),
    ("完成治理。由市水利局负责，2023年底前完成。", "由市水利局负责，2023年底前完成。"),
    ("完成治理。市水利局会同市财政局组织实施。", "市水利局会同市财政局组织实施。"),
]

OPEN = [
    "由市水利局牵头，3月15日前将指标分解下达到县（区）。",
    "坚持党委领导、政府负责、部门配合。",
    "加强学校（含幼儿园、托育机构）管理。",
    "推进县（市、区）建设。",
    "对符合条件的（如市级医院）给予支持。",
    "明确责任单位和完成时限，逐项落实。",
]


@pytest.mark.parametrize(("text", "statement"), CLOSED)
def test_statement_that_closes(text: str, statement: str) -> None:
    assert words(text) == [statement]


@pytest.mark.parametrize("text", OPEN)
def test_no_statement(text: str) -> None:
    assert words(text) == []


def test_several_statements_in_one_paragraph() -> None:
    text = "提高补贴。（责任单位：市财政局）降低收费。（责任单位：市水利局，配合单位：市税务局）"
    assert words(text) == ["（责任单位：市财政局）", "（责任单位：市水利局，配合单位：市税务局）"]


def test_a_closing_bracket_governs_the_sentences_before_it() -> None:
    text = "由市水利局负责编制规划。市财政局、市税务局按职责分工负责。（市发展改革委）"
    assert words(text) == ["（市发展改革委）"]


def test_a_bracket_without_end_stops_before_the_next_paragraph_number() -> None:
    text = "完成治理。（责任单位：市水利局（二）优化服务。推行一网通办。（责任单位：市税务局）"
    assert words(text) == ["（责任单位：市水利局", "（责任单位：市税务局）"]


def test_many_open_brackets_are_no_trouble() -> None:
    assert len(find("（责任单位：" * 3000)) < 3000


@given(st.text(alphabet="市局、，。（）〔〕责任单位：牵头配合负责由12.月底前\n ", max_size=80))
def test_statements_are_apart_and_in_order(text: str) -> None:
    spans = [statement.span for statement in find(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))

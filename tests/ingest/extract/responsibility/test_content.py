"""What the words of a responsibility statement say."""

import pytest

from corpus.spans import Span
from corpus.task import Role
from ingest.extract.responsibility.content import read_content
from ingest.extract.responsibility.statement import NO_CUSTOMS, Content, Customs, Leading, Named

LETTERS = {Role.LEAD: "牵", Role.RESPONSIBLE: "责", Role.COOPERATE: "配", Role.SUPERVISE: "督"}


def read(text: str, customs: Customs = NO_CUSTOMS) -> Content:
    return read_content(text, Span(0, len(text)), customs)


def roles(text: str, units: tuple[Named, ...]) -> str:
    return " ".join(unit.span.of(text) + LETTERS[unit.role] for unit in units)


STATEMENTS = [
    # role words after lists
    ("市水利局牵头,市财政局、各县区配合", "市水利局牵 市财政局配 各县区配"),
    ("市水利局牵头负责，市财政局按职责分工负责", "市水利局牵 市财政局配"),
    ("市水利局、市财政局按职责分工负责", "市水利局责 市财政局责"),
    ("市水利局牵头，市财政局配合，各县（市、区）落实", "市水利局牵 市财政局配 各县（市、区）责"),
    ("市水利局牵头，各县区负责具体问题整改", "市水利局牵 各县区责"),
    ("市水利局、市财政局牵头并按职责分工负责", "市水利局牵 市财政局牵"),
    ("市水利局会同市财政局、市审计局组织实施", "市水利局牵 市财政局配 市审计局配"),
    ("市公安局牵头，会同市城管局", "市公安局牵 市城管局配"),
    ("市公安局负责，市城管局配合，市政府督查室督办", "市公安局责 市城管局配 市政府督查室督"),
    ("各区政府根据各自职责分别组织实施", "各区政府责"),
    ("市住建局（牵头）、市财政局", "市住建局牵 市财政局责"),
    ("市民政局、市卫生健康委", "市民政局责 市卫生健康委责"),
    ("市委组织部负责制定办法，市人社局负责落实", "市委组织部责 市人社局责"),
    # labels
    ("牵头单位：市住建局；配合单位：市财政局；督导单位：县委督查室", "市住建局牵 市财政局配 县委督查室督"),
    ("责任单位：牵头单位：市住建局；配合单位：市财政局", "市住建局牵 市财政局配"),
    ("责任单位：市大数据局牵头；各县区，市直各部门落实", "市大数据局牵 各县区责 市直各部门责"),
    ("责任单位 市教育局", "市教育局责"),
    ("牵头考核单位：市住建局；6月底完成", "市住建局牵"),
    ("牵头部门:市税务局；目标位置：全省前5", "市税务局牵"),
    # what belongs to no unit is left out
    (
        "市委办牵头,东山园区、西山园区管委会配合,以上园区管委会简称各管委会",
        "市委办牵 东山园区配 西山园区管委会配",
    ),
    ("市民政局、市财政局，排名第一位的为牵头单位，下同", "市民政局牵 市财政局责"),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_units_and_roles(text: str, expected: str) -> None:
    assert roles(text, read(text).units) == expected


def test_a_clause_for_the_whole_document_is_told_apart() -> None:
    text = "市民政局、市财政局；以上任务由各县（区）具体落实，不再逐一列出"
    content = read(text)
    assert roles(text, content.units) == "市民政局责 市财政局责"
    assert roles(text, content.everywhere) == roles(text, content.repeated) == "各县（区）责"


def test_units_listed_already_are_only_repeated() -> None:
    text = "省民政厅，各市政府。以下责任单位中均包含各市政府，不再列出"
    content = read(text)
    assert roles(text, content.units) == "省民政厅责 各市政府责"
    assert content.everywhere == ()
    assert roles(text, content.repeated) == "各市政府责"


def test_reference_stands_in_for_units() -> None:
    content = read("按照《安澜市碧水行动方案》分工负责")
    assert [reference.document for reference in content.references] == ["安澜市碧水行动方案"]
    assert content.units == ()


def test_persons_and_limits_are_kept_as_values() -> None:
    text = "责任单位：市水利局；责任人：张明；完成时限：2024年6月"
    content = read(text)
    assert [value.of(text) for value in content.persons] == ["张明；"]
    assert [value.of(text) for value in content.deadlines] == ["2024年6月"]


def test_the_document_may_say_who_leads() -> None:
    assert roles(
        "甲市水利局、市财政局", read("甲市水利局、市财政局", Customs(leading=Leading.FIRST)).units
    ).startswith("甲市水利局牵")
    assert (
        roles("★市水利局、市财政局", read("★市水利局、市财政局", Customs(stars=Role.LEAD)).units)
        == "市水利局牵 市财政局责"
    )

from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.task import Person
from ingest.extract.persons import find_persons, parse_persons

ZHAO = Person("赵启明", "县人民政府副县长")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("县人民政府副县长赵启明", [ZHAO]),
        ("县人民政府副县长 赵启明", [ZHAO]),
        ("赵启明（县人民政府副县长）", [ZHAO]),
        ("赵启明 县人民政府副县长", [ZHAO]),
        ("县人民政府副县长赵启明，县水利局局长钱一", [ZHAO, Person("钱一", "县水利局局长")]),
        ("县委常委、组织部部长孙若谷", [Person("孙若谷", "县委常委、组织部部长")]),
        ("赵启明、钱一", [Person("赵启明"), Person("钱一")]),
        ("县水利局局长钱一。", [Person("钱一", "县水利局局长")]),
        ("校长", [Person("", "校长")]),
        ("主要负责人", [Person("", "主要负责人")]),
        ("", []),
    ],
)
def test_value_of_a_label_or_cell(value: str, expected: list[Person]) -> None:
    assert list(parse_persons(value, Span(0, len(value)))) == expected


def test_persons_after_a_label() -> None:
    text = "责任单位：县水利局。\n责任人：县人民政府副县长赵启明。\n整改时限：2024年底前。"
    assert find_persons(text, Span(0, len(text))) == (ZHAO,)


def test_label_in_brackets_ends_with_them() -> None:
    text = "（牵头单位：县水利局；责任领导：赵启明）督促整改。"
    assert find_persons(text, Span(0, len(text))) == (Person("赵启明"),)


def test_contacts_are_no_responsible_persons() -> None:
    text = "联系人：李四，电话：0000-1234567。对履职不力的责任人员依规处理。"
    assert find_persons(text, Span(0, len(text))) == ()

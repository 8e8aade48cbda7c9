from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.task import Person
from ingest.extract.responsibility.persons import find_persons, parse_persons
from tests.ingest.extract.builders import plan_tasks

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
        ("县委副书记、县长赵启明", [Person("赵启明", "县委副书记、县长")]),
        ("市委副书记、市长", [Person("", "市委副书记、市长")]),
        ("校长、班主任", [Person("", "校长"), Person("", "班主任")]),
        ("县水利局局长、县农业农村局局长", [Person("", "县水利局局长"), Person("", "县农业农村局局长")]),
        ("徐 伟（市水利局党组书记、局长）", [Person("徐伟", "市水利局党组书记、局长")]),
        ("副市长 李 明", [Person("李明", "副市长")]),
        ("副市长李明同志", [Person("李明", "副市长")]),
        ("李明同志", [Person("李明")]),
        ("张三（13800000000）", [Person("张三")]),
        ("张三 13800000000", [Person("张三")]),
        ("欧阳建国、买买提·艾力", [Person("欧阳建国"), Person("买买提·艾力")]),
        ("王强（副县长）、李明（县水利局局长）", [Person("王强", "副县长"), Person("李明", "县水利局局长")]),
        ("王强(副县长)、李明", [Person("王强", "副县长"), Person("李明")]),
        ("局党组成员、副局长 周七", [Person("周七", "局党组成员、副局长")]),
        ("吴八 科长", [Person("吴八", "科长")]),
        ("副县长：王强", [Person("王强", "副县长")]),
        ("县长王强，副县长李明、周七", [Person("王强", "县长"), Person("李明", "副县长"), Person("周七")]),
        ("各乡镇主要负责人", [Person("", "各乡镇主要负责人")]),
        ("法规科", []),
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


def test_labels_one_after_another() -> None:
    text = "第一责任人：张三 直接责任人：李四，责任科室：法规科，包抓领导：市委副书记、市长；责任领导：王五。"
    assert find_persons(text, Span(0, len(text))) == (
        Person("张三"),
        Person("李四"),
        Person("", "市委副书记、市长"),
        Person("王五"),
    )


@pytest.mark.parametrize("mark", ["：", ":", "： ", "　：　"])
@pytest.mark.parametrize(
    "label", ["责任人", "包抓领导", "县级责任人", "整改责任人", "分管负责人", "责任领导"]
)
def test_every_label_with_every_mark(label: str, mark: str) -> None:
    text = f"整改措施：清淤。{label}{mark}副县长王强。"
    assert find_persons(text, Span(0, len(text))) == (Person("王强", "副县长"),)


def test_contacts_are_no_responsible_persons() -> None:
    text = "联系人：李四，电话：0000-1234567。对履职不力的责任人员依规处理。"
    assert find_persons(text, Span(0, len(text))) == ()


def test_a_task_without_persons_takes_those_of_its_heading() -> None:
    first, second = plan_tasks(
        "（一）河道攻坚（责任领导：王一鸣；牵头单位：市水利局）",
        "1.完成河道治理，清淤十处。（市自然资源局）",
        "2.优化管护机制，压减占用。（责任人：李文博；责任单位：市税务局）",
    )
    assert [person.name for person in first.persons] == ["王一鸣"]
    assert [person.name for person in second.persons] == ["李文博"]

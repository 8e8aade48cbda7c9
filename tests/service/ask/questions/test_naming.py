"""Which document, unit and role a question for rows of the ledger names: one line per wording."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.task import Role
from index.tokens import words
from service.ask.questions.naming import document_named, file_named, issuer_named, partners_named, unit_named
from service.ask.questions.question import Kind, understand

PLAN = "安澜市2023年优化营商环境工作要点"
DOCUMENTS = (
    PLAN,
    "《安澜市推进“一件事一次办”实施方案》",
    "云岭省养老服务体系建设三年行动计划(2023—2025年)",
    "安澜市促进房地产市场平稳健康发展十条措施",
    "安澜市创优营商环境对标提升举措（2023版）",
)
UNITS = ("市住建局", "市自然资源和规划局", "省市场监管局", "县融媒体中心", "国网安澜供电公司", "市政府办公室")


@pytest.mark.parametrize(
    ("wording", "kind", "role"),
    [
        ("{document}中由{unit}牵头的任务有几项？", Kind.COUNT, Role.LEAD),
        ("{document}里，{unit}牵头（含共同牵头）的有几条？", Kind.COUNT, Role.LEAD),
        ("{document}里{unit}牵头的一共有多少项", Kind.COUNT, Role.LEAD),
        ("{unit}在{document}里一共牵头几项任务？", Kind.COUNT, Role.LEAD),
        ("{document}给{unit}安排了几项任务？", Kind.COUNT, None),
        ("{document}里有几项任务归{unit}负责？", Kind.COUNT, Role.RESPONSIBLE),
        ("{document}有多少项任务是{unit}牵头的？", Kind.COUNT, Role.LEAD),
        ("{document}中需要{unit}配合的任务有多少项？", Kind.COUNT, Role.COOPERATE),
        ("{document}里{unit}参与牵头的任务有几项", Kind.COUNT, Role.LEAD),
        ("{document}明确由{unit}负责的事项有多少？", Kind.COUNT, Role.RESPONSIBLE),
        ("按照{document}，{unit}要牵头几项工作？", Kind.COUNT, Role.LEAD),
        ("{unit}在{document}中有几项任务？", Kind.COUNT, None),
        ("{document}里归{unit}管的有几项？", Kind.COUNT, Role.RESPONSIBLE),
        ("{document}里由{unit}牵头的是哪几个领域？", Kind.LIST, Role.LEAD),
        ("{document}中{unit}牵头的任务是哪几项？", Kind.LIST, Role.LEAD),
        ("{document}里哪些任务由{unit}牵头？", Kind.LIST, Role.LEAD),
        ("{unit}在{document}里要牵头做哪些事？", Kind.LIST, Role.LEAD),
        ("列出{document}中{unit}牵头的任务", Kind.LIST, Role.LEAD),
        ("{document}中{unit}要配合的任务都有哪些？", Kind.LIST, Role.COOPERATE),
        ("{document}里{unit}有哪些任务？", Kind.LIST, None),
        ("{document}给{unit}派了哪些活？", Kind.LIST, None),
        ("{document}要求{unit}牵头完成哪些任务？", Kind.LIST, Role.LEAD),
        ("{document}里{unit}是责任单位的有哪几项？", Kind.LIST, None),
        ("{document}里责任单位里有{unit}的措施共几条？", Kind.COUNT, None),
        ("{document}里配合单位包括{unit}的任务有哪些？", Kind.LIST, Role.COOPERATE),
        ("{document}中{unit}作为牵头单位的任务有哪些？", Kind.LIST, Role.LEAD),
        ("{document}里有哪些措施是{unit}负责的？", Kind.LIST, Role.RESPONSIBLE),
        ("{document}涉及{unit}的任务有几项？", Kind.COUNT, None),
        ("{document}里与{unit}有关的任务有哪些？", Kind.LIST, None),
        ("{document}里，{unit}承担（含共同承担）的活动有几项？", Kind.COUNT, Role.RESPONSIBLE),
        ("{document}里{unit}参与负责的有几条？", Kind.COUNT, None),
        ("{document}，{unit}作为责任单位的有几项？", Kind.COUNT, None),
        ("{document}中，责任单位只写了{unit}一家的措施有哪些？", Kind.LIST, None),
        ("{unit}牵头的任务在{document}里有几项？", Kind.COUNT, Role.LEAD),
    ],
)
def test_each_way_to_ask_for_the_tasks_of_a_unit(wording: str, kind: Kind, role: Role | None) -> None:
    for document in DOCUMENTS:
        for unit in UNITS:
            question = understand(wording.format(document=document, unit=unit))
            assert (question.kind, question.document, question.unit, question.role) == (
                kind,
                document.strip("《》"),
                unit,
                role,
            ), question.text
            assert not [word for word in words(question.topic) if len(word) > 1], question.text


@pytest.mark.parametrize(
    "wording",
    [
        "{document}里2023年6月底前要完成的任务有哪些？",
        "{document}里，有2023年6月底前时限要求的任务是哪几项？",
        "{document}里哪些任务要在2023年6月底前完成？",
        "{document}里时限为2023年6月底的任务有哪些？",
        "{document}规定2023年6月底前做完的事有几件？",
        "{document}里2023年6月底前有哪些任务要办完？",
    ],
)
def test_each_way_to_ask_for_the_tasks_of_a_month(wording: str) -> None:
    for document in DOCUMENTS:
        question = understand(wording.format(document=document))
        assert question.due is not None and question.due.last == date(2023, 6, 30), question.text
        assert (question.unit, question.document) == ("", document.strip("《》"))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("安澜市2023年6月印发的方案里有哪些任务？", None),
        ("安澜市2025年的任务有哪些？", None),
        ("安澜市时限为2025年的任务有哪些？", date(2025, 12, 31)),
    ],
)
def test_which_times_are_limits(text: str, due: date | None) -> None:
    found = understand(text).due
    assert (found and found.last) == due


@pytest.mark.parametrize(
    ("text", "document"),
    [
        (
            "贯彻落实《促进个体工商户发展条例》若干措施里市住建局牵头的有几条？",
            "贯彻落实《促进个体工商户发展条例》若干措施",
        ),
        ("安澜市政府印发的《河道整治方案》里有几项任务？", "河道整治方案"),
        ("市水利局在安澜市河道整治方案里牵头几项？", "安澜市河道整治方案"),
        (
            "安澜市校园安全专项整治行动实施方案明确由县公安局牵头的有多少项？",
            "安澜市校园安全专项整治行动实施方案",
        ),
        ("安澜市关于降低成本政策措施的通知中由市发改委牵头的有几项？", "安澜市关于降低成本政策措施的通知"),
        ("安澜市优化房地产市场若干政策里，市住建局负责的措施有哪些？", "安澜市优化房地产市场若干政策"),
        ("安澜市12月房地产新政中，责任单位包括市住建局的措施有几项？", "安澜市12月房地产新政"),
        ("安澜市规划条例第十一条，列了几种情形？", ""),
        ("河道清淤由谁牵头？", ""),
    ],
)
def test_where_the_name_of_a_document_ends(text: str, document: str) -> None:
    assert document_named(text) == document


@pytest.mark.parametrize(
    ("text", "name", "role", "alone"),
    [
        (" 中单独由市水利局牵头的", "市水利局", Role.LEAD, True),
        (" 里市水利局牵头（不含共同牵头）的", "市水利局", Role.LEAD, True),
        (" 中，责任单位只写了市水利局一家的措施", "市水利局", None, True),
        (" 里市水利局牵头和配合的任务", "市水利局", None, False),
        (" 里由市场监管总局牵头的", "市场监管总局", Role.LEAD, False),
        (" 里市市场监督管理局有几项", "市市场监督管理局", None, False),
        (" 里望川县有几项任务", "", None, False),
    ],
)
def test_the_unit_that_is_named(text: str, name: str, role: Role | None, alone: bool) -> None:
    unit = unit_named(text)
    assert (unit.name, unit.role, unit.alone) == (name, role, alone)


def test_units_beside_the_one_named() -> None:
    assert partners_named("由市水利局牵头、市财政局配合的任务") == (("市财政局", Role.COOPERATE),)


def test_a_district_in_the_name_of_a_unit_is_not_the_place_of_the_plan() -> None:
    question = understand("杭州市工作要点里由余杭区政府牵头的有几项？")
    assert [place.name for place in question.places] == ["杭州市"]


def test_who_issued_a_document_is_not_what_is_asked_about() -> None:
    assert issuer_named("安澜市政府印发的《河道整治方案》里有几项任务？") == "安澜市政府印发的"
    question = understand("市水利局在安澜市政府印发的《河道整治方案》里牵头几项任务？")
    assert (question.document, question.unit) == ("河道整治方案", "市水利局")
    assert file_named("od03里有几项任务？") == "od03"

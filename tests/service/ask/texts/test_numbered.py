"""Numbered lists, in one line or over several, and which questions ask for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ask.questions.question import Kind
from service.ask.texts.listed import noun_listed
from service.ask.texts.numbered import numbered_lists
from service.library import Library


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        (
            "申请补发应当满足以下条件：\n（一）已被处罚；\n（二）质量合格。\n其余另行规定。",
            "申请补发应当满足以下条件：",
            ("已被处罚", "质量合格"),
        ),
        (
            "按规定办理。有下列情形之一的：1.权属不清；2.存在纠纷的。",
            "有下列情形之一的：",
            ("权属不清", "存在纠纷的"),
        ),
        (
            "六、增加一条：“不予批准：“（一）选址不符；“（二）资料不实。”",
            "六、增加一条：“不予批准：",
            ("选址不符", "资料不实"),
        ),
        (
            "（二）所需材料\n1.《申请表》；\n2.身份证。\n（三）办理流程",
            "（二）所需材料",
            ("《申请表》", "身份证"),
        ),
        (
            "三、做实监管\n（一）\n推进检查常态化。\n（二）\n推进整治常态化。",
            "三、做实监管",
            ("推进检查常态化", "推进整治常态化"),
        ),
        ("包括：①水温；②浊度", "包括：", ("水温", "浊度")),
        ("应当满足以下条件：（一）已被处罚。", "", ()),
        ("增长1.5倍；2.3万元。", "", ()),
        ("", "", ()),
    ],
)
def test_lists_with_what_announces_them(text: str, lead: str, items: tuple[str, ...]) -> None:
    found = next(numbered_lists(text), None)
    assert (found.lead.of(text), found.items) == (lead, items) if found else not items


@given(st.text(alphabet="（一二三）1.2、；。：\n甲乙“”", max_size=80))
def test_items_stand_behind_their_lead(text: str) -> None:
    for found in numbered_lists(text):
        assert len(found.items) > 1 and found.lead.end <= len(text)


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("补发许可证应当满足哪些条件？", "条件"),
        ("列了几种不予批准的情形？", "情形"),
        ("哪几种情形可以暂不纳入？", "情形"),
        ("要交哪三样材料？", "材料"),
        ("所需材料有哪些？", "材料"),
        ("要推进哪几个“常态化”？", "常态化"),
        ("专项行动分几个阶段？", "阶段"),
        ("住房用哪些方式筹集？", "方式"),
        ("符合条件的补贴多少钱？", ""),
        ("由谁牵头？", ""),
    ],
)
def test_what_a_question_wants_listed(question: str, noun: str) -> None:
    assert noun_listed(question) == noun


RULES = (
    "安澜市河道采砂许可管理办法\n\n"
    "第三条　申请河道采砂许可应当具备以下条件：\n"
    "（一）有合格的采砂设备；\n（二）有作业人员；\n（三）没有违法记录。\n"
    "第四条　有下列情形之一的，不予采砂许可：\n（一）在禁采区的；\n（二）在禁采期的。\n"
)


@pytest.mark.parametrize(
    ("question", "kind", "answer", "items"),
    [
        (
            "安澜市申请河道采砂许可要具备哪些条件？",
            Kind.LIST,
            None,
            ("有合格的采砂设备", "有作业人员", "没有违法记录"),
        ),
        ("安澜市河道采砂许可列了几种不予许可的情形？", Kind.COUNT, "2", ("在禁采区的", "在禁采期的")),
        ("安澜市养殖大闸蟹要具备哪些条件？", Kind.NONE, None, ()),
        ("安澜市养殖大闸蟹要满足几个条件？", Kind.NONE, None, ()),
        ("安澜市河道采砂许可管理办法里有哪些收费方式？", Kind.NONE, None, ()),
    ],
)
def test_lists_over_several_lines_answer(
    empty: Library,
    tmp_path_factory: pytest.TempPathFactory,
    question: str,
    kind: Kind,
    answer: str | None,
    items: tuple[str, ...],
) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "采砂.txt").write_text(RULES, "utf-8")
    empty.add([folder])
    given_answer = empty.ask(question)
    assert (given_answer.kind, given_answer.answer, given_answer.items) == (kind, answer, items)


VILLAGES = (
    "青石乡：\n一、撤销东村、西村建制，设立新村。\n二、撤销上村、下村建制，设立合村。\n"
    "三、甲村、乙村、丙村建制保持不变。\n"
)


@pytest.mark.parametrize(
    ("question", "answer"), [("青石乡有几个村的建制没动？", "3"), ("青石乡撤销了几个村的建制？", None)]
)
def test_names_are_counted_where_one_sentence_tells_all(
    empty: Library, tmp_path_factory: pytest.TempPathFactory, question: str, answer: str | None
) -> None:
    folder = tmp_path_factory.mktemp("files")
    (folder / "青石乡.txt").write_text(VILLAGES, "utf-8")
    empty.add([folder])
    assert empty.ask(question).answer == answer

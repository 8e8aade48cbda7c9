"""Word's automatic numbering: the labels come out as the page shows them."""

import pytest

from ingest.readers.docx.numerals import chinese, numeral
from ingest.readers.docx.reader import READER
from tests.ingest.readers.docx_builder import (
    cell,
    docx,
    level,
    numbered,
    numbering,
    paragraph,
    row,
    style,
    table,
)


def labels(*blocks: str, **parts: str) -> list[str]:
    return [line.text for line in READER.read(docx(*blocks, **parts), "a.docx").lines]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百〇五"),
        (110, "japaneseCounting", "一百一十"),
        (10, "ideographDigital", "一〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (12, "ideographZodiac", "亥"),
        (1, "decimalEnclosedCircle", "①"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircle", "㉑"),
        (36, "decimalEnclosedCircle", "㊱"),
        (4, "decimalEnclosedParen", "⑷"),
        (4, "decimalEnclosedFullstop", "⒋"),
        (2, "ideographEnclosedCircle", "㊁"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (27, "lowerLetter", "aa"),
        (5, "decimalFullWidth", "５"),
        (7, "none", ""),
        (7, "aFormOfTheFuture", "7"),
        (0, "chineseCounting", "0"),
    ],
)
def test_numerals(number: int, form: str, written: str) -> None:
    assert numeral(number, form) == written


def test_chinese_numerals_never_repeat() -> None:
    assert len({chinese(number) for number in range(1, 1000)}) == 999


PLAN = numbering(
    level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
)


def test_levels_restart_below_a_higher_one() -> None:
    assert labels(
        numbered("总体要求"),
        numbered("重点任务"),
        numbered("治水", level=1),
        numbered("查源", level=2),
        numbered("截污", level=2),
        numbered("治气", level=1),
        numbered("控尘", level=2),
        numbered("保障措施"),
        numbered("领导", level=1),
        numbering=PLAN,
    ) == [
        "一、总体要求",
        "二、重点任务",
        "（一）治水",
        "1.查源",
        "2.截污",
        "（二）治气",
        "1.控尘",
        "三、保障措施",
        "（一）领导",
    ]


def test_a_level_may_run_on_below_a_higher_one() -> None:
    run_on = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    )
    assert labels(
        numbered("甲"), numbered("子", level=1), numbered("乙"), numbered("丑", level=1), numbering=run_on
    ) == ["一、甲", "1.子", "二、乙", "2.丑"]


def test_lists_of_one_definition_count_on_unless_overridden() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    assert labels(
        numbered("甲"),
        numbered("乙", list_id=2),
        numbered("丙", list_id=3),
        numbered("丁", list_id=3),
        numbering=numbering(level(0, "decimal", "%1."), more=more),
    ) == ["1.甲", "2.乙", "5.丙", "6.丁"]


def test_labels_of_several_levels() -> None:
    legal = numbering(
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "decimal", "%1-%3"),
    )
    assert labels(numbered("甲"), numbered("子", level=1), numbered("丑", level=2), numbering=legal) == [
        "一、甲",
        "1.1子",
        "一-1丑",
    ]


def test_an_upper_level_that_was_never_used_counts_as_begun() -> None:
    assert labels(
        numbered("子", level=1), numbering=numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    ) == ["1.1子"]


def test_bullets_give_no_label() -> None:
    assert labels(numbered("甲"), numbering=numbering(level(0, "bullet", "\uf0b7"))) == ["甲"]


def test_a_number_is_kept_apart_from_a_figure() -> None:
    assert labels(numbered("2026年底前"), numbering=numbering(level(0, "decimal", "%1."))) == [
        "1. 2026年底前"
    ]


def test_empty_paragraphs_of_a_list_are_counted() -> None:
    assert labels(numbered("甲"), numbered(""), numbered("丙"), numbering=PLAN) == ["一、甲", "三、丙"]


def test_numbering_by_style() -> None:
    tied = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Chapter"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Section"/>'),
    )
    list_one = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("Chapter", "heading 1", list_one) + style(
        "Section", "heading 2", list_one, based_on="Chapter"
    )
    assert labels(
        paragraph("总则", '<w:pStyle w:val="Chapter"/>'),
        paragraph("目的", '<w:pStyle w:val="Section"/>'),
        paragraph("附则", '<w:pStyle w:val="Chapter"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        numbering=tied,
        styles=styles,
    ) == ["一、总则", "（一）目的", "附则"]


def test_definition_behind_a_list_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Plan"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Plan"/>'
        f"{level(0, 'upperLetter', '%1.')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert labels(numbered("甲"), numbering=linked) == ["A.甲"]


@pytest.mark.parametrize(
    "broken", ["", '<w:num w:numId="1"/>', '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>']
)
def test_a_list_without_definition_gives_no_label(broken: str) -> None:
    assert labels(numbered("甲"), numbering=broken) == ["甲"]


def test_a_mark_that_a_conversion_lost_is_put_back() -> None:
    lost = numbering(level(0, "chineseCounting", "%1?"))
    assert labels(numbered("甲"), numbering=lost) == ["一、甲"]


def test_an_empty_cell_shows_its_number() -> None:
    rows = [row("序号", "任务", "单位"), *(row(cell(numbered("")), "植树", "县林业局") for _ in range(2))]
    data = docx(table(*rows, columns=3), numbering=numbering(level(0, "decimal", "%1")))
    lines = READER.read(data, "a.docx").lines
    assert [line.text for line in lines][1:] == ["1\t植树\t县林业局", "2\t植树\t县林业局"]

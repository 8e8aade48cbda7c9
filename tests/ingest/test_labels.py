"""Number labels: what is one, and what only looks like one."""

import pytest

from ingest.labels import LabelKind, find_label


@pytest.mark.parametrize(
    ("line", "kind", "text", "value"),
    [
        ("第一部分　总体安排", LabelKind.PART, "第一部分", 1),
        ("第十二章 附则", LabelKind.CHAPTER, "第十二章", 12),
        ("第三节　监督管理", LabelKind.SECTION, "第三节", 3),
        ("第一百零二条　本办法自印发之日起施行。", LabelKind.ARTICLE, "第一百零二条", 102),
        ("一、总体要求", LabelKind.HAN, "一、", 1),
        ("二十三、加强调度", LabelKind.HAN, "二十三、", 23),
        ("（一）加强领导。", LabelKind.HAN_BRACKET, "（一）", 1),
        ("(十三）强化组织领导。", LabelKind.HAN_BRACKET, "(十三）", 13),
        ("1.提升服务效能。", LabelKind.DIGIT, "1.", 1),
        ("15．推进审批改革。", LabelKind.DIGIT, "15．", 15),
        ("7﹒推动企业上市。", LabelKind.DIGIT, "7﹒", 7),
        ("4..落实审查制度。", LabelKind.DIGIT, "4..", 4),
        ("3、入户核查。", LabelKind.DIGIT_COMMA, "3、", 3),
        ("（1）修订责任清单。", LabelKind.DIGIT_BRACKET, "（1）", 1),
        ("2）开展排查。", LabelKind.DIGIT_HALF, "2）", 2),
        ("③组织复核。", LabelKind.CIRCLED, "③", 3),
        ("A.现场检查", LabelKind.LETTER, "A.", 0),
        ("一是摸清底数。", LabelKind.ORDINAL, "一是", 1),
        ("三要严格督导。", LabelKind.ORDINAL, "三要", 3),
        ("——生态环境持续改善。", LabelKind.DASH, "——", 0),
        ("１２．推进审批改革。", LabelKind.DIGIT, "１２．", 12),
        ("（３）修订责任清单。", LabelKind.DIGIT_BRACKET, "（３）", 3),
        ("　　1. 开展清淤", LabelKind.DIGIT, "1.", 1),
        ("56.2023年6月底前完成普查。", LabelKind.DIGIT, "56.", 56),
        ("3、2024年底前建成投用。", LabelKind.DIGIT_COMMA, "3、", 3),
        ("2.5G基站建设提速。", LabelKind.DIGIT, "2.", 2),
    ],
)
def test_label(line: str, kind: LabelKind, text: str, value: int) -> None:
    label = find_label(line)
    assert label is not None
    assert (label.kind, label.text, label.value) == (kind, text, value)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "2.5个百分点以上",
        "5.2023万亩",
        "2024年6月底前完成",
        "10个工作日内办结",
        "第三条规定的情形",
        "第一书记带队检查",
        "二〇二四年三月二日",
        "各县区要抓好落实",
        "附件1",
    ],
)
def test_no_label(line: str) -> None:
    assert find_label(line) is None


def test_the_words_begin_after_the_white_space_behind_the_label() -> None:
    label = find_label("第二条　　县水利局负责监督。")
    assert label is not None
    assert "第二条　　县水利局负责监督。"[label.end :] == "县水利局负责监督。"

"""The outline: what each line is, and what stands under what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind
from ingest.clean import clean
from ingest.outline import outline
from ingest.readers.base import RawLine
from tests.ingest.build import block_at, cleaned, document, kinds, raw_lines, section

SENTENCE = "各县区要按照职责分工，对辖区内的河道和水库开展排查整治，逐项建立问题台账。"

PLAN = f"""安澜市河道管理保护实施方案
为加强河道管理，结合我市实际，制定本方案。
一、工作目标
到2025年底，河道水质稳定达标，岸线管控到位。
二、重点任务
（一）加强河道巡查。{SENTENCE}
{SENTENCE}
（二）推进系统治理。
1.清理河道垃圾。{SENTENCE}
牵头单位：市水利局
责任单位：各县区人民政府
2.整治入河排污口。{SENTENCE}
三、保障措施
3.强化督导考核。{SENTENCE}"""


@pytest.mark.parametrize(
    ("line", "kind", "level", "number"),
    [
        ("安澜市河道", BlockKind.TITLE, 0, ""),
        ("为加强", BlockKind.PARAGRAPH, 0, ""),
        ("一、", BlockKind.HEADING, 1, "一、"),
        ("（一）", BlockKind.ITEM, 2, "（一）"),
        ("（二）", BlockKind.HEADING, 2, "（二）"),
        ("1.", BlockKind.ITEM, 3, "1."),
        ("牵头单位", BlockKind.PARAGRAPH, 0, ""),
        ("3.", BlockKind.ITEM, 2, "3."),
    ],
)
def test_kind_and_level(line: str, kind: BlockKind, level: int, number: str) -> None:
    block = block_at(document(PLAN), line)
    assert (block.kind, block.level, block.number) == (kind, level, number)


@pytest.mark.parametrize(
    ("line", "above"),
    [
        ("为加强", ()),
        ("到2025", ("一、工作目标",)),
        ("（一）", ("二、重点任务",)),
        (SENTENCE, ("二、重点任务", "（一）加强河道巡查。")),
        ("1.", ("二、重点任务", "（二）推进系统治理。")),
        ("责任单位", ("二、重点任务", "（二）推进系统治理。", "1.清理河道垃圾。")),
        ("3.", ("三、保障措施",)),
    ],
)
def test_section(line: str, above: tuple[str, ...]) -> None:
    assert section(document(PLAN), line) == above


@pytest.mark.parametrize(
    ("item", "run_in"),
    [
        (f"（一）加强组织领导。{SENTENCE}", "加强组织领导。"),
        (f"1.推行“一网通办。一次办结”改革。{SENTENCE}", "推行“一网通办。一次办结”改革。"),
        (f"（一）强化监管：{SENTENCE}", "强化监管："),
        (f"一是摸清底数。{SENTENCE}", "摸清底数。"),
        (f"1.{SENTENCE}", None),
        ("1.落实巡查制度。（责任单位：市水利局）", None),
        (f"1.问题：{SENTENCE}", None),
        (f"第三条　县水利局负责监督。{SENTENCE}", None),
    ],
)
def test_run_in_heading(item: str, run_in: str | None) -> None:
    read = document(f"关于加强管理的通知\n{SENTENCE}\n{item}")
    block = read.blocks[-1]
    assert block.kind is BlockKind.ITEM
    assert (block.run_in.of(read.text) if block.run_in else None) == run_in


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (f"（一）强化督促检查，推动整改落实。\n{SENTENCE}", BlockKind.HEADING),
        ("（一）强化督促检查，推动整改落实。\n1.建立台账。每周调度一次，逐项销号。", BlockKind.HEADING),
        ("（一）强化督促检查，推动整改落实。\n（二）加强宣传引导。", BlockKind.ITEM),
        ("（一）强化督促检查，推动整改落实。\n责任单位：市水利局", BlockKind.ITEM),
        ("1、安澜农业有限公司\n2、望川果业有限公司", BlockKind.ITEM),
        (f"1.提升市场准入便利度\n（1）简化登记。{SENTENCE}", BlockKind.HEADING),
    ],
)
def test_heading_or_item(lines: str, kind: BlockKind) -> None:
    assert document(f"{SENTENCE}\n{lines}").blocks[1].kind is kind


ARTICLES = "\n".join(f"第{number}条　{{}}{SENTENCE}" for number in "一二三四")


@pytest.mark.parametrize(
    ("first", "run_in"), [("盘活资源资产。", True), ("县水利局负责河道管理工作的监督检查。", False)]
)
def test_articles_have_headings_only_where_nearly_all_have(first: str, run_in: bool) -> None:
    texts = {True: ARTICLES.format(*[first] * 4), False: ARTICLES.format(first, "", "", "")}
    read = document(texts[run_in])
    assert [block.run_in is not None for block in read.blocks] == [run_in] * 4


def test_articles_whose_count_runs_over_headings_stand_below_them() -> None:
    read = document(
        f"一、目标要求\n{SENTENCE}\n二、重点任务\n{SENTENCE}\n第一条　{SENTENCE}\n第二条　{SENTENCE}\n"
        f"三、保障措施\n第三条　{SENTENCE}"
    )
    assert section(read, "第二条") == ("二、重点任务",)
    assert section(read, "第三条") == ("三、保障措施",)


def test_a_count_that_runs_on_over_headings_keeps_its_level() -> None:
    read = document(
        "一、甲类任务\n1.排查。各县区要排查。\n2.整改。各县区要整改。\n二、乙类任务\n3.评估。各县区要评估。"
    )
    assert [block.level for block in read.blocks] == [1, 2, 2, 1, 2]


def test_a_missing_point_is_forgiven_where_the_count_tells() -> None:
    read = document("一、任务\n1.排查。各县区要排查。\n2整改。各县区要整改。\n3.评估。各县区要评估。")
    assert [block.number for block in read.blocks] == ["一、", "1.", "2", "3."]


def test_labels_of_any_form_may_stand_first() -> None:
    read = document(f"1.总体要求\n（一）目标。{SENTENCE}\n2.重点任务\n（一）排查。{SENTENCE}")
    assert [block.parent for block in read.blocks] == [None, 0, None, 2]


def test_fields_after_measures_belong_to_the_problem() -> None:
    read = document(
        "一、整改任务\n1.问题：河道垃圾清理不及时。\n整改目标：河道无垃圾。\n整改措施：\n（1）开展清理。\n（2）建立制度。\n"
        "整改时限：2024年6月底前。\n责任单位：县水利局\n2.问题：排污口底数不清。"
    )
    problem = read.blocks.index(block_at(read, "1.问题"))
    assert block_at(read, "整改时限").parent == block_at(read, "责任单位").parent == problem
    assert block_at(read, "2.问题").parent == 0


def test_closing_words_after_the_last_statement_speak_for_the_whole() -> None:
    read = document(
        f"一、主要任务\n1.开展排查。{SENTENCE}（市水利局牵头）\n2.开展整治。{SENTENCE}（市水利局牵头）\n"
        "各县区要认真落实本方案，细化工作举措。"
    )
    assert read.blocks[-1].parent is None


def test_unnumbered_headings_are_siblings() -> None:
    read = document(
        f"守护清水河的安澜实践\n{SENTENCE}\n外地治水的经验做法\n{SENTENCE}\n一是注重源头治理。{SENTENCE}\n"
        f"对我市治水工作的建议\n{SENTENCE}"
    )
    assert section(read, "一是") == ("外地治水的经验做法",)
    assert [block.level for block in read.blocks if block.kind is BlockKind.HEADING] == [1, 1]


def test_a_point_after_a_dash_is_one_paragraph() -> None:
    read = document(f"一、回顾\n——生态环境持续改善。{SENTENCE}\n{SENTENCE}\n二、打算\n{SENTENCE}")
    assert [block.parent for block in read.blocks] == [None, 0, 0, None, 3]


NOTICE = f"""安澜市人民政府办公室文件
安政办发〔2024〕17号
安澜市人民政府办公室
关于印发《安澜市校园安全整治行动
实施方案》的通知
各县（市、区）人民政府，市直有关部门：
《安澜市校园安全整治行动实施方案》已经市政府同意，现印发给你们，请认真抓好落实。
附件：1.安澜市校园安全整治行动实施方案
2.隐患整改清单
安澜市人民政府办公室
2024年4月22日
（此件公开发布）
附件1
安澜市校园安全整治行动
实施方案
一、工作目标
{SENTENCE}
附件2
隐患整改清单
1.消防通道堵塞。{SENTENCE}
抄送：市委办公室，市人大常委会办公室。
安澜市人民政府办公室　　　　2024年4月23日印发"""


def test_a_notice_and_what_it_issues() -> None:
    found = [kind for kind, _ in kinds(document(NOTICE))]
    title, furniture = BlockKind.TITLE, BlockKind.FURNITURE
    assert found == [
        *(furniture, furniture, title, title, title, furniture),
        BlockKind.PARAGRAPH,
        *(furniture,) * 6,
        *(title, title),
        *(BlockKind.HEADING, BlockKind.PARAGRAPH),
        *(furniture, BlockKind.HEADING, BlockKind.ITEM),
        *(furniture, furniture),
    ]


def test_the_issued_text_is_no_section_but_another_annex_is() -> None:
    read = document(NOTICE)
    assert section(read, SENTENCE) == ("一、工作目标",)
    assert section(read, "1.消防") == ("隐患整改清单",)


def test_a_table_of_contents_is_furniture() -> None:
    read = document(
        "望川县数据管理办法\n目　录\n第一章　总则\n第二章　附则\n"
        "第一章　总则\n第一条　为了规范管理，制定本办法。\n第二章　附则\n第二条　本办法自印发之日起施行。"
    )
    assert section(read, "第二条") == ("第二章　附则",)
    assert [kind for kind, _ in kinds(read)][1:4] == [BlockKind.FURNITURE] * 3


def test_style_hints_make_headings() -> None:
    lines = (RawLine("目标和任务，以及其他要求。", whole=True, heading=1), RawLine(SENTENCE, whole=True))
    made = clean(raw_lines(*lines))
    heading, paragraph = outline(made.text, made.lines)
    assert (heading.kind, paragraph.parent) == (BlockKind.HEADING, 0)


LINES = (
    "一、总体要求",
    "（一）加强领导。",
    "1.排查。各县区要排查。",
    "（1）整改",
    "附件1",
    "2024年3月5日",
    "县水利局",
    "责任单位：县水利局",
    "第一章　总则",
    "第一条　县水利局负责。",
    "——改善。",
    "目录",
    "关于管理的通知",
    "各县区：",
    SENTENCE,
)


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_blocks_tile_the_text_and_parents_come_first(lines: list[str]) -> None:
    made = cleaned("\n\n".join(lines))
    blocks = outline(made.text, made.lines)
    assert "".join(block.span.of(made.text) for block in blocks) == made.text
    assert all(block.span.contains(block.body) for block in blocks)
    for at, block in enumerate(blocks):
        assert block.parent is None or block.parent < at
        assert block.level == 0 or block.parent is None or blocks[block.parent].level < block.level

"""Which documents a question means that names them by place and month, or by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.library import Library

UNTITLED = """为促进房地产市场平稳健康发展,经市政府同意,现将优化调整的房地产政策通知如下:

一、优化土地供给。合理确定出让地块。(责任单位:市自然资源和规划局)

二、优化资金监管。下调监管资金。(责任单位:市住建局、市自然资源和规划局)

本通知自2023年12月1日起施行。

温州市住房和城乡建设局
2023年12月1日
"""
NUMBERED = """云岭省人民政府办公厅关于推进综合监管的意见
云政办发〔2023〕1号
各市、州人民政府：
支持有关部门在成品油流通、自建房安全等领域开展综合监管试点。
"""
QUOTING = """望川县推进综合监管工作方案
望政办发〔2023〕9号
根据《云岭省人民政府办公厅关于推进综合监管的意见》（云政办发〔2023〕1号），在养老、托育等领域开展综合监管试点。
"""

CALLED = """云岭省推广“阳光监管”改革实施方案
云岭省推广“阳光监管”改革，每年抽查企业30家。
"""
REPORT = """云岭省政府工作报告
云岭省推进预算改革，统筹各类资金515亿元。
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return a library of a plan without its heading, and of two documents of which one quotes the other."""
    texts = {
        "untitled": UNTITLED,
        "numbered": NUMBERED,
        "quoting": QUOTING,
        "called": CALLED,
        "report": REPORT,
    }
    files = [tmp_path / f"{name}.txt" for name in texts]
    for file in files:
        file.write_text(texts[file.stem], "utf-8")
    library = Library.open(tmp_path / "data")
    library.add(files)
    return library


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("温州市2023年12月优化房地产若干政策里，市自然资源和规划局负责的措施有几项？", "2"),
        ("温州市2023年12月房地产新政中，责任单位包括市住建局的措施一共几项？", "1"),
        ("温州市2023年11月房地产新政中，责任单位包括市住建局的措施一共几项？", None),
    ],
)
def test_a_plan_without_its_heading_is_known_by_place_and_month(
    library: Library, question: str, count: str | None
) -> None:
    assert library.ask(question).answer == count


def test_a_document_is_known_by_its_own_number(library: Library) -> None:
    listed = library.ask("云政办发〔2023〕1号支持在哪几个领域开展综合监管试点？")
    assert listed.items == ("成品油流通", "自建房安全")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云岭省“阳光监管”改革每年抽查多少家企业？", "30家"),
        ("云岭省“阳光监管”改革要花多少资金？", None),
    ],
)
def test_what_is_called_by_a_name_is_not_answered_from_elsewhere(
    library: Library, question: str, answer: str | None
) -> None:
    assert library.ask(question).answer == answer

from __future__ import annotations

import pytest

from corpus.spans import Span
from ingest.extract.responsibility.references import find_references


@pytest.mark.parametrize(
    ("text", "raw", "documents"),
    [
        (
            "（按照年度《云岭市碧水保卫战工作方案》分工负责）",
            "按照年度《云岭市碧水保卫战工作方案》分工负责",
            ["云岭市碧水保卫战工作方案"],
        ),
        ("按照《提升方案》分工落实", "按照《提升方案》分工落实", ["提升方案"]),
        ("按《三年行动方案》职责分工抓好落实。", "按《三年行动方案》职责分工抓好落实", ["三年行动方案"]),
        ("依据《甲方案》和《乙方案》分工负责", "依据《甲方案》和《乙方案》分工负责", ["甲方案", "乙方案"]),
        (
            "责任单位、完成时限按照《甲方案》执行",
            "责任单位、完成时限按照《甲方案》执行",
            ["甲方案"],
        ),
        ("分工同《甲方案》", "分工同《甲方案》", ["甲方案"]),
        (
            "按年度污染防治工作方案职责分工负责",
            "按年度污染防治工作方案职责分工负责",
            ["年度污染防治工作方案"],
        ),
        ("按照《甲方案》（云政发〔2023〕5号）任务分工负责", None, ["甲方案"]),
    ],
)
def test_reference(text: str, raw: str | None, documents: list[str]) -> None:
    found = find_references(text, Span(0, len(text)))
    assert [item.document for item in found] == documents
    assert all(item.raw == item.span.of(text) for item in found)
    assert raw is None or {item.raw for item in found} == {raw}


@pytest.mark.parametrize(
    "text",
    [
        "严格执行《云岭市河道管理条例》。",
        "按照各自职责分工负责。",
        "按照本方案任务分工抓好落实。",
        "各责任单位要按照要求，落实《云岭市河道管理条例》。",
        "按照《整改方案》要求，由市水利局负责。",
        "",
    ],
)
def test_no_reference(text: str) -> None:
    assert find_references(text, Span(0, len(text))) == ()

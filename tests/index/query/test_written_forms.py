"""A query is understood however its characters are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.hints import HintKind
from index.query.parsing import parse_query
from index.query.written_forms import as_documents_write


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("養老服務補貼標準", "养老服务补贴标准"),
        ("義務教育階段雙減", "义务教育阶段双减"),
        ("戶籍、户籍與產業羣", "户籍、户籍与产业群"),
        ("著作权与乾坤湾", "著作权与乾坤湾"),  # also characters of simplified texts
        ("二〇二三年工作要点", "2023年工作要点"),
        ("二○二一至二零二五年规划", "2021至2025年规划"),
        ("一九九八年抗洪", "1998年抗洪"),
        ("二〇二三号文件", "二〇二三号文件"),
        ("二十年规划", "二十年规划"),
        ("一二三四五年", "一二三四五年"),
        ("", ""),
        ("REITs 2023", "REITs 2023"),
    ],
)
def test_as_documents_write(written: str, meant: str) -> None:
    assert as_documents_write(written) == meant


@given(st.text())
def test_each_character_stays_one(text: str) -> None:
    once = as_documents_write(text)
    assert len(once) == len(text)
    assert as_documents_write(once) == once


def test_hints_of_such_a_query_can_be_taken_back_as_they_were_written() -> None:
    query = parse_query("蘇州二〇二三年養老服務")
    assert {hint.kind: hint.shown for hint in query.hints} == {
        HintKind.REGION: "苏州市",
        HintKind.YEAR: "2023",
    }
    assert "养老" in query.words
    assert not parse_query("蘇州二〇二三年養老服務", ["蘇州", "2023年"]).hints

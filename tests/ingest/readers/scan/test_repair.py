"""Recognised lines: marks and digits that their words call for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.scan.repair import repaired


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("(一)水库安全", "（一）水库安全"),
        ("（二)水库安全", "（二）水库安全"),
        ("(2024年9月10日)", "（2024年9月10日）"),
        ("清淤疏浚;三是完善", "清淤疏浚；三是完善"),
        ("责任单位:市水利局,市财政局", "责任单位：市水利局，市财政局"),
        ("安政办发[2024]12号", "安政办发〔2024〕12号"),
        ("安政发(2024) 3号", "安政发〔2024〕3号"),
        ("2O24年l1月底前", "2024年11月底前"),
        ("2023一2025年任务", "2023—2025年任务"),
    ],
)
def test_marks_and_digits_are_repaired(recognised: str, meant: str) -> None:
    assert repaired(recognised) == meant


@pytest.mark.parametrize(
    "line", ["8:30前报送", "下达1,200万元", "PM2.5年均值", "O型血", "第一条", "IPv6改造", "- 3 -", "A(B)"]
)
def test_what_may_be_meant_so_stays(line: str) -> None:
    assert repaired(line) == line


@given(st.text("安澜市（）()[]〔〕,，:：;0123456789OlI年月日号 ", max_size=40))
def test_no_chinese_word_changes(line: str) -> None:
    kept = [char for char in repaired(line) if "\u4e00" <= char <= "\u9fff"]
    assert kept == [char for char in line if "\u4e00" <= char <= "\u9fff"]


@given(st.text("安澜市水利局，。0123456789", max_size=40))
def test_plain_words_stay(line: str) -> None:
    assert repaired(line) == line

"""Separators inside brackets separate nothing."""

from __future__ import annotations

import pytest

from corpus.brackets import split_outside_brackets


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("县水利局", ["县水利局"]),
        ("县水利局、县财政局，县公安局; 县司法局", ["县水利局", "县财政局", "县公安局", "县司法局"]),
        ("各管委会（甲区、乙区）、县医保局", ["各管委会（甲区、乙区）", "县医保局"]),
        ("县水利局\n县财政局", ["县水利局", "县财政局"]),
        ("", []),
    ],
)
def test_names_are_parted_outside_brackets(words: str, names: list[str]) -> None:
    assert split_outside_brackets(words, "、，,；;\n") == names

"""Which years a text speaks of, and when a passage may answer for a year."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.fitting.years import year_fit, years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年6月底前", {2025}),
        ("2023-2025年", {2023, 2024, 2025}),
        ("2023年至2025年", {2023, 2024, 2025}),
        ("“十五五”期间", {2026, 2027, 2028, 2029, 2030}),
        ("“十四五”末", {2025}),
        ("安政办发〔2024〕12号", {2024}),
        ("２０２５年", {2025}),
        ("投资2025万元", set()),
        ("电话12025678", set()),
        ("", set()),
    ],
)
def test_the_years_that_a_text_names(text: str, years: set[int]) -> None:
    assert years_in(text) == years


def passage(text: str, title: str | None = None, day: date | None = None, section: str = "") -> PassageRow:
    headings = (section,) if section else ()
    span = Span(0, len(text))
    return PassageRow(1, "d1", 1, title, "plan.txt", day, None, None, text, headings, span, None, None)


@pytest.mark.parametrize(
    ("told", "document", "asked", "fits"),
    [
        (passage("2025年清理河道。"), "", 2025, 1.0),
        (passage("清理河道。", "安澜市2025年河道整治方案"), "", 2025, 1.0),
        (passage("清理河道。", day=date(2025, 3, 1)), "", 2025, 0.5),
        (passage("清理河道。"), "安澜市人民政府办公室 2025年3月1日", 2025, 0.5),
        (passage("清理河道。", "安澜市2025年河道整治方案"), "", 2024, -1.0),
        (passage("清理河道。", day=date(2025, 3, 1)), "", 2024, -1.0),
        (passage("清理河道。"), "清理河道。", 2024, 0.0),
        (passage("清理河道。"), "根据《清河通知》（云政办字〔2020〕17号）制定。", 2022, 0.0),
        (passage("清理河道。"), "根据《清河通知》（云政办字〔2020〕17号）制定。", 2018, -1.0),
        (
            passage("清理河道。"),
            "根据《清河通知》（云政办字〔2020〕17号），自2021年5月1日起施行。",
            2020,
            -1.0,
        ),
        (passage("清理河道。"), "本通知有效期至2025年12月31日。", 2024, 0.0),
        (passage("清理河道。"), "本通知有效期至2025年12月31日。", 2026, -1.0),
        (passage("清理河道。", day=date(2025, 3, 1)), "安澜市“十四五”以来的成效。", 2024, -1.0),
        (passage("按照安政办发〔2024〕12号文件清理河道。"), "安澜市2025年河道整治方案", 2024, -1.0),
        (passage("清理河道。", "2025年政府工作报告", section="一、2024年工作回顾"), "", 2025, -1.0),
        (passage("清理河道。", "2025年政府工作报告", section="二、2025年工作安排"), "", 2025, 1.0),
        (passage("为2025年清理河道。", "政府工作报告", section="一、2024年工作回顾"), "", 2025, 1.0),
    ],
)
def test_a_passage_answers_for_its_own_year_only(
    told: PassageRow, document: str, asked: int, fits: float
) -> None:
    assert year_fit(told, document, [asked]) == fits

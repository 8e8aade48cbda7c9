"""Reliability: what confidence says beside what was right, each document judged by the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.extraction.calibration import SIGNALS, JudgedRow, fit, judged_rows, left_out, report
from evaluation.extraction.systems import taizhang
from tests.evaluation.builders import FIRST, SECOND, TEXT, case, limit, task, unit

DUE = limit("2024年6月底前", "2024-06-30")
QUIET = (False,) * len(SIGNALS)
LOUD = (True, *QUIET[1:])


def rows(name: str, right: int, wrong: int, signals: tuple[bool, ...] = QUIET) -> list[JudgedRow]:
    return [JudgedRow(name, signals, True)] * right + [JudgedRow(name, signals, False)] * wrong


def test_a_signal_of_wrong_rows_lowers_confidence() -> None:
    judged = [*rows("a", 95, 2), *rows("a", 2, 8, LOUD), *rows("b", 95, 2), *rows("b", 2, 8, LOUD)]
    weights = fit(judged)
    assert weights[0] > 2
    assert weights[1] < -1
    said = left_out(judged)
    assert min(said[:97]) > 0.8 > max(said[97:107])


def test_a_signal_never_speaks_for_a_row() -> None:
    assert fit([*rows("a", 20, 10), *rows("a", 30, 0, LOUD)])[1] == 0.0


def test_rows_that_are_all_right_are_told_apart_by_nothing() -> None:
    weights = fit(rows("a", 50, 0))
    assert weights[0] > 3
    assert set(weights[1:]) == {0.0}


def test_the_table_counts_rows_by_what_was_said() -> None:
    judged = rows("a", 3, 1)
    found = report("", judged, [0.97, 0.97, 0.6, 0.97])
    assert [(b.low, b.rows) for b in found.bins] == [(0.5, 1), (0.95, 3)]
    assert found.sure_share == 0.75
    assert found.sure_perfect == pytest.approx(2 / 3)


def test_extracted_rows_are_judged_against_gold(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(TEXT, encoding="utf-8")
    right = task(FIRST, unit("市水利局", "lead"), unit("市公安局", "cooperate"), by=DUE)
    judged = judged_rows([replace(case(right, task(SECOND, unit("市教育局"))), path=path)], taizhang)
    assert [row.perfect for row in judged[:2]] == [True, False]
    assert {row.case for row in judged} == {"plan.txt"}

"""Mutations change what a document looks like; the check tells which rows of the ledger follow."""

import pytest

from corpus.spans import Span
from evaluation.steadiness.mutants import MUTATIONS, Mutant, mutants
from evaluation.steadiness.mutations import WHOLE, MutationReport, check
from tests.evaluation.builders import case

ITEM = "1.清理河道（县直段）内的违法建筑，（责任单位：望川县水利局，2024年6月底前）"
PLAN = "\n".join(
    [
        "汉中市河道整治实施方案",
        "一、主要任务",
        "1.清理河道内的违法建筑，恢复河道行洪能力。（牵头单位：汉中市水利局；完成时限：2024年6月底前）",
        "2.开展入河排污口排查整治，建立台账。（责任单位：市生态环境局，各县（区）人民政府）",
        "汉中市人民政府",
        "2024年3月1日",
        "",
    ]
)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("brackets 〔）", "1.清理河道（县直段）内的违法建筑，〔责任单位：望川县水利局，2024年6月底前）"),
        ("last bracket lost", "1.清理河道（县直段）内的违法建筑，（责任单位：望川县水利局，2024年6月底前"),
        ("narrow marks", "1.清理河道(县直段)内的违法建筑,(责任单位:望川县水利局,2024年6月底前)"),
        ("wide digits", "１.清理河道（县直段）内的违法建筑，（责任单位：望川县水利局，２０２４年６月底前）"),
        (
            "spaces after marks",
            "1.清理河道（县直段）内的违法建筑，（责任单位： 望川县水利局，2024年6月底前）",
        ),
        (
            "lines of 28",
            "\u3000\u30001.清理河道（县直段）内的违法建筑，（责任单位：望川县\n水利局，2024年6月底前）",
        ),
    ],
)
def test_a_mutation_changes_what_its_name_says(name: str, changed: str) -> None:
    assert mutants(ITEM)[name].text == changed


def test_a_place_becomes_another_throughout() -> None:
    changed = mutants("汉中市印发方案，汉中高新区落实，西安市协助。")["other places"].text
    first, second = changed.split("市印发方案，")[0], changed.split("落实，")[1].removesuffix("市协助。")
    assert "汉中" not in changed
    assert f"{first}高新区" in changed
    assert first != second


def test_words_of_the_original_are_told_as_they_read_now() -> None:
    mutant = mutants("市水利局， 2024年6月底前")["narrow marks"]
    assert mutant.words_at(Span(0, 5)) == "市水利局,"
    assert Mutant("原文", ()).words_at(Span(1, 2)) == "文"


def test_rows_stay_through_every_mutation() -> None:
    report = MutationReport("")
    check(case(text=PLAN), report)
    assert set(report.kept) == {WHOLE, *MUTATIONS}
    changed = {change.mutation for change in report.changes}
    assert changed <= {"last bracket lost"} | {name for name in MUTATIONS if name.startswith("lines of")}
    assert {kept.rows for kept in report.kept.values()} == {2}

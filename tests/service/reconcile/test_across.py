"""Across plans: possible conflicts, workload, and the same kind of problem elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import UserError
from service.library import Library
from service.reconcile.cases import similar_cases
from service.reconcile.conflicts import find_conflicts
from service.reconcile.snapshot import all_rows, snapshot_of
from service.reconcile.workload import workload


def test_the_same_task_in_two_plans_with_other_units_days_and_figures(rivers: Library) -> None:
    (conflict, *_rest) = find_conflicts(snapshot_of(rivers))
    assert {conflict.first.document_id, conflict.second.document_id} == {"d1", "d3"}
    assert {item.kind: (item.first, item.second) for item in conflict.differences} == {
        "units": ("市林业局", "市自然资源局"),
        "due": ("2026-12-31", "2026-10-31"),
        "figures": ("1.5万亩", "2万亩"),
    }


def test_conflicts_of_one_plan(rivers: Library) -> None:
    snapshot = snapshot_of(rivers)
    assert find_conflicts(snapshot, "d4") == ()
    (conflict, *_rest) = find_conflicts(snapshot, "d3")
    assert (conflict.first.document_id, conflict.second.document_id) == ("d3", "d1")


def test_a_snapshot_stays_until_something_changes(rivers: Library) -> None:
    assert snapshot_of(rivers) is snapshot_of(rivers)


def test_workload_counts_by_unit_and_month(rivers: Library) -> None:
    loads = {load.unit: load for load in workload(all_rows(rivers), date(2026, 9, 1))}
    forestry = next(load for unit, load in loads.items() if unit.endswith("林业局"))
    assert forestry.months == {"2026-11": 1, "2026-12": 1}
    assert (forestry.open, forestry.overdue, forestry.done) == (2, 0, 0)
    late = next(load for unit, load in loads.items() if unit.endswith("交通运输局"))
    assert (late.open, late.overdue) == (1, 1)
    assert all(loads)  # rows without a unit are nobody's load
    assert workload([], date(2026, 9, 1)) == ()


def test_the_same_kind_of_problem_with_its_measures(rivers: Library) -> None:
    (case, *_rest) = similar_cases(rivers, text="污水处理站停运")
    assert case.row.document_id == "d4"
    assert case.problem.startswith("白石河乡镇污水处理站长期停运")
    assert "更换曝气设备" in "".join(case.measures)
    assert "恢复运行" in case.goal
    assert case.record()["status"] == "not_started"


def test_the_document_of_the_row_itself_is_left_out(rivers: Library) -> None:
    row = next(row for row in all_rows(rivers) if row.document_id == "d4")
    found = {case.row.document_id for case in similar_cases(rivers, task=row.id)}
    assert found and "d4" not in found


def test_nothing_to_look_for(rivers: Library) -> None:
    with pytest.raises(UserError):
        similar_cases(rivers, text="  ")

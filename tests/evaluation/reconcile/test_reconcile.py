"""Reports made up of plans: what is known of them, and that the halves share nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.gold import load_cases, samples
from evaluation.reconcile.cases import Plan, ReportCase, chinese, halves, make_cases, read_plans
from evaluation.reconcile.measure import check, claims_in, evaluate, item_of_claims
from evaluation.reconcile.wording import Writer, half_of, sentences_of

TASK = "推进农村生活污水治理。完成45个行政村治理任务，治理率达到80%以上，确保年底前全部验收。"


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return read_plans(load_cases(samples()))


@pytest.fixture(scope="module")
def case(plans: list[Plan]) -> ReportCase:
    return next(make_cases(plans, "first", 0))


def test_the_same_seed_makes_the_same_reports(plans: list[Plan], case: ReportCase) -> None:
    assert next(make_cases(plans, "first", 0)) == case
    assert next(make_cases(plans, "first", 1)).text != case.text


def test_no_plan_is_in_both_halves_and_no_word_either(plans: list[Plan]) -> None:
    of = halves(plans)
    assert set(of.values()) == {"first", "second"}
    assert {case.plan.name for case in make_cases(plans, "second", 0, 1)} == {
        name for name, half in of.items() if half == "second"
    }
    assert half_of("加强") in ("first", "second")


def test_some_tasks_are_left_out_and_some_claims_are_foreign(case: ReportCase) -> None:
    assert case.told < case.plan.confirmed
    assert any(not item.tasks for item in case.items)


def test_every_item_is_read_back_as_a_claim(case: ReportCase) -> None:
    owners = item_of_claims(case, claims_in(case))
    assert {owner for owner in owners if owner is not None} == set(range(len(case.items)))


@given(st.integers(0, 10_000))
def test_a_paraphrase_says_something_and_tells_its_figures(seed: int) -> None:
    told = Writer("first", 1.0).paraphrase(sentences_of(TASK), Random(seed))
    assert len(told.words) > 4
    assert {figure.target for figure in told.figures} <= {"45个", "80%以上"}


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_labels(number: int, words: str) -> None:
    assert chinese(number) == words


def test_a_small_run_on_the_samples(case: ReportCase) -> None:
    report = evaluate(None, half="first", per_plan=1)
    assert report.halves["first"].pairs.f1 > 0.8
    assert report.record()["halves"]["first"]["coverage_error"] < 0.2
    assert check(case, ()) == check(case, ())

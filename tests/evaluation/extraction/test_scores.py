"""Scores counted by hand."""

import pytest

from evaluation.counts import Counts
from evaluation.extraction.entries import same_fact
from evaluation.extraction.scores import score, score_all
from tests.evaluation.builders import FIRST, SECOND, THIRD, JsonObject, case, limit, line, task, unit

LEAD, HELP = unit("市水利局", "lead"), unit("市公安局", "cooperate")
JUNE = limit("2024年6月底前", "2024-06-30")
GOLD = (task(FIRST, LEAD, HELP, by=JUNE), task(SECOND, unit("市生态环境局")), task(THIRD))


def counted(*found: JsonObject, measure: str) -> tuple[int, int, int]:
    """Return right, wrong and missed of one measure when `found` is held against the three gold tasks."""
    counts = score(case(*GOLD), line(*found)).counts[measure]
    return counts.right, counts.wrong, counts.missed


def test_the_gold_itself_is_perfect() -> None:
    result = score(case(*GOLD), line(*GOLD))
    assert result.perfect == 1.0
    assert all(counts.wrong == counts.missed == 0 for counts in result.counts.values())


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("assigned", (1, 0, 1)),
        ("all", (1, 0, 2)),
        ("unit", (2, 0, 1)),
        ("unit+role", (1, 1, 2)),
        ("deadline raw", (0, 1, 1)),
        ("deadline end", (1, 0, 0)),
    ],
)
def test_one_task_found_with_a_wrong_role(measure: str, expected: tuple[int, int, int]) -> None:
    found = task(FIRST, LEAD, unit("市公安局", "lead"), by=limit("6月底前", "2024-06-30"))
    assert counted(found, measure=measure) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("assigned", (0, 1, 2)), ("all", (0, 1, 3)), ("unit", (0, 1, 3)), ("deadline end", (0, 1, 1))],
)
def test_an_invented_task_counts_with_all_that_it_claims(
    measure: str, expected: tuple[int, int, int]
) -> None:
    invented = task("安澜市河道整治实施方案", unit("市长"), by=limit("2025年", "2025-12-31"))
    assert counted(invented, measure=measure) == expected


def test_an_invented_task_without_unit_or_limit_is_wrong_among_all_only() -> None:
    assert counted(task("安澜市河道整治实施方案"), measure="all") == (0, 1, 3)
    assert counted(task("安澜市河道整治实施方案"), measure="assigned") == (0, 0, 2)


def test_what_is_inherited_is_not_scored() -> None:
    found = task(
        SECOND,
        unit("市生态环境局"),
        unit("各县", inherited=True),
        by=limit("年底前", "2024-12-31", inherited=True),
    )
    assert counted(found, measure="unit") == (1, 0, 2)
    assert counted(found, measure="deadline end") == (0, 0, 1)


@pytest.mark.parametrize(
    "unscored",
    [
        limit("印发后30日内", "2024-06-30", "relative"),
        limit("6月前", "2024-06-30", loose=True),
        limit("长期", None),
    ],
)
def test_ends_that_the_text_does_not_fix_are_not_scored(unscored: JsonObject) -> None:
    assert counted(task(SECOND, by=unscored), measure="deadline end") == (0, 0, 1)


def test_the_same_unit_twice_has_to_be_found_twice() -> None:
    gold = case(task(SECOND, unit("市水利局"), unit("市水利局")))
    counts = score(gold, line(task(SECOND, unit("市水利局")))).counts["unit"]
    assert (counts.right, counts.missed) == (1, 1)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (task(FIRST, LEAD, HELP, by=JUNE), ""),
        (task(FIRST, HELP, LEAD, by=JUNE), ""),
        (task(FIRST, LEAD, by=JUNE), "units -市公安局/cooperate"),
        (task(FIRST, LEAD, HELP), "ends ['2024-06-30'] got []"),
        (task(FIRST[:7], LEAD, HELP, by=JUNE), "text overlaps 0.64"),
        (task(THIRD), "missed"),
    ],
)
def test_a_row_is_perfect_or_tells_why_not(found: JsonObject, reason: str) -> None:
    row = score(case(*GOLD), line(found)).rows[0]
    assert (row.perfect, row.reason) == (not reason, reason)


def test_progress_is_found_when_it_overlaps() -> None:
    gold = case(progress=(task(FIRST), task(SECOND)))
    counts = score(gold, line(progress=(task(FIRST), task(THIRD)))).counts["progress"]
    assert (counts.right, counts.wrong, counts.missed) == (1, 1, 1)


@pytest.mark.parametrize(
    ("field", "gold", "found", "right"),
    [
        ("title", "安澜市 方案", "安澜市方案", True),
        ("title", None, None, True),
        ("title", None, "方案", False),
        ("region", "安澜市", "云岭省安澜市", True),
        ("region", "安澜市", None, False),
        ("issuer", "市政府", "安澜市政府", False),
    ],
)
def test_header_facts(field: str, gold: str | None, found: str | None, right: bool) -> None:
    assert same_fact(field, gold, found) is right


def test_rules_are_credited_with_what_they_found() -> None:
    found = line(task(FIRST, LEAD, rule="closing bracket"), task("安澜市河道整治实施方案", rule="guess"))
    rules = score_all([(case(*GOLD), found)]).rules
    assert {rule: (counts.right, counts.wrong) for rule, counts in rules.items()} == {
        "closing bracket": (1, 0),
        "guess": (0, 1),
    }


def test_an_unread_file_misses_everything_and_says_why() -> None:
    failed = {"document": None, "tasks": [], "progress": [], "problems": [{"message": "文件是空的。"}]}
    result = score(case(*GOLD, title="方案"), failed)
    assert result.problem == "文件是空的。"
    assert result.counts["all"].missed == 3


def test_rows_are_averaged_over_all_and_by_document() -> None:
    scores = score_all(
        [
            (case(*GOLD), line(*GOLD)),
            (case(task(FIRST, LEAD)), line()),
            (case(task(THIRD)), line(task(THIRD))),
        ]
    )
    assert scores.perfect == pytest.approx(2 / 3)
    assert scores.perfect_by_document == pytest.approx(1 / 2)


def test_rates_of_nothing_are_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)


def test_rates() -> None:
    counts = Counts(right=3, wrong=1, missed=2)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)

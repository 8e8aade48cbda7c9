from evaluation.steadiness.kills import evaluate


def test_a_killed_program_loses_nothing() -> None:
    report = evaluate(2)
    assert (report.kills, report.lost, report.ahead, report.differing, report.damaged) == (2, 0, 0, 0, 0)
    assert report.passages > 0

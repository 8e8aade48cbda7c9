"""What a report says, whatever its form: numbered items, running prose, one paragraph, a table."""

from __future__ import annotations

import pytest

from corpus.records import progress_record
from service.intake.extraction import read
from service.reconcile.claims import claims_of
from service.reconcile.model import Claim, ClaimKind
from tests.service.reconcile.texts import REPORT


def claims(text: str) -> tuple[Claim, ...]:
    reading = read(text.encode(), "汇报.txt")
    return claims_of(reading.document, [progress_record(item) for item in reading.extraction.progress])


def test_items_of_progress_come_first_and_what_stands_beside_them_is_an_aside() -> None:
    found = claims(REPORT)
    assert [claim.kind for claim in found].count(ClaimKind.PROGRESS) == 4
    asides = [claim.text for claim in found if claim.kind is ClaimKind.ASIDE]
    assert any("进度滞后" in text for text in asides)
    assert not any("继续举办" in text for text in asides)  # what comes next is no progress


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "安澜市治水工作总结\n清澜河护岸已经完工，总长十二公里。下一步，将继续抓好湿地修复工作。\n",
            ["清澜河护岸已经完工，总长十二公里。"],
        ),
        (
            "任务进展情况表\n序号\t任务\t进展情况\n1\t拆除违法码头\t已完成\n2\t恢复湿地\t正在施工\n",
            ["1\t拆除违法码头\t已完成", "2\t恢复湿地\t正在施工"],
        ),
        ("安澜市概况\n安澜市位于云岭省中部偏西。\n", []),
    ],
)
def test_other_forms(text: str, said: list[str]) -> None:
    found = [claim.text for claim in claims(text) if claim.kind is not ClaimKind.ASIDE]
    assert found == said


def test_spans_stand_in_the_text() -> None:
    text = read(REPORT.encode(), "汇报.txt").document.text
    found = claims(REPORT)
    assert found and all(claim.span.of(text) == claim.text for claim in found)

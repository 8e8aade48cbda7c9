"""Claims and the tasks they answer, on sentences that say the same in other words."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.spans import Span
from corpus.task import ProgressStatus
from service.reconcile.matching import match_claims, shared_words
from service.reconcile.model import Claim, ClaimKind

TASKS = (
    "建设清澜河生态护岸。沿清澜河建设生态护岸12公里。",
    "整治入河排污口。排查入河排污口180个，整治率达到95%以上。",
    "恢复云湖湿地。恢复云湖湿地1.5万亩。",
    "拆除违法码头。依法拆除违法码头6座。",
    "推进农村污水治理。完成45个行政村生活污水治理。",
    "培训河湖巡查员。举办河湖巡查员培训班4期。",
    "优化开办企业服务。开办企业全流程压缩至1个工作日以内。",
    "发展养老服务。新建社区养老服务中心20个，新增养老床位1000张。",
)


def task(text: str) -> dict[str, Any]:
    return {"text": text, "section": ["一、重点任务"], "units": [], "indicators": []}


def claim(text: str, kind: ClaimKind = ClaimKind.PROGRESS) -> Claim:
    return Claim(text, Span(0, len(text)), ProgressStatus.DONE, ("一、工作进展",), kind)


def matched(*claims: Claim) -> list[tuple[int, int]]:
    return [(match.claim, match.task) for match in match_claims([task(text) for text in TASKS], claims)]


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("清澜河两岸12千米护岸已于8月底完工并通过验收。", [0]),
        ("入河排污口整治基本完成，180个排污口整治率达到93%。", [1]),
        ("云湖湿地累计修复1.2万亩，其余部分正在施工。", [2]),
        ("6座非法码头全部拆除到位。", [3]),
        ("截至目前，45个村的生活污水已治理完毕，群众反映良好。", [4]),
        ("企业开办时间压减到一天以内。", [6]),
        ("建成养老服务中心22个，床位增加1100张。", [7]),
        ("6座违法码头已全部拆除；云湖湿地累计恢复1.2万亩。", [2, 3]),
        ("举办全民健身运动会，参赛选手3000人。", []),
        ("扎实开展消防安全宣传进校园活动。", []),
    ],
)
def test_a_claim_answers_the_tasks_it_speaks_of(said: str, tasks: list[int]) -> None:
    assert [task for _, task in matched(claim(said))] == tasks


def test_several_claims_may_answer_one_task() -> None:
    said = claim("排查入河排污口180个，逐一建档。"), claim("排污口整治率达到95%。")
    assert matched(*said) == [(0, 1), (1, 1)]


def test_no_task_and_no_claim_give_nothing() -> None:
    assert match_claims([], [claim("护岸已建成。")]) == ()
    assert match_claims([task(TASKS[0])], []) == ()


def test_texts_of_figures_alone_match_nothing() -> None:
    assert match_claims([task("12345")], [claim("678")]) == ()


def test_the_quote_is_the_part_that_speaks_of_the_task() -> None:
    said = "6座违法码头已全部拆除；云湖湿地累计恢复1.2万亩。"
    quotes = {
        match.task: match.quote.of(said)
        for match in match_claims([task(text) for text in TASKS], [claim(said)])
    }
    assert quotes == {2: "云湖湿地累计恢复1.2万亩", 3: "6座违法码头已全部拆除"}


def test_shared_words_stand_in_both() -> None:
    plan, said = "依法拆除违法码头6座。", "违法码头已全部拆除。"
    shared = shared_words(plan, said)
    assert {span.of(plan) for span in shared.task} >= {"码头", "拆除"}
    assert {span.of(said) for span in shared.claim} >= {"码头", "拆除"}


def test_another_unit_than_the_plan_says_is_told() -> None:
    plan = task(TASKS[3]) | {
        "units": [{"name": "市交通运输局", "role": "lead", "group": False, "members": []}]
    }
    said = claim("市水利局已依法拆除违法码头6座。")
    (match,) = match_claims([plan, *(task(text) for text in TASKS[:3])], [said])
    assert match.other_units == ("市水利局",)

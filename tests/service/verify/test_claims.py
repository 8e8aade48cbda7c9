"""Units and limits that a paragraph gives a task."""

from __future__ import annotations

import pytest

from service.verify.claims import limit_claims, spoken_claims, unit_claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("（牵头单位：市水利局；配合单位：市财政局）", [("市水利局", "lead"), ("市财政局", "cooperate")]),
        ("责任单位：各县（市、区）人民政府", [("各县（市、区）人民政府", "responsible")]),
        ("牵头单位待定。", []),
    ],
)
def test_labels_give_roles(text: str, claims: list[tuple[str, str]]) -> None:
    assert [(claim.name, claim.roles[0]) for claim in unit_claims(text)] == claims


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由市水利局牵头，市财政局、市审计局配合。", ["市水利局", "市财政局", "市审计局"]),
        ("推行包容审慎监管（市司法局和市财政局），按期完成。", ["市司法局", "市财政局"]),
        ("各县（市、区）要落实。", []),
        ("有关方面要密切配合。", []),
        ("市工商联（总商会）负责。", ["市工商联（总商会）"]),
    ],
)
def test_running_words_give_roles(text: str, names: list[str]) -> None:
    assert [claim.name for claim in spoken_claims(text)] == names


def test_limits_stand_after_labels() -> None:
    (claim,) = limit_claims("（完成时限：2025年6月底前、每年12月；牵头单位：市水利局）")
    assert claim.words == "2025年6月底前、每年12月"
    assert claim.span.of("（完成时限：2025年6月底前、每年12月；牵头单位：市水利局）") == claim.words

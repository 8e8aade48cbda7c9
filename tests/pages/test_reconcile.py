"""对账 in a real browser: a report beside its plan, accepted and undone; what plans say together."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.pages.test_pages import serious_faults

pytestmark = pytest.mark.browser

REPORT = "安澜市清澜河流域水环境突出问题整改进展情况的报告"
PLAN = "安澜市清澜河流域水环境突出问题整改方案"


def choose(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("option", name=words).first.click()


def pair(page: Page, words: str) -> Locator:
    return page.locator(".pair", has=page.locator(".side-task", has_text=words))


def test_a_report_finds_its_plan_and_moves_the_ledger(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/reconcile")
    choose(page, "汇报", REPORT)
    page.get_by_role("button", name="对账").click()
    expect(page.locator(".result-head")).to_contain_text(PLAN)

    # Evidence is marked on both sides, figures are held against the targets.
    quay = pair(page, "取缔非法码头")
    expect(quay.locator(".side-claim mark", has_text="非法码头").first).to_be_visible()
    expect(quay).to_contain_text("目标6座，已达6座")
    expect(pair(page, "提升城区污水收集能力")).to_contain_text("汇报126处，低于目标180处")

    # What the report leaves out, and what belongs to no task.
    page.get_by_role("tab", name="未提及").click()
    expect(page.locator(".side-task", has_text="完善监测预警体系")).to_be_visible()
    page.get_by_role("tab", name="没有对应任务").click()
    expect(page.locator(".side-claim", has_text="整改总体进展顺利")).to_be_visible()
    assert serious_faults(page) == set()

    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    download.value.save_as(tmp_path / "result.xlsx")
    assert "对账结果" in load_workbook(tmp_path / "result.xlsx").sheetnames

    # One match is accepted after it was shown, and taken back.
    page.get_by_role("tab", name="有进展").click()
    quay.get_by_role("button", name="采纳").click()
    expect(page.locator(".accept-dialog")).to_contain_text("未启动 → 已完成")
    page.get_by_role("button", name="存入台账").click()
    expect(quay.locator(".side-task .state")).to_have_text("已完成")
    expect(quay.get_by_role("button", name="采纳")).to_have_count(0)
    page.get_by_role("button", name="撤销刚才的采纳").click()
    expect(quay.locator(".side-task .state")).to_have_text("未启动")

    # All above a confidence: one row is left out by hand.
    page.get_by_role("button", name="采纳匹配").click()
    page.locator(".accept-rows .q-checkbox").first.click()
    page.get_by_role("button", name="存入台账").click()
    expect(quay.locator(".side-task .state")).to_have_text("已完成")
    expect(pair(page, "提升城区污水收集能力").locator(".side-task .state")).to_have_text("未启动")
    page.get_by_role("button", name="撤销刚才的采纳").click()
    expect(quay.locator(".side-task .state")).to_have_text("未启动")


def test_what_several_plans_say_together(page: Page, address: str) -> None:
    page.goto(f"{address}/reconcile?{urlencode({'part': 'conflicts'})}")
    expect(page.locator(".pair").first).to_contain_text("不同")

    page.get_by_role("link", name="各单位工作量").click()
    line = page.locator(".load tr", has_text="安澜市水利局").first
    number = line.locator("td a").first
    count = number.inner_text()
    number.click()
    expect(page).to_have_url(re.compile(r"/ledger\?unit=.+role=acting.+status="))
    expect(page.locator(".count-rows")).to_have_text(f"共 {count} 项")

    page.goto(f"{address}/reconcile?{urlencode({'part': 'cases'})}")
    page.get_by_label("问题").fill("农家乐污水直排")
    page.keyboard.press("Enter")
    first = page.locator(".pair").first
    expect(first).to_contain_text("望川县集中式饮用水水源地环境问题整改清单")
    expect(first).to_contain_text("关停或搬迁农家乐7家")
    assert serious_faults(page) == set()


def test_what_cannot_be_reconciled_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}/reconcile?report=d99999")
    expect(page.locator(".empty")).to_contain_text("d99999")

"""From an office without accounts to one with three roles, as people meet it on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.pages.conftest import served

pytestmark = pytest.mark.browser

FIRST, SECOND = "安澜清水2026", "白鹭晴空2026"


def log_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_an_office_sets_up_its_accounts(stranger: BrowserContext, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page = stranger.new_page()
        page.goto(f"{address}/welcome?next=/settings?part=accounts")
        page.get_by_label("姓名").fill("王芳")
        page.get_by_role("button", name="进入").click()

        # The first account is an administrator's; with it one logs in before anything else.
        page.get_by_label("初始密码").fill("太短")
        page.get_by_role("button", name="添加账号").click()
        expect(page.get_by_text("密码至少 8 位")).to_be_visible()
        page.get_by_label("初始密码").fill(FIRST)
        page.get_by_role("button", name="添加账号").click()
        page.wait_for_url("**/login**")

        # A wrong password leaves the name where it was.
        log_in(page, "王芳", SECOND)
        expect(page.get_by_role("alert")).to_contain_text("不对")
        expect(page.get_by_label("姓名")).to_have_value("王芳")
        expect(page.get_by_label("密码")).to_be_focused()
        page.get_by_label("密码").fill(FIRST)
        page.get_by_role("button", name="登录").click()

        # One's own password is changed only by who knows the present one.
        page.get_by_label("现在的密码").fill(SECOND)
        page.get_by_label("新密码（至少 8 位）").fill(SECOND)
        page.get_by_label("再输一次新密码").fill(SECOND)
        page.get_by_role("button", name="更改密码").click()
        refusal = page.locator(".q-notification", has_text="密码不对")
        expect(refusal).to_be_visible()
        page.get_by_label("现在的密码").fill(FIRST)
        page.get_by_label("再输一次新密码").fill(FIRST)
        page.get_by_role("button", name="更改密码").click()
        expect(page.get_by_text("两次输入的新密码不一样")).to_be_visible()
        expect(refusal).to_have_count(0)
        page.get_by_label("再输一次新密码").fill(SECOND)
        page.get_by_role("button", name="更改密码").click()
        page.wait_for_url("**/login**")
        log_in(page, "王芳", SECOND)

        # Where nothing is stored yet, pages that choose among files say so.
        for path in ("compare", "reconcile"):
            page.goto(f"{address}/{path}")
            expect(page.locator(".empty")).to_contain_text("文库里还没有文件")
        page.goto(f"{address}/dispatch")
        page.get_by_role("button", name="新建调度").click()
        expect(page.locator(".dialog .empty")).to_contain_text("没有单位有未完成的任务")

        # Who may only read sees of the settings what is theirs, and of empty tables no button to press.
        page.goto(f"{address}/settings?part=accounts")
        page.get_by_label("姓名").fill("赵敏")
        page.get_by_label("角色", exact=True).click()
        page.get_by_role("option", name="只读").click()
        page.get_by_label("初始密码").fill(FIRST)
        page.get_by_role("button", name="添加账号").click()
        expect(page.get_by_label("赵敏的角色")).to_be_visible()
        page.get_by_role("button", name="王芳").click()
        page.get_by_role("button", name="退出登录").click()
        log_in(page, "赵敏", FIRST)
        page.goto(f"{address}/settings?part=backup")
        expect(page.get_by_role("tab")).to_have_text(["我的账号"])
        page.goto(f"{address}/units")
        expect(page.locator(".units")).to_contain_text("还没有。")
        expect(page.locator(".units")).not_to_contain_text("新增一行")
        page.goto(address)
        expect(page.locator(".empty")).to_contain_text("请经办人员先存入")

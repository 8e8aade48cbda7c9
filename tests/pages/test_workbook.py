"""The ledger taken away as a workbook, corrected, and brought back on the page of all tasks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.pages.conftest import served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_address(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of the library, to be written to."""
    folder = tmp_path_factory.mktemp("workbook") / "library"
    shutil.copytree(data_folder, folder)
    with served(folder) as address:
        yield address


def test_a_corrected_workbook_comes_back(page: Page, own_address: str, tmp_path: Path) -> None:
    page.goto(f"{own_address}/ledger")
    page.get_by_role("button", name="台账文件").click()
    with page.expect_download() as download:
        page.get_by_text("导出 Excel").click()
    path = tmp_path / "改过的台账.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    words = str(sheet.cell(4, heads.index("重点任务") + 1).value)
    sheet.cell(4, heads.index("牵头单位") + 1).value = "市河长办"
    sheet.cell(5, heads.index("状态") + 1).value = "已销号"
    book.save(path)
    page.locator("input[type=file]").first.set_input_files(path)
    dialog = page.get_by_role("dialog").filter(has_text="读回 改过的台账.xlsx")
    expect(dialog.get_by_text("改动 2 行，新增 0 行，表中已删 0 行")).to_be_visible()
    expect(dialog.get_by_text(words).first).to_be_visible()
    expect(dialog.get_by_text("市河长办")).to_be_visible()
    expect(dialog.get_by_text("先申请销号")).to_be_visible()
    dialog.get_by_role("button", name="存入选中的 1 行").click()
    expect(page.get_by_text("读回台账 1 行：已保存")).to_be_visible()
    expect(page.locator(".ag-cell").get_by_text("市河长办").first).to_be_visible()


def test_the_settings_of_messages_are_kept(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/settings?part=mail")
    page.get_by_label("邮件服务器").fill("mail.anlan.example")
    page.get_by_label("密码").fill("ducha-2026")
    page.get_by_label("收件人地址").fill("主任")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("值不合要求")).to_be_visible()
    page.get_by_label("收件人地址").fill("zhuren@anlan.example")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    page.reload()
    expect(page.get_by_label("邮件服务器")).to_have_value("mail.anlan.example")
    expect(page.get_by_label("密码")).to_have_value("")

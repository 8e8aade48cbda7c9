"""An afternoon of drafting: a draft is made, read with its traces, changed, checked, kept and taken away."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from tests.pages.conftest import wait_until

pytestmark = pytest.mark.browser

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def make(page: Page, address: str) -> None:
    """Make a report on the river plan."""
    page.goto(f"{address}/drafts")
    expect(page.locator(".outline-item").first).to_be_visible()
    page.get_by_label("取材的方案").click()
    page.keyboard.type("清澜河")
    page.locator(".q-menu [role=option]").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="生成文稿").click()
    expect(page.locator(".draft-status")).to_have_text("已保存")


def headings(page: Page) -> list[str]:
    return page.locator(".draft-heading-words").all_inner_texts()


def saved(page: Page) -> None:
    expect(page.locator(".draft-status")).to_have_text("已保存")


def paragraph(page: Page, words: str) -> Locator:
    return page.locator(".para", has_text=words).first


def unreachable(route: Route) -> None:
    """Let nothing be stored."""
    if route.request.method == "PUT":
        route.abort()
    else:
        route.continue_()


def test_a_draft_from_the_plan_to_the_file(page: Page, address: str, tmp_path: Path) -> None:
    make(page, address)

    # Every sentence tells where it comes from, by mouse and by cursor.
    paragraph(page, "明确任务").locator(".st-count").first.hover()
    counted = page.locator(".draft-trace a", has_text="行的统计")
    with page.context.expect_page() as opened:
        counted.click()
    expect(opened.value.locator(".page")).to_contain_text("文稿里统计的 12 项任务")
    expect(opened.value.locator(".count-rows")).to_have_text("共 12 项")
    opened.value.close()
    paragraph(page, "按照《").click()
    expect(page.locator(".draft-trace a")).to_have_attribute("href", "/documents/d1")
    expect(page.locator("mark.gap").first).to_contain_text("【待补：")

    # What is typed is saved by itself; a paragraph is cut in two and the cut taken back.
    paragraph(page, "特此报告").click()
    page.keyboard.press("End")
    page.keyboard.type("附件随文报送，共计98765份。")
    saved(page)
    count = page.locator(".para").count()
    page.keyboard.press("Enter")
    expect(page.locator(".para")).to_have_count(count + 1)
    page.keyboard.press("Control+z")
    expect(page.locator(".para")).to_have_count(count)

    # A check leads to the figure that nothing supports.
    page.get_by_role("tab", name="检查").click()
    finding = page.locator(".check-fact .finding", has_text="98765份")
    finding.click()
    expect(paragraph(page, "98765份")).to_be_focused()

    # Loading the page anew loses nothing, and the file holds what was typed.
    saved(page)
    page.reload()
    expect(paragraph(page, "98765份")).to_be_visible()

    # What is typed while the server is away is saved when it is back, by the page that comes up then.
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/api/drafts/*", unreachable)
    paragraph(page, "98765份").click()
    page.keyboard.press("End")
    page.keyboard.type("另附图纸三张。")
    expect(page.locator(".draft-status")).to_contain_text("没有连上服务器")
    page.unroute("**/api/drafts/*")
    page.reload()
    expect(paragraph(page, "另附图纸三张")).to_be_visible()
    saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    download.value.save_as(tmp_path / "draft.docx")
    assert "98765份" in zipfile.ZipFile(tmp_path / "draft.docx").read("word/document.xml").decode()

    # The file is checked by the sources that it remembers.
    page.goto(f"{address}/drafts")
    page.get_by_role("button", name="检查公文").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "draft.docx")
    expect(page.locator(".check-result")).to_contain_text("98765份")


def test_the_outline_is_moved_by_keyboard_and_mouse_renamed_and_widened(page: Page, address: str) -> None:
    make(page, address)
    assert headings(page) == ["工作开展情况", "存在问题", "下一步打算"]
    names = page.locator(".draft-outline .outline-name")
    names.nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".draft-heading-words").first).to_have_text("存在问题")
    page.locator(".draft-outline .outline-item").nth(3).drag_to(
        page.locator(".draft-outline .outline-item").nth(1)
    )
    expect(page.locator(".draft-heading-words").first).to_have_text("下一步打算")
    names.nth(1).fill("今后打算")
    expect(page.locator(".draft-heading-words").first).to_have_text("今后打算")
    page.get_by_role("button", name="增加一部分").click()
    expect(page.locator(".draft-heading-words").last).to_have_text("新的部分")
    saved(page)
    page.reload()
    expect(page.locator(".draft-heading-words").first).to_have_text("今后打算")


def test_an_example_comes_with_slots_and_a_version_can_be_compared_and_brought_back(
    page: Page, address: str
) -> None:
    make(page, address)
    paragraph(page, "明确任务").click()
    page.locator(".card-insert").first.click()
    example = page.locator(".para-example")
    expect(example).to_contain_text("【参考：")
    saved(page)
    page.get_by_role("tab", name="版本").click()
    page.get_by_label("版本说明").fill("送审稿")
    page.get_by_role("button", name="保存版本").click()
    expect(page.locator(".version").first).to_contain_text("送审稿")
    address_of_draft = page.url
    page.goto(f"{address_of_draft}/compare?before=1&after=2")
    expect(page.locator(".draft-comparison ins").first).to_contain_text("【参考：")
    expect(page.locator(".count-lines")).to_contain_text("删去 0")
    page.goto(address_of_draft)
    first = page.locator(".version", has_text="第 1 版")

    def shown() -> bool:
        page.get_by_role("tab", name="版本").click()
        return first.is_visible()

    wait_until(page, shown)  # a click before the page is connected is lost
    first.get_by_role("button", name="恢复").click()
    expect(page.locator(".para-example")).to_have_count(0)


def test_an_outline_of_ones_own_is_offered_again(page: Page, address: str) -> None:
    page.goto(f"{address}/drafts")
    expect(page.locator(".outline-item").first).to_be_visible()
    page.locator(".outline-name").nth(1).fill("总体进展")
    page.get_by_role("button", name="保存提纲").click()
    page.get_by_label("提纲名称").fill("月度小结")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".draft-form")).to_contain_text("自己的提纲：月度小结")
    page.reload()
    expect(page.locator(".outline-item").first).to_be_visible()
    page.get_by_role("combobox", name="提纲", exact=True).click()
    page.locator(".q-menu [role=option]", has_text="月度小结").click()
    expect(page.locator(".outline-name").nth(1)).to_have_value("总体进展")


def test_a_template_of_ones_own_is_filled(page: Page, address: str, tmp_path: Path) -> None:
    template, broken = tmp_path / "月报.txt", tmp_path / "坏.docx"
    template.write_text("全市共有任务xx项，投入xx亿元。", "utf-8")
    broken.write_bytes(b"no docx")
    page.goto(f"{address}/drafts")
    page.get_by_role("button", name="用自己的模板").click()
    dialog, result = page.locator(".template-dialog"), page.locator(".template-result")
    dialog.get_by_text("可以写哪些字段").click()
    expect(dialog.locator(".template-fields")).to_contain_text("{{ 项.牵头单位 }}")
    dialog.get_by_text("可以写哪些字段").click()
    dialog.locator("input[type=file]").set_input_files(template)
    expect(result).to_contain_text("选好取材的方案，就填写 月报.txt")
    dialog.get_by_label("取材的方案").click()
    page.locator(".q-menu [role=option]", has_text="清澜河").first.click()
    expect(result).to_contain_text("填写 1 处，待补 1 处")
    expect(result).to_contain_text("行的统计")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载文本").click()
    assert "【待补：" in download.value.path().read_text("utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    assert download.value.suggested_filename == "月报-已填.docx"
    dialog.locator("input[type=file]").set_input_files(broken)
    expect(page.locator(".q-notification", has_text="坏.docx 不是能打开的 .docx").first).to_be_visible()
    found = Axe().run(page, context=".template-dialog", options=AXE_RULES)
    assert found.response["violations"] == [], found.generate_report()


def test_pages_of_drafts_can_be_used_by_everybody(page: Page, address: str) -> None:
    make(page, address)
    for wanted in (page.url, f"{page.url}/compare", f"{address}/drafts"):
        page.goto(wanted)
        expect(page.locator(".draft-status, .count-lines, .draft-list").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, options=AXE_RULES)
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_typed_is_handed_back_when_the_draft_was_changed_elsewhere(page: Page, address: str) -> None:
    make(page, address)
    other = page.context.new_page()
    other.goto(page.url)
    saved(other)
    for opened, words in ((page, "先写的一句。"), (other, "后写的一句。")):
        opened.bring_to_front()
        paragraph(opened, "特此报告").click()
        opened.keyboard.press("End")
        opened.keyboard.type(words)
        if opened is page:
            saved(page)
    expect(other.locator(".give-way textarea")).to_have_value("特此报告。后写的一句。")
    other.get_by_role("button", name="复制").click()
    assert other.evaluate("navigator.clipboard.readText()") == "特此报告。后写的一句。"
    other.get_by_role("button", name="打开最新的文稿").click()
    expect(paragraph(other, "先写的一句")).to_be_visible()
    saved(other)
    expect(other.locator(".give-way")).to_have_count(0)


def test_a_draft_that_was_deleted_comes_back(page: Page, address: str) -> None:
    make(page, address)
    draft = page.url.removeprefix(address)
    page.goto(f"{address}/drafts")
    link = page.locator(f'.draft-row a[href="{draft}"]')
    mine = page.locator(".draft-row", has=page.locator(f'a[href="{draft}"]'))
    mine.get_by_label("删除文稿").click()
    expect(link).to_have_count(0)
    page.locator(".draft-list .q-expansion-item .q-item").click()
    page.locator(".draft-list").get_by_role("button", name="恢复", exact=True).click()
    expect(link).to_be_visible()

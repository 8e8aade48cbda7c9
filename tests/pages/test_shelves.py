"""检索 and 文库 at work: long texts, answers taken along, files that come in while one is elsewhere."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

QUESTION = "安澜市恢复乡镇污水处理设施运行由谁牵头？"
PLAN = "沐溪县步道方案\n2026年3月2日\n一、重点任务\n1.铺设步道{}公里，9月底前完成。（牵头单位：县住建局）\n"


def plan(folder: Path, name: str, length: int) -> Path:
    file = folder / name
    file.write_text(PLAN.format(length), "utf-8")
    return file


def test_a_text_longer_than_an_address_is_searched_by_its_beginning(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("检索", exact=True).fill("推进畜禽养殖污染整治，完善粪污处理设施。" * 1000)
    page.keyboard.press("Enter")
    expect(page.get_by_text("文字较长，按前 3000 字检索。")).to_be_visible()
    expect(page.locator(".hit").first).to_be_visible()


def test_an_answer_shows_its_words_in_the_source_and_is_taken_along(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote(QUESTION)}")
    value = page.locator(".answer-value").inner_text()
    expect(page.locator(".quote-words em").first).to_have_text(value)
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"问：{QUESTION}\n答：{value}\n依据：")
    page.evaluate("window.print = () => { taizhang.printed = document.body.className }")
    page.get_by_role("button", name="打印").click()
    assert "only-answer" in page.evaluate("taizhang.printed")


def test_hits_below_a_following_question_keep_its_subject(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('什么时候完成？')}&before={quote(QUESTION)}")
    expect(page.locator(".hit-text").first).to_contain_text("污水")


def test_nothing_found_promises_no_passages(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('？？')}")
    expect(page.locator(".answer-none")).to_have_text("文库里没有能回答这个问题的内容。")
    expect(page.locator(".hits")).to_contain_text("没有找到")


def test_the_question_mark_opens_the_help_but_not_while_one_types(page: Page, address: str) -> None:
    page.goto(f"{address}/?q={quote('污水')}")
    box = page.get_by_label("检索", exact=True)
    box.press("End")
    box.press("?")
    expect(box).to_have_value("污水?")
    page.locator(".hit-title").first.focus()
    page.keyboard.press("?")
    expect(page.locator(".help")).to_contain_text("光标进检索框")


def test_files_come_in_while_one_is_elsewhere_and_are_told_of_later(
    page: Page, address: str, tmp_path: Path
) -> None:
    broken = tmp_path / "坏步道.docx"
    broken.write_bytes(b"PK\x03\x04")
    page.goto(f"{address}/library")
    with page.expect_response("**/upload/**"):
        page.locator("input[type=file]").set_input_files([broken])
    page.goto(f"{address}/units")
    page.goto(f"{address}/library")
    expect(page.locator(".failures")).to_contain_text("坏步道.docx")
    page.get_by_role("button", name="知道了").click()
    page.reload()
    expect(page.locator(".shelf .ag-row").first).to_be_visible()
    expect(page.locator(".failures")).to_have_count(0)


def test_the_same_file_again_is_told_apart_from_a_new_version(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/library")
    file = plan(tmp_path, "步道方案.txt", 12)
    chooser = page.locator("input[type=file]")
    chooser.set_input_files(file)
    expect(page.get_by_text("步道方案.txt 已存入文库。")).to_be_visible()
    chooser.set_input_files(file)
    expect(page.get_by_text("步道方案.txt 文库里已有，内容没有变化。")).to_be_visible()
    chooser.set_input_files(plan(tmp_path, "步道方案.txt", 15))
    expect(page.get_by_text("步道方案.txt 已存为第 2 版。")).to_be_visible()


def test_what_is_looked_for_and_chosen_stays_while_files_come_in(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/library")
    page.get_by_label("查找文件").fill("清澜河")
    count = page.locator(".shown-count")
    expect(count).to_contain_text("找到")
    page.locator(".shelf .ag-row input[type=checkbox]").first.check()
    before = count.inner_text()
    page.locator("input[type=file]").set_input_files(plan(tmp_path, "栈道方案.txt", 3))
    expect(count).not_to_have_text(before)
    expect(page.locator(".shelf .ag-row-selected")).to_have_count(1)
    expect(page.locator(".shelf")).not_to_contain_text("栈道方案.txt")


def test_what_stood_in_the_search_box_is_there_after_a_reload(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_label("检索", exact=True)
    box.fill("还没问完的话")
    page.reload()
    expect(box).to_have_value("还没问完的话")


def test_whoever_clicks_an_example_gets_a_cited_answer(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".example", has_text="问分工").click()
    expect(page.locator(".answer-value")).to_be_visible()
    expect(page.locator(".quote a").first).to_be_visible()


def test_a_document_that_was_taken_out_says_why_it_lists_no_tasks(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/library")
    page.locator("input[type=file]").set_input_files(plan(tmp_path, "绿道方案.txt", 8))
    expect(page.get_by_text("绿道方案.txt 已存入文库。")).to_be_visible()
    page.get_by_label("查找文件").fill("绿道方案")
    page.locator(".shelf a", has_text="沐溪县步道方案").click()
    page.wait_for_url("**/documents/**")
    expect(page.locator(".ledger")).to_contain_text("铺设步道8公里")
    expect(page.get_by_role("button", name="对照原件")).to_have_count(0)
    page.get_by_role("button", name="更多").click()
    page.get_by_text("移出文库").click()
    page.wait_for_url("**/library")
    page.go_back()
    expect(page.locator(".ledger")).to_contain_text("已移出文库")
    page.get_by_role("button", name="恢复到文库").click()
    expect(page.locator(".ledger")).to_contain_text("铺设步道8公里")


def test_two_documents_are_chosen_before_they_are_compared(page: Page, address: str) -> None:
    page.goto(f"{address}/compare")
    begin = page.get_by_role("button", name="对照")
    expect(begin).to_be_disabled()
    choices = page.get_by_role("option")
    for place, label in enumerate(("原稿", "新稿")):
        page.get_by_label(label).click()
        choices.nth(place).click()
        expect(choices).to_have_count(0)
    expect(begin).to_be_enabled()
    begin.click()
    page.wait_for_url("**/compare?before=*&after=*")


def test_the_pages_of_the_library_lead_to_each_other(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    links = page.get_by_role("navigation", name="文库")
    for name, path in (
        ("单位名录", "/units"),
        ("说法", "/words"),
        ("对照", "/compare"),
        ("文件", "/library"),
    ):
        links.get_by_role("link", name=name).click()
        page.wait_for_url(f"**{path}")
        expect(links.locator("[aria-current=page]")).to_have_text(name)

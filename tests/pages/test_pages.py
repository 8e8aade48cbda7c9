"""What an officer does all day: search, open a hit, drop files, read a ledger beside its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.pages.conftest import SAMPLES

pytestmark = pytest.mark.browser

PLAN = SAMPLES / "files" / "s01-river-plan.docx"
NOTICE = SAMPLES / "files" / "s10-forest-fire-notice.docx"


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def test_a_search_shows_highlighted_passages_and_opens_the_place(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_label("检索", exact=True)
    box.fill("畜禽养殖污染整治")
    box.press("Enter")
    expect(page.locator(".hit-text em").first).to_be_visible()
    assert "q=" in page.url, "a search has an address of its own"
    page.locator(".hit-title").first.click()
    found = page.locator(".source-text .mark-found").first
    expect(found).to_be_in_viewport()


def test_a_question_is_answered_with_its_citation(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=安澜市恢复乡镇污水处理设施运行由谁牵头？")
    expect(page.locator(".answer-value")).to_contain_text("市住房城乡建设局")
    expect(page.locator(".answer .quote").first).to_contain_text("乡镇污水处理设施")


def test_facets_narrow_and_a_chip_widens_again(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=整改")
    page.locator(".facets a", has_text="整改方案").click()
    chip = page.locator(".facets .q-chip")
    expect(chip).to_contain_text("整改方案")
    titles = page.locator(".hit .faint", has_text=" · ").all_inner_texts()
    assert titles and all(facts.startswith("整改方案") for facts in titles)
    chip.locator(".q-chip__icon--remove").click()
    expect(page.locator(".facets .q-chip")).to_have_count(0)


def test_a_search_without_hits_says_what_to_do(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=整改&year=1999")
    expect(page.locator(".hits")).to_contain_text("去掉左侧的筛选条件")


def test_the_slash_key_reaches_the_search_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=整改")
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("body").click()
    page.keyboard.press("/")
    expect(page.get_by_label("检索", exact=True)).to_be_focused()


def test_dropped_files_become_ledgers_and_a_bad_one_stops_nothing(
    page: Page, address: str, tmp_path: Path
) -> None:
    broken = tmp_path / "坏文件.docx"
    broken.write_bytes(PLAN.read_bytes()[:3000])
    page.goto(f"{address}/extract")
    drop(page, broken, PLAN)
    queue = page.locator(".queue")
    expect(queue).to_contain_text("项任务")
    expect(queue.locator(".queue-failed", has_text="坏文件.docx")).to_be_visible()
    expect(page.locator(".ledger [role=row][row-id]").first).to_be_visible()
    expect(page.locator(".ledger")).to_contain_text("市住房城乡建设局")


def test_evidence_and_ledger_point_to_each_other(page: Page, address: str) -> None:
    page.goto(f"{address}/extract")
    drop(page, PLAN)
    page.locator('.ledger [row-id="r2"] [col-id="text"]').click()
    expect(page.locator('.source-text .chosen[data-task="r2"]').first).to_be_in_viewport()
    page.locator('.source-text .mark-task[data-task="r4"]').first.click()
    expect(page.locator('.ledger [row-id="r4"].ag-row-selected').first).to_be_visible()
    page.locator('.ledger [row-id="r4"] [col-id="text"]').click()
    page.keyboard.press("ArrowDown")
    expect(page.locator('.source-text .chosen[data-task="r5"]').first).to_be_in_viewport()


def test_the_ledger_can_be_narrowed_to_a_word(page: Page, address: str) -> None:
    page.goto(f"{address}/extract")
    drop(page, PLAN)
    rows = page.locator(".ledger .ag-center-cols-container .ag-row")
    expect(rows.nth(3)).to_be_visible()
    page.get_by_label("在台账中查找").fill("畜禽")
    expect(rows).to_have_count(1)


def test_the_ledger_leaves_as_a_workbook(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/extract")
    drop(page, PLAN)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    target = tmp_path / "ledger.xlsx"
    download.value.save_as(target)
    words = [cell for row in load_workbook(target).active.iter_rows(values_only=True) for cell in row]
    assert any("乡镇污水处理设施" in str(cell) for cell in words)


def test_a_file_is_stored_found_removed_and_restored(page: Page, address: str, tmp_path: Path) -> None:
    plan = tmp_path / "风筝节方案.txt"
    plan.write_text(
        "望川县风筝节筹备方案\n一、重点任务\n（一）布置风筝场地。平整场地两万平方米。（责任单位：县文体局）\n",
        "utf-8",
    )
    page.goto(f"{address}/extract")
    drop(page, plan)
    page.get_by_role("button", name="确认并存入文库").click()
    expect(page.locator(".queue")).to_contain_text("存入文库")

    page.goto(f"{address}/library")
    row = page.locator(".shelf .ag-row", has_text="风筝节筹备方案")
    row.locator('[col-id="doc_type"]').first.click()
    page.get_by_role("button", name="移出选中的文件").click()
    expect(row).to_have_count(0)
    page.goto(f"{address}/?q=风筝场地")
    expect(page.locator(".hit-title", has_text="风筝节筹备方案")).to_have_count(0)

    page.goto(f"{address}/library")
    page.get_by_text("已移出", exact=True).click()
    row.locator('[col-id="doc_type"]').first.click()
    page.get_by_role("button", name="恢复选中的文件").click()
    expect(row).to_have_count(0)
    page.goto(f"{address}/?q=风筝场地")
    expect(page.locator(".hit-title", has_text="风筝节筹备方案").first).to_be_visible()


def test_the_library_shows_how_far_it_has_come_and_names_a_bad_file(
    page: Page, address: str, tmp_path: Path
) -> None:
    broken, plan = tmp_path / "坏文件.docx", tmp_path / "灯会方案.txt"
    broken.write_bytes(PLAN.read_bytes()[:3000])
    plan.write_text(
        "沐溪县灯会方案\n一、重点任务\n" + "（一）布置灯会。（责任单位：县文体局）\n" * 3000, "utf-8"
    )
    page.goto(f"{address}/library")
    drop(page, plan, broken)
    expect(page.locator(".upload-progress")).to_contain_text("共")
    expect(page.get_by_text("坏文件.docx：")).to_be_visible()
    expect(page.locator(".shelf .ag-row", has_text="沐溪县灯会方案")).to_be_visible(timeout=60_000)
    expect(page.locator(".upload-progress")).to_be_hidden()


def test_an_unknown_document_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/nowhere")
    expect(page.locator(".empty")).to_contain_text("回到文库")


@pytest.mark.parametrize("path", ["/", "/extract", "/library"])
def test_every_page_has_help_and_fits_the_screen(page: Page, address: str, path: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + path)
    page.get_by_label("帮助").click()
    expect(page.locator(".q-dialog")).to_contain_text("非涉密")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert errors == []

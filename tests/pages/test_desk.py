"""A day at the desk: files are dropped, their ledgers checked, corrected and confirmed, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from ingest.readers.scan import engine
from tests.ingest.readers.scan.pictures import sheet
from tests.pages.conftest import SAMPLES

pytestmark = pytest.mark.browser

PLAN = SAMPLES / "files" / "s01-river-plan.docx"


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def row(page: Page, words: str) -> Locator:
    return page.locator(".ledger .ag-center-cols-container .ag-row", has_text=words)


def cell(page: Page, words: str, column: str) -> Locator:
    return row(page, words).locator(f'[col-id="{column}"]')


def lantern_plan(folder: Path, name: str = "灯会方案.txt") -> Path:
    plan = folder / name
    plan.write_text(
        "沐溪县灯会筹备方案\n2026年3月1日\n一、重点任务\n"
        "（一）布置灯会场地。平整滨江广场；架设灯组六十组，9月底前完成。（牵头单位：县文体局）\n"
        "（二）维护灯会秩序。（责任单位：县公安局）\n（三）保障灯会供电。（责任单位：县供电公司）\n",
        "utf-8",
    )
    return plan


def scan(folder: Path, pages: int = 40) -> Path:
    """A scan that takes the recogniser a while."""
    picture = sheet("沐溪县河道整治方案", "一、总体要求", "由县水利局牵头，十月底前完成清淤疏浚。").convert(
        "RGB"
    )
    picture.save(folder / "扫描件.pdf", save_all=True, append_images=[picture] * (pages - 1))
    return folder / "扫描件.pdf"


@pytest.mark.ocr
@pytest.mark.skipif(not engine.is_installed(), reason="needs the ocr extra")
@pytest.mark.parametrize("where", ["extract", "library"])
def test_a_long_file_tells_its_pages_and_is_ended_while_others_go_on(
    page: Page, address: str, tmp_path: Path, where: str
) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    page.goto(f"{address}/{where}")
    drop(page, scan(tmp_path), bad, lantern_plan(tmp_path, "扫描时的灯会.txt"))
    bar = page.locator(".file-bar", has_text="/40 页")
    expect(bar).to_be_visible()
    bar.get_by_label("取消 扫描件.pdf").click()
    expect(bar).to_have_count(0)
    if where == "extract":
        expect(page.locator(".queue-failed", has_text="扫描件.pdf")).to_contain_text("已取消")
        expect(page.locator(".queue-failed", has_text="坏.docx")).to_contain_text("损坏")
        expect(row(page, "布置灯会场地")).to_be_visible()
    else:
        expect(page.locator(".failures")).to_contain_text("坏.docx")
        expect(page.locator(".failures")).not_to_contain_text("扫描件")
        expect(page.locator(".shelf")).to_contain_text("扫描时的灯会.txt")
        expect(page.locator(".shelf")).not_to_contain_text("扫描件.pdf")


def test_from_a_dropped_file_to_a_confirmed_ledger_that_is_found_again(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/extract")
    drop(page, lantern_plan(tmp_path))

    # A unit is corrected; the editor proposes names.
    cell(page, "布置灯会场地", "lead").dblclick()
    page.keyboard.press("End")
    page.keyboard.type("、县财政")
    page.locator(".names-editor [role=option]", has_text="县财政局").click()
    page.keyboard.press("Enter")
    expect(cell(page, "布置灯会场地", "lead")).to_contain_text("县文体局、县财政局")

    # A row is split, and the split taken back by the keyboard.
    cell(page, "布置灯会场地", "text").click()
    page.get_by_role("button", name="拆分").click()
    page.get_by_label("任务文字").press("Control+Enter")
    expect(row(page, "架设灯组六十组")).not_to_contain_text("平整滨江广场")
    cell(page, "维护灯会秩序", "text").click()
    page.keyboard.press("Control+z")
    expect(row(page, "架设灯组六十组")).to_contain_text("平整滨江广场")

    # Cells from Excel go into the grid from the chosen one on.
    cell(page, "维护灯会秩序", "responsible").click()
    page.evaluate("navigator.clipboard.writeText('县公安局、县应急局\\n县供电公司、县经信局')")
    page.keyboard.press("Control+v")
    expect(cell(page, "保障灯会供电", "responsible")).to_contain_text("县经信局")

    # It leaves as a workbook as it stands.
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Excel").click()
    download.value.save_as(tmp_path / "ledger.xlsx")
    written = [
        value
        for line in load_workbook(tmp_path / "ledger.xlsx").active.iter_rows(values_only=True)
        for value in line
    ]
    assert "县文体局、县财政局" in written

    # Loading the page anew loses nothing; confirmed, it is found under its corrected unit.
    page.reload()
    expect(cell(page, "布置灯会场地", "lead")).to_contain_text("县财政局")
    page.get_by_role("button", name="确认并存入文库").click()
    expect(page.locator(".queue")).to_contain_text("已存入文库")
    page.goto(f"{address}/?q=灯会场地&unit=县财政局")
    page.locator(".hit-title", has_text="灯会筹备方案").click()
    expect(cell(page, "布置灯会场地", "lead")).to_contain_text("县文体局、县财政局")
    page.get_by_role("button", name="更多").click()
    page.get_by_text("修改记录", exact=True).click()
    expect(page.locator(".dialog")).to_contain_text("王芳")


def test_what_is_not_confirmed_is_there_again(page: Page, address: str, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/extract")
    drop(page, lantern_plan(tmp_path, "彩灯方案.txt"))
    page.get_by_role("button", name="确认并存入文库").click()
    page.get_by_role("link", name="到文库查看").click()
    page.wait_for_url("**/documents/**")
    cell(page, "维护灯会秩序", "text").click()
    page.locator(".bar").get_by_role("button", name="新增").click()
    page.keyboard.type("清运灯会垃圾")  # at once, without waiting for the server
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="确认（新增 1 项）")).to_be_visible()
    page.reload()
    expect(row(page, "清运灯会垃圾")).to_be_visible()
    page.get_by_role("button", name="确认（新增 1 项）").click()
    expect(page.get_by_role("button", name="确认无误")).to_be_visible()
    page.reload()
    expect(row(page, "清运灯会垃圾")).to_be_visible()
    expect(page.get_by_role("button", name="确认无误")).to_be_visible()


def test_a_bad_file_stops_nothing(page: Page, address: str, tmp_path: Path) -> None:
    broken = tmp_path / "坏文件.docx"
    broken.write_bytes(PLAN.read_bytes()[:3000])
    page.goto(f"{address}/extract")
    drop(page, broken, PLAN)
    expect(page.locator(".queue-failed", has_text="坏文件.docx")).to_be_visible()
    expect(page.locator(".queue-shown")).to_contain_text("项任务")
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
    page.get_by_label("在台账中查找").fill("畜禽")
    expect(page.locator(".ledger .ag-center-cols-container .ag-row")).to_have_count(1)


def test_what_the_rules_passed_over_is_marked_in_the_source(page: Page, address: str, tmp_path: Path) -> None:
    plan = lantern_plan(tmp_path)
    plan.write_text(plan.read_text("utf-8") + "二、其他\n灯会期间免费开放公厕，每日清扫。\n", "utf-8")
    page.goto(f"{address}/extract")
    drop(page, plan)
    expect(row(page, "维护灯会秩序")).to_be_visible()
    page.locator(".source-text p", has_text="免费开放公厕").select_text()
    page.get_by_role("button", name="把选中的文字列为任务").click()
    expect(row(page, "免费开放公厕")).to_be_visible()
    page.get_by_role("button", name="删除").click()
    expect(row(page, "免费开放公厕")).to_have_count(0)
    page.get_by_label("撤销").click()
    expect(row(page, "免费开放公厕")).to_be_visible()


def doubtful_plan(folder: Path) -> Path:
    """A plan of four tasks, three of which do not say who leads."""
    plan = folder / "庙会方案.txt"
    plan.write_text(
        "沐溪县庙会筹备方案\n2026年3月1日\n一、重点任务\n（一）搭建庙会戏台。（责任单位：县文体局）\n"
        "（二）检查庙会用电。（县供电公司、县公安局）\n（三）完善庙会急救预案。（县卫生健康局、县红十字会）\n"
        "（四）加大庙会宣传力度。（县委宣传部、县文体局）\n",
        "utf-8",
    )
    return plan


def test_a_doubtful_row_stays_while_it_is_corrected_and_the_next_one_follows(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/extract")
    drop(page, doubtful_plan(tmp_path))
    page.locator(".bar .q-btn", has_text="请核对 3").click()
    expect(row(page, "搭建庙会戏台")).to_have_count(0)
    cell(page, "检查庙会用电", "responsible").dblclick()
    page.locator(".names-editor textarea").fill("县供电公司")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .q-btn", has_text="请核对 2")).to_be_visible()
    expect(cell(page, "检查庙会用电", "responsible")).to_have_text("县供电公司")
    cell(page, "检查庙会用电", "text").click()
    page.get_by_role("button", name="无误").click()
    expect(row(page, "检查庙会用电")).to_have_count(0)
    for words in ("完善庙会急救预案", "加大庙会宣传力度"):
        expect(page.locator(".ledger .ag-row-selected", has_text=words).first).to_be_visible()
        page.get_by_role("button", name="无误").click()
    expect(row(page, "搭建庙会戏台")).to_be_visible()

    # Another file begins with all its rows, whatever view the first was left in.
    page.get_by_label("撤销").click()
    page.locator(".bar .q-btn", has_text="请核对 1").click()
    expect(row(page, "搭建庙会戏台")).to_have_count(0)
    drop(page, lantern_plan(tmp_path))
    page.locator(".queue-open", has_text="灯会方案").click()
    expect(row(page, "维护灯会秩序")).to_be_visible()


def test_several_files_are_stored_together_and_none_lies_there_twice(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/extract")
    page.get_by_role("button", name="用示例试一试").click()
    expect(page.locator(".queue-shown")).to_contain_text("未存入")
    page.get_by_label("收起 示例：清澜河整治方案.docx").click()
    same = tmp_path / "同一份.txt"
    same.write_bytes(doubtful_plan(tmp_path).read_bytes())
    drop(page, doubtful_plan(tmp_path), lantern_plan(tmp_path, "元宵方案.txt"))
    expect(page.locator(".queue-state", has_text="未存入")).to_have_count(2)
    drop(page, same)
    expect(page.locator(".q-notification", has_text="已经在这里了").first).to_be_visible()
    expect(page.locator(".queue-file")).to_have_count(2)
    page.locator(".queue-open", has_text="元宵方案").click()
    expect(row(page, "维护灯会秩序")).to_be_visible()
    page.reload()
    expect(page.locator(".queue-shown")).to_contain_text("元宵方案")
    page.get_by_role("button", name="2 份全部存入文库").click()
    expect(page.locator(".queue-state", has_text="已存入文库")).to_have_count(2)
    page.get_by_role("link", name="到总台账查看").click()
    expect(row(page, "维护灯会秩序")).to_be_visible()
    expect(page.locator(".count-rows")).to_have_text("共 3 项")

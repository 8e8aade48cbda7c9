"""A month of 调度 in a real browser: four sheets out, three back, stored, one unit chased, one undone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from corpus.store.rows import TaskRow
from corpus.store.store import Store
from service.intake.extraction import read
from tests.pages.conftest import PATIENCE, served
from tests.service.dispatch.builders import Sheet, table_xlsx
from tests.service.texts import PLAN

pytestmark = pytest.mark.browser

WATER, LAND, MONEY, DATA = "安澜市水利局", "安澜市自然资源局", "安澜市财政局", "安澜市大数据发展管理局"
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one plan."""
    folder = tmp_path_factory.mktemp("dispatching")
    reading = read(PLAN.encode(), "方案.txt")
    with Store.open(folder) as store:
        store.add("方案.txt", PLAN.encode(), reading.document, reading.extraction)
    return folder


@pytest.fixture(scope="module")
def office(library_folder: Path) -> Iterator[str]:
    with served(library_folder) as address:
        yield address


@pytest.fixture
def desk(stranger: BrowserContext, office: str) -> Page:
    """The page of 王芳."""
    stranger.add_cookies([{"name": "taizhang_name", "value": quote("王芳"), "url": office}])
    expect.set_options(timeout=PATIENCE)
    page = stranger.new_page()
    page.goto(f"{office}/dispatch")
    return page


def row_of(folder: Path, words: str) -> TaskRow:
    with Store.open(folder) as store:
        return next(row for row in store.tasks().items if words in row.record["text"])


def part(page: Page, name: str) -> None:
    page.locator(".dispatch-parts").get_by_text(name).click()


def entry(page: Page, unit: str) -> Locator:
    return page.locator(".returns-file", has_text=unit)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


def test_a_month_of_dispatch(desk: Page, office: str, library_folder: Path, tmp_path: Path) -> None:
    expect(desk.locator(".empty")).to_contain_text("还没有调度")
    assert violations(desk) == []
    desk.get_by_role("button", name="新建调度").click()
    choice = desk.locator(".unit-choice")
    expect(desk.get_by_role("button", name=re.compile("生成 [1-9]\\d* 张调度表"))).to_be_visible()
    desk.get_by_label("查找单位").fill(WATER)
    desk.get_by_text("含配合的任务").click()  # the list comes up anew
    expect(choice.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    desk.get_by_role("button", name="只选列出的").click()
    expect(desk.get_by_role("button", name="生成 1 张调度表")).to_be_visible()
    desk.get_by_label("查找单位").fill("")
    desk.get_by_text("含配合的任务").click()
    expect(desk.get_by_role("button", name="生成 1 张调度表")).to_have_count(0)
    desk.get_by_role("button", name="只选有逾期的").click()
    expect(desk.get_by_role("button", name="生成 2 张调度表")).to_be_visible()
    choice.locator(".ag-header-select-all input").click()
    choice.locator(".ag-header-select-all input").click()
    for unit in (WATER, LAND, MONEY, DATA):
        choice.locator(".ag-row", has=desk.get_by_text(unit, exact=True)).locator("input").click()
    desk.get_by_role("button", name="生成 4 张调度表").click()
    expect(desk.locator(".dispatch-units .ag-row[row-index]")).not_to_have_count(0)
    desk.goto(f"{office}/dispatch?id=s999")
    expect(desk.locator(".not-found")).to_contain_text("s999")
    desk.set_viewport_size({"width": 1024, "height": 700})
    desk.goto(f"{office}/dispatch")
    name = desk.locator('.dispatch-units .ag-row[row-index="0"] [col-id="unit"]')
    expect(name).to_be_visible()
    assert name.evaluate("(cell) => cell.clientWidth") >= 190, "whole names on a small screen too"
    desk.set_viewport_size({"width": 1366, "height": 768})
    with desk.expect_download() as downloaded:
        desk.get_by_role("button", name="下载全部调度表").click()
    with zipfile.ZipFile(downloaded.value.path()) as archive:
        sheets = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")}

    def back(unit: str) -> Sheet:
        return Sheet(next(data for name, data in sheets.items() if unit in name))

    water = back(WATER).fill("清理河道垃圾", 进展情况="清运12处", 完成情况="60%", 填报人="李华")
    water.fill("水管家", 进展情况="平台已上线", 完成情况="已完成")
    land = back(LAND).fill("拆除违法建筑", 进展情况="已拆98处", 完成情况="83%").without_marks()
    changed = "强化资金保障。每公里补助管护经费3500元"
    money = back(MONEY).fill("强化资金保障", 进展情况="已拨付", 任务=changed)
    files = {"水利局.xlsx": water, "自然资源局.xlsx": land, "财政局.xlsx": money}
    paths = [tmp_path / name for name in files]
    for path, sheet in zip(paths, files.values(), strict=True):
        path.write_bytes(sheet.data())
    broken = tmp_path / "坏文件.xlsx"
    broken.write_bytes(paths[0].read_bytes()[:800])
    part(desk, "读回表")
    desk.locator("input[type=file]").set_input_files([*paths, broken])
    expect(entry(desk, "坏文件")).to_contain_text("损坏")
    expect(entry(desk, WATER)).to_contain_text("2 行可存入")
    entry(desk, LAND).locator("button").click()
    expect(desk.locator(".returns-told")).to_contain_text("已按文字对应")
    expect(desk.locator(".returns-rows ins", has_text="进行中 83%")).to_be_visible()
    entry(desk, MONEY).locator("button").click()
    expect(desk.locator(".change-warnings")).to_contain_text("任务文字有改动")
    entry(desk, WATER).locator("button").click()
    platform = desk.locator(".returns-rows .ag-row", has_text="水管家")
    platform.locator("input").click()
    expect(entry(desk, WATER)).to_contain_text("1 行可存入，1 行未选")
    assert row_of(library_folder, "清理河道垃圾").notes == (), "nothing is stored before it is confirmed"
    assert violations(desk) == []
    desk.get_by_role("button", name="全部存入（3 份 3 行）").click()
    expect(entry(desk, WATER)).to_contain_text("已存入 1 行")
    water = row_of(library_folder, "清理河道垃圾")
    assert (water.percent, water.notes[-1]["text"], water.notes[-1]["by"]) == (60, "清运12处", "王芳")
    assert row_of(library_folder, "水管家").notes == (), "what was not ticked is not stored"
    assert row_of(library_folder, "拆除违法建筑").percent == 83
    part(desk, "催办 1")
    reminder = desk.locator(".reminder")
    expect(reminder).to_have_count(1)
    reminder.get_by_role("button").click()
    desk.wait_for_function(f"navigator.clipboard.readText().then((words) => words.startsWith('{DATA}'))")
    desk.get_by_role("button", name="导出").click()
    with desk.expect_download() as downloaded:
        desk.get_by_text("通报 Word").click()
    assert downloaded.value.suggested_filename.endswith("重点任务推进情况的通报.docx")
    part(desk, "单位")
    desk.locator(".dispatch-units .ag-row", has_text=LAND).locator('[col-id="unit"]').click()
    desk.get_by_role("button", name="撤销回表").click()
    expect(desk.locator(".dispatch-parts")).to_contain_text("催办 2")
    assert row_of(library_folder, "拆除违法建筑").percent is None
    desk.go_back()
    expect(desk.locator(".reminder")).to_have_count(2)


def test_an_unclear_row_is_given_its_task_by_hand(desk: Page, library_folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / f"{MONEY}.xlsx"
    rows = [("任务", "进展情况", "完成情况"), ("研究落实相关经费事宜", "方案已报市政府", "50%")]
    sheet.write_bytes(table_xlsx(rows))
    part(desk, "读回表")
    desk.locator("input[type=file]").set_input_files(sheet)
    shown = desk.locator(".returns-rows .ag-row")
    expect(shown).to_contain_text("看不出是哪项任务")
    shown.locator('[col-id="chosen"]').click()
    desk.locator(".ag-cell-inline-editing").get_by_role("combobox").click()
    desk.get_by_role("option").filter(has_text="强化资金保障").click()
    expect(entry(desk, MONEY)).to_contain_text("1 行可存入")
    desk.get_by_role("button", name="存入 1 行").click()
    expect(entry(desk, MONEY)).to_contain_text("已存入 1 行")
    assert row_of(library_folder, "强化资金保障").percent == 50
    desk.get_by_role("button", name="撤销存入").click()
    expect(desk.get_by_text("已撤销，台账恢复原样。")).to_be_visible()
    expect(desk.get_by_role("button", name="存入 1 行")).to_be_visible()
    assert row_of(library_folder, "强化资金保障").percent is None
    desk.locator("input[type=file]").set_input_files(sheet)
    expect(desk.locator(".returns-file", has_text="内容相同")).to_be_visible()

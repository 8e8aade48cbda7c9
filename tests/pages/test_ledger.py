"""总台账: narrowed, looked at from several sides, and worked in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from service.library import Library
from tests.pages.conftest import served
from tests.pages.test_pages import serious_faults

pytestmark = pytest.mark.browser

PLAN = (
    "沐溪县河道整治方案\n2026年3月1日\n一、重点任务\n"
    "1.清淤疏浚沐溪河八公里，2026年6月底前完成。（牵头单位：县水利局；配合单位：县财政局）\n"
    "2.修复破损护岸，2026年9月底前完成。（责任单位：县水利局）\n"
    "3.取缔非法采砂点，2099年9月底前完成。（牵头单位：县公安局）\n"
)
BY_HAND = (
    "任务\t牵头单位\t截止日期\t来源\t交办领导\n"
    "答复来电人反映的噪声问题\t县生态环境局\t2099-12-05\t来电\t周敏\n"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over one plan and one row entered by hand."""
    folder: Path = tmp_path_factory.mktemp("office")
    with Library.open(folder) as library:
        library.add_upload("整治方案.txt", PLAN.encode())
        library.paste(BY_HAND, "王芳")
    with served(folder) as address:
        yield address


@pytest.fixture
def page(stranger: BrowserContext, office: str) -> Page:
    """A page of 王芳."""
    expect.set_options(timeout=20_000)
    stranger.add_cookies([{"name": "taizhang_name", "value": quote("王芳"), "url": office}])
    return stranger.new_page()


def rows(page: Page, words: str = "") -> Locator:
    return page.locator(".ledger .ag-center-cols-container .ag-row", has_text=words)


def cell(page: Page, words: str, name: str) -> Locator:
    return rows(page, words).locator(f'[col-id="{name}"]')


def choose(page: Page, *texts: str) -> None:
    for text in texts:
        number = rows(page, text).get_attribute("row-id")
        page.locator(f'.ledger [row-id="{number}"] input[type=checkbox]').check()


def fill(page: Page, button: str, **values: str) -> None:
    """Press a button of the bar, fill its form by the names of the boxes, and confirm."""
    page.locator(".bulk-bar").get_by_role("button", name=button).click()
    for name, value in values.items():
        page.locator(".dialog").get_by_label(name, exact=True).fill(value)
    page.locator(".form-fields + .row, .dialog").get_by_role("button", name="确定").last.click()
    expect(page.locator(".dialog")).to_have_count(0)


def test_filters_narrow_at_once_and_have_addresses(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?unit=县水利局")
    expect(rows(page)).to_have_count(2)
    page.get_by_label("查找文字").fill("护岸")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=.*unit=|unit=.*q="))
    page.get_by_role("button", name="清除").click()
    expect(page.locator(".count-rows")).to_have_text("共 4 项")
    for narrowed, count in (
        ("role=lead&unit=县", 3),
        ("role=responsible", 1),
        ("month=2026-06", 1),
        ("colour=red", 2),
        ("origin=来电", 1),
        ("document=none", 1),
        ("leader=周敏", 1),
        ("status=未办结", 4),
        ("q=噪声", 1),
    ):
        page.goto(f"{office}/ledger?{narrowed}")
        expect(page.locator(".count-rows")).to_have_text(f"共 {count} 项")


def test_back_returns_to_what_was_asked_before(page: Page, office: str) -> None:
    views = page.locator(".q-btn-toggle .q-btn[aria-pressed=true]")
    page.goto(f"{office}/ledger?unit=县水利局")
    expect(rows(page)).to_have_count(2)
    for words in ("护", "护岸"):  # typed one after the other: one step
        page.get_by_label("查找文字").fill(words)
        expect(page).to_have_url(re.compile(f"q={quote(words)}&"))
    page.locator(".q-btn-toggle .q-btn", has_text="按月份").click()
    page.locator(".groups .chooser", has_text="2026-09").click()
    expect(page).to_have_url(re.compile("month=2026-09"))
    page.go_back()
    expect(views).to_have_text("按月份")
    expect(page.locator(".groups tbody tr")).to_have_count(1)
    page.go_back()
    expect(views).to_have_text("列表")
    expect(rows(page)).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("查找文字")).to_have_value("")
    expect(rows(page)).to_have_count(2)
    page.go_forward()
    expect(page.get_by_label("查找文字")).to_have_value("护岸")
    expect(rows(page)).to_have_count(1)


def test_sorting_goes_by_sound_and_leaves_what_is_empty_at_the_end(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger")
    for order in (["县公安局", "县生态环境局", "县水利局", ""], ["县水利局", "县生态环境局", "县公安局", ""]):
        page.locator('.ledger .ag-header-cell[col-id="lead"]').click()
        for place, name in enumerate(order):
            found = page.locator(f'.ledger .ag-row[row-index="{place}"] [col-id="lead"]')
            expect(found).to_have_text(name)


def test_a_window_begins_with_its_first_box_also_where_that_is_a_choice(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger")
    choose(page, "清淤")
    page.locator(".bulk-bar").get_by_role("button", name="改状态").click()
    expect(page.locator(".dialog").get_by_role("combobox", name="状态")).to_be_focused()


def test_a_filter_is_kept_under_a_name(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?origin=来电&view=month")
    page.get_by_role("button", name="我的筛选").click()
    page.get_by_text("保存现在的筛选").click()
    page.get_by_label("名称").fill("群众来电")
    page.locator(".dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".dialog")).to_have_count(0)
    page.goto(f"{office}/ledger")
    expect(page.locator(".count-rows")).to_have_text("共 4 项")
    page.get_by_role("button", name="我的筛选").click()
    page.get_by_text("群众来电").click()
    expect(page.locator(".count-rows")).to_have_text("共 1 项")
    expect(page.locator(".q-btn-toggle .q-btn[aria-pressed=true]")).to_have_text("按月份")


def test_views_count_and_lead_to_the_rows_that_they_counted(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?view=unit")
    line = page.locator(".groups tr", has_text="水利局")
    expect(line.locator("td").nth(1)).to_have_text("2")
    line.locator(".number-red").click()
    expect(rows(page)).to_have_count(2)
    page.goto(f"{office}/ledger?view=month")
    page.locator(".groups .chooser", has_text="2026-06").click()
    expect(rows(page)).to_have_count(1)
    page.goto(f"{office}/ledger?view=calendar&month=2026-09")
    page.locator(".calendar .chooser", has_text="1 项").click()
    expect(rows(page, "护岸")).to_have_count(1)
    page.goto(f"{office}/ledger?view=charts")
    expect(page.locator(".chart svg")).to_have_count(4)


def test_many_rows_at_once_and_back(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?unit=县水利局")
    choose(page, "清淤疏浚", "护岸")
    fill(page, "填报进展", 进展情况="已完成施工招标。", 填报单位="县水利局", **{"进度（%）": "30"})
    for words in ("清淤疏浚", "护岸"):
        expect(cell(page, words, "percent")).to_have_text("30%")
        expect(cell(page, words, "status")).to_have_text("进行中")
    fill(page, "延期", 新的时限="2099-12-31", 批准人="陈县长", 延期理由="汛期停工")
    expect(cell(page, "护岸", "due")).to_contain_text("2026-09-30")
    expect(cell(page, "护岸", "due")).to_contain_text("2099-12-31")
    page.get_by_role("button", name="撤销").click()
    expect(cell(page, "护岸", "due")).to_have_text("2026-09-30")


def test_a_row_is_typed_pasted_and_has_own_columns(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger")
    page.get_by_role("button", name="栏目").click()
    page.get_by_text("自设栏目…").click()
    page.get_by_label("栏目名称").fill("督办频次")
    page.locator(".dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".ag-header-cell", has_text="督办频次")).to_be_visible()
    page.get_by_role("button", name="从 Excel 粘贴").click()
    page.get_by_label("粘贴的表格").fill("任务\t牵头单位\t督办频次\n核查望川大桥护栏\t县交通局\t每周\n")
    expect(page.locator(".pasted-row")).to_contain_text("县交通局")
    page.get_by_role("button", name="存入台账").click()
    expect(cell(page, "核查望川大桥护栏", "own:督办频次")).to_have_text("每周")


def test_what_is_typed_into_a_window_stays(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?q=没有这一项")
    expect(page.locator(".count-rows")).to_have_text("共 0 项")
    expect(page.locator(".ledger")).to_contain_text("没有符合条件的内容")
    page.get_by_role("button", name="新增一行").click()
    window = page.locator(".dialog")
    expect(window.get_by_label("任务", exact=True)).to_be_focused()
    page.keyboard.type("检修闸门")
    page.mouse.click(10, 400)
    page.reload()  # as when the server was restarted
    page.get_by_role("button", name="新增一行").click()
    expect(window.get_by_label("任务", exact=True)).to_have_value("检修闸门")
    page.keyboard.press("Tab")
    page.keyboard.type("县水利局")
    page.keyboard.press("Enter")
    expect(window).to_have_count(0)
    page.get_by_role("button", name="清除").click()
    expect(cell(page, "检修闸门", "lead")).to_have_text("县水利局")
    page.get_by_role("button", name="撤销").click()
    expect(rows(page, "检修闸门")).to_have_count(0)


def set_percent(page: Page, words: str, percent: str) -> None:
    page.bring_to_front()
    cell(page, words, "percent").dblclick()
    page.locator(".ag-cell-inline-editing input").fill(percent)
    page.keyboard.press("Enter")


def test_a_cell_that_another_changed_is_not_overwritten_unseen(page: Page, office: str) -> None:
    other = page.context.new_page()
    for opened in (page, other):
        opened.goto(f"{office}/ledger?q=采砂点")
        expect(rows(opened)).to_have_count(1)
    set_percent(page, "采砂点", "30")
    expect(page.locator(".q-notification", has_text="已保存").first).to_be_visible()
    set_percent(other, "采砂点", "60")
    expect(cell(other, "采砂点", "percent")).to_have_text("30%")
    set_percent(other, "采砂点", "60")
    expect(other.locator(".q-notification", has_text="已保存").first).to_be_visible()
    page.reload()
    expect(cell(page, "采砂点", "percent")).to_have_text("60%")


def test_all_rows_are_on_paper(page: Page, office: str) -> None:
    page.goto(f"{office}/ledger?status=未办结")
    page.get_by_label("查找文字").fill("县水利局 护岸")
    expect(rows(page)).to_have_count(1)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.locator(".print-table")
    expect(paper.locator("tbody tr")).to_have_count(1)
    expect(paper.locator("tbody")).to_contain_text("修复破损护岸")
    expect(paper.locator("caption")).to_contain_text(re.compile("总台账.*未办结.*共 1 项"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)


def test_one_task_tells_everything_and_takes_files(page: Page, office: str, tmp_path: Path) -> None:
    photo = tmp_path / "现场照片.jpg"
    photo.write_bytes(b"\xff\xd8 picture")
    page.goto(f"{office}/ledger?q=采砂点")
    cell(page, "采砂点", "text").click()
    drawer = page.locator(".drawer")
    expect(drawer).to_contain_text("县公安局")
    expect(drawer.get_by_role("link", name=re.compile("在原文中查看"))).to_have_attribute(
        "href", re.compile("/documents/d1.task=t")
    )
    drawer.locator("input[type=file]").set_input_files(photo)
    expect(drawer.locator(".file-name")).to_contain_text("现场照片.jpg")
    with page.expect_download() as download:
        drawer.locator(".file-name").click()
    assert Path(download.value.path()).read_bytes() == photo.read_bytes()
    drawer.get_by_role("button", name="标记").click()
    page.locator(".dialog .form-fields").get_by_role("combobox").click()
    page.get_by_role("option", name="紧急").click()
    page.keyboard.press("Escape")
    page.locator(".dialog").get_by_role("button", name="确定").click()
    expect(drawer.locator(".tag-mark")).to_have_text("紧急")
    expect(drawer).to_contain_text("改附件")
    # What lies behind a drawer is faint on purpose.
    assert [fault for fault in serious_faults(page) if not fault.startswith("color-contrast")] == []

"""What an officer does all day: search, ask, follow a citation, keep the library, look at all tasks."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from corpus.registry.own_units import load_own_units
from service.place import UNITS_FILE
from tests.pages.conftest import SAMPLES, served, type_new_row, wait_until

pytestmark = pytest.mark.browser

PLAN = SAMPLES / "files" / "s01-river-plan.docx"
PAGES = ("/", "/?q=整改", "/extract", "/ledger", "/ledger?view=unit", "/ledger?view=calendar",
         "/ledger?view=charts", "/library", "/units", "/words", "/compare?before=d1&after=d2",
         "/settings?part=look", "/settings?part=accounts", "/settings?part=audit",
         "/documents/d1")  # fmt: skip
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}

SMALL_WORDS = """() =>
  [...document.querySelectorAll("button .block, input, textarea, select, a, .faint, .chip")]
  .filter((item) => item.offsetParent && parseFloat(getComputedStyle(item).fontSize) < 16)
  .map((item) => item.outerHTML.slice(0, 100))"""
"""Asks a browser what is smaller than the second size below an office's 18 pixels."""
CUT_WORDS = """() => [...document.querySelectorAll(".q-field--labeled .q-field__native")].filter((item) => {
    const look = getComputedStyle(item), ends = item.getBoundingClientRect().bottom;
    const room = item.clientHeight - parseFloat(look.paddingTop) - parseFloat(look.paddingBottom);
    const over = ends > item.closest(".q-field__control").getBoundingClientRect().bottom + 1;
    return item.offsetParent && (over || room < 1.2 * parseFloat(look.fontSize));
  }).map((item) => item.outerHTML.slice(0, 160))"""
"""Asks a browser which boxes have less room for their words than a line takes."""


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)


def test_a_search_opens_the_place_in_its_source(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_label("检索", exact=True)
    box.fill("畜禽养殖污染整治")
    box.press("Enter")
    expect(page.locator(".hit-text em").first).to_be_visible()
    assert "q=" in page.url, "a search has an address of its own"
    page.locator(".hit-title").first.click()
    expect(page.locator(".source-text .mark-found").first).to_be_in_viewport()
    row = page.locator(".ag-center-cols-container .ag-row-selected")
    expect(row).to_contain_text("畜禽养殖")
    expect(row).to_be_in_viewport()


def test_a_question_is_answered_and_its_citation_leads_to_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=安澜市恢复乡镇污水处理设施运行由谁牵头？")
    expect(page.locator(".answer-value")).to_contain_text("市住房城乡建设局")
    page.get_by_label("接着问").fill("那配合单位呢？")
    page.get_by_label("接着问").press("Enter")
    expect(page.locator(".answer-value")).to_contain_text("市生态环境局")
    page.locator(".answer .quote a").first.click()
    expect(page.locator(".source-text .mark-found").first).to_be_in_viewport()


def test_a_count_leads_to_the_rows_that_it_counted(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=安澜市农业农村局牵头多少项任务？")
    number = page.locator(".answer-value").inner_text()
    page.locator(".answer-more").click()
    expect(page.locator(".count-rows")).to_have_text(f"共 {number}")


def test_facets_narrow_chips_widen_and_like_measures_are_found(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=整改")
    page.locator(".facets a", has_text="整改方案").click()
    expect(page.locator(".chip-set")).to_contain_text("整改方案")
    facts = page.locator(".hit-facts").all_inner_texts()
    assert facts and all(words.startswith("整改方案") for words in facts)
    page.locator(".chip-set").click()
    expect(page.locator(".chip-set")).to_have_count(0)
    page.goto(f"{address}/?q=整改&year=1999")
    expect(page.locator(".hits")).to_contain_text("去掉上面的筛选条件")
    page.goto(f"{address}/?q=畜禽养殖污染")
    page.locator(".hit-like").first.click()
    expect(page.locator(".answer")).to_contain_text("类似的措施")
    expect(page.locator(".hit").first).to_be_visible()


def test_the_slash_key_reaches_the_search_box(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=整改")
    expect(page.locator(".hit").first).to_be_visible()
    page.locator("body").click()
    page.keyboard.press("/")
    expect(page.get_by_label("检索", exact=True)).to_be_focused()


def test_files_are_taken_in_removed_and_restored(page: Page, address: str, tmp_path: Path) -> None:
    broken, archive = tmp_path / "坏文件.docx", tmp_path / "材料.zip"
    broken.write_bytes(PLAN.read_bytes()[:3000])
    plan = "望川县风筝节方案\n一、重点任务\n（一）布置风筝场地。（责任单位：县文体局）\n"
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("方案/风筝节方案.txt", plan)
    page.goto(f"{address}/library")
    drop(page, archive, broken)
    expect(page.locator(".failures")).to_contain_text("坏文件.docx")
    shown = page.locator(".shelf .ag-center-cols-container .ag-row", has_text="望川县风筝节方案")
    expect(shown).to_be_visible()
    shown.locator('[col-id="doc_type"]').click()
    page.get_by_role("button", name="移出选中的文件").click()
    expect(shown).to_have_count(0)
    page.get_by_text("已移出", exact=True).click()
    shown.locator('[col-id="doc_type"]').click()
    page.get_by_role("button", name="恢复选中的文件").click()
    expect(shown).to_have_count(0)
    page.goto(f"{address}/?q=风筝场地")
    expect(page.locator(".hit-title", has_text="风筝节方案").first).to_be_visible()


def test_files_of_a_folder_keep_their_place_in_it(page: Page, address: str) -> None:
    page.goto(f"{address}/library")
    page.wait_for_function("taizhang.dropTarget !== undefined")
    for number, folder in enumerate(("甲科", "乙科"), start=1):
        text = f"沐溪县端午活动方案\n一、任务\n1.布置第{number}号龙舟码头。（责任单位：县文体局）\n"
        file = f"taizhang.named(new File([{text!r}], '方案.txt'), '{folder}/方案.txt')"
        page.evaluate(f"taizhang.uploader(taizhang.dropTarget).addFiles([{file}])")
    page.get_by_placeholder("查找文件").fill("端午活动")  # a long list shows only what fits the screen
    titles = page.locator(".shelf a", has_text="沐溪县端午活动方案")
    expect(titles).to_have_count(2)


def test_a_new_version_shows_what_changed_by_task(page: Page, address: str, tmp_path: Path) -> None:
    plan = tmp_path / "社火方案.txt"
    text = "沐溪县社火方案\n2026年2月1日\n一、任务\n1.搭建戏台，5月底前完成。（责任单位：县文体局）\n"
    for words in (text, text.replace("5月底", "6月底") + "2.清运垃圾。（责任单位：县城管局）\n"):
        plan.write_text(words, "utf-8")
        page.goto(f"{address}/library")
        drop(page, plan)
        expect(page.get_by_text(re.compile("社火方案.txt 已存"))).to_be_visible()
    page.locator(".shelf a", has_text="沐溪县社火方案").click()
    page.get_by_role("button", name="更多").click()
    page.get_by_text("与第 1 版对照").click()
    expect(page.locator(".difference", has_text="清运垃圾")).to_contain_text("新增")
    moved = page.locator(".difference", has_text="搭建戏台")
    expect(moved.locator("del", has_text="2026-05-31")).to_be_visible()
    expect(moved.locator("ins", has_text="2026-06-30")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="更多").click()
    page.get_by_text("查看第 1 版").click()
    expect(page.locator(".source-text")).to_contain_text("5月底前")
    expect(page.locator(".ledger")).to_contain_text("2026-05-31")


def test_own_units_are_kept(page: Page, address: str, data_folder: Path) -> None:
    page.goto(f"{address}/units")
    type_new_row(page, "安澜市水务集团", "水务集团、市水务公司")
    expect(page.locator(".units")).to_contain_text("水务集团、市水务公司")
    wait_until(
        page, lambda: any("市水务公司" in unit.aliases for unit in load_own_units(data_folder / UNITS_FILE))
    )
    page.reload()
    expect(page.locator(".units")).to_contain_text("水务集团、市水务公司")
    page.get_by_label("试一个名称").fill("市水务公司")
    expect(page.locator(".unit-meaning")).to_have_text("安澜市水务集团")


def test_units_are_pasted_and_taken_back_while_another_adds_some(
    page: Page, context: BrowserContext, address: str
) -> None:
    page.goto(f"{address}/units")
    page.get_by_role("button", name="粘贴").click()
    page.get_by_label("要粘贴的单位").fill("云岭市投资集团\t云投\n云岭市河湖中心\t河湖中心、市河湖中心")
    page.get_by_role("button", name="放进来").click()
    expect(page.locator(".units")).to_contain_text("市河湖中心")
    other = context.new_page()
    other.goto(f"{address}/units")
    type_new_row(other, "云岭市园林中心", "园林中心")
    expect(other.locator(".units")).to_contain_text("云投")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".units")).not_to_contain_text("市河湖中心")
    expect(page.locator(".units")).to_contain_text("园林中心")


def test_a_stranger_is_told_what_the_system_is_for_and_asked_for_a_name(
    stranger: BrowserContext, address: str
) -> None:
    page = stranger.new_page()
    page.goto(f"{address}/ledger")
    expect(page.locator(".notice")).to_contain_text("非涉密")
    page.get_by_label("姓名").fill("李强")
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_role("button", name="李强")).to_be_visible()
    assert page.url == f"{address}/ledger"


def test_roles_decide_what_a_page_offers(stranger: BrowserContext, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page = stranger.new_page()
        page.goto(f"{address}/welcome?next=/settings")
        page.get_by_text("多人使用").click()
        page.get_by_label("姓名").fill("王芳")
        page.get_by_label("密码").fill("安澜清水2026")
        page.get_by_role("button", name="进入").click()
        page.get_by_role("tab", name="账号", exact=True).click()
        page.get_by_label("姓名").fill("李强")
        page.get_by_label("角色", exact=True).click()
        page.get_by_role("option", name="只读").click()
        page.get_by_label("初始密码").fill("白鹭晴空2026")
        page.get_by_role("button", name="添加账号").click()
        expect(page.get_by_text("账号已添加。")).to_be_visible()
        left_open = stranger.new_page()
        left_open.goto(f"{address}/units")
        page.get_by_role("button", name="王芳").click()
        page.get_by_role("button", name="退出登录").click()
        type_new_row(left_open, "望川县水务集团", "水务集团")
        expect(left_open.locator(".q-notification", has_text="登录已失效").first).to_be_visible()
        page.get_by_label("姓名").fill("李强")
        page.get_by_label("密码").fill("白鹭晴空2026")
        page.get_by_role("button", name="登录").click()
        page.goto(f"{address}/library")
        expect(page.get_by_role("button", name="李强")).to_be_visible()
        expect(page.locator(".drop-zone")).to_have_count(0)


def test_addresses_that_lead_nowhere_say_so_in_chinese(page: Page, address: str) -> None:
    answer = page.goto(f"{address}/nowhere")
    assert answer is not None and answer.status == 404
    expect(page.locator("body")).to_contain_text("没有这个页面")
    page.goto(f"{address}/documents/nowhere")
    expect(page.locator(".empty")).to_contain_text("回到文库")
    page.goto(f"{address}/documents/d1?start=abc")
    expect(page.locator("body")).to_contain_text("网址里有写错的地方")


def test_every_page_fits_the_screen_and_is_accessible(page: Page, address: str) -> None:
    faults: dict[str, set[str]] = {}
    for path in PAGES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.get_by_label("帮助").click()
        expect(page.locator(".help")).to_contain_text("非涉密")
        page.locator(".help").get_by_role("button", name="知道了").click()
        expect(page.locator(".help")).to_have_count(0)
        faults[path] = serious_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults[path].add("wider than the screen")
    assert faults == {path: set() for path in PAGES}


@pytest.mark.parametrize("path", ["/?q=整改", "/ledger", "/drafts", "/documents/d1"])
def test_what_is_clicked_and_typed_into_is_as_large_as_the_office_wants(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.add_style_tag(content=":root { --office-size: 18px !important; }")
    assert page.evaluate(SMALL_WORDS) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("size", [14, 18])
def test_no_box_cuts_what_stands_in_it(page: Page, address: str, size: int) -> None:
    boxes = {"/drafts": "", "/ledger": "新增一行", "/dispatch": "新建调度", "/reconcile": ""}
    look = f"document.documentElement.style.setProperty('--office-size', '{size}px')"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {look})")
    cut = {}
    for path, opens in boxes.items():
        page.goto(address + path)
        if opens:
            page.get_by_role("button", name=opens).first.click()
        page.locator(".q-field--labeled:visible").first.wait_for()
        cut[path] = page.evaluate(CUT_WORDS)
    assert cut == {path: [] for path in boxes}


def test_the_library_fits_on_the_screen_in_the_largest_size(page: Page, address: str) -> None:
    look = "document.documentElement.style.setProperty('--office-size', '18px')"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {look})")
    page.goto(f"{address}/library")
    page.wait_for_function(
        "() => { const list = document.querySelector('.shelf .ag-center-cols-viewport');"
        " return list && list.querySelector('.ag-row') && list.scrollWidth <= list.clientWidth; }"
    )


def test_names_that_are_proposed_in_the_last_row_are_all_in_view(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 600})
    page.goto(f"{address}/documents/d1")
    cell = page.locator('.ag-center-cols-container .ag-row[row-index="2"] [col-id="lead"]')
    cell.dblclick()
    page.keyboard.type("、市水")
    names = page.locator(".names-editor [role=option]")
    expect(names.first).to_be_visible()
    expect(names.last).to_be_in_viewport(ratio=1)
    expect(page.locator(".names-editor textarea")).to_be_in_viewport(ratio=1)


def serious_faults(page: Page) -> set[str]:
    """Return what axe finds to be serious or critical, with the element."""
    return {
        f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
        for fault in Axe().run(page, options=AXE_RULES).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    }

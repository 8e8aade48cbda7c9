"""The daily loop of 督办 in a real browser, from a row entered by hand to the relapse that opens it again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from service.library import Library
from tests.pages.conftest import PATIENCE, served
from tests.service.dispatch.builders import Sheet
from tests.service.texts import PLAN

pytestmark = pytest.mark.browser

WATER, LAND, MONEY, DATA = "安澜市水利局", "安澜市自然资源局", "安澜市财政局", "安澜市大数据发展管理局"
NOISE = "处理群众反映的泵站夜间噪声问题"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a library with one plan."""
    folder = tmp_path_factory.mktemp("supervision")
    with Library.open(folder) as library:
        library.add_upload("方案.txt", PLAN.encode())
    with served(folder) as address:
        yield address


class Desk:
    """The pages of 督办 in the hands of one person after the other."""

    def __init__(self, context: BrowserContext, office: str) -> None:
        self.office = office
        self._context = context
        self.sit_down("王芳")
        self.page: Page = context.new_page()

    def sit_down(self, person: str) -> None:
        self._context.add_cookies([{"name": "taizhang_name", "value": quote(person), "url": self.office}])

    def task(self, words: str) -> Locator:
        """Open a task of the ledger; gives its drawer."""
        self.page.goto(f"{self.office}/ledger?q={words}")
        self.page.locator('.ledger .ag-center-cols-container [col-id="text"]', has_text=words).click()
        expect(self.drawer.locator(".facts")).to_be_visible()
        return self.drawer

    @property
    def drawer(self) -> Locator:
        return self.page.locator(".drawer")

    def take(self, step: str, choose: str = "", **values: str) -> None:
        """Take a step with the open task; `choose` is the verdict, `values` the boxes by their names."""
        self.drawer.get_by_role("button", name=step).click()
        form = self.page.locator(".dialog")
        if choose:
            form.get_by_role("combobox").first.click()
            self.page.get_by_role("option", name=choose).click()
        for name, value in values.items():
            form.get_by_label(name).fill(value)
        form.get_by_role("button", name="确定").click()
        expect(form).to_have_count(0)

    def status(self) -> Locator:
        return self.drawer.locator(".status")


@pytest.fixture
def desk(stranger: BrowserContext, office: str) -> Desk:
    expect.set_options(timeout=PATIENCE)
    return Desk(stranger, office)


def enter_by_hand(desk: Desk) -> None:
    page = desk.page
    page.goto(f"{desk.office}/ledger")
    page.get_by_role("button", name="新增一行").click()
    boxes = {
        "任务": NOISE,
        "牵头单位": WATER,
        "截止日期": "2026-11-15",
        "来源": "来电",
        "交办领导": "周敏",
        "承办人": "林涛",
    }
    for name, value in boxes.items():
        page.locator(".dialog").get_by_label(name, exact=True).fill(value)
    page.locator(".dialog").get_by_role("button", name="保存").click()
    expect(page.locator(".ledger .ag-row", has_text=NOISE).first).to_contain_text("来电")


def dispatch(desk: Desk, folder: Path) -> dict[str, Sheet]:
    """Send four units their sheets; gives those of three."""
    page = desk.page
    page.goto(f"{desk.office}/dispatch")
    page.get_by_role("button", name="新建调度").click()
    choice = page.locator(".unit-choice")
    expect(page.get_by_role("button", name=re.compile(r"生成 [1-9]\d* 张调度表"))).to_be_visible()
    choice.locator(".ag-header-select-all input").click()
    for unit in (WATER, LAND, MONEY, DATA):
        choice.locator(".ag-row", has=page.get_by_text(unit, exact=True)).locator("input").click()
    page.get_by_role("button", name="生成 4 张调度表").click()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="下载全部调度表").click()
    with zipfile.ZipFile(downloaded.value.path()) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")}
    return {
        unit: Sheet(next(data for name, data in files.items() if unit in name))
        for unit in (WATER, LAND, MONEY)
    }


def send_back(desk: Desk, sheets: dict[str, Sheet], folder: Path) -> None:
    """Fill the sheets, one without its marks, one with other words; drop and store them."""
    sheets[WATER].fill("泵站夜间噪声", 进展情况="已加装隔音罩", 完成情况="90%", 填报人="林涛")
    sheets[LAND].fill("拆除违法建筑", 进展情况="已拆98处", 完成情况="83%").without_marks()
    changed = "强化资金保障。每公里补助管护经费3500元"
    sheets[MONEY].fill("强化资金保障", 进展情况="已拨付三成", 完成情况="30%", 任务=changed)
    paths = [folder / f"{unit}.xlsx" for unit in sheets]
    for path, sheet in zip(paths, sheets.values(), strict=True):
        path.write_bytes(sheet.data())
    page = desk.page
    page.locator(".dispatch-parts").get_by_text("读回表").click()
    page.locator("input[type=file]").set_input_files(paths)
    page.get_by_role("button", name=re.compile("全部存入（3 份")).click()
    expect(page.locator(".returns-file", has_text=WATER)).to_contain_text("已存入")


def test_from_a_call_to_the_relapse(desk: Desk, tmp_path: Path) -> None:
    enter_by_hand(desk)
    send_back(desk, dispatch(desk, tmp_path), tmp_path)
    desk.page.locator(".dispatch-parts").get_by_text("催办 1").click()
    expect(desk.page.locator(".reminder")).to_contain_text(DATA)

    # One row is put off; its first day stays visible.
    drawer = desk.task("拆除违法建筑")
    expect(drawer).to_contain_text("已拆98处")
    desk.take("延期", 新的时限="2099-06-30", 批准人="陈志远", 延期理由="安置房尚未交付")
    expect(drawer).to_contain_text("原定日期")

    # Another is closed: applied for with evidence, refused, applied for again, accepted by somebody else.
    drawer = desk.task(NOISE)
    expect(drawer).to_contain_text("已加装隔音罩")
    photo = tmp_path / "检测报告.pdf"
    photo.write_bytes(b"%PDF-1.4 report")
    drawer.locator("input[type=file]").set_input_files(photo)
    expect(drawer.locator(".file-name")).to_contain_text("检测报告.pdf")
    desk.take("申请销号", 完成依据="噪声检测报告")
    expect(desk.status()).to_have_text("已完成")
    desk.sit_down("李强")
    desk.task(NOISE)
    desk.take("审核销号", choose="退回", 说明="缺少来电人回访记录")
    expect(desk.status()).to_have_text("进行中")
    desk.sit_down("王芳")
    desk.task(NOISE)
    desk.take("申请销号", 完成依据="噪声检测报告、回访记录")
    desk.sit_down("李强")
    desk.task(NOISE)
    desk.take("审核销号", 说明="材料齐全")
    expect(desk.status()).to_have_text("已销号")

    # A relapse opens it again, and the history tells all of it.
    desk.take("回头看", choose="反弹，重新办理", 核查情况="隔音罩被拆除")
    expect(desk.status()).to_have_text("进行中")
    told = desk.drawer.locator(".drawer-part", has_text="办理经过")
    for words in (
        "新增",
        "已加装隔音罩",
        "检测报告.pdf",
        "缺少来电人回访记录",
        "回访记录",
        "同意销号",
        "隔音罩被拆除",
        "李强",
    ):
        expect(told).to_contain_text(words)
    history = desk.task("拆除违法建筑").locator(".drawer-part", has_text="办理经过")
    expect(history).to_contain_text("延期至 2099-06-30")
    expect(history).to_contain_text("安置房尚未交付")

"""Takes the pictures of the guide anew: `python docs/guide/take_screenshots.py`.

A library of the bundled samples is made in a temporary folder, worked on a little and served; a real Chromium
then walks through the pages. Needs the `test` dependencies and Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from corpus import samples
from corpus.store.edits import RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus
from service.library import Library

IMAGES = Path(__file__).parent / "images"
FILES = Path(str(samples.__path__[0])) / "files"
PERSON = "王芳"
SCREEN = {"width": 1366, "height": 768}
SETTLED = 900
"""Milliseconds after which a page has drawn itself and its animations have ended."""
COLOURS = 96
"""A palette of so many colours makes pictures of pages a third as large, without a visible difference."""
DROPPED = ("s01-river-plan.docx", "s06-rural-points.html", "s12-drainage-action-plan.pdf")
DRAFT_FILE, ISSUED_FILE = "老旧小区改造方案（征求意见稿）.txt", "老旧小区改造方案.txt"
DRAFT = """沐溪县老旧小区改造实施方案（征求意见稿）
2026年3月2日
一、重点任务
1.改造老旧小区12个，惠及居民2600户，2026年9月底前完成。（牵头单位：县住房城乡建设局；配合单位：县财政局）
2.加装电梯20部，2026年10月底前完成。（责任单位：县住房城乡建设局、县市场监管局）
3.规划停车泊位600个。（责任单位：县公安局）
4.开展物业服务评价。（责任单位：县住房城乡建设局）
"""
ISSUED = """沐溪县老旧小区改造实施方案
2026年4月10日
一、重点任务
1.改造老旧小区15个，惠及居民3100户，2026年11月底前完成。（牵头单位：县住房城乡建设局；配合单位：县财政局、县民政局）
2.加装电梯20部，2026年10月底前完成。（责任单位：县住房城乡建设局、县市场监管局）
3.规划停车泊位600个。（责任单位：县公安局、县城市管理局）
4.建设社区食堂6个，2026年12月底前投入使用。（责任单位：县民政局）
"""


def main() -> None:
    """Make the library, serve it, take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ids = prepare(Path(folder))
        with served(Path(folder)) as address, sync_playwright() as playwright:
            program = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            context = browser.new_context(viewport=SCREEN, locale="zh-CN", timezone_id="Asia/Shanghai")
            walk_in(context.new_page(), address)
            context.add_cookies([{"name": "taizhang_name", "value": quote(PERSON), "url": address}])
            walk(context.new_page(), address, ids)
            browser.close()


def prepare(folder: Path) -> dict[str, str]:
    """Fill the library, and let some tasks be under way, done and corrected; returns ids by file name."""
    with Library.open(folder) as library:
        summary = library.add([FILES], by=PERSON)
        if summary.failed:
            raise SystemExit(f"some samples could not be read: {summary.failed}")
        library.add_upload(DRAFT_FILE, DRAFT.encode(), PERSON)
        library.add_upload(ISSUED_FILE, ISSUED.encode(), PERSON)
        tasks = [row.id for row in library.tasks(TaskQuery(limit=1000)).items]
        done = dict.fromkeys(tasks[0:40:3], TaskStatus.DONE)
        closed = dict.fromkeys(tasks[1:30:5], TaskStatus.CLOSED)
        going = dict.fromkeys(tasks[2:80:4], TaskStatus.IN_PROGRESS)
        library.store.edit(RowEdits(statuses={**done, **closed, **going}), "李强")
        library.rows.correct(tasks[3], {"label": "3."}, PERSON)
        library.settings.write({"office_name": "安澜市人民政府办公室"}, PERSON)
        library.backups.make(PERSON)
        return {row.source.rsplit("/", 1)[-1]: row.id for row in library.documents()}


def walk_in(page: Page, address: str) -> None:
    """Take the picture of the first start."""
    page.goto(address)
    take(page, "01-welcome")
    page.close()


def walk(page: Page, address: str, ids: dict[str, str]) -> None:
    """Go through all pages."""
    page.goto(f"{address}/extract")
    take(page, "02-extract-empty")
    for number, name in enumerate(DROPPED, start=1):
        page.locator("input[type=file]").set_input_files(FILES / name)
        page.wait_for_selector(f".queue-file:nth-child({number}) .queue-state:has-text('项任务')")
    page.locator('.ledger [row-id="r3"] [col-id="text"]').click()
    take(page, "03-extract")
    page.locator('.ledger [row-id="r3"] [col-id="lead"]').dblclick()
    page.keyboard.press("End")
    page.keyboard.type("、市水")
    take(page, "04-edit-unit")
    page.keyboard.press("Escape")
    page.locator('.ledger [row-id="r4"] [col-id="text"]').click()
    page.get_by_role("button", name="拆分").click()
    take(page, "05-split")
    page.get_by_role("button", name="取消").click()
    page.locator(".queue-open", has_text="s06").click()
    page.locator(".bar .q-btn", has_text=re.compile("请核对 [1-9]")).click()
    take(page, "06-doubts")
    search(page, address)
    library(page, address, ids)
    dispatch(page, address)
    reconcile(page, address)
    drafting(page, address)


def search(page: Page, address: str) -> None:
    """Take the pictures of searching and asking."""
    page.goto(address)
    take(page, "07-search-empty")
    page.goto(f"{address}/?q=安澜市恢复乡镇污水处理设施运行由谁牵头？")
    take(page, "08-answer")
    page.goto(f"{address}/?q=畜禽养殖污染怎么整治&region=安澜市")
    take(page, "09-search")
    page.locator(".hit-like").first.click()
    page.wait_for_load_state("networkidle")
    take(page, "10-similar")
    page.goto(f"{address}/ledger")
    page.wait_for_selector(".ledger [row-id]")
    take(page, "11-ledger")


def library(page: Page, address: str, ids: dict[str, str]) -> None:
    """Take the pictures of the library, of one document, and of the settings."""
    page.goto(f"{address}/library")
    take(page, "12-library")
    page.goto(f"{address}/documents/{ids['s02-river-report.html']}")
    page.wait_for_selector(".ledger [row-id]")
    page.get_by_role("button", name="进展").click()
    take(page, "13-document")
    page.goto(f"{address}/compare?before={ids[DRAFT_FILE]}&after={ids[ISSUED_FILE]}")
    take(page, "14-compare")
    page.goto(f"{address}/units")
    page.get_by_role("button", name="新增一行").click()
    page.keyboard.type("安澜市水务集团有限公司")
    page.keyboard.press("Tab")
    page.keyboard.type("市水务集团、水务集团")
    page.keyboard.press("Enter")
    page.get_by_label("试一个名称").fill("水务集团")
    take(page, "15-units")
    for number, part in enumerate(("accounts", "look", "backup", "model", "audit"), start=16):
        page.goto(f"{address}/settings?part={part}")
        take(page, f"{number}-settings-{part}")


def dispatch(page: Page, address: str) -> None:
    """Take the pictures of 调度: sheets out, two back, one of them without marks, and the reminders."""
    page.goto(f"{address}/dispatch")
    page.get_by_role("button", name="新建调度").click()
    page.wait_for_selector(".unit-choice .ag-row")
    take(page, "21-dispatch-new")
    page.get_by_role("button", name=re.compile("生成 [1-9][0-9]* 张调度表")).click()
    page.wait_for_selector(".dispatch-units .ag-row")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="下载全部调度表").click()
    with tempfile.TemporaryDirectory() as folder:
        files = returned(Path(downloaded.value.path()), Path(folder))
        page.locator(".dispatch-parts").get_by_text("读回表").click()
        page.locator("input[type=file]").set_input_files(files)
        page.wait_for_selector(".returns-file:nth-child(2) .queue-state:has-text('可存入')")
        page.locator(".returns-file button").nth(1).click()
        take(page, "22-dispatch-returns")
    page.get_by_role("button", name="全部存入").click()
    page.wait_for_selector(".returns-file:nth-child(2) .queue-state:has-text('已存入')")
    page.locator(".dispatch-parts").get_by_text("单位").click()
    page.wait_for_timeout(6_000)  # until the notice of what was stored is gone
    take(page, "23-dispatch-units")
    page.locator(".dispatch-parts").get_by_text("催办").click()
    take(page, "24-dispatch-urging")


def reconcile(page: Page, address: str) -> None:
    """Take the pictures of 对账: a report beside its plan, what accepting changes, and a problem's likes."""
    page.goto(f"{address}/reconcile")
    page.get_by_label("汇报", exact=True).fill("清澜河流域水环境突出问题整改进展")
    page.locator(".q-menu [role=option]").first.click()
    page.get_by_role("button", name="对账").click()
    page.wait_for_selector(".pair")
    take(page, "40-reconcile")
    page.get_by_role("button", name="采纳匹配").click()
    page.wait_for_selector(".accept-rows .q-checkbox")
    take(page, "41-reconcile-accept")
    page.get_by_role("button", name="取消").click()
    page.goto(f"{address}/reconcile?part=cases&text=农家乐污水直排")
    page.wait_for_selector(".pair")
    take(page, "42-reconcile-cases")


def drafting(page: Page, address: str) -> None:
    """Take the pictures of 起草: the form with its outline, the text with a trace, the preview."""
    page.goto(f"{address}/drafts")
    page.wait_for_selector(".outline-item")
    page.get_by_label("取材的方案").click()
    page.keyboard.type("清澜河")
    page.locator(".q-menu [role=option]").first.click()
    page.keyboard.press("Escape")
    take(page, "25-drafts")
    page.get_by_role("button", name="生成文稿").click()
    page.locator(".para .st-row").nth(1).click()
    page.wait_for_selector(".example-card")
    take(page, "26-draft")
    page.get_by_role("button", name="预览").click()
    take(page, "27-draft-preview")
    page.get_by_role("button", name="关闭").click()


def returned(archive: Path, folder: Path) -> list[Path]:
    """Fill the sheets of two units as they would, one of them without the hidden marks."""
    filled = []
    with zipfile.ZipFile(archive) as sheets:
        for unit in ("安澜市水利局", "安澜市生态环境局"):
            name = next(name for name in sheets.namelist() if name.startswith(f"Excel/{unit}"))
            book = load_workbook(BytesIO(sheets.read(name)))
            page = book.worksheets[0]
            head = next(row[0].row for row in page.iter_rows() if row[0].value == "序号")
            at = {cell.value: cell.column for cell in page[head]}
            for place in range(head + 1, page.max_row + 1):
                done = place % 3 == 0
                page.cell(place, at["进展情况"]).value = (
                    "已完成并通过验收" if done else "正在施工，完成主体工程"
                )
                page.cell(place, at["完成情况"]).value = "已完成" if done else f"{40 + 5 * (place % 8)}%"
                page.cell(place, at["存在问题"]).value = "" if done else "配套资金尚未到位"
            page.cell(head + 1, at["填报人"]).value = "李华"
            if unit.endswith("水利局"):
                page.delete_cols(at["编号（请勿改动）"])
            filled.append(folder / f"{unit}.xlsx")
            book.save(filled[-1])
    return filled


def take(page: Page, name: str) -> None:
    """Keep what the page shows, with a small palette."""
    page.wait_for_timeout(SETTLED)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Run the server over a library; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "service.cli", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not answer in time")


if __name__ == "__main__":
    main()

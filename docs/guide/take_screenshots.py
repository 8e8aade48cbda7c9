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
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from corpus import samples
from corpus.store.editing.edits import RowEdits
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus
from service.library import Library
from service.supervision.columns import ColumnKind, OwnColumn

IMAGES = Path(__file__).parent / "images"
FILES = Path(str(samples.__path__[0])) / "files"
PERSON = "王芳"
SCREEN = {"width": 1366, "height": 768}
SETTLED = 900
"""Milliseconds after which a page has drawn itself and its animations have ended."""
PATIENCE = 180_000
"""Milliseconds that a busy machine may take to show or to make something."""
COLOURS = 192
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

BY_HAND = """任务\t牵头单位\t截止日期\t来源\t交办领导\t交办日期\t编号\t承办人\t联系电话\t标记\t督办频次
修复望川大桥破损护栏，完成桥面限高设施整改\t县交通运输局\t2026-11-10\t批示\t陈志远县长\t2026-10-08\t望政督〔2026〕31号\t刘建平\t2210088\t紧急\t每周
核查群众反映的栖霞港区夜间施工噪声问题并答复来电人\t县生态环境局\t2026-12-05\t来电\t周敏副县长\t2026-11-18\t望政督〔2026〕40号\t林晓燕\t2210123\t\t每周
落实县政府第18次常务会议议定的供水管网改造资金\t县财政局\t2026-12-31\t会议\t陈志远县长\t2026-11-06\t望政常〔2026〕18号\t黄立新\t2210031\t重点\t每月
整改督查组反馈的三处山塘安全隐患\t县水利局\t2026-11-30\t督查\t吴建国副县长\t2026-10-20\t望督查〔2026〕7号\t郑海\t2210066\t紧急、重点\t每周
"""
BRIDGE = "望川大桥"


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
            context.set_default_timeout(PATIENCE)
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
        supervise(library)
        library.settings.write({"office_name": "安澜市人民政府办公室"}, PERSON)
        library.backups.make(PERSON)
        return {row.source.rsplit("/", 1)[-1]: row.id for row in library.documents()}


def supervise(library: Library) -> None:
    """Enter rows by hand, and let one of them live through reports, an extension and more."""
    library.columns.replace([OwnColumn("督办频次", ColumnKind.CHOICE, ("每周", "每月", "每季"))], PERSON)
    library.paste(BY_HAND, PERSON)
    rows = library.tasks(TaskQuery(limit=1000)).items
    bridge = next(row.id for row in rows if BRIDGE in row.record["text"])
    steps = library.steps
    more = {"problems": "限高架到货延迟", "next_step": "11月底前完成安装", "officer": "刘建平"}
    steps.report(
        bridge, "护栏修复完成八成，限高架正在安装。", "李强", "县交通运输局", date(2026, 11, 20), 80, **more
    )
    steps.extend(bridge, date(2026, 11, 30), "汛期影响施工进度", "陈志远", PERSON)
    going = [row.id for row in rows if row.status is TaskStatus.IN_PROGRESS][:12]
    steps.report(going, "施工图已通过审查，正在组织进场。", "李强", "市水利局", date(2026, 11, 16), 40)
    steps.mark([row.id for row in rows[5:8]], ["重点"], PERSON)
    library.attachments.add(bridge, "护栏修复现场照片.jpg", b"\xff\xd8" + bytes(200_000), PERSON)
    library.saved_filters.save(PERSON, "本月到期未办结", {"month": "2026-11", "status": "未办结"})


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
    ledger(page, address)
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


def ledger(page: Page, address: str) -> None:
    """Take the pictures of 总台账: the list, a step for several, one task, the views, the rules of colour."""
    page.goto(f"{address}/ledger?status=未办结")
    page.wait_for_selector(".ledger [row-id]")
    for number in (1, 3, 4):
        page.locator(".ledger .ag-row input[type=checkbox]").nth(number).check()
    take(page, "11-ledger")
    page.locator(".bulk-bar").get_by_role("button", name="填报进展").click()
    take(page, "50-ledger-report")
    page.get_by_role("button", name="取消").click()
    page.goto(f"{address}/ledger?q={BRIDGE}")
    page.wait_for_selector(".count-rows:has-text('共 1 项')")
    page.locator('.ledger .ag-center-cols-container [col-id="text"]').first.click()
    page.wait_for_selector(".drawer .facts")
    take(page, "51-ledger-task")
    for number, view in enumerate(("unit", "calendar", "charts"), start=52):
        page.goto(f"{address}/ledger?view={view}")
        page.wait_for_selector({"charts": ".chart svg"}.get(view, ".group-view table"))
        take(page, f"{number}-ledger-{view}")
    page.goto(f"{address}/settings?part=rules")
    take(page, "55-settings-rules")


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
    page.locator(".q-notification").first.wait_for(state="detached")
    take(page, "15-units")
    for number, part in enumerate(("accounts", "look", "backup", "model", "audit"), start=16):
        page.goto(f"{address}/settings?part={part}")
        take(page, f"{number}-settings-{part}")
    page.goto(f"{address}/settings?part=models")
    page.get_by_text("现在使用").wait_for()
    take(page, "28-settings-models")


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
    picture.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


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

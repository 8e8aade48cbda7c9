"""How soon a person sees the ledger: a real Chromium opens pages of thousands of tasks, and filters them.

The server is the real program, and warm: each page is opened once before it is timed. What counts is when the
rows stand on the screen, by the browser's own clock, from the beginning of the navigation.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from corpus.errors import UserError
from corpus.records import JsonObject
from evaluation.load import prepare, running_server
from evaluation.speed import plan_text
from service.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
PERSON = "王芳"
PATIENCE = 60_000
"""Milliseconds that a busy machine may take."""
ROWS_STAND = """() => {
  const cell = document.querySelector('.ledger .ag-center-cols-container .ag-row [col-id=text]');
  return cell && cell.textContent.trim() ? performance.now() : 0;
}"""
TEXT_STANDS = "() => (document.querySelector('.source-text p') ? performance.now() : 0)"
FILTERED = """async ([label, words]) => {
  const box = document.querySelector(`input[aria-label="${label}"]`);
  const count = document.querySelector('.count-rows');
  const before = count.textContent;
  const begin = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, words);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  const frame = () => new Promise(requestAnimationFrame);
  while (count.textContent === before && performance.now() < begin + 5000) await frame();
  await frame();
  return performance.now() - begin;
}"""


@dataclass(frozen=True, slots=True)
class PageReport:
    """Milliseconds by what was done."""

    data: str
    tasks: int
    load: float
    """How many programs wanted a processor in the last minute, at the end."""
    processors: int
    times: dict[str, list[float]]

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values."""
        figures = {
            name: {"least": round(min(values)), "median": round(median(values))}
            for name, values in self.times.items()
        }
        return {
            "tasks": self.tasks,
            "load": round(self.load, 1),
            "processors": self.processors,
            "milliseconds": figures,
        }

    def show(self, console: Console) -> None:
        """Print one row for each thing that was done."""
        title = f"{self.tasks:,} tasks, load {self.load:.1f} on {self.processors} processors"
        table = Table("what", title=title)
        for column in ("least ms", "median ms"):
            table.add_column(column, justify="right")
        for name, values in self.times.items():
            table.add_row(name, f"{min(values):,.0f}", f"{median(values):,.0f}")
        console.print(table)


def evaluate(tasks: int, runs: int) -> PageReport:
    """Time pages over made-up plans: many of 250 tasks, and one that holds all `tasks` by itself.

    Raises:
        UserError: when there is no Chromium.
    """
    program = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *BROWSERS))), None)
    if program is None:
        raise UserError("没有找到 Chromium，请先安装；页面的速度要用真的浏览器来量。")
    with TemporaryDirectory() as many, TemporaryDirectory() as one:
        rows = prepare(Path(many), 0, tasks)
        document = _one_document(Path(one), tasks)
        times: dict[str, list[float]] = {}
        with running_server(Path(many)) as address:
            times |= _in_browser(program, address, lambda context: _ledger(context, address, runs))
        with running_server(Path(one)) as address:
            page = f"{address}/documents/{document}"
            times |= _in_browser(program, address, lambda context: _document(context, page, runs))
    digest = hashlib.sha256(plan_text(tasks).encode()).hexdigest()[:16]
    return PageReport(digest, rows, os.getloadavg()[0], os.cpu_count() or 1, times)


def _one_document(folder: Path, tasks: int) -> str:
    with Library.open(folder) as library:
        added, _ = library.add_upload("方案.txt", plan_text(tasks).encode())
        return added.document_id


def _in_browser(
    program: str, address: str, act: Callable[[BrowserContext], dict[str, list[float]]]
) -> dict[str, list[float]]:
    from playwright.sync_api import sync_playwright  # only here a browser is needed

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "taizhang_name", "value": quote(PERSON), "url": address}])
        try:
            return act(context)
        finally:
            browser.close()


def _ledger(context: BrowserContext, address: str, runs: int) -> dict[str, list[float]]:
    opened = [_opened(context, f"{address}/ledger", ROWS_STAND) for _ in range(runs + 1)][1:]
    page = context.new_page()
    page.goto(f"{address}/ledger")
    page.wait_for_function(ROWS_STAND)
    page.wait_for_load_state("networkidle")
    # Each narrows to something else than what was shown before.
    words = [_filtered(page, "查找文字", word) for word in ("不在其中", "") * runs]
    months = [_filtered(page, "月份，如 2026-06", month) for month in ("2024-03", "2024-05", "") * runs]
    return {"open the ledger": opened, "filter it by words": words, "filter it by month": months}


def _document(context: BrowserContext, page: str, runs: int) -> dict[str, list[float]]:
    rows, text = [], []
    for _ in range(runs + 1):
        rows.append(_opened(context, page, ROWS_STAND))
        text.append(_opened(context, page, TEXT_STANDS))
    return {"open one document, rows": rows[1:], "open one document, text": text[1:]}


def _opened(context: BrowserContext, address: str, stands: str) -> float:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    found: float = page.wait_for_function(stands, polling=10).json_value()
    page.wait_for_load_state("networkidle")
    page.close()
    return found


def _filtered(page: Page, label: str, words: str) -> float:
    return float(page.evaluate(FILTERED, [label, words]))

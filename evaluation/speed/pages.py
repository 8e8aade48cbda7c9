"""How soon a person sees the ledger: a real Chromium opens pages of thousands of tasks, and filters them.

The server is the real program. What counts is when the rows stand on the screen, by the browser's own clock,
from the beginning of the navigation; pages open in one tab, as for people who follow links. Each page opens
once before it is timed. How long the first takes is told apart: the server is started again and again, and
the page is asked for as soon as it listens. The browser has the scripts by then, as those of an office have.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from rich.console import Console
from rich.table import Table

from corpus.errors import UserError
from corpus.records import JsonObject
from evaluation.speed.load import prepare, running_server
from evaluation.speed.measure import plan_text
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
  box.focus();
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
            name: {"least": round(min(values)), "median": round(median(values)), "most": round(max(values))}
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
        for column in ("least ms", "median ms", "most ms"):
            table.add_column(column, justify="right")
        for name, values in self.times.items():
            table.add_row(name, *(f"{of(values):,.0f}" for of in (min, median, max)))
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
        with _browser(program) as context:
            times = _ledger(context, Path(many), runs)
            times |= _document(context, Path(one), f"/documents/{document}", runs)
    digest = hashlib.sha256(plan_text(tasks).encode()).hexdigest()[:16]
    return PageReport(digest, rows, os.getloadavg()[0], os.cpu_count() or 1, times)


def _one_document(folder: Path, tasks: int) -> str:
    with Library.open(folder) as library:
        added, _ = library.add_upload("方案.txt", plan_text(tasks).encode())
        return added.document_id


@contextmanager
def _browser(program: str) -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright  # only here a browser is needed

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "taizhang_name", "value": quote(PERSON), "url": "http://127.0.0.1"}])
        try:
            yield context
        finally:
            browser.close()


def _ledger(context: BrowserContext, folder: Path, runs: int) -> dict[str, list[float]]:
    with running_server(folder) as address:
        opened = _all_opened(context, f"{address}/ledger", ROWS_STAND, runs)
        page = context.new_page()
        page.goto(f"{address}/ledger")
        page.wait_for_function(ROWS_STAND)
        page.wait_for_load_state("networkidle")
        # Each shows another number of rows than before; two months may have equally many.
        words = [_filtered(page, "查找文字", word) for word in ("不在其中", "") * runs]
        months = [
            _filtered(page, "月份，如 2026-06", month) for month in ("2024-03", "", "2024-05", "") * runs
        ]
        page.close()
    return {
        "open the ledger": opened,
        "open the ledger, server just started": _after_starts(context, folder, f"{address}/ledger", runs),
        "filter it by words": words,
        "filter it by month": months,
    }


def _document(context: BrowserContext, folder: Path, path: str, runs: int) -> dict[str, list[float]]:
    with running_server(folder) as address:
        rows = _all_opened(context, address + path, ROWS_STAND, runs)
        text = _all_opened(context, address + path, TEXT_STANDS, runs)
    return {
        "open one document, rows": rows,
        "open one document, text": text,
        "open one document, server just started": _after_starts(context, folder, address + path, runs),
    }


def _after_starts(context: BrowserContext, folder: Path, page: str, runs: int) -> list[float]:
    """Return how long the first opening takes after each of some starts of the server."""
    found = []
    for _ in range(max(1, runs // 3)):
        with running_server(folder, urlsplit(page).port or 0):
            found += _all_opened(context, page, ROWS_STAND, 1, before=0)
    return found


def _all_opened(
    context: BrowserContext, address: str, stands: str, runs: int, before: int = 1
) -> list[float]:
    """Return how long each opening takes in one tab, after some that do not count."""
    page = context.new_page()
    found = [_opened(page, address, stands) for _ in range(before + runs)]
    page.close()
    return found[before:]


def _opened(page: Page, address: str, stands: str) -> float:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    found: float = page.wait_for_function(stands, polling=10).json_value()
    page.wait_for_load_state("networkidle")
    return found


def _filtered(page: Page, label: str, words: str) -> float:
    return float(page.evaluate(FILTERED, [label, words]))

"""A real server over a small library, and a real Chromium that must not reach beyond this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from corpus import samples

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
UNUSED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
"""The first two are pages of Chromium's own, which wait behind the address bar of each new window: a third of
what a visit costs. The others Playwright turns off as well, but only the last such switch counts.
"""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", f"--disable-features={','.join(UNUSED)}",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # fmt: skip
"""The last keeps the browser on this machine. Playwright could stop requests one by one, but then Chromium
would keep no file of a page for the next, as it does for everybody else.
"""
SAMPLES = Path(str(samples.__path__[0]))
PATIENCE = 20_000
"""Milliseconds that a busy machine may take to show something."""
LOOK_EVERY = 100
"""Milliseconds between two looks at what a page does not show."""
LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
START_LIMIT = 60
"""Seconds within which the server must answer."""


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the bundled samples."""
    folder = tmp_path_factory.mktemp("library")
    subprocess.run(
        [*TAIZHANG, "add", str(SAMPLES / "files"), "--data", str(folder)], check=True, capture_output=True
    )
    return folder


TAIZHANG = [sys.executable, "-m", "service.cli"]


@pytest.fixture(scope="session")
def address(data_folder: Path) -> Iterator[str]:
    """The address of a running `taizhang serve` over the samples."""
    with served(data_folder) as address:
        yield address


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Run `taizhang serve` over a library; gives its address."""
    port = _free_port()
    server = subprocess.Popen([*TAIZHANG, "serve", "--data", str(data), "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="package")  # not longer: Playwright keeps an event loop running in this thread
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *BROWSERS))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def stranger(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile on the smallest screen we serve, of somebody who has not given a name yet.

    A request beyond this machine fails, and so does the test, as it does upon an error of a script.
    """
    opened = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened.set_default_timeout(PATIENCE)
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    faults: list[str] = []
    opened.on("request", lambda request: _tell_if_far(request, faults))
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture
def context(stranger: BrowserContext, address: str) -> BrowserContext:
    """A browser profile of 王芳."""
    stranger.add_cookies([{"name": "taizhang_name", "value": quote("王芳"), "url": address}])
    return stranger


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of 王芳."""
    expect.set_options(timeout=PATIENCE)
    return context.new_page()


def type_new_row(page: Page, first: str, second: str) -> None:
    """Add a row to the table of a page and type its first two cells.

    Each cell's editor is waited for: what is typed before it opens goes nowhere.
    """
    page.get_by_role("button", name="新增一行").click()
    editor = page.locator(".ag-cell-inline-editing")
    editor.get_by_role("textbox").fill(first)
    page.keyboard.press("Tab")
    expect(editor.get_by_role("textbox")).not_to_have_value(first)
    editor.get_by_role("textbox").fill(second)
    page.keyboard.press("Enter")


def wait_until(page: Page, done: Callable[[], bool]) -> None:
    """Wait for what a page does not show, such as a table on disk; fails where it never comes."""
    for _ in range(PATIENCE // LOOK_EVERY):
        if done():
            return
        page.wait_for_timeout(LOOK_EVERY)
    raise AssertionError("it did not come to that")


def _tell_if_far(request: Request, faults: list[str]) -> None:
    if not request.url.startswith(LOCAL):
        faults.append(request.url)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    from time import monotonic, sleep

    limit = monotonic() + START_LIMIT
    while monotonic() < limit:
        assert server.poll() is None, "the server ended at its start"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            sleep(0.1)
    raise AssertionError("the server did not answer in time")

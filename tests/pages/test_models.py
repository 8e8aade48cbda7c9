"""设置—检索模型: another encoder is chosen, tried, and takes over while search goes on."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.index.office_services import serving
from tests.pages.conftest import PATIENCE, served

pytestmark = pytest.mark.browser
TRIED = 8
"""Passages at most that a model is tried with; requests for more are the library's."""
STUDYING = "正在换成"


class Service:
    """An embedding service; what it is asked of the library waits until its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def answer(self, path: str, asked: dict[str, Any], _token: str) -> tuple[int, Any]:
        texts = asked.get("input", [])
        if path != "/v1/embeddings" or asked["model"] != "office":
            return 404, {}
        if len(texts) > TRIED:
            self.gate.wait(PATIENCE / 1000)
        return 200, {"data": [{"embedding": [len(text), text.count("水") + 1, 3]} for text in texts]}


@pytest.fixture
def own_library(data_folder: Path, tmp_path: Path) -> Path:
    """A copy of the library of samples, which others share."""
    shutil.copytree(data_folder, tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    service = Service()
    with serving(service.answer) as address:
        yield service, f"{address}/v1"
        service.gate.set()


def opened(context: BrowserContext, address: str) -> Page:
    """The part of the settings about models, on the server at `address`."""
    expect.set_options(timeout=PATIENCE)
    context.add_cookies([{"name": "taizhang_name", "value": quote("王芳"), "url": address}])
    page = context.new_page()
    page.goto(f"{address}/settings?part=models")
    return page


def choose(page: Page, which: str, kind: str, place: str, model: str = "") -> None:
    """Choose a model and save."""
    page.get_by_role("combobox", name=which).click()
    page.get_by_role("option", name=kind).click()
    page.locator("input:not([readonly]):visible").first.fill(place)
    if model:
        page.get_by_label("模型名称").locator("visible=true").fill(model)
    page.get_by_role("button", name="试用并保存").click()


def acknowledge(page: Page) -> None:
    """Close the message and wait until it is gone."""
    button = page.get_by_role("button", name="知道了")
    button.click()
    expect(button).to_have_count(0)


def found_by(address: str, question: str) -> set[str]:
    """Which indexes found the first hit of a search over HTTP."""
    with urllib.request.urlopen(f"{address}/api/search?q={quote(question)}&k=1") as answer:
        return set(json.load(answer)["hits"][0]["ranks"])


def test_another_encoder_takes_over_while_search_goes_on(
    stranger: BrowserContext, own_library: Path, service: tuple[Service, str], tmp_path: Path
) -> None:
    office, place = service
    with served(own_library) as address:
        page = opened(stranger, address)
        standing = page.locator(".model-standing")
        expect(standing).to_have_text("现在使用：随产品自带。")

        choose(page, "语义模型", "ONNX", str(tmp_path / "nowhere"))
        expect(page.get_by_text("无法载入")).to_be_visible()
        acknowledge(page)
        choose(page, "语义模型", "向量服务", place, "another")
        expect(page.get_by_text("没有给出可用的结果")).to_be_visible()
        acknowledge(page)
        expect(standing).to_have_text("现在使用：随产品自带。")

        choose(page, "语义模型", "向量服务", place, "office")
        expect(page.get_by_text("已保存")).to_be_visible()
        expect(standing).to_contain_text(STUDYING)
        assert found_by(address, "污染整治") == {"words", "vectors"}

    office.gate.set()  # the server ended in the middle; the next one goes on
    with served(own_library) as address:
        page = opened(stranger, address)
        standing = page.locator(".model-standing")
        expect(standing).to_have_text(f"现在使用：{place}#office。")
        assert found_by(address, "污染整治") == {"words", "vectors"}

        office.gate.clear()
        choose(page, "语义模型", "向量服务", f"{place}/", "office")
        expect(standing).to_contain_text(STUDYING)
        page.get_by_role("button", name="停止").click()
        expect(page.locator(".model-standing")).to_contain_text("随产品自带")
        office.gate.set()
        expect(page.locator(".model-standing")).to_have_text("现在使用：随产品自带。")


def test_a_reranker_that_falls_silent_is_told_with_the_hits(
    stranger: BrowserContext, own_library: Path
) -> None:
    asked: list[dict[str, Any]] = []

    def answer(path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
        asked.append(body)
        known = path == "/v1/rerank" and token == "office-key"
        return (200 if known else 401), {
            "results": [
                {"index": place, "relevance_score": -place} for place in range(len(body["documents"]))
            ]
        }

    with served(own_library) as address:
        with serving(answer) as office:
            page = opened(stranger, address)
            page.get_by_role("combobox", name="重排模型").click()
            page.get_by_role("option", name="重排服务").click()
            page.locator("input:visible").nth(2).fill(f"{office}/v1")
            page.get_by_label("密钥").locator("visible=true").fill("office-key")
            page.get_by_role("button", name="试用并保存").click()
            expect(page.get_by_text("已保存")).to_be_visible()
            assert "reranker" in found_by(address, "污染整治")
            assert asked[-1]["query"] == "污染整治"
        page.goto(f"{address}/?q=污染整治")
        expect(page.get_by_text("重排模型这次没有给出结果")).to_be_visible()
        expect(page.locator(".hit").first).to_be_visible()

"""The page of everyday words: typed, pasted, undone; what the texts explain is rejected and stays so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from corpus.store.store import Store
from tests.index.builders import add
from tests.pages.conftest import served, type_new_row

pytestmark = pytest.mark.browser

TEXT = "支持个体工商户转型升级为企业（以下简称“个转企”）。"


SAVED = """async (count) => {
  for (let left = 300; left; left--) {
    const words = await (await fetch('/api/words')).json();
    if (words.items.length === count) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}"""
"""Waits until the library holds so many words; tells false where it never does."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a library of our own: other tests change nothing here."""
    folder = tmp_path_factory.mktemp("words")
    store = Store.open(folder)
    add(store, "要点.txt", TEXT)
    add(store, "措施.txt", "鼓励个体工商户转型升级为企业，给予奖励。")
    store.close()
    with served(folder) as address:
        yield address


def test_words_are_typed_pasted_and_undone_and_count_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}/words")
    own = page.locator(".own-words")
    expect(own).to_contain_text("还没有")
    page.get_by_role("button", name="粘贴").click()
    page.get_by_label("要粘贴的说法").fill("回头看\t复查\n押钱\t保证金、质保金")
    page.get_by_role("button", name="放进来").click()
    expect(own.locator(".ag-center-cols-container .ag-row")).to_have_count(2)
    type_new_row(page, "转型办照", "个体工商户")
    assert page.evaluate(SAVED, 3)
    expect(own.locator(".ag-center-cols-container .ag-row")).to_have_count(3)
    page.get_by_role("button", name="撤销").click()
    expect(own.locator(".ag-center-cols-container .ag-row")).to_have_count(2)
    own.get_by_role("gridcell", name="押钱").click()
    page.get_by_role("button", name="删除选中行").click()
    expect(own.locator(".ag-center-cols-container .ag-row")).to_have_count(1)
    page.goto(f"{address}/?q=回头看")
    expect(page.locator(".chip-also")).to_contain_text("复查")


def test_what_texts_explain_is_shown_rejected_and_taken_back_for_one_search(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=个转企")
    chip = page.locator(".chip-also")
    expect(chip).to_contain_text("个体工商户转型升级为企业")
    chip.get_by_label("不查").click()
    expect(chip).to_have_count(0)
    page.get_by_text("恢复对“个转企”的理解").click()
    expect(chip).to_have_count(1)
    page.goto(f"{address}/words")
    page.locator('.mined-words [col-id="use"]').last.click()
    page.locator(".mined-words .ag-picker-field-wrapper").click()
    page.locator(".ag-list-item", has_text="停用").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    expect(page.locator(".own-words")).to_contain_text("个转企")
    page.goto(f"{address}/?q=个转企")
    expect(page.locator(".hit").first).to_be_visible()
    expect(chip).to_have_count(0)


def test_a_search_is_narrowed_by_day_and_keeps_it(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=个体工商户")
    expect(page.locator(".hit").first).to_be_visible()
    page.get_by_text("日期和时限").click()
    box = page.get_by_label("成文不早于", exact=True)
    box.fill("2024-05-01")
    box.press("Tab")  # what opens and closes around the box is at rest before the button is clicked
    expect(box).to_have_value("2024-05-01")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".chip-set")).to_contain_text("成文不早于：2024-05-01")
    assert "date_from=2024-05-01" in page.url
    page.get_by_label("去掉筛选").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.get_by_text("只看有任务的").click()
    expect(page.locator(".chip-set")).to_contain_text("只看有任务的")

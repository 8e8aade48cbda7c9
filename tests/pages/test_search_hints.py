"""What a question says of the documents it wants is shown, made a filter, or taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_what_a_question_says_of_documents_is_shown_and_can_be_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=去年的畜禽养殖污染整治方案")
    chips = page.locator(".chip-hint")
    expect(chips).to_have_count(2)
    expect(chips.first).to_contain_text("年份")
    chips.first.get_by_label("不把“去年”").click()
    expect(chips).to_have_count(1)
    page.get_by_text("恢复对“去年”的理解").click()
    expect(chips).to_have_count(2)
    chips.first.locator("a", has_text="年份").click()
    expect(page.locator(".chip-set")).to_contain_text("年份")
    expect(chips).to_have_count(1)

"""The scripts and the look that only the pages of drafts need."""

from __future__ import annotations

import json
from typing import Any

from nicegui import ui

from service.pages.bundles import DRAFTS


def add_assets() -> None:
    """Put scripts and look on the page at hand."""
    ui.add_head_html(DRAFTS.head)


def script_value(value: Any) -> str:
    """Return a value as it may stand in a script, whatever text of a user is in it."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c")

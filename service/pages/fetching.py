"""What a browser fetches beside a page, asked for before the page's scripts have been read."""

from __future__ import annotations

from html import escape

import nicegui
from nicegui import ui
from nicegui.dependencies import esm_modules

GRID = "nicegui-aggrid"
"""What NiceGUI calls the script of its grids."""


def fetch_ahead(address: str) -> None:
    """Let the browser ask for a JSON text at once; `taizhang.fetched(address)` gives it to scripts.

    A script in the head would have to wait for all looks before it.
    """
    ui.add_head_html(f'<link rel="preload" as="fetch" crossorigin href="{escape(address)}">')


def grid_ahead() -> None:
    """Let the browser read the script of grids, the longest of all, at once instead of as the last one."""
    for key, module in esm_modules.items():
        if module.name == GRID:
            address = f"/_nicegui/{nicegui.__version__}/esm/{key}/index.js"
            ui.add_head_html(f'<link rel="modulepreload" href="{address}">')

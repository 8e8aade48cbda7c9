"""What a browser fetches beside a page, asked for before the page's scripts have been read."""

from __future__ import annotations

import json

from nicegui import ui


def fetch_ahead(address: str) -> None:
    """Let the browser ask for a JSON text at once; `taizhang.fetched(address)` gives it to scripts."""
    there = json.dumps(address)
    ui.add_head_html(f"<script>(window.ahead ??= {{}})[{there}] = fetch({there});</script>")

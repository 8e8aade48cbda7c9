"""Files that take a while to make, offered for download."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from nicegui import ui

from corpus.errors import UserError


async def download(make: Callable[[], tuple[str, bytes]]) -> None:
    """Make a file in a thread and hand it to the browser; why it cannot be made is told."""
    waiting = ui.notification("正在生成…", spinner=True, timeout=None)
    try:
        name, data = await asyncio.to_thread(make)
    except UserError as error:
        ui.notify(str(error), type="negative", multi_line=True, timeout=0, close_button="知道了")
        return
    finally:
        waiting.dismiss()
    ui.download.content(data, name)

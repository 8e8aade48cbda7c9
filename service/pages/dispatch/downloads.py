"""Files that take a while to make, offered for download."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from nicegui import ui

from corpus.errors import UserError
from service.background.course import Course
from service.pages.intake.progress import LOOK_EVERY


async def download(
    make: Callable[[], tuple[str, bytes]], course: Course | None = None, counted: str = ""
) -> None:
    """Make a file in a thread and hand it to the browser; why it cannot be made is told.

    `course` tells meanwhile how many of what is `counted` are done, as 张调度表.
    """
    waiting = ui.notification("正在生成…", spinner=True, timeout=None)
    making = asyncio.create_task(asyncio.to_thread(make))
    try:
        while not (await asyncio.wait({making}, timeout=LOOK_EVERY))[0]:
            if course is not None and course.mark.total:
                waiting.message = f"正在生成：{course.mark.done}/{course.mark.total} {counted}"
        name, data = making.result()
    except UserError as error:
        ui.notify(str(error), type="negative", multi_line=True, timeout=0, close_button="知道了")
        return
    finally:
        waiting.dismiss()
    ui.download.content(data, name)

"""The place where files are dropped: on the page with mouse or keyboard, or anywhere in its window."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import events, ui

FOLDER_MARK = "\u2215"
"""Stands for / in the name of an upload, which would lose its folders otherwise."""
QUOTE_MARK = "%22"
"""Stands for a quotation mark there: so browsers write it (WHATWG, multipart/form-data)."""
SIZE_LIMIT = 200 * 1024 * 1024
"""Bytes of one upload; readers refuse more."""


def path_of(upload: events.UploadEventArguments) -> str:
    """Return the name of an uploaded file with the folders in which it was chosen: 甲科/方案.docx."""
    return upload.file.name.replace(FOLDER_MARK, "/").replace(QUOTE_MARK, '"')


def drop_zone(
    words: str, receive: Callable[[events.UploadEventArguments], Awaitable[None]], *, folders: bool = False
) -> ui.upload:
    """Lay out a button that opens the file chooser; files dropped anywhere on the page come in too.

    With `folders` a second button takes a whole folder with what is below it.
    """
    upload = ui.upload(
        multiple=True,
        auto_upload=True,
        max_file_size=SIZE_LIMIT,
        on_upload=receive,
        on_rejected=lambda: ui.notify("文件超过 200 MB，请拆分后再试。", type="negative"),
    ).classes("hidden-upload")
    # The uploader refuses a file that it has on its list: one that is dropped again is a new version.
    upload.on("uploaded", js_handler=f"() => taizhang.uploader({upload.id})?.removeUploadedFiles()")
    with ui.element("button").classes("drop-zone") as zone:
        zone.props(f'type=button aria-label="{words}"')
        ui.icon("upload_file", size="26px")
        ui.label(words)
    zone.on("click", js_handler=f"() => taizhang.chooseFiles({upload.id})")
    if folders:
        chooser = ui.button("选择文件夹", icon="folder_open").props("outline dense no-caps")
        chooser.on("click", js_handler=f"() => taizhang.chooseFolder({upload.id})")
    ui.run_javascript(f"taizhang.dropAnywhere({upload.id})")
    return upload

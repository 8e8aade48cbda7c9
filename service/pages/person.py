"""Who sits before the browser: the name under which changes are stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote, unquote

from nicegui import ui

NAME_COOKIE = "taizhang_name"
"""Holds the name that a person gave where there are no accounts."""
_A_YEAR = 365 * 24 * 3600


def current_person() -> str:
    """Return the name of the person before this page, "" while nobody gave one."""
    request = ui.context.client.request
    return ui.context.client.storage.get(NAME_COOKIE) or unquote(request.cookies.get(NAME_COOKIE, ""))


async def named(act: Callable[[str], Awaitable[None]]) -> None:
    """Do something under the person's name, asking for it once where there are no accounts."""
    if name := current_person():
        await act(name)
        return
    name = await ask_name()
    if name:
        await act(name)


async def ask_name() -> str:
    """Ask for the name and keep it in this browser; "" when the person would rather not tell."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label("请问您的姓名？").classes("dialog-title")
        ui.label("修改记录里会写明是谁改的。只在这台电脑上记一次，以后可在“设置”里更改。").classes("faint")
        box = ui.input("姓名").props("outlined autofocus maxlength=20").classes("w-full")
        box.on("keydown.enter", lambda: dialog.submit(box.value))
        with ui.row().classes("self-end"):
            ui.button("取消", on_click=lambda: dialog.submit("")).props("flat")
            ui.button("确定", on_click=lambda: dialog.submit(box.value))
    name = str(await dialog or "").strip()
    dialog.delete()
    if name:
        keep_name(name)
    return name


def keep_name(name: str) -> None:
    """Keep the name in this browser."""
    ui.context.client.storage[NAME_COOKIE] = name
    words = f"{NAME_COOKIE}={quote(name)}; path=/; max-age={_A_YEAR}; samesite=strict"
    ui.run_javascript(f"document.cookie = '{words}'")

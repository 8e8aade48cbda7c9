"""What all pages share: the head with its navigation, the help, the look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nicegui import app, ui

ASSETS = Path(__file__).parent / "assets"
HELP = Path(__file__).parent / "help"

NAVIGATION = (
    ("/", "检索", "search"),
    ("/extract", "拆任务", "extract"),
    ("/ledger", "总台账", "ledger"),
    ("/library", "文库", "library"),
)
"""Path of each page, its name, and the file of its help."""

NOTICE = "本系统只用于非涉密材料。标有“秘密”“机密”“绝密”的文件不会被读入。"


def prepare_assets() -> None:
    """Serve the look and the scripts from this machine and put them on every page."""
    app.add_static_files("/assets", ASSETS)
    ui.add_head_html('<link rel="stylesheet" href="/assets/taizhang.css">', shared=True)
    for script in ("evidence", "editor", "drop", "ledger"):
        ui.add_head_html(f'<script src="/assets/{script}.js"></script>', shared=True)


@contextmanager
def framed(path: str, *, full: bool = False) -> Iterator[None]:
    """Lay out a page: head, navigation with `path` marked as current, then what the caller adds.

    A `full` page fills the window and scrolls within its parts.
    """
    ui.colors(primary="#1d4f91", positive="#1a6b3c", negative="#b03a2e", warning="#b9770e")
    help_dialog = _help_dialog(path)
    with ui.header().classes("items-center justify-between head"):
        ui.link("台账", "/").classes("brand")
        with ui.row().classes("nav items-center gap-1"):
            for target, name, _ in NAVIGATION:
                link = ui.link(name, target)
                if target == path:
                    link.props('aria-current="page"')
            ui.button(icon="help_outline", on_click=help_dialog.open).props(
                'flat round color=white aria-label="帮助"'
            ).tooltip("帮助")
    with ui.element("main").classes("page page-full" if full else "page"):
        yield
    if not full:
        ui.label(NOTICE).classes("notice")


def empty_state(icon: str, words: str, *, action: tuple[str, str] | None = None) -> None:
    """Show what to do where there is nothing to show; `action` is a link's text and its target."""
    with ui.column().classes("empty w-full items-center"):
        ui.icon(icon, size="48px")
        ui.label(words)
        if action:
            ui.link(*action)


def _help_dialog(path: str) -> ui.dialog:
    with ui.dialog() as dialog, ui.card().classes("max-w-xl"):
        ui.markdown(_help_text(path))
        ui.label(NOTICE).classes("faint")
        ui.button("知道了", on_click=dialog.close).props("flat").classes("self-end")
    return dialog


def _help_text(path: str) -> str:
    name = next(file for target, _, file in NAVIGATION if target == path)
    return (HELP / f"{name}.md").read_text("utf-8")

"""What all pages share: the head with its navigation, the help, the look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from pathlib import Path

from nicegui import app, ui

from service.pages.bundles import ASSETS, DRAFTS, EVERYWHERE
from service.pages.person import current_person
from service.settings import Settings

HELP = Path(__file__).parent / "help"

NAVIGATION = (
    ("/", "检索", "search"),
    ("/extract", "拆任务", "extract"),
    ("/library", "文库", "library"),
    ("/ledger", "总台账", "ledger"),
    ("/dispatch", "调度", "dispatch"),
    ("/reconcile", "对账", "reconcile"),
    ("/drafts", "起草", "drafts"),
    ("/settings", "设置", "settings"),
)
"""Path of each page, its name, and the file of its help."""
BESIDE = {"/units": "units", "/words": "words", "/compare": "compare"}
"""Pages that belong to 文库, and the files of their help."""
SHELVES = (("/library", "文件"), ("/units", "单位名录"), ("/words", "说法"), ("/compare", "对照"))
"""文库 and the pages that belong to it, as they name each other."""

TAB_LIFE = timedelta(hours=12)
"""How long what lies on a tab's desk is kept after the tab was seen last."""
LOGOUT = '<form method="post" action="/logout"><button class="menu-form">退出登录</button></form>'
"""A form, not a script: the session ends even where the connection is lost."""
NOTICE = "本系统只用于非涉密材料。标有“秘密”“机密”“绝密”的文件不会被读入。"


def prepare_assets() -> None:
    """Serve the look and the scripts from this machine and put them on every page."""
    for bundle in (EVERYWHERE, DRAFTS):
        bundle.serve(app)
    app.add_static_files("/assets", ASSETS)
    app.storage.max_tab_storage_age = TAB_LIFE.total_seconds()
    ui.add_head_html(EVERYWHERE.head, shared=True)


def office_look(settings: Settings) -> str:
    """Return the part of the look that an office sets for itself, for the head of a page."""
    family = f" --office-family: {_quoted(settings.font)}, sans-serif;" if settings.font else ""
    return (
        f"<style>:root {{ --office-size: {settings.font_size}px; --red: {settings.colour_red};"
        f" --yellow: {settings.colour_yellow}; --green: {settings.colour_green};"
        f" --blue: {settings.colour_blue};{family} }}\n"
        f".brand::after {{ content: {_quoted(settings.office_name)}; }}</style>"
    )


def _quoted(words: str) -> str:
    """Return words as a string of CSS that may stand in a page; none of them ends the string or the style."""
    return '"' + "".join(f"\\{ord(letter):x} " if letter in '"\\<&' else letter for letter in words) + '"'


@contextmanager
def framed(path: str, *, full: bool = False) -> Iterator[None]:
    """Lay out a page: head, navigation with `path` marked as current, then what the caller adds.

    A `full` page fills the window and scrolls within its parts.
    """
    ui.colors(primary="#1d4f91", positive="#1a6b3c", negative="#a8321f", warning="#8a5a00")
    with ui.header().classes("items-center justify-between head no-wrap"):
        ui.link("台账", "/").classes("brand")
        with ui.element("nav").classes("nav row items-center no-wrap gap-1").props('aria-label="主导航"'):
            for target, name, _ in NAVIGATION:
                link = ui.link(name, target)
                if target == path or (path in BESIDE and target == "/library"):
                    link.props('aria-current="page"')
            help_button = ui.button(icon="help_outline", on_click=lambda: _show_help(path))
            help_button.props('flat round color=white aria-label="帮助"').classes("help-button")
            help_button.tooltip("帮助和按键（?）")
            _person_menu()
    with ui.element("main").classes("page page-full" if full else "page"):
        yield
    if not full:
        ui.label(NOTICE).classes("notice")


def shelf_links(path: str) -> None:
    """Lead from one page of 文库 to the others; `path` is the one that is shown."""
    with ui.element("nav").classes("row items-center no-wrap shelf-links").props('aria-label="文库"'):
        for target, name in SHELVES:
            link = ui.link(name, target)
            if target == path:
                link.props('aria-current="page"')


def empty_state(icon: str, words: str, *, action: tuple[str, str] | None = None) -> None:
    """Show what to do where there is nothing to show; `action` is a link's text and its target."""
    with ui.column().classes("empty w-full items-center"):
        ui.icon(icon, size="48px")
        ui.label(words)
        if action:
            ui.link(*action)


def _person_menu() -> None:
    person = current_person()
    if not person.name:
        return
    with ui.button(person.name, icon="person").props("flat dense color=white no-caps"), ui.menu():
        ui.menu_item("我的账号", lambda: ui.navigate.to("/settings?part=own"))
        if person.has_account:
            ui.html(LOGOUT, sanitize=False)


def _show_help(path: str) -> None:
    with ui.dialog(value=True) as dialog, ui.card().classes("dialog help"):
        ui.markdown(_help_text(path))
        with ui.expansion("按键", value=True).props("dense").classes("w-full help-keys"):
            ui.markdown((HELP / "keys.md").read_text("utf-8"))
        ui.label(NOTICE).classes("faint")
        ui.button("知道了", on_click=dialog.close).props("flat").classes("self-end")
    dialog.on("hide", dialog.delete)


def _help_text(path: str) -> str:
    names = {target: file for target, _, file in NAVIGATION} | BESIDE
    return (HELP / f"{names[path]}.md").read_text("utf-8")


ERROR_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{title} · 台账</title><link rel="stylesheet" href="/assets/taizhang.css">
<link rel="stylesheet" href="/assets/entrance.css"></head><body class="entrance"><main><h1>{title}</h1>
<p>{words}</p><p><a href="/">回到检索</a>　<a href="/library">打开文库</a></p></main></body></html>"""


def not_found_html(address: str) -> str:
    """Return the page for an address that does not exist."""
    words = f"“{escape(address)}”不存在，可能是网址抄漏了，或者文件已移出。"
    return ERROR_PAGE.format(title="没有这个页面", words=words)


def failed_html(words: str = "") -> str:
    """Return the page for one that could not be made; `words` tell why, where that is known."""
    known = escape(words) or "已存入的内容不受影响。请稍后再试；总是这样的话，请告诉维护人员。"
    return ERROR_PAGE.format(title="页面没有打开", words=known)

"""设置: accounts and tokens, copies, the look, models, and who changed what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nicegui import ui

from service.accounts import Role
from service.pages.frame import framed
from service.pages.person import current_person, write
from service.pages.settings.accounts import accounts_part, own_part
from service.pages.settings.audit import audit_part
from service.pages.settings.mail import mail_part
from service.pages.settings.models import models_part
from service.pages.settings.rules import rules_part

if TYPE_CHECKING:
    from service.library import Library

COLOURS = {"colour_red": "逾期", "colour_yellow": "将到期", "colour_green": "正常"}
FONTS = {
    "": "系统默认",
    "Microsoft YaHei": "微软雅黑",
    "SimSun": "宋体",
    "SimHei": "黑体",
    "FangSong": "仿宋",
    "KaiTi": "楷体",
}
SIZES = {13: "小", 14: "标准", 16: "大", 18: "特大"}


class SettingsPage:
    """The parts of the page that concern the office; each stores by itself."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.values = library.settings.read()

    def look(self) -> None:
        """Lay out name, font and colours."""
        with _form():
            office = ui.input("单位名称（显示在页面左上角）", value=self.values.office_name)
            fonts = FONTS | {self.values.font: FONTS.get(self.values.font, self.values.font)}
            font = ui.select(fonts, value=self.values.font, label="字体")
            sizes = SIZES | {self.values.font_size: SIZES.get(self.values.font_size, "自定")}
            size = ui.select(sizes, value=self.values.font_size, label="字号")
            ui.label("台账颜色").classes("faint")
            with ui.row().classes("gap-3"):
                colours = {
                    key: ui.color_input(words, value=getattr(self.values, key), preview=True)
                    .props("outlined dense")
                    .classes("colour-box")
                    for key, words in COLOURS.items()
                }
            self._save(
                lambda: {
                    "office_name": office.value or "",
                    "font": font.value,
                    "font_size": size.value,
                    **{key: box.value for key, box in colours.items()},
                },
                "已保存，重新打开页面后生效。",
            )

    def model(self) -> None:
        """Lay out where a language model is reached."""
        with _form():
            ui.label(
                "不填也能使用全部功能。填写后，回答由本单位内部的大模型组织语言；其中的数字、日期、单位都要与原文核对，"
                "对不上的不采用。请只填内网地址。"
            ).classes("faint")
            address = ui.input("接口地址（兼容 OpenAI 格式）", value=self.values.model_address)
            address.props('placeholder="http://192.168.1.20:8080/v1"')
            name = ui.input("模型名称", value=self.values.model_name)
            key = ui.input("密钥", password=True)
            key.props(f'placeholder="{"已设置，不改就留空" if self.values.model_key else "没有可不填"}"')

            def wanted() -> dict[str, Any]:
                kept = {"model_address": address.value or "", "model_name": name.value or ""}
                return kept | ({"model_key": key.value} if key.value else {})

            self._save(wanted, "已保存。")

    def backup(self) -> None:
        """Lay out the daily copy and those there are."""
        with _form():
            time = ui.input("每天自动备份的时间（留空则不备份）", value=self.values.backup_time)
            time.props('mask="##:##"')
            kept = ui.number("保留最近几份", value=self.values.backups_kept, min=1, max=365, precision=0)
            self._save(
                lambda: {"backup_time": time.value or "", "backups_kept": int(kept.value or 7)}, "已保存。"
            )
        ui.separator().classes("q-my-md")
        ui.button("立即备份", icon="save", on_click=self._copy).props("outline dense")
        self._copies()
        ui.label("恢复：停止服务后，在命令行运行 taizhang restore 备份文件。").classes("faint")

    async def _copy(self) -> None:
        waiting = ui.notification("正在备份…", spinner=True, timeout=None)
        await write(self.library, self.library.backups.make, Role.ADMINISTRATOR, "备份完成。")
        waiting.dismiss()
        self._copies.refresh()

    @ui.refreshable_method
    def _copies(self) -> None:
        copies = self.library.backups.all()
        with ui.column().classes("gap-1 q-my-sm"):
            for copy in copies:
                made = copy.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
                with ui.row().classes("items-center gap-3"):
                    ui.label(f"{made}　{copy.size / 2**20:.1f} MB　{copy.name}")
                    path = self.library.backups.path(copy.name)
                    ui.button("下载", on_click=partial(ui.download.file, path)).props("flat dense")
            if not copies:
                ui.label("还没有备份。").classes("faint")

    def _save(self, values: Callable[[], dict[str, Any]], words: str) -> None:
        async def save() -> None:
            act = partial(self.library.settings.write, values())
            await write(self.library, act, Role.ADMINISTRATOR, words)

        ui.button("保存", on_click=save).props("dense").classes("self-start")


def _form() -> ui.column:
    return ui.column().classes("settings-form gap-3")


async def settings_page(library: Library, part: str) -> None:
    """Lay out the page at /settings; `part` is the tab to open; only administrators have all."""
    with framed("/settings"):
        administrator = current_person().may(Role.ADMINISTRATOR)
        parts: dict[str, tuple[str, Callable[[], None]]] = {"own": ("我的账号", partial(own_part, library))}
        if administrator:
            page = await asyncio.to_thread(SettingsPage, library)
            parts |= {
                "accounts": ("账号", partial(accounts_part, library)),
                "look": ("外观", page.look),
                "rules": ("督办规则", partial(rules_part, library)),
                "backup": ("备份", page.backup),
                "mail": ("邮件提醒", partial(mail_part, library)),
                "models": ("检索模型", partial(models_part, library)),
                "model": ("大模型", page.model),
                "audit": ("修改记录", partial(audit_part, library)),
            }
        with ui.column().classes("panel w-full gap-0"):
            with ui.tabs().props("align=left no-caps dense") as tabs:
                for name, (words, _) in parts.items():
                    ui.tab(name, words)
            ui.separator()
            with ui.tab_panels(tabs, value=part if part in parts else "own").classes("w-full"):
                for name, (_, build) in parts.items():
                    with ui.tab_panel(name):
                        build()

"""Accounts in 设置: who may come in with which role; one's own password and tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from corpus.errors import UserError
from corpus.store.office.accounts import AccountRow
from service.accounts import Role
from service.pages.person import current_person, write

if TYPE_CHECKING:
    from service.library import Library

ROLES = {role.value: role.value for role in Role}
LOGIN = "/login?next=/settings"
ROLE_MEANING = "管理员可以做一切；经办可以存入、修改、确认；只读只能检索和查看。"


def own_part(library: Library) -> None:
    """Show who one is; with an account also its password and tokens."""
    person = current_person()
    with ui.column().classes("settings-form gap-3"):
        if not person.has_account:
            ui.label(f"您的姓名：{person.name}").classes("text-base")
            ui.label("修改记录里会写明是谁改的。").classes("faint")
            ui.link("更改姓名", "/welcome?next=/settings")
            return
        ui.label(f"{person.name}（{person.role}）").classes("text-base")
        _password_form(library, person.name)
    Tokens(library, person.name).build()


def _password_form(library: Library, name: str) -> None:
    """Let somebody change their own password; who only sits before an open page cannot."""
    old = ui.input("现在的密码", password=True).props("autocomplete=current-password")
    new = ui.input("新密码（至少 8 位）", password=True).props("autocomplete=new-password")
    again = ui.input("再输一次新密码", password=True).props("autocomplete=new-password")

    def changed(by: str) -> bool:
        if new.value != again.value:
            raise UserError("两次输入的新密码不一样，请重新输入。")
        library.accounts.check_password(name, old.value or "")
        library.accounts.set_password(name, new.value or "", by)
        return True

    async def change() -> None:
        if await write(library, changed, Role.READER):
            ui.navigate.to(LOGIN)

    ui.button("更改密码，然后重新登录", on_click=change).props("dense").classes("self-start")


class Tokens:
    """The keys with which programs act for an account."""

    def __init__(self, library: Library, account: str) -> None:
        self.library = library
        self.account = account

    def build(self) -> None:
        """Lay out the tokens and a form for another."""
        ui.separator().classes("q-my-md")
        ui.label("接口令牌：让别的程序以您的账号使用本系统。").classes("faint")
        self._list()
        with ui.row().classes("items-center gap-2"):
            self._name = ui.input("用途，如：办公助手").props("outlined dense")
            ui.button("新建令牌", on_click=self._make).props("dense")

    @ui.refreshable_method
    def _list(self) -> None:
        for token in self.library.accounts.tokens(self.account):
            with ui.row().classes("items-center gap-3"):
                ui.label(token.name)
                ui.button("作废", on_click=partial(self._revoke, token.id)).props("flat dense color=negative")

    async def _make(self) -> None:
        name = self._name.value or ""
        key = await write(
            self.library, lambda by: self.library.accounts.add_token(self.account, name, by), Role.READER
        )
        self._list.refresh()
        if key is not None:
            self._name.set_value("")
            self._show(key)

    def _show(self, key: str) -> None:
        with ui.dialog(value=True) as dialog, ui.card().classes("dialog"):
            ui.label("令牌只显示这一次，请立即复制保存：")
            ui.input(value=key).props('readonly outlined aria-label="令牌"').classes("w-full")
            with ui.row().classes("self-end gap-2"):
                copy = ui.button("复制", icon="content_copy").props("outline dense")
                copy.on("click", js_handler=f"() => taizhang.copyText({json.dumps(key)})")
                ui.button("关闭", on_click=dialog.close).props("flat dense")
        dialog.on("hide", dialog.delete)

    async def _revoke(self, number: int) -> None:
        act = partial(self._revoked, number)
        await write(self.library, act, Role.READER, "已作废。")
        self._list.refresh()

    def _revoked(self, number: int, by: str) -> None:
        self.library.accounts.revoke_token(number, by, self.account)


def accounts_part(library: Library) -> None:
    """Show the accounts and a form for another."""
    AccountList(library).build()


class AccountList:
    """All accounts; every change is stored at once."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def build(self) -> None:
        """Lay out the list and the form."""
        ui.label(ROLE_MEANING).classes("faint")
        self._list()
        ui.separator().classes("q-my-md")
        first = not self.library.accounts.exist
        with ui.row().classes("items-center gap-2"):
            name = ui.input("姓名", value=current_person().name if first else "").props("outlined dense")
            # The first account must be an administrator's.
            usual = Role.ADMINISTRATOR if first else Role.STAFF
            role = ui.select(ROLES, value=usual.value, label="角色").props("outlined dense").classes("w-28")
            password = ui.input("初始密码（至少 8 位）", password=True).props(
                "outlined dense autocomplete=new-password"
            )

            async def add() -> None:
                act = partial(self.library.accounts.add, name.value, Role(role.value), password.value)
                if not await self._change(act, "账号已添加。"):
                    return
                if not current_person().has_account:
                    ui.navigate.to(LOGIN)  # from now on nobody goes on without an account
                    return
                name.set_value("")
                password.set_value("")

            ui.button("添加账号", icon="person_add", on_click=add).props("dense")

    @ui.refreshable_method
    def _list(self) -> None:
        accounts = self.library.accounts.all()
        if not accounts:
            ui.label(
                "还没有账号：只能在本机使用，人人都能修改。先添加一个管理员，随后用它登录，再给同事添加账号；"
                "以后进入都要登录，同事也可以从自己的电脑使用。"
            )
        for account in accounts:
            self._row(account)

    def _row(self, account: AccountRow) -> None:
        table = self.library.accounts
        with ui.row().classes("items-center gap-3 account-row"):
            ui.label(account.name).classes("w-32")
            box = ui.select(ROLES, value=account.role).props("dense outlined")
            box.props["aria-label"] = f"{account.name}的角色"
            box.classes("w-28").on_value_change(
                lambda event: self._change(
                    partial(table.set_role, account.name, Role(event.value)), "角色已更改。"
                )
            )
            ui.label("已停用" if account.locked else "").classes("w-16 text-negative")
            words = "启用" if account.locked else "停用"
            lock = partial(table.set_locked, account.name, not account.locked)
            ui.button(words, on_click=partial(self._change, lock, f"已{words}。")).props("flat dense")
            ui.button("重设密码", on_click=partial(self._reset, account.name)).props("flat dense")

    async def _reset(self, name: str) -> None:
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label(f"给 {name} 设新密码").classes("dialog-title")
            box = ui.input("新密码（至少 8 位）", password=True).classes("w-full")
            ui.button("确定", on_click=lambda: dialog.submit(box.value)).classes("self-end")
        password = await dialog
        if password:
            await self._change(partial(self.library.accounts.set_password, name, password), "密码已重设。")

    async def _change(self, act: Callable[[str], object], words: str) -> bool:
        """Do something and show the accounts as they are then; tells whether it could be done."""

        def acted(by: str) -> bool:
            act(by)
            return True

        done = await write(self.library, acted, Role.ADMINISTRATOR, words)
        self._list.refresh()
        return bool(done)

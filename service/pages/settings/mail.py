"""设置—邮件提醒: the mail server, who gets the message of what is due, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import ui

from service.accounts import Role
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library

SECURITY = {"tls": "SSL/TLS（端口一般为 465）", "starttls": "STARTTLS（端口一般为 587 或 25）"}


def mail_part(library: Library) -> None:
    """Lay out the settings for messages."""
    values = library.settings.read()
    with ui.column().classes("settings-form gap-3"):
        ui.label(
            "不填就不发邮件。填写后可以把逾期和临近到期的任务发到下面的邮箱，每天自动发一次，也可以立即发送。"
            "请只填单位内部的邮件服务器；连接必须加密。"
        ).classes("faint")
        host = ui.input("邮件服务器", value=values.mail_host).props('placeholder="mail.anlan.gov"')
        security = ui.select(SECURITY, value=values.mail_security, label="加密方式")
        port = ui.number("端口", value=values.mail_port, min=1, max=65535, precision=0)
        user = ui.input("用户名（不需要登录就留空）", value=values.mail_user)
        password = ui.input("密码", password=True)
        password.props(f'placeholder="{"已设置，不改就留空" if values.mail_password else "没有可不填"}"')
        sender = ui.input("发件人地址", value=values.mail_from)
        recipients = ui.input("收件人地址（多个用分号分开）", value=values.mail_to)
        time = ui.input("每天自动发送的时间（留空则不自动发）", value=values.mail_time)
        time.props('mask="##:##"')

        def wanted() -> dict[str, Any]:
            kept: dict[str, Any] = {
                "mail_host": (host.value or "").strip(),
                "mail_security": security.value,
                "mail_port": int(port.value or 465),
                "mail_user": user.value or "",
                "mail_from": (sender.value or "").strip(),
                "mail_to": (recipients.value or "").strip(),
                "mail_time": time.value or "",
            }
            return kept | ({"mail_password": password.value} if password.value else {})

        async def save() -> None:
            await write(
                library, lambda by: library.settings.write(wanted(), by), Role.ADMINISTRATOR, "已保存。"
            )

        async def send() -> None:
            from service.reminders.mail import send_due

            waiting = ui.notification("正在发送…", spinner=True, timeout=None)
            rows = await write(library, lambda by: send_due(library, by))
            waiting.dismiss()
            if rows is not None:
                ui.notify(f"已发送：{rows} 项任务。" if rows else "没有逾期和临近到期的任务，没有发送。")

        with ui.row().classes("gap-2"):
            ui.button("保存", on_click=save).props("dense")
            ui.button("按已保存的设置立即发送", on_click=send).props("outline dense")

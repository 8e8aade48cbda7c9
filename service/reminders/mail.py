"""Due and overdue rows by e-mail, over the office's own mail server; off until one is named."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from corpus.errors import UserError
from corpus.store.rows import TaskRow, ledger_record
from service.acting import acting_units
from service.ledgerbook.files import Book, book_bytes
from service.ledgerbook.look import Look
from service.library import Library
from service.reminders.due import MAIL_SENT, MOST_UNITS, Due, brief_text, day_of, due_of, late_words
from service.settings import Settings

TIMEOUT = 30.0
"""Seconds that the mail server may take to answer."""
LONGEST = 50
MOST_LISTED = 100
"""Rows that stand in the message itself; the workbook beside it has all of them."""
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
NOT_SET = "还没有设置邮件服务器和收件人，请先在“设置—邮件提醒”中填写。"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages are handed in."""

    host: str
    port: int
    security: str
    """tls from the first byte, or starttls."""
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, settings: Settings) -> MailServer:
        """Return the server that the settings name.

        Raises:
            UserError: when server, sender or recipients are not set.
        """
        if not (settings.mail_host and settings.mail_from and recipients(settings)):
            raise UserError(NOT_SET)
        port, secret = settings.mail_port, settings.mail_password
        return cls(settings.mail_host, port, settings.mail_security, settings.mail_user, secret)

    def send(self, message: EmailMessage) -> None:
        """Hand in a message over an encrypted connection.

        Raises:
            UserError: when the server cannot be reached, cannot be trusted, or does not take the message.
        """
        try:
            with self._connected() as connection:
                if self.user:
                    connection.login(self.user, self.password)
                connection.send_message(message)
        except ssl.SSLError as error:
            raise UserError(
                f"邮件服务器 {self.host} 的证书不受信任或不支持加密，请联系网络管理员。"
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise UserError("邮件服务器不接受这个用户名和密码，请检查设置。") from error
        except smtplib.SMTPException as error:
            raise UserError(f"邮件服务器 {self.host} 没有收下邮件，请检查发件人和收件人地址。") from error
        except OSError as error:
            raise UserError(f"连不上邮件服务器 {self.host}:{self.port}，请检查地址、端口和网络。") from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            connection.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection


def recipients(settings: Settings) -> list[str]:
    """Return the addresses to which messages go, in the order given."""
    return [part.strip() for part in re.split("[;；,，]", settings.mail_to) if part.strip()]


def send_due(library: Library, by: str) -> int:
    """Send what is overdue and due soon to the recipients of the settings; returns the number of rows.

    Nothing is sent where nothing is due; then 0.

    Raises:
        UserError: when mail is not set up, or the server does not take the message.
    """
    settings = library.settings.read()
    server = MailServer.of(settings)
    due = due_of(library)
    if due:
        server.send(due_message(due, settings))
        note = f"逾期 {len(due.overdue)} 项，{due.days} 天内到期 {len(due.soon)} 项"
        library.audit.remember(by, MAIL_SENT, ";".join(recipients(settings)), note)
    return len(due.overdue) + len(due.soon)


def due_message(due: Due, settings: Settings) -> EmailMessage:
    """Return the message: the rows as lines, and all of them in a workbook beside it."""
    message = EmailMessage()
    office = f"{settings.office_name}：" if settings.office_name else ""
    counts = f"逾期 {len(due.overdue)} 项，{due.days} 天内到期 {len(due.soon)} 项"
    message["Subject"] = f"{office}任务到期提醒（{counts}）"
    message["From"] = settings.mail_from
    message["To"] = ", ".join(recipients(settings))
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or None)
    message.set_content(_body(due, counts))
    records = [ledger_record(row) for row in (*due.overdue, *due.soon)]
    title = f"到期任务（{due.today.isoformat()}）"
    data = book_bytes(Book(records, title, Look.of(settings), today=due.today), ".xlsx")
    message.add_attachment(data, *XLSX, filename=f"{title}.xlsx")
    return message


def _body(due: Due, counts: str) -> str:
    lines = [f"截至 {due.today.isoformat()}：{counts}。", ""]
    for head, rows in (("一、已逾期", due.overdue), ("二、即将到期", due.soon)):
        if rows:
            lines += [f"{head}（{len(rows)} 项）", *_listed(rows, due), ""]
    lines.append("全部任务见附件。这封邮件由台账系统自动发出。")
    return "\n".join(lines)


def _listed(rows: Sequence[TaskRow], due: Due) -> list[str]:
    facts = [
        (
            brief_text(row, LONGEST),
            acting_units(row.record, MOST_UNITS),
            str(day_of(row)),
            late_words(row, due.today),
        )
        for row in rows[:MOST_LISTED]
    ]
    lines = [f"{number}. {'　'.join(filter(None, words))}" for number, words in enumerate(facts, start=1)]
    return [*lines, "……"] if len(rows) > MOST_LISTED else lines

"""What is due: on one page, as a calendar, by e-mail through a real server."""

from __future__ import annotations

import io
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from corpus.errors import UserError
from corpus.store.rows import Colour, TaskRow, TaskStatus
from service.library import Library
from service.reminders.calendar import calendar_bytes
from service.reminders.daily import send_if_due
from service.reminders.due import due_among, late_words
from service.reminders.mail import MailServer, send_due
from service.reminders.summary import overall_words, summary_bytes, summary_of
from tests.service.test_ledger import row as record

TODAY = date(2026, 11, 22)
PASSWORD = "ducha-2026"


def row(
    number: int = 1,
    text: str = "清理河道垃圾。",
    days: int | None = None,
    status: TaskStatus = TaskStatus.NOT_STARTED,
    lead: Sequence[str] = ("市水利局",),
    next_days: int | None = None,
) -> TaskRow:
    """A row of the ledger, due so many days after today."""
    due = TODAY + timedelta(days=days) if days is not None else None
    again = TODAY + timedelta(days=next_days) if next_days is not None else None
    units = [{"name": name, "role": "lead", "canonical": None} for name in lead]
    colour = Colour.RED if due and due < TODAY and status is TaskStatus.NOT_STARTED else None
    said = record(text, label=f"{number}.", units=units)
    return TaskRow(
        f"t{number}", "d1", "方案.txt", "河道整治方案", said, status, colour, due, again, (), (), True
    )


ROWS = [
    row(1, days=-40),
    row(2, "拆除违法建筑。", days=-3, lead=("市自然资源局", "市水利局")),
    row(3, "建设生态护岸。", days=0),
    row(4, "修订巡查办法。", days=12),
    row(5, "推广巡查平台。", days=90),
    row(6, days=-10, status=TaskStatus.DONE),
    row(7, "每月通报水质。", next_days=6),
    row(8, "长期坚持巡河。"),
]
DUE = due_among(ROWS, TODAY, 30)


def test_what_is_overdue_and_what_is_due_soon() -> None:
    assert [row.id for row in DUE.overdue] == ["t1", "t2"]
    assert [row.id for row in DUE.soon] == ["t3", "t7", "t4"]
    words = [late_words(row, TODAY) for row in (*DUE.overdue, *DUE.soon, ROWS[7])]
    assert words == ["逾期40天", "逾期3天", "今天到期", "还有6天", "还有12天", ""]


def events(data: bytes) -> list[dict[str, object]]:
    return [
        {"uid": str(event["UID"]), "day": event.decoded("DTSTART"), "end": event.decoded("DTEND")}
        | {"title": str(event["SUMMARY"]), "alarms": len(event.walk("VALARM"))}
        for event in Calendar.from_ical(data).walk("VEVENT")
    ]


def test_a_calendar_has_a_day_for_each_row() -> None:
    found = events(calendar_bytes(DUE))
    assert [event["uid"] for event in found] == [f"t{number}@taizhang" for number in (1, 2, 3, 7, 4)]
    assert (found[1]["day"], found[1]["end"]) == (date(2026, 11, 19), date(2026, 11, 20))
    assert found[1]["title"] == "【逾期】2.拆除违法建筑（市自然资源局、市水利局）"
    assert [event["alarms"] for event in found] == [0, 0, 1, 1, 1]


def test_lines_of_a_calendar_are_short_and_its_words_stay_whole() -> None:
    text = "修订“河道，巡查；办法”\\并印发。" * 30
    data = calendar_bytes(due_among([row(1, text, days=2)], TODAY, 30))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert text[:100] in str(event["DESCRIPTION"])


def test_the_page_counts_lists_and_ranks() -> None:
    summary = summary_of(ROWS, TODAY, 30, "安澜市")
    assert (
        overall_words(summary) == "共有任务8项：已办结1项，未启动7项，已逾期2项，30天内到期3项。办结率12%。"
    )
    document = Document(io.BytesIO(summary_bytes(summary)))
    assert document.paragraphs[0].text == "安澜市重点任务督办情况"
    overdue, soon, units = (
        [[cell.text for cell in line.cells] for line in table.rows] for table in document.tables
    )
    assert overdue[1] == ["1.清理河道垃圾", "市水利局", "2026-10-13", "逾期40天"]
    assert [line[3] for line in soon[1:]] == ["今天到期", "还有6天", "还有12天"]
    assert units[1:] == [["市水利局", "8", "1", "12%", "2"], ["市自然资源局", "1", "0", "0%", "1"]]


def test_an_empty_ledger_has_a_page_too() -> None:
    summary = summary_of([], TODAY, 30)
    assert overall_words(summary) == "台账中还没有任务。"
    assert summary_bytes(summary)


@pytest.mark.office
def test_the_page_is_one_page(tmp_path: Path) -> None:
    program = shutil.which("soffice") or pytest.skip("no LibreOffice on this machine")
    rows = [
        row(
            n,
            "推进城乡河道水系连通和生态修复治理。" * 3,
            n % 40 - 25,
            lead=(f"栖霞港区第{n % 30}水利工作管理委员会",) * 3,
        )
        for n in range(1, 300)
    ]
    (tmp_path / "page.docx").write_bytes(summary_bytes(summary_of(rows, TODAY, 30, "安澜市人民政府")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "page.docx")], check=True, capture_output=True)
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as pdf:
        assert len(pdf) == 1


class Postman:
    """Takes in messages for those who log in."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.messages.append(parsed)  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def knows(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine trust the authority, as an office's machines trust their own."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))


@pytest.fixture(params=["tls", "starttls"])
def postman(
    request: pytest.FixtureRequest, authority: trustme.CA
) -> Iterator[tuple[Postman, dict[str, object]]]:
    """A mail server with a certificate, and the settings that reach it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    handler = Postman()
    secure = (
        {"ssl_context": context}
        if request.param == "tls"
        else {"tls_context": context, "require_starttls": True}
    )
    later = (
        request.param == "starttls"
    )  # aiosmtpd does not see that the connection is encrypted from the start
    asking = {"authenticator": knows, "auth_required": later, "auth_require_tls": later}
    port = free_port()
    controller = Controller(handler, hostname="localhost", port=port, ready_timeout=60, **asking, **secure)
    controller.start()
    yield (
        handler,
        {
            "mail_host": "localhost",
            "mail_port": port,
            "mail_security": request.param,
            "mail_user": "ducha",
            "mail_password": PASSWORD,
            "mail_from": "ducha@anlan.example",
            "mail_to": "zhuren@anlan.example；mishu@anlan.example",
        },
    )
    controller.stop()


def free_port() -> int:
    with socket.create_server(("localhost", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def library(copied: Library) -> Library:
    """A library with a plan whose tasks are overdue, to be written to."""
    return copied


@pytest.mark.usefixtures("trusted")
def test_what_is_due_goes_out_by_mail(library: Library, postman: tuple[Postman, dict[str, object]]) -> None:
    handler, settings = postman
    library.settings.write(settings, "王明")
    assert send_due(library, "王明") == 3
    (message,) = handler.messages
    assert handler.recipients == ["zhuren@anlan.example", "mishu@anlan.example"]
    assert "逾期 3 项" in message["Subject"]
    body = message.get_body(("plain",))
    assert body is not None and "1. （一）清理河道垃圾　市水利局　2025-06-30　逾期" in body.get_content()
    (attached,) = message.iter_attachments()
    sheet = load_workbook(io.BytesIO(attached.get_payload(decode=True))).worksheets[0]
    assert [sheet.cell(line, 3).value for line in (4, 5, 6)] == [
        "（一）清理河道垃圾。",
        "（二）拆除违法建筑。",
        "（三）推广“水管家”平台。",
    ]
    assert PASSWORD not in repr(library.audit.page()) and "mail.sent" in repr(library.audit.page())


@pytest.mark.usefixtures("trusted")
def test_the_message_of_the_day_goes_out_once(
    library: Library, postman: tuple[Postman, dict[str, object]]
) -> None:
    handler, settings = postman
    library.settings.write({**settings, "mail_time": "08:30"}, "王明")
    day = datetime.now().replace(hour=8, minute=29)
    sent = [send_if_due(library, day + timedelta(minutes=minutes)) for minutes in (0, 1, 2, 90)]
    assert (sent, len(handler.messages)) == ([False, True, False, False], 1)


def test_a_server_that_nobody_vouches_for_gets_nothing(
    library: Library, postman: tuple[Postman, dict[str, object]]
) -> None:
    handler, settings = postman
    library.settings.write(settings, "王明")
    with pytest.raises(UserError, match="证书不受信任"):
        send_due(library, "王明")
    assert handler.messages == []


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told(library: Library, postman: tuple[Postman, dict[str, object]]) -> None:
    library.settings.write({**postman[1], "mail_password": "falsch"}, "王明")
    with pytest.raises(UserError, match="用户名和密码"):
        send_due(library, "王明")


def test_mail_is_off_until_it_is_set_up(empty: Library) -> None:
    with pytest.raises(UserError, match="还没有设置"):
        send_due(empty, "王明")
    assert not send_if_due(empty, datetime(2026, 11, 22, 23, 59))


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match="连不上邮件服务器"):
        MailServer("localhost", free_port(), "tls").send(EmailMessage())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mail_to", "主任"),
        ("mail_to", "a@b.example\nBcc: c@d.example"),
        ("mail_from", "a@b.example, c@d.example"),
        ("mail_host", "user@host"),
        ("mail_port", 0),
        ("mail_security", "none"),
        ("mail_time", "8:30"),
    ],
)
def test_settings_that_will_not_do(empty: Library, key: str, value: object) -> None:
    with pytest.raises(UserError):
        empty.settings.write({key: value}, "王明")


def test_the_password_shows_nowhere(empty: Library) -> None:
    empty.settings.write({"mail_password": PASSWORD}, "王明")
    assert empty.settings.read().public()["mail_password"] is True
    assert PASSWORD not in repr(empty.audit.page()) + repr(MailServer("h", 1, "tls", "u", PASSWORD))

"""Saved messages (eml, msg) and web pages (mht): the message is a document, what hangs on it are others."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parsedate_to_datetime

from ingest.readers.base import RawDocument, RawLine
from ingest.readers.encodings import decode
from ingest.readers.ole import compound_kind, is_compound
from ingest.readers.refusal import unreadable

_HEAD = 16_384
"""Bytes within which the header of a message is looked for."""
_AFTER_HEAD = re.compile(rb"\r?\n\r?\n|\Z")
"""Where the words begin, also in a message whose parts cannot be told apart."""
_FIRST_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_MESSAGE = (rb"^From:", rb"^(?:Subject|Date|To|MIME-Version):")
_SAVED_PAGE = (rb"\A\s*MIME-Version:", rb"^Content-Type:[ \t]*(?:multipart/related|text/html)")
"""The header of a web page that Word or WPS saved as one file; browsers write From, too."""
_MAX_ATTACHMENTS = 500
_MAX_PARTS = 200
"""Bodies within bodies; each one costs its parser a look at the whole message."""
_DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    MessageError,
    AssertionError,
    RecursionError,
)
"""What the libraries raise over broken messages."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a message."""

    name: str
    """As its sender named it; may hold anything."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message taken apart."""

    subject: str = ""
    date: str | None = None
    """Day on which it was sent, ISO."""
    text: str = ""
    html: bytes = b""
    """The message as a web page where it was sent as one."""
    attachments: tuple[Attachment, ...] = ()


class MailReader:
    """Reads the words of a message; its attachments are files of their own (`service.intake.sources`)."""

    name = "mail"
    version = 1
    suffixes: tuple[str, ...] = (".eml", ".msg", ".mht", ".mhtml")

    def recognises(self, data: bytes) -> bool:
        """Tell whether the bytes are a message with its header, or one saved by Outlook."""
        if is_compound(data):
            return compound_kind(data) == "msg"
        head = data[:_HEAD]
        return _FIRST_FIELD.match(head) is not None and (_has(head, *_MESSAGE) or _has(head, *_SAVED_PAGE))

    def read(self, data: bytes, source: str) -> RawDocument:
        """Return subject and words of the message.

        Raises:
            UnreadableError: when the message is damaged or has no words of its own.
        """
        mail = open_mail(data, source)
        lines, published = _lines(mail, source)
        if not any(line.text.strip() for line in lines):
            raise unreadable(source, "no-text", "邮件没有正文；附件请保存出来，或用“添加”读取整个邮件文件。")
        head = [RawLine(mail.subject, whole=True, centred=True)] if mail.subject else []
        return RawDocument(
            source,
            (*head, *lines),
            f"{self.name}-{self.version}",
            title=mail.subject or None,
            date=mail.date or published,
        )


def _has(head: bytes, *fields: bytes) -> bool:
    return all(re.search(field, head, re.MULTILINE | re.IGNORECASE) for field in fields)


def open_mail(data: bytes, source: str) -> Mail:
    """Return the parts of a message.

    Raises:
        UnreadableError: when it is damaged.
    """
    try:
        return _outlook(data) if is_compound(data) else _internet(data)
    except _DAMAGE as error:
        raise unreadable(source, "damaged", "邮件已损坏或不完整，请重新导出后再试。") from error


def _internet(data: bytes) -> Mail:
    if data.count(b"boundary") > _MAX_PARTS:
        raise ValueError("more parts within parts than any message has")
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)  # what the policy makes
    body = message.get_body(("plain",))
    page = message.get_body(("html", "related"))
    attachments = tuple(
        Attachment(part.get_filename() or "附件", _content(part))
        for part in list(message.iter_attachments())[:_MAX_ATTACHMENTS]
        if part is not page
    )
    text, html = _words(body) if body is not None else "", _page(page) if page is not None else b""
    if not (text or html or attachments):
        text = decode(data[_AFTER_HEAD.search(data).end() :]) or ""  # type: ignore[union-attr]  # always found
    return Mail(
        subject=_field(message, "Subject"),
        date=_day(_field(message, "Date")),
        text=text,
        html=html,
        attachments=attachments,
    )


def _field(message: EmailMessage, name: str) -> str:
    """Return a field of the header, "" where it is missing or cannot be read."""
    try:
        return str(message.get(name, "")).strip()
    except (*_DAMAGE, OverflowError):
        return ""


def _content(part: EmailMessage) -> bytes:
    """Return the bytes of an attachment; a message that was forwarded becomes a file of its own."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        return bytes(inner) if isinstance(inner, EmailMessage) else b""
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _words(part: Message) -> str:
    held = part.get_payload(decode=True)
    return decode(held) or "" if isinstance(held, bytes) else ""


def _page(part: Message) -> bytes:
    html = next((each for each in part.walk() if each.get_content_type() == "text/html"), part)
    held = html.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _day(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).date().isoformat() if text else None
    except ValueError:
        return None


def _outlook(data: bytes) -> Mail:
    import oxmsg  # only these files need it

    message = oxmsg.Message.load(io.BytesIO(data))
    attachments = tuple(
        Attachment(held.file_name or "附件", held.file_bytes or b"")
        for held in list(message.attachments)[:_MAX_ATTACHMENTS]
    )
    html = message.html_body
    return Mail(
        subject=(message.subject or "").strip(),
        date=message.sent_date.date().isoformat() if message.sent_date else None,
        text=message.body or "",
        html=html.encode() if isinstance(html, str) else b"",
        attachments=attachments,
    )


def _lines(mail: Mail, source: str) -> tuple[tuple[RawLine, ...], str | None]:
    """Return the lines of the message, its web page first where it has tables or nothing else has words."""
    from ingest.readers.html.reader import READER as page_reader

    if mail.html and (b"<table" in mail.html.lower() or not mail.text.strip()):
        page = page_reader.read(mail.html, source)
        return page.lines, page.date
    return tuple(RawLine(line) for line in mail.text.splitlines()), None


READER = MailReader()

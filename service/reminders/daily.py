"""Sends the message of the day once its time has come."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from corpus.store.audit import AuditQuery
from service.background.daily import Daily
from service.library import Library
from service.reminders.due import MAIL_SENT

AGAIN = 600.0
"""Seconds until a server that did not answer is tried again."""


def daily_mail(library: Library) -> Daily:
    """Return what sends the message of the day."""
    return Daily("daily message", partial(send_if_due, library), AGAIN)


def send_if_due(library: Library, now: datetime) -> bool:
    """Send the message of the day when its time has come and it was not sent yet; tell whether it was.

    A day on which nothing is due passes without a message.

    Raises:
        UserError: when the server does not take it.
    """
    from service.reminders.mail import send_due  # brings what writes workbooks

    wanted = library.settings.read()
    if not (wanted.mail_host and wanted.mail_time) or f"{now:%H:%M}" < wanted.mail_time:
        return False
    if _was_sent(library, now.date()):
        return False
    return send_due(library, "") > 0


def _was_sent(library: Library, day: date) -> bool:
    """Tell whether the message of the day was sent; one that a person sent by hand does not count."""
    page = library.audit.page(AuditQuery(action=MAIL_SENT, limit=50))
    return any(not entry.by and entry.at.astimezone().date() == day for entry in page.items)

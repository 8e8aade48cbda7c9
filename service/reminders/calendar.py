"""Due and overdue rows as an ICS calendar, which Outlook, WPS and telephones take in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from corpus.store.rows import TaskRow
from service.acting import acting_units
from service.ledger import STATUS_WORDS, short_text
from service.reminders.due import MOST_UNITS, Due, brief_text, day_of

LONGEST_TITLE = 60
DAY_BEFORE = timedelta(hours=-15)
"""When the alarm rings: at nine in the morning of the day before."""
DOMAIN = "taizhang"


def calendar_bytes(due: Due, name: str = "任务到期") -> bytes:
    """Return the rows as a calendar, one event of a whole day for each.

    A row keeps the same id in every calendar, so that taking in a newer one moves its event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//taizhang//ledger//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    stamp = datetime.now(UTC)
    for row in (*due.overdue, *due.soon):
        day = day_of(row)
        if day is not None:
            calendar.add_component(_event(row, day, due.today, stamp))
    written: bytes = calendar.to_ical()
    return written


def _event(row: TaskRow, day: date, today: date, stamp: datetime) -> Event:
    event = Event()
    units = acting_units(row.record, MOST_UNITS)
    title = brief_text(row, LONGEST_TITLE)
    event.add("uid", f"{row.id}@{DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{'【逾期】' if day < today else ''}{title}{f'（{units}）' if units else ''}")
    event.add("description", "\n".join(_lines(row)))
    event.add("categories", ["逾期" if day < today else "到期"])
    event.add("transp", "TRANSPARENT")  # a task that is due does not make the day busy
    if day >= today:
        event.add_component(_alarm(title))
    return event


def _lines(row: TaskRow) -> list[str]:
    limits = "；".join(dict.fromkeys(limit["raw"] for limit in row.record["deadlines"]))
    facts = {
        "任务": short_text(row.record, 1000),
        "单位": "、".join(dict.fromkeys(unit["name"] for unit in row.record["units"])),
        "时限": limits,
        "状态": STATUS_WORDS[row.status.value],
        "来源": row.title or row.source,
        "编号": row.id,
    }
    return [f"{head}：{words}" for head, words in facts.items() if words]


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", DAY_BEFORE)
    return alarm

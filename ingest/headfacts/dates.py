"""成文日期, else the date of publication."""

from __future__ import annotations

import datetime
import re

from ingest.headfacts.head import Head
from ingest.labels import number_of
from ingest.official_lines import DATE

_DATE = re.compile(DATE)
_PARTS = re.compile(r"(?P<year>[^年]+)年(?P<month>[^月]+)月(?P<day>[^日]+)日")
_NUMERIC = re.compile(r"((?:19|20|１９|２０)\d\d)[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})")
_DIGITS = {letter: str(value) for value, letter in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
}


def find_date(head: Head) -> datetime.date | None:
    """Return the date of the document: below its text, beside its title, else that of publication."""
    for line in (*head.signature, *head.titles, *head.marks):
        found = _last_date(line)
        if found:
            return found
    return _numeric_date(head.clues.date)


def _last_date(line: str) -> datetime.date | None:
    if len(line) > 160:
        return None
    found = _DATE.findall(line)
    return parse_date(found[-1]) if found else None


def parse_date(words: str) -> datetime.date | None:
    """Return the day that 2023年3月29日 or 二〇二三年三月二十九日 means, None for an impossible one."""
    parts = _PARTS.fullmatch("".join(words.split()))
    if not parts:
        return None
    year = "".join(_DIGITS.get(letter, letter) for letter in parts["year"])  # int() reads full-width digits
    try:
        return datetime.date(int(year), _number(parts["month"]), _number(parts["day"]))
    except ValueError:
        return None


def _number(words: str) -> int:
    return 1 if words == "元" else number_of(words)


def _numeric_date(words: str) -> datetime.date | None:
    found = _NUMERIC.search(words)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

"""The cells of a ledger that a person may type into: what they show, and what typed words mean.

A cell is plain text on the page and a few keys of the public record underneath. Typed words are taken as
typed; a unit or a limit that stood there before keeps its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from corpus.brackets import split_outside_brackets
from corpus.errors import UserError
from corpus.records import JsonObject, earliest_end, plain
from corpus.registry.units import canonical_unit, is_group
from service.official.document import written_day

if TYPE_CHECKING:
    from corpus.document import Document
    from corpus.task import Deadline

NOWHERE = [0, 0]
"""The span of what a person put in by hand."""
ROLE_HEADS = {"lead": "牵头单位", "responsible": "责任单位", "cooperate": "配合单位", "supervise": "督导单位"}
FAR_YEARS = 80
"""A day that far away is a slip of the hand: 6630-02-02."""
LEAP_YEAR = 2000
_BETWEEN_NAMES = "、，,；;\n\t"
_BETWEEN_LIMITS = "；;\n\t"
_SHORT_DAY = re.compile(r"\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?\s*")
"""A day without its year, as people type it: 6.30."""
_DAY = re.compile(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document tells about the words that are typed into its ledger."""

    region: str | None = None
    issued: date | None = None
    title_year: int | None = None

    @classmethod
    def of(cls, document: Document) -> Setting:
        """Return the setting of a document."""
        from ingest.extract.times.document_time import deadline_context  # brings all rules of extraction

        return cls(document.header.region, document.header.date, deadline_context(document).title_year)


@dataclass(frozen=True, slots=True)
class Cell:
    """One editable column: its name in programs and on the page, and both ways between record and text."""

    field: str
    head: str
    read: Callable[[JsonObject], str]
    write: Callable[[JsonObject, str, Setting], JsonObject]
    """Returns the changed keys; raises UserError for words that the cell cannot hold."""


def _words(key: str) -> Callable[[JsonObject], str]:
    return lambda record: str(record[key] or "").replace("\t", "\n")


def _write_words(key: str, record: JsonObject, words: str, _setting: Setting) -> JsonObject:
    if key == "text" and not words.strip():
        raise UserError("任务不能为空；不要这一行，请用“删除”。")
    # A row of a table keeps the tabs between its cells where nothing else was changed.
    same = words == _words(key)(record)
    return {key: record[key] if same else words.strip()}


def _write_optional(key: str, _record: JsonObject, words: str, _setting: Setting) -> JsonObject:
    return {key: words.strip() or None}


def _read_units(role: str, record: JsonObject) -> str:
    return "、".join(unit["name"] for unit in record["units"] if unit["role"] == role)


def _write_units(role: str, record: JsonObject, words: str, setting: Setting) -> JsonObject:
    """Put the named units into the role; a unit known in another role brings along what is known of it."""
    names = list(dict.fromkeys(split_outside_brackets(words, _BETWEEN_NAMES)))
    own = {unit["name"]: unit for unit in record["units"] if unit["role"] == role}
    if names == list(own):
        return {"units": record["units"]}
    others = [unit for unit in record["units"] if unit["role"] != role]
    known = {**{unit["name"]: unit for unit in others}, **own}
    named = [{**(known.get(name) or new_unit(name, setting)), "role": role} for name in names]
    roles = list(ROLE_HEADS)
    return {"units": sorted([*others, *named], key=lambda unit: roles.index(unit["role"]))}


def new_unit(name: str, setting: Setting) -> JsonObject:
    """Return the record of a unit that a person typed; its role is still to be given."""
    return {
        "name": name,
        "role": "responsible",
        "span": NOWHERE,
        "canonical": canonical_unit(name, setting.region, setting.issued),
        "group": is_group(name),
        "members": [],
        "inherited": False,
    }


def _read_limits(record: JsonObject) -> str:
    return "；".join(dict.fromkeys(limit["raw"] for limit in record["deadlines"]))


def _write_limits(record: JsonObject, words: str, setting: Setting) -> JsonObject:
    known: dict[str, list[JsonObject]] = {}
    for limit in record["deadlines"]:
        known.setdefault(limit["raw"], []).append(limit)
    limits: list[JsonObject] = []
    for part in dict.fromkeys(split_outside_brackets(words, _BETWEEN_LIMITS)):
        limits += known.get(part) or [_limit(part, setting)]
    return {"deadlines": limits}


def _limit(words: str, setting: Setting) -> JsonObject:
    """Return the limit that typed words mean; words without a day of their own are kept as a condition."""
    if found := _limits(words, setting.issued, setting.title_year):
        return {**plain(found[0]), "raw": words, "span": NOWHERE}
    return {**_dated(None), "raw": words, "kind": "condition"}


def _limits(words: str, issued: date | None, title_year: int | None = None) -> tuple[Deadline, ...]:
    from ingest.extract.times.deadlines import DeadlineContext, parse_deadline  # brings its word tables

    read = _SHORT_DAY.sub(r"\1月\2日", words) if _SHORT_DAY.fullmatch(words) else words
    return parse_deadline(read, 0, DeadlineContext(issued, title_year), labelled=True)


def _dated(day: date | None) -> JsonObject:
    return {
        "raw": f"{written_day(day)}前" if day else "",
        "kind": "date",
        "span": NOWHERE,
        "start": None,
        "end": plain(day),
        "loose": False,
        "inherited": False,
    }


def _read_day(record: JsonObject) -> str:
    return earliest_end(record) or ""


def _write_day(record: JsonObject, words: str, setting: Setting) -> JsonObject:
    """Move the earliest end to a day; without a limit that can have one, the day is a limit of its own."""
    if words.strip() == _read_day(record):
        return {"deadlines": record["deadlines"]}
    if not words.strip():
        return {"deadlines": [{**limit, "end": None} for limit in record["deadlines"]]}
    day = parse_day(words, setting.issued, ahead=True)
    fitting = [limit for limit in record["deadlines"] if limit["kind"] != "recurring"]
    chosen = min(fitting, key=lambda limit: limit["end"] or "9999", default=None)
    if chosen is None:
        return {"deadlines": [*record["deadlines"], _dated(day)]}
    moved = {**chosen, "end": plain(day), "start": _start_before(chosen, day), "loose": False}
    return {"deadlines": [moved if limit is chosen else limit for limit in record["deadlines"]]}


def _start_before(limit: JsonObject, day: date) -> str | None:
    start: str | None = limit["start"]
    return start if start is not None and start <= day.isoformat() else None


def parse_day(words: str, near: date | None = None, *, ahead: bool = False) -> date:
    """Return the day that a person typed: 2026-6-30, 2026.6.30, 2026年6月30日, 6.30, 6月底, 明年6月底.

    Args:
        words: what was typed.
        near: the day by which a year that is not typed is found; None for today.
        ahead: whether the day comes after `near`, as a time limit does; else it is one of the same year.

    Raises:
        UserError: when the words are no day, or one of another age.
    """
    near = near or date.today()
    try:
        day = _plain_day(words) or _described_day(words, near, ahead)
    except ValueError:  # 2026-02-30
        day = None
    if day is None or abs(day.year - near.year) > FAR_YEARS:
        raise UserError(f"“{words.strip()}”看不出是哪一天，请写成 2026-06-30、6月30日或6月底的样子。")
    return day


def _plain_day(words: str) -> date | None:
    if found := _DAY.fullmatch(words):
        return date(*map(int, found.groups()))
    return date.fromisoformat(words.strip()) if words.strip().isdecimal() else None


def _described_day(words: str, near: date, ahead: bool) -> date | None:
    """Return the one day by which a time limit ends that somebody wrote in words."""
    if found := _SHORT_DAY.fullmatch(words):
        date(LEAP_YEAR, *map(int, found.groups()))  # there is such a day
    ends = {limit.end for limit in _limits(words.strip(), near)}
    day = ends.pop() if len(ends) == 1 else None
    if day is None or ahead or "年" in words or day.year <= near.year:
        return day
    return day.replace(year=near.year)


def _read_persons(record: JsonObject) -> str:
    return "、".join(person_words(person) for person in record["persons"])


def person_words(person: JsonObject) -> str:
    """Return a person as a ledger shows one: post, then name."""
    return f"{person.get('post', '')}{person['name']}"


def _write_persons(record: JsonObject, words: str, _setting: Setting) -> JsonObject:
    known = {person_words(person): person for person in record["persons"]}
    names = split_outside_brackets(words, _BETWEEN_NAMES)
    return {"persons": [known.get(name) or {"name": name, "post": ""} for name in dict.fromkeys(names)]}


def _read_indicators(record: JsonObject) -> str:
    return "；".join(dict.fromkeys(item["raw"] for item in record["indicators"]))


def _write_indicators(record: JsonObject, words: str, _setting: Setting) -> JsonObject:
    known = {item["raw"]: item for item in record["indicators"]}
    found: list[JsonObject] = []
    for part in dict.fromkeys(split_outside_brackets(words, _BETWEEN_LIMITS)):
        found += [known[part]] if part in known else _indicators(part)
    return {"indicators": found}


def _indicators(words: str) -> Iterator[JsonObject]:
    from corpus.spans import Span
    from ingest.extract.figures.indicators import find_indicators

    found = find_indicators(words, Span(0, len(words)))
    blank = {"raw": words, "span": NOWHERE, "value": None, "unit": "", "op": "=", "max": None}
    yield {**plain(found[0]), "raw": words, "span": NOWHERE} if found else blank


def _read_remark(record: JsonObject) -> str:
    return str(record["extra"].get("备注", ""))


def _write_remark(record: JsonObject, words: str, _setting: Setting) -> JsonObject:
    extra = {head: value for head, value in record["extra"].items() if head != "备注"}
    return {"extra": {**extra, "备注": words.strip()} if words.strip() else extra}


CELLS = (
    Cell("label", "编号", _words("label"), partial(_write_words, "label")),
    Cell("problem", "存在问题", _words("problem"), partial(_write_optional, "problem")),
    Cell("text", "任务", _words("text"), partial(_write_words, "text")),
    Cell("goal", "整改目标", _words("goal"), partial(_write_optional, "goal")),
    *(
        Cell(role, head, partial(_read_units, role), partial(_write_units, role))
        for role, head in ROLE_HEADS.items()
    ),
    Cell("persons", "责任人", _read_persons, _write_persons),
    Cell("limits", "完成时限", _read_limits, _write_limits),
    Cell("day", "截止日期", _read_day, _write_day),
    Cell("indicators", "指标", _read_indicators, _write_indicators),
    Cell("remark", "备注", _read_remark, _write_remark),
)
"""The editable columns in the order in which the page shows them."""
CELL_OF = {cell.field: cell for cell in CELLS}

"""What a sensible engineer writes in an afternoon: keywords and regular expressions.

It stands beside ours in every table, so that a figure says what the work beyond it was worth. It is given
the text that our readers clean, which flatters it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from corpus.records import JsonObject
from evaluation.extraction.entries import HEADER_FIELDS

_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]|\d+[.．、]|[一二三四五六七八九十]+、)")
_KEYWORD = r"(?:牵头单位|责任单位|配合单位|责任部门|牵头部门|牵头|负责|配合)"
_BRACKETS = re.compile(rf"[（(]([^（()）]*{_KEYWORD}[^（()）]*)[)）]")
_LABELLED = re.compile(r"(牵头|责任|配合)(?:单位|部门)[：:]([^；;。）)\n]+)")
_TRAILING = re.compile(r"([^；;。，,：:]+?)(牵头|负责|配合)")
_DATE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?(?:底)?(?:前)?")
_NUMBER_OF_DOCUMENT = re.compile(r"\S{2,10}[〔\[（(]\d{4}[〕\])）]\d+号")
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_ROLES = {"牵头": "lead", "责任": "responsible", "负责": "responsible", "配合": "cooperate"}
_DONE = re.compile(r"已(?:完成|建成|整改)|完成整改")


def baseline_line(source: str, text: str) -> JsonObject:
    """Return an extract line for `text`: a task is a numbered paragraph that carries a keyword or a date."""
    lines = text.split("\n")
    tasks = [task for paragraph in _paragraphs(lines) if (task := _task(paragraph))]
    return {
        "source": source,
        "document": _header(lines),
        "text": text,
        "tasks": tasks,
        "progress": [{"text": line.strip(), "status": "done"} for line in lines if _DONE.search(line)],
        "problems": [],
    }


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the lines, where 责任单位： lines and the like stay with the numbered line above."""
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and (_LABELLED.match(line.strip()) or line.strip().startswith("完成时限")):
            paragraphs[-1] += "\n" + line
        else:
            paragraphs.append(line)
    return paragraphs


def _task(paragraph: str) -> JsonObject | None:
    units, limits = _units(paragraph), _limits(paragraph)
    numbered = _NUMBERED.match(paragraph)
    if not units and not (limits and numbered):
        return None
    body = paragraph.split("\n")[0][numbered.end() if numbered else 0 :]
    return {
        "text": _BRACKETS.sub("", body).strip(),
        "units": units,
        "refs": [],
        "persons": [],
        "deadlines": limits,
        "found_by": "keyword",
    }


def _units(paragraph: str) -> list[JsonObject]:
    labelled = [(names, _ROLES[label]) for label, names in _LABELLED.findall(paragraph)]
    if labelled:
        return [unit for names, role in labelled for unit in _split(names, role)]
    brackets = _BRACKETS.findall(paragraph)
    return [
        unit
        for statement in brackets
        for names, verb in _TRAILING.findall(statement)
        for unit in _split(names, _ROLES[verb])
    ]


def _split(names: str, role: str) -> list[JsonObject]:
    return [{"name": name, "role": role} for name in _SEPARATORS.split(names) if name]


def _limits(paragraph: str) -> list[JsonObject]:
    return [
        {"raw": found.group().strip(), "kind": "date", "end": end}
        for found in _DATE.finditer(paragraph)
        if (end := _last_day(*found.groups()))
    ]


def _last_day(year: str, month: str | None, day: str | None) -> str | None:
    """Return the ISO date of a day, or of the last day of a month or year; None when there is no such day."""
    number = int(month or 12)
    try:
        last = int(day) if day else calendar.monthrange(int(year), number)[1]
        return date(int(year), number, last).isoformat()
    except ValueError:
        return None


def _header(lines: list[str]) -> JsonObject:
    full = [line.strip() for line in lines if line.strip()]
    number = next((found.group() for line in full[:10] if (found := _NUMBER_OF_DOCUMENT.search(line))), None)
    dates = [end for line in full for found in _DATE.finditer(line) if (end := _last_day(*found.groups()))]
    facts: JsonObject = dict.fromkeys(HEADER_FIELDS)
    return facts | {
        "title": full[0] if full else None,
        "doc_number": number,
        "date": dates[-1] if dates else None,
    }

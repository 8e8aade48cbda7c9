"""What the words in a cell of a returned workbook mean for a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from corpus.brackets import split_outside_brackets
from corpus.errors import UserError
from corpus.records import JsonObject, earliest_end
from corpus.registry.tables import read_table
from corpus.registry.units import is_group
from corpus.store.rereading.identity import folded
from corpus.store.rows import TaskStatus
from service.editing.cells import (
    CELL_OF,
    ROLE_HEADS,
    Setting,
    parse_day,
)
from service.ledger import STATUS_WORDS
from service.ledgerbook.columns import OWN, REFERENCE, progress_words, remark_words, unit_words
from service.supervision.entries import MARKS
from service.supervision.statuses import settable

_SECTIONS = re.compile(r"\s*[>＞›/]\s*|\n")
_GROUP = re.compile(r"(?P<name>[^（(]+)[（(](?P<members>.+)[)）]")
_PERCENT = re.compile(r"(\d{1,3})(?:\.0+)?\s*[%％]?")


@dataclass(frozen=True, slots=True)
class Changes:
    """What cells change of one row."""

    corrected: JsonObject = field(default_factory=dict)
    """Under the public keys that can be corrected."""
    kept: JsonObject = field(default_factory=dict)
    """Under the keys of `corpus.store.ledger.kept`: whole new values, and `note`, the words of a new note."""
    status: TaskStatus | None = None

    def __or__(self, other: Changes) -> Changes:
        """Return both; where both say something the other counts."""
        return Changes(self.corrected | other.corrected, self.kept | other.kept, other.status or self.status)

    def applied(self, record: JsonObject) -> JsonObject:
        """Return the record with the corrections, for cells that are written after these."""
        return {**record, **self.corrected, **{key: self.kept[key] for key in self.kept if key != "note"}}


Writer = Callable[[JsonObject, str, Setting], Changes]


def read_back(record: JsonObject, words: Mapping[str, str], setting: Setting) -> Changes:
    """Return what changed cells, given by key, make of a row.

    Raises:
        UserError: when words will not do for their cell.
    """
    found = Changes()
    for key in sorted(words, key=writing_order):
        found |= (
            WRITERS.get(key, _ignored)(found.applied(record), words[key], setting)
            if known(key)
            else (_write_own(key, found.applied(record), words[key]))
        )
    return found


def known(key: str) -> bool:
    """Tell whether a key is not one of the office's own columns."""
    return not key.startswith(OWN)


def writable(key: str) -> bool:
    """Tell whether what stands in a column is read back."""
    return key in WRITERS or not known(key)


def written_day(words: str, setting: Setting) -> str:
    """Return the day, as ISO text, that a cell of days means: a date, or words such as 6月底前; "" for none.

    Raises:
        UserError: when the words name no day.
    """
    if not words.strip():
        return ""
    try:
        return parse_day(words).isoformat()
    except UserError:
        limits = CELL_OF["limits"].write({"deadlines": []}, words, setting)["deadlines"]
        days: list[str] = [limit["end"] for limit in limits if limit["end"]]
        if not days:
            raise
        return min(days)


def writing_order(key: str) -> tuple[bool, bool, str]:
    """Sort cells as they are written: the words of limits before their day, those of progress last."""
    return key == "progress", key == "day", key


def _ignored(_record: JsonObject, _words: str, _setting: Setting) -> Changes:
    return Changes()


def _write_cell(name: str, record: JsonObject, words: str, setting: Setting) -> Changes:
    changes = CELL_OF[name].write(record, words, setting)
    return Changes({key: value for key, value in changes.items() if value != record[key]})


def _write_day(record: JsonObject, words: str, setting: Setting) -> Changes:
    if record.get("extensions"):
        raise UserError("这一项已办过延期，再改日期请用“延期”办理。")
    changes = _write_cell("day", record, written_day(words, setting), setting)
    if earliest_end({**record, **changes.corrected}) != (written_day(words, setting) or None):
        raise UserError("这一项有几个时限，其中有的更早，请在“完成时限”中修改。")
    return changes


def _write_section(record: JsonObject, words: str, _setting: Setting) -> Changes:
    return Changes({"section": [part for part in map(str.strip, _SECTIONS.split(words)) if part]})


def _write_units(role: str, record: JsonObject, words: str, setting: Setting) -> Changes:
    shown = {unit_words(unit): unit["name"] for unit in record["units"] if unit["role"] == role}
    members: dict[str, list[str]] = {}
    names = []
    for part in split_outside_brackets(words, "、，,；;\n\t"):
        name, own = shown.get(part, part), []
        group = _GROUP.fullmatch(part) if part not in shown else None
        if group is not None and (is_group(group["name"]) or group["name"] in shown.values()):
            name, own = group["name"].strip(), split_outside_brackets(group["members"], "、，,")
            members[name] = own
        names.append(name)
    units = CELL_OF[role].write(record, "、".join(names), setting)["units"]
    mended = [
        {**unit, "members": members[unit["name"]]}
        if unit["role"] == role and unit["name"] in members
        else unit
        for unit in units
    ]
    return Changes({"units": mended} if mended != record["units"] else {})


def _write_status(record: JsonObject, words: str, _setting: Setting) -> Changes:
    bare = "".join(words.split())
    status = _states().get(bare)
    if not bare:
        raise UserError("状态不能为空，请从列表中选择。")
    if status is None:
        raise UserError(f"没有“{bare}”这个状态，请从列表中选择：{'、'.join(STATUS_WORDS.values())}。")
    if status.value == (record.get("status") or "not_started"):
        return Changes()
    return Changes(status=settable(status))


@cache
def _states() -> dict[str, TaskStatus]:
    typed = {row["words"]: row["status"] for row in read_table("service.ledgerbook", "states.tsv")}
    listed = {words: status for status, words in STATUS_WORDS.items()}
    return {words: TaskStatus(status) for words, status in (typed | listed).items()}


def _write_percent(_record: JsonObject, words: str, _setting: Setting) -> Changes:
    if not words.strip():
        return Changes(kept={"percent": None})
    found = _PERCENT.fullmatch(words.strip())
    if found is None or int(found[1]) > 100:
        raise UserError(f"“{words.strip()}”不是进度，请填 0 到 100 的整数。")
    return Changes(kept={"percent": int(found[1])})


def _write_marks(_record: JsonObject, words: str, _setting: Setting) -> Changes:
    wanted = [part for part in re.split(r"[、，,；;\s]+", words) if part]
    if unknown := [mark for mark in wanted if mark not in MARKS]:
        raise UserError(f"没有“{unknown[0]}”这个标记，可用的有{'、'.join(MARKS)}。")
    return Changes(kept={"marks": [mark for mark in MARKS if mark in wanted]})


def _write_entry(key: str, record: JsonObject, words: str, _setting: Setting) -> Changes:
    value: str | None = words.strip() or None
    if value and key == "assigned_on":
        value = parse_day(value).isoformat()
    return Changes(kept={"entry": {**(record.get("entry") or {}), key: value}})


def _write_progress(record: JsonObject, words: str, _setting: Setting) -> Changes:
    """Take the lines that nobody has told yet as a new note; what was told before stays."""
    notes = "\n".join(note["text"] for note in record.get("notes") or ())
    told = {folded(line) for line in f"{progress_words(record)}\n{notes}".split("\n")}
    new = [line.strip() for line in words.split("\n") if folded(line) not in told and line.strip()]
    return Changes(kept={"note": "\n".join(new)} if new else {})


def _write_remark(record: JsonObject, words: str, _setting: Setting) -> Changes:
    """Take lines of the form 栏目：内容 for columns that the row has, and the others for its 备注."""
    heads = [head for head in record["extra"] if head != "备注"]
    shown = {line.partition("：")[0] for line in remark_words(record).split("\n")}
    kept = {head: value for head, value in record["extra"].items() if head not in shown and head != "备注"}
    free: list[str] = []
    for line in filter(None, map(str.strip, words.split("\n"))):
        head, _, rest = line.partition("：")
        if head in heads:
            kept[head] = rest
        elif not line.startswith(REFERENCE):
            free.append(line)
    extra = {head: kept[head] for head in record["extra"] if head in kept}
    return Changes({"extra": {**extra, "备注": "\n".join(free)} if free else extra})


def _write_own(key: str, record: JsonObject, words: str) -> Changes:
    own = {**(record.get("own") or {}), key.removeprefix(OWN): words.strip() or None}
    return Changes(kept={"own": {name: value for name, value in own.items() if value is not None}})


WRITERS: dict[str, Writer] = {
    **{name: partial(_write_cell, name) for name in ("problem", "goal", "persons", "limits", "indicators")},
    **{role: partial(_write_units, role) for role in ROLE_HEADS},
    "day": _write_day,
    "section": _write_section,
    "status": _write_status,
    "percent": _write_percent,
    "mark": _write_marks,
    "progress": _write_progress,
    "remark": _write_remark,
    **{
        f"entry.{key}": partial(_write_entry, key)
        for key in ("number", "origin", "assigned_on", "assigned_by", "officer", "phone")
    },
}
"""How each column is read back, but for the three that hold the text."""

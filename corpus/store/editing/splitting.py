"""Splitting and merging rows of the ledger: which findings go where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.spans import Span
from corpus.store.editing.edits import NewRow, RowEdits
from corpus.store.editing.relocation import moved_span
from corpus.store.rows import TaskRow

NOWHERE = [0, 0]
FINDINGS = ("units", "refs", "persons", "deadlines", "indicators", "measures")
SENTENCE_ENDS = "。！？；!?;\n"


def split_edits(row: TaskRow, parts: Sequence[str | Mapping[str, Any]], text: str = "") -> RowEdits:
    """Return the edits that cut a row into parts; the first part keeps the row's id, status and history.

    A finding that stands in the words of a part goes with that part; one that stands in none (a unit after
    the last part, a limit in a heading) goes with all of them.

    Args:
        row: the row to cut.
        parts: two or more, each its words, or its values by public keys with `text` or `span` among them.
        text: the document's text, in which the places of the parts are found; "" where there is none.

    Raises:
        UserError: when there are fewer than two parts, or one has no words.
    """
    made = split_values(row.record, parts, text)
    added, after = [], row.id
    for values in made[1:]:
        added.append(NewRow(values, row.document_id or None, after, row.id))
    return RowEdits(corrected={row.id: made[0]}, added=added)


def split_values(
    record: JsonObject, parts: Sequence[str | Mapping[str, Any]], text: str = ""
) -> list[JsonObject]:
    """Return the values of each part of a record, as `split_edits` makes them.

    Raises:
        UserError: when there are fewer than two parts, or one has no words.
    """
    if len(parts) < 2:
        raise UserError("拆分至少要有两部分。")
    given = [_values(record, part, text) for part in parts]
    spans = [Span(*values["span"]) for values in given]
    return [{**_share(record, index, spans), **values} for index, values in enumerate(given)]


def merge_edits(rows: Sequence[TaskRow]) -> RowEdits:
    """Return the edits that put rows together into the first of them.

    Raises:
        UserError: when there are fewer than two rows.
    """
    if len({row.id for row in rows}) < 2:
        raise UserError("合并至少要选两行。")
    first, *others = rows
    values = merged_values([row.record for row in rows])
    return RowEdits(corrected={first.id: values}, merged={row.id: first.id for row in others})


def merged_values(records: Sequence[JsonObject]) -> JsonObject:
    """Return the values of the record that several become together."""
    values: JsonObject = {"text": _joined([record["text"] for record in records])}
    for key in FINDINGS:
        values[key] = _union([item for record in records for item in record[key]])
    for key in ("problem", "goal"):
        values[key] = _each_once([record[key] for record in records]) or None
    values["doubts"] = list(dict.fromkeys(doubt for record in records for doubt in record["doubts"]))
    values["extra"] = _extra(records)
    return values


def _values(record: JsonObject, part: str | Mapping[str, Any], text: str) -> JsonObject:
    values: JsonObject = {"text": part} if isinstance(part, str) else dict(part)
    if "span" in values and "text" not in values:
        values["text"] = text[values["span"][0] : values["span"][1]].strip()
    if not str(values.get("text") or "").strip():
        raise UserError("拆分后的每一部分都要有内容。")
    if "span" not in values:
        found = _within(record, values["text"], text)
        values["span"] = [found.start, found.end] if found else record["span"]
    return values


def _within(record: JsonObject, words: str, text: str) -> Span | None:
    start, end = record["span"]
    found = moved_span(text[start:end], words, 0)
    return Span(start + found.start, start + found.end) if found else None


def _share(record: JsonObject, index: int, spans: Sequence[Span]) -> JsonObject:
    """Return the findings that go with part `index`."""
    share: JsonObject = {key: record[key] for key in ("problem", "goal", "section", "extra", "doubts")}
    for key in FINDINGS:
        share[key] = [item for item in record[key] if _goes_with(item, index, spans)]
    if index == 0:
        share["label"] = record["label"]
    return share


def _goes_with(item: JsonObject, index: int, spans: Sequence[Span]) -> bool:
    place = Span(*item.get("span", NOWHERE))
    owners = [number for number, span in enumerate(spans) if len(place) and span.contains(place)]
    return not owners or index in owners


def _joined(texts: Sequence[str]) -> str:
    words = ""
    for text in texts:
        words += "；" if words and words[-1] not in SENTENCE_ENDS else ""
        words += text
    return words


def _each_once(texts: Sequence[str | None]) -> str:
    return _joined(list(dict.fromkeys(text for text in texts if text)))


def _union(items: Sequence[JsonObject]) -> list[JsonObject]:
    """Return the findings without those that say the same at another place."""
    found: dict[str, JsonObject] = {}
    for item in items:
        says = {key: value for key, value in item.items() if key != "span"}
        found.setdefault(repr(sorted(says.items())), item)
    return list(found.values())


def _extra(records: Sequence[JsonObject]) -> dict[str, str]:
    heads = dict.fromkeys(head for record in records for head in record["extra"])
    return {
        head: _joined(
            list(dict.fromkeys(record["extra"][head] for record in records if record["extra"].get(head)))
        )
        for head in heads
    }

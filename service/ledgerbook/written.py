"""What the cells of a returned row mean together: three of them hold its text, the others stand alone."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.rereading.identity import folded
from ingest.labels import find_label
from service.editing.cells import Setting
from service.ledgerbook.fields import Changes, read_back
from service.ledgerbook.segments import Part, joined_text, segments

PARTS = tuple(part.value for part in Part)
"""Cells that hold the text of a row together; they are written as one."""


def row_changes(record: JsonObject, words: Mapping[str, str], setting: Setting) -> Changes:
    """Return what changed cells make of a row; the cells of its text are taken together.

    Raises:
        UserError: when words will not do for their cell.
    """
    parts = _parts(record, words)
    changes = write_text(record, parts) if parts else Changes()
    others = {key: value for key, value in words.items() if key not in PARTS}
    if "goal" in words and not segments(record).get(Part.GOAL):
        others["goal"] = words["goal"]
    return changes | read_back(changes.applied(record), others, setting)


def _parts(record: JsonObject, words: Mapping[str, str]) -> dict[Part, str]:
    """Return all cells of the text when one of them is among the changed ones; {} otherwise."""
    before = segments(record)
    ours = [part for part in Part if part is not Part.GOAL or before.get(Part.GOAL)]
    if not any(part.value in words for part in ours):
        return {}
    return {part: words.get(part.value, before.get(part)) if part in ours else "" for part in Part}


def taken_apart(words: str, label: str) -> tuple[str, str]:
    """Return the label before the words of a task, and the words; `label` is the one that it had."""
    bare = words.strip()
    if label and bare.startswith(label):
        return label, bare[len(label) :].strip()
    found = find_label(bare)
    if found is not None and (label or found.end < len(bare)):
        return found.text, bare[found.end :].strip()
    return "", bare


def write_text(record: JsonObject, cells: Mapping[Part, str]) -> Changes:
    """Return what the cells of a row's text change: its label, its words, and what follows from them.

    Raises:
        UserError: when nothing is left of the text.
    """
    before = segments(record)
    first = next(iter(before.words))
    label, words = taken_apart(cells[first], record["label"])
    text = joined_text(record, {**cells, first: words})
    if not text.strip():
        raise UserError("任务不能为空；不要这一行，请删除整行。")
    changed: JsonObject = {"label": label, "text": text}
    changed["measures"] = [item for item in record["measures"] if folded(item["text"]) in folded(text)]
    if before.get(Part.GOAL) and cells[Part.GOAL] != before.get(Part.GOAL):
        changed["goal"] = _without_head(cells[Part.GOAL], before.get(Part.GOAL), record["goal"]) or None
    if record["problem"] and folded(record["problem"]) in folded(before.get(Part.TEXT)):
        changed["problem"] = _without_head(
            words, _unlabelled(before.get(Part.TEXT), record), record["problem"]
        )
    return Changes({key: value for key, value in changed.items() if value != record[key]})


def _unlabelled(words: str, record: JsonObject) -> str:
    return words.removeprefix(record["label"])


def _without_head(words: str, before: str, inner: str) -> str:
    """Return words without what stood before `inner` in the same cell: 整改目标：."""
    head = before.partition(inner.strip()[:4])[0]
    return words.removeprefix(head).strip()

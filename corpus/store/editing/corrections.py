"""The values that a user may put in the place of what extraction found, and the form they must have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import UserError
from corpus.records import JsonObject, task_from_record, task_record
from corpus.registry.units import canonical_unit, is_group
from corpus.spans import Span
from corpus.task import Task

NOWHERE = [0, 0]
"""The span of what a user put in by hand."""
WORDS = ("text", "label")
OPTIONAL_WORDS = ("problem", "goal")
LISTS: dict[str, JsonObject] = {
    "units": {"inherited": False, "span": NOWHERE, "members": []},
    "refs": {"span": NOWHERE},
    "persons": {"post": ""},
    "deadlines": {"span": NOWHERE, "start": None, "end": None, "loose": False, "inherited": False},
    "indicators": {"span": NOWHERE, "value": None},
    "measures": {"span": NOWHERE},
}
"""The keys whose values are lists of objects, and what an object may leave out."""
WORD_LISTS = ("section", "doubts")
CORRECTABLE = frozenset({*WORDS, *OPTIONAL_WORDS, *LISTS, *WORD_LISTS, "span", "extra"})
"""The keys of a record that a user may correct."""


def checked_values(before: JsonObject, values: Mapping[str, Any], region: str | None = None) -> JsonObject:
    """Return the values in the form in which a record has them.

    A unit that comes without its full name gets the one that the registry knows in `region`.

    Raises:
        UserError: when a key cannot be corrected, or a value is not of the key's form.
    """
    if unknown := sorted(set(values) - CORRECTABLE):
        raise UserError(f"这些栏目不能修改：{'、'.join(unknown)}。")
    try:
        checked: JsonObject = {key: _in_form(key, value) for key, value in values.items()}
        if "units" in checked:
            checked["units"] = _known_units(checked["units"], region)
        normal = task_record(task_from_record({"id": "", **before, **checked}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("修改的内容格式不对，请检查单位、时限等栏目后再保存。") from error
    return {key: normal[key] if key in LISTS else value for key, value in checked.items()}


def blank_record() -> JsonObject:
    """Return the record of a row that says nothing yet, without id."""
    record = task_record(Task(Span(0, 0), "", found_by="hand"))
    return {key: value for key, value in record.items() if key != "id"}


def _known_units(units: Any, region: str | None) -> list[JsonObject]:
    """Return units with the full name and the nature that the registry knows, where they come without."""
    return [
        {"canonical": canonical_unit(unit["name"], region), "group": is_group(unit["name"]), **unit}
        for unit in units
    ]


def _in_form(key: str, value: Any) -> Any:
    """Return the value with what it may leave out filled in.

    Raises:
        TypeError: when the value is not of the key's form.
    """
    if key in LISTS and isinstance(value, list):
        return [{**LISTS[key], **item} for item in value]
    right = {
        **dict.fromkeys(WORDS, isinstance(value, str)),
        **dict.fromkeys(OPTIONAL_WORDS, isinstance(value, str | None)),
        **dict.fromkeys(WORD_LISTS, isinstance(value, list) and _all_words(value)),
        "extra": isinstance(value, dict) and _all_words(value.values()),
        "span": _is_span(value),
    }
    if not right.get(key):
        raise TypeError(f"{key} has another form")
    return list(value) if key == "span" else value


def _all_words(items: Iterable[Any]) -> bool:
    return all(isinstance(item, str) for item in items)


def _is_span(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(type(item) is int for item in value)
        and 0 <= value[0] <= value[1]
    )

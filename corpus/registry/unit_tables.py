"""The tables of units as lookups: what a name without its place stands for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.registry.tables import read_table

_PACKAGE = "corpus.registry"
_SHORT_ENDS = {"委员会": "委", "办公室": "办"}
_ANYWHERE = ("local", "city", "county", "province")
"""Where no level is told, a name is looked for in this order."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A name with its place in the middle."""

    head: str
    tail: str
    name: str
    """The full name, with "{}" or "{short}" for the place."""


@cache
def national_names() -> dict[str, str]:
    """Return the full name for every name of a national unit."""
    names: dict[str, str] = {}
    for row in read_table(_PACKAGE, "unit_names.tsv"):
        if row["scope"] == "national":
            names.update(dict.fromkeys([row["name"], *row["aliases"].split()], row["name"]))
    return names


@cache
def local_names() -> dict[str, dict[str, str]]:
    """Return by scope the full name, without its place, for every name of a local unit."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table(_PACKAGE, "unit_names.tsv"):
        if row["scope"] != "national":
            for alias in [row["name"], *row["aliases"].split()]:
                names[row["scope"]].setdefault(alias, row["name"])
    for row in read_table(_PACKAGE, "unit_stems.tsv"):
        for alias, full in _forms(row):
            names["local"].setdefault(alias, full)
    return dict(names)


def local_name(words: str, level: str) -> str | None:
    """Return the full name, without its place, of a unit at a level ("" for unknown); None when unknown."""
    names = local_names()
    scopes = (level, "local") if level else _ANYWHERE
    return next((names[scope][words] for scope in scopes if words in names.get(scope, {})), None)


@cache
def branches() -> tuple[Branch, ...]:
    """Return the names that have their place in the middle, longest head first."""
    found = [
        Branch(head.removeprefix("-"), tail, row["name"])
        for row in read_table(_PACKAGE, "unit_branches.tsv")
        for head in row["heads"].split()
        for tail in row["tails"].split()
    ]
    return tuple(sorted(found, key=lambda branch: (-len(branch.head), -len(branch.tail))))


@cache
def bank_names() -> dict[str, str]:
    """Return the full name for every name of a bank or insurer, longest name first."""
    names = {
        alias: row["name"]
        for row in read_table(_PACKAGE, "unit_banks.tsv")
        for alias in [row["name"], *row["aliases"].split()]
    }
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def name_on(full: str, on: date | None) -> str:
    """Return what a unit is called on a day after the reforms up to then; after all of them for None."""
    while (became := _reforms().get(full)) is not None and (on is None or on >= became[1]):
        full = became[0]
    return full


@cache
def _reforms() -> dict[str, tuple[str, date]]:
    return {
        row["name"]: (row["became"], date.fromisoformat(row["since"]))
        for row in read_table(_PACKAGE, "unit_reforms.tsv")
    }


def _forms(row: dict[str, str]) -> list[tuple[str, str]]:
    """Return every combination of a stem's forms with its endings, and the full name it stands for."""
    return [
        (form + written, row["stem"] + end)
        for end in row["ends"].split()
        for form in [row["stem"], *row["aliases"].split()]
        for written in dict.fromkeys([end, _SHORT_ENDS.get(end, end)])
    ]

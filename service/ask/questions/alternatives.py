"""Things that one sentence tells apart: 个人最高50万元、家庭最高100万元 has two answers for two questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.registry.tables import read_table

Kinds = Mapping[str, str]
"""The one kind that a question speaks of, by group."""


def kinds_asked(question: str) -> dict[str, str]:
    """Return the kind of each group that a question speaks of, without groups of which it names several."""
    found: dict[str, str] = {}
    for group, kinds in _groups().items():
        named = [kind for kind, pattern in kinds.items() if pattern.search(question)]
        if len(named) == 1:
            found[group] = named[0]
    return found


def speaks_of_another(text: str, asked: Kinds, lead: str = "") -> bool:
    """Tell whether a text speaks of another kind than the question, and not of that kind as well.

    `lead` stands before the text and tells of it where the text itself is silent: 一、首套…；二套….
    """
    return any(_is_another(text, lead, _groups()[group], kind) for group, kind in asked.items())


def _is_another(text: str, lead: str, kinds: Mapping[str, re.Pattern[str]], asked: str) -> bool:
    told = next((part for part in (text, lead) if any(kind.search(part) for kind in kinds.values())), "")
    return bool(told) and not kinds[asked].search(told)


@cache
def _groups() -> dict[str, dict[str, re.Pattern[str]]]:
    groups: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in read_table("service.ask", "alternatives.tsv"):
        groups.setdefault(row["group"], {})[row["kind"]] = re.compile(row["pattern"])
    return groups

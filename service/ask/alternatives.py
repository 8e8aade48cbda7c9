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


def speaks_of_another(text: str, asked: Kinds) -> bool:
    """Tell whether a text speaks of another kind than the question, and not of that kind as well."""
    return any(_is_another(text, _groups()[group], kind) for group, kind in asked.items())


def _is_another(text: str, kinds: Mapping[str, re.Pattern[str]], asked: str) -> bool:
    if kinds[asked].search(text):
        return False
    return any(pattern.search(text) for kind, pattern in kinds.items() if kind != asked)


@cache
def _groups() -> dict[str, dict[str, re.Pattern[str]]]:
    groups: dict[str, dict[str, re.Pattern[str]]] = {}
    for row in read_table("service.ask", "alternatives.tsv"):
        groups.setdefault(row["group"], {})[row["kind"]] = re.compile(row["pattern"])
    return groups

"""The words by which a claim and a task are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.registry.tables import column
from index.query import official_words
from index.tokens import bigrams, fold, stop_words, words

WORD, PAIR, STANDS_FOR, COMMON = 1.0, 0.5, 0.5, 0.15
"""What a word counts, a pair of neighbouring characters, a word of documents that stands for an everyday
one, and a word that any row of any plan may have."""
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_QUIET = re.compile(r"[0-9.%％]+")


def terms_of(text: str) -> dict[str, float]:
    """Return the terms of a text with what each counts; figures are compared elsewhere and are not in it."""
    bare = _QUIET.sub(" ", fold(text))
    found: dict[str, float] = {}
    for term in words(bare):
        if len(term) > 1:
            found[term] = COMMON if term in common_words() else WORD
    quiet = common_words()
    content = bare
    for word in quiet:
        if word in content:
            content = content.replace(word, " ")
    for pair in bigrams(content):
        if pair not in stop_words():
            found.setdefault(f"#{pair}", PAIR)
    for official in official_words(bare):
        for term in words(official):
            found.setdefault(term, STANDS_FOR)
    return found


@cache
def common_words() -> frozenset[str]:
    """Return the words of planning and reporting that do not tell one matter from another."""
    return frozenset(column("service.reconcile", "common_words.tsv", "word"))


def mentions(terms: Mapping[str, float]) -> frozenset[str]:
    """Return the whole words among the terms that tell something of the matter."""
    return frozenset(term for term, worth in terms.items() if worth > COMMON and not term.startswith("#"))

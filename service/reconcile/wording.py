"""The words by which a claim and a task are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from corpus.registry.tables import any_of, column, read_table
from index.tokens import bigrams, fold, stop_words, words
from index.wording.stand_ins import product_phrasebook

WORD, PAIR, STANDS_FOR, COMMON = 1.0, 0.5, 0.5, 0.15
"""What a word counts, a pair of neighbouring characters, a word of documents that stands for an everyday
one, and a word that any row of any plan may have."""
RARE = 0.01
"""Share of documents up to which a word counts in full."""
PLAIN = 0.35
"""What a word must tell at least to be shown as shared."""
_QUIET = re.compile(r"[0-9.%％]+")


def terms_of(text: str) -> dict[str, float]:
    """Return the terms of a text with what each counts; figures are compared elsewhere and are not in it."""
    bare = _QUIET.sub(" ", fold(text))
    found: dict[str, float] = {}
    for term in words(bare):
        if len(term) > 1:
            found[term] = telling(term)
    for pair in bigrams(_without_common(bare)):
        if pair not in stop_words():
            found.setdefault(f"#{pair}", PAIR * telling(pair))
    for item in product_phrasebook().stand_ins(bare):
        for term in words(" ".join(item.official)):
            found.setdefault(term, STANDS_FOR)
    return found


def _without_common(text: str) -> str:
    """Return the text with blanks for its common words, so that no pair reaches over one."""
    return _common_pattern().sub(" ", text)


@cache
def _common_pattern() -> re.Pattern[str]:
    return re.compile(any_of(common_words()))


def telling(word: str) -> float:
    """Return how much a word tells of the matter: COMMON for one of any plan, up to WORD for a rare one."""
    share = _shares().get(word, 0.0)
    if word in common_words():
        return COMMON
    return WORD if share <= RARE else max(COMMON, math.log(share) / math.log(RARE))


@cache
def _shares() -> dict[str, float]:
    """Return in what share of official documents each word stands; rarer ones are not in it."""
    rows = read_table("service.reconcile", "word_shares.tsv")
    return {row["word"]: float(row["share"]) for row in rows}


@cache
def common_words() -> frozenset[str]:
    """Return the words of planning and reporting that do not tell one matter from another."""
    return frozenset(column("service.reconcile", "common_words.tsv", "word"))


def mentions(terms: Mapping[str, float]) -> frozenset[str]:
    """Return the whole words among the terms that tell something of the matter."""
    return frozenset(term for term, worth in terms.items() if worth >= PLAIN and not term.startswith("#"))

"""Which years a text speaks of, and whether they are those that a question names.

A question that names a year is answered by what speaks of that year only: who led last year may not
lead this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.store.rows import PassageRow
from index.tokens import fold

EDGE = 300
"""Characters at the head and the foot of a document that tell when it was made."""
LONGEST_SPAN = 15
"""Years; what is longer is an age or a history, not a period of work."""
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=年|[-—–~～至到/.．〕\]）)]|\d{4}(?!\d))")
_SPAN = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?\s*[-—–~～至到]{1,2}\s*(?P<last>(?:19|20)\d\d)(?!\d)")
_FIVE_YEAR_PLAN = re.compile(r"[“\"]?十(?P<number>[一二三四五六])五[”\"]?(?P<end>规划期?末|期末|末|收官)?")
_NUMBER = re.compile(r"[〔\[（(【［](?P<year>(?:19|20)\d\d)[〕\]）)】］]\s*\d+\s*号")
"""The number of a document, which tells when that was made: 云政办发〔2024〕12号."""
_OF_OTHERS = re.compile(rf"》\s*[（(][^（）()]{{0,12}}?{_NUMBER.pattern}\s*[）)]")
"""The number of a document that a text quotes, which tells when that one was made."""
_UNTIL = re.compile(r"(?:[至到]|截止)[ ]?(?P<year>20\d\d)年")
"""The year until which something holds: 有效期至2025年12月31日."""
_REVIEW = re.compile("回顾|总结|工作情况|完成情况")
_TENTH_PLAN = 2001
"""First year of the tenth plan (国民经济和社会发展第十个五年计划); each later one begins five years on."""


def years_in(text: str, *, plans: bool = True) -> frozenset[int]:
    """Return the years that `text` names, with those within its spans and, with `plans`, five-year plans."""
    text = fold(text)
    found = {int(match["year"]) for match in _YEAR.finditer(text)}
    for match in _SPAN.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        found.update(range(first, last + 1) if last - first < LONGEST_SPAN else ())
    for match in _FIVE_YEAR_PLAN.finditer(text) if plans else ():
        first = _TENTH_PLAN + 5 * ("一二三四五六".index(match["number"]) + 1)
        found.update(range(first + 4 if match["end"] else first, first + 5))
    return frozenset(found)


def without_quoted_numbers(text: str) -> str:
    """Return a text without the numbers of the documents that it quotes."""
    return _OF_OTHERS.sub("》", text)


def _reviews_other_years(passage: PassageRow, wanted: set[int]) -> bool:
    """Tell whether a passage stands under a heading that looks back upon other years: 一、2025年工作回顾."""
    reviewed = years_in(" ".join(filter(_REVIEW.search, passage.section)), plans=False)
    return bool(reviewed) and wanted.isdisjoint(reviewed | years_in(passage.text, plans=False))


def _years_at_edges(text: str) -> frozenset[int]:
    return years_in(text[:EDGE], plans=False) | years_in(text[-EDGE:], plans=False)


def year_fit(passage: PassageRow, text: str, years: Iterable[int]) -> float:
    """Return how surely a passage speaks of one of `years`: 1 it says so, 0 nothing is known, -1 it does not.

    `text` is that of the whole document. A passage without a year speaks of those of its headings, its
    document's title, date, beginning and end.
    """
    wanted = set(years)
    if not wanted:
        return 0.0
    if _reviews_other_years(passage, wanted):
        return -1.0
    told_here = _NUMBER.sub("", " ".join((passage.title or "", *passage.section, passage.text)))
    if wanted & years_in(told_here):
        return 1.0
    dated = {passage.date.year} if passage.date else set()
    # A plan for this year that calls it the third of a five-year plan is none for the second.
    made = dated | years_in(passage.title or "")
    # What a document quotes, or until when it holds, does not tell when it was made.
    own = _OF_OTHERS.sub("》", text)
    of_others = bool(years_in(_UNTIL.sub("", own))) and not wanted & years_in(own)
    if wanted & made or (wanted & _years_at_edges(text) and not of_others):
        return 0.5
    return -1.0 if made or of_others or not _may_be_of(wanted, text) else 0.0


def _may_be_of(wanted: set[int], text: str) -> bool:
    """Tell whether a document may be of one of the years: it quotes nothing later, and holds no shorter."""
    quoted = {int(found["year"]) for found in _OF_OTHERS.finditer(text)}
    until = {int(found["year"]) for found in _UNTIL.finditer(text)}
    return max(wanted) >= max(quoted, default=0) and min(wanted) <= max(until, default=max(wanted))

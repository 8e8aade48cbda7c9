"""Which document without a title a question means: it is known by its place and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.store.rows import PassageRow
from corpus.store.store import Store
from index.search import SearchIndex
from service.ask.fitting.evidence import Gatherer
from service.ask.fitting.matching import Weights, held, rarity_of, said_otherwise
from service.ask.questions.places import names_of_places
from service.ask.questions.question import Question
from service.ask.rows.records import ledger_rows

DEPTH = 50
"""Documents that a search gives."""
LEAST_PLACE = 0.6
"""How surely a document must speak of the place asked about."""
LEAST_SHARE = 0.35
"""What of a name's words the text of the document must have, place and time aside."""
LEAST_OF_ONLY = 0.15
"""The same where rows of the unit asked about stand in no other document of the library."""
CLEARLY = 0.1
"""By how much the best must be better than the next, where both have rows of the unit."""
_MONTH = re.compile(r"(20\d\d)年(\d{1,2})月")
_TIMES = re.compile(r"(?:(?:19|20)\d\d年?)?(?:\d{1,2}月份?)?")


def untitled_document(question: Question, store: Store, index: SearchIndex, gatherer: Gatherer) -> str | None:
    """Return the id of the document without a title that a question for a unit's rows means.

    None where the question names no unit or no place, or where several documents fit as well.
    """
    if not (question.unit and question.document and question.places):
        return None
    found = sorted(_candidates(question, store, index, gatherer), reverse=True)
    if not found or (len(found) > 1 and found[0][0] - found[1][0] < CLEARLY):
        return None
    return found[0][1]


def _candidates(
    question: Question, store: Store, index: SearchIndex, gatherer: Gatherer
) -> Iterator[tuple[float, str]]:
    """Yield the documents that fit, each with how well: by its place, its year, and the words of the name."""
    weights = _weights_of_name(question, index)
    only = {row.document_id for row in ledger_rows(store, question, None)}
    for passage in _passages(question, index):
        evidence, document = gatherer.evidence(passage), passage.document_id
        share = weights.sum(held(weights, gatherer.text(document)))
        least = LEAST_OF_ONLY if only == {document} else LEAST_SHARE
        of_time = evidence.year_fit >= 0 and not _is_of_other_month(question, passage)
        fits = evidence.place_fit >= LEAST_PLACE and of_time and share >= least
        if fits and document in only:
            yield evidence.place_fit + evidence.year_fit + share, document


def _is_of_other_month(question: Question, passage: PassageRow) -> bool:
    """Tell whether a document was made in another month than the name tells: 2025年3月 and 2025-04-01."""
    told = _MONTH.search(question.document)
    made = passage.date
    return told is not None and made is not None and (made.year, made.month) != tuple(map(int, told.groups()))


def _passages(question: Question, index: SearchIndex) -> list[PassageRow]:
    hits = index.search(f"{question.document} {question.unit}", k=DEPTH, per_document=1, collapse=False).hits
    return [hit.passage for hit in hits if not hit.passage.title]


def _weights_of_name(question: Question, index: SearchIndex) -> Weights:
    name = question.document
    for word in names_of_places(name, question.places):
        name = name.replace(word, " ")
    name = _TIMES.sub(" ", name)
    return Weights.of(rarity_of(index, name), ("", ""), said_otherwise(index, name))

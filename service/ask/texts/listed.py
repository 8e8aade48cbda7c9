"""Reads numbered lists as answers: which conditions there are, how many cases, which of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from service.ask.fitting.evidence import Evidence
from service.ask.fitting.matching import Weights, fit, said
from service.ask.pieces.value import squeezed
from service.ask.questions.question import Question
from service.ask.texts.numbered import Numbered, numbered_lists
from service.ask.texts.running import FoundList

LEAST_FIT = 0.65
"""What of the question the line above a list must hold, with what stands around it."""
LEAST_OWN_FIT = 0.4
"""The same for that line, its headings and the items' first words alone."""
OF_DOCUMENT = 0.3
"""What it is worth that a list stands in the document that the question names."""
ANNOUNCED = 0.1
"""What it is worth that a colon announces a list."""
_ASKS_HOW_MANY = "(?:多少|(?<!第)几)(?:[个种类样项条份大]|方面)+"
_ASKS_WHICH = r"(?:哪(?:[几些]|[一二两三四五六七八九十\d]{1,2})?|什么)(?:[个种类样项条份大])*"
_MARKED = re.compile(f'(?:{_ASKS_WHICH}|{_ASKS_HOW_MANY})[“"「](?P<noun>[^”"」]{{2,12}})[”"」]')
"""What is listed, in quotation marks: 哪几个“常态化”."""


def noun_listed(question: str) -> str:
    """Return the noun of what a question wants listed, or the number of: 条件 in 哪些条件; "" for none."""
    marked = _MARKED.search(question)
    if marked:
        return marked["noun"]
    found = next(filter(None, (pattern.search(question) for pattern in _asking())), None)
    return found["noun"] if found else ""


@cache
def _asking() -> tuple[re.Pattern[str], ...]:
    """Find a noun of lists right behind the words that ask, behind others, or before them, in this order."""
    nouns = f"(?P<noun>{any_of(_written())})"
    asks = f"(?:{_ASKS_WHICH}|{_ASKS_HOW_MANY})"
    return (
        re.compile(f"{asks}{nouns}"),
        re.compile(f"{asks}[^，,。？?]{{0,16}}?{nouns}(?=[？?，,。 ]|可以?|不|$)"),
        re.compile(f"{nouns}(?:分别|都|主要|具体)?(?:是|有|为|包括|包含)?{asks}"),
    )


def read_numbered(
    evidence: Sequence[Evidence],
    text_of: Callable[[str], str],
    question: Question,
    weights: Weights,
    named: Collection[str] = (),
) -> list[FoundList]:
    """Return the numbered lists in the passages that may answer a question, best first.

    Args:
        evidence: the passages.
        text_of: gives the text of a document by its id.
        question: the question.
        weights: what its words are worth.
        named: the ids of the documents that it names.
    """
    noun = noun_listed(question.text)
    documents = dict.fromkeys(item.passage.document_id for item in evidence) if noun else {}
    found: list[FoundList] = []
    for document in documents:
        text = text_of(document)
        own = [item for item in evidence if item.passage.document_id == document]
        for one in numbered_lists(text):
            if (
                question.how_many in (0, len(one.items))
                and _is_of(one, text, noun)
                and (item := _holding(own, one.lead))
            ):
                found += _fitting(one, text, item, question, weights, document in named)
    return sorted(found, key=lambda item: -item.score)


def _is_of(one: Numbered, text: str, noun: str) -> bool:
    """Tell whether a list is one of what is asked for: its lead says so, its last item, or each of them.

    The last one often is 其他方式 or 法律规定的其他情形.
    """
    last = re.match(f"(?:其[他它]|法律).*{re.escape(noun)}$", one.items[-1])
    if last or all(item.split("。")[0].endswith(noun) for item in one.items):
        return True
    return any(word in squeezed(one.lead.of(text)) for word in _written().get(noun, ()))


def _holding(evidence: Sequence[Evidence], lead: Span) -> Evidence | None:
    """Return the passage in which the end of a list's lead stands."""
    return next(
        (item for item in evidence if item.passage.span.start < lead.end <= item.passage.span.end), None
    )


def _fitting(
    one: Numbered, text: str, evidence: Evidence, question: Question, weights: Weights, of_named: bool
) -> Iterator[FoundList]:
    passage = evidence.passage
    heads = " ".join(item[:20] for item in one.items)
    words = squeezed(one.lead.of(text))
    shown = f"{words} {heads}" if one.announced else f"{' '.join(passage.section)} {words} {heads}"
    own = weights.sum(said(weights, shown))
    fits = fit(weights, shown, evidence.context) if weights.topic else float(of_named)
    if (fits + OF_DOCUMENT * of_named) * evidence.place_fit < LEAST_FIT or (
        weights.topic and own < LEAST_OWN_FIT
    ):
        return
    lead = Span(max(one.lead.start, passage.span.start), one.lead.end).shift(-passage.span.start)
    score = fits + OF_DOCUMENT * of_named + ANNOUNCED * one.announced + own + evidence.place_fit
    yield FoundList(
        passage, lead, one.items, min(1.0, fits + OF_DOCUMENT * of_named), score + 0.15 * evidence.year_fit
    )


@cache
def _written() -> dict[str, tuple[str, ...]]:
    """Return what documents write for each noun of lists."""
    rows = read_table("service.ask", "list_nouns.tsv")
    return {row["noun"]: tuple(row["written"].split()) for row in rows}

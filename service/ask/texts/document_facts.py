"""Answers with the number of a document (发文字号), from its head or from a text that quotes the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.document import Document
from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.questions.question import Question
from service.ask.result import Citation, cite
from service.ask.rows.records import titles_alike

QUOTED_ALIKE = 0.75
"""How like its name a title must be that a text quotes with its number."""
_FIRST_LINE = re.compile(r"[^\n]+")
_NUMBER = r"[一-龥]{2,16}[〔\[（(【［]20\d\d[〕\]）)】］]\s*\d+\s*号"
_WITH_TITLE = re.compile(
    rf"(?P<number>{_NUMBER})\s*(?P<title>[一-龥][^。；;\n《》]{{4,80}}?(?:通知|意见|办法|函|公告|通告|批复|决定|规定))"
)
"""A number that stands right before the title, as in the list of a page's attachments."""
_BEFORE_TITLE = re.compile(rf"\s*(?P<number>{_NUMBER})(?=[一-龥])")
"""A number that runs into the title behind it: 安公积金〔2025〕5号安澜市住房公积金管理中心关于…."""
_QUOTED = re.compile(rf"《(?P<title>[^《》]{{4,80}})》\s*[（(](?P<number>{_NUMBER})[）)]")
_PLACE_OR_YEAR_BEFORE = re.compile(r"^.{2,8}?(?:20\d\d年|[省市县区州])|^20\d\d年")


def number_of(document: Document, passage: PassageRow) -> tuple[str, Citation] | None:
    """Return the number of a document with where it stands; None where its head tells none.

    Args:
        document: the document.
        passage: any passage of it, which tells what it is called.
    """
    before = _BEFORE_TITLE.match(document.text)
    number = document.header.doc_number or (before["number"] if before else None)
    if not number:
        return None
    number = "".join(number.split())
    written = re.search(r"\s*".join(map(re.escape, number)), document.text)
    # A catalogue beside the text may tell the number too; then the first line says which document it is.
    found = written or _FIRST_LINE.search(document.text)
    span = Span(*found.span()) if found else Span(0, 0)
    quote = span.of(document.text)
    return number, Citation(document.id, passage.title, passage.source, (), quote, span, None)


def number_quoted(question: Question, passages: Iterable[PassageRow]) -> tuple[str, Citation] | None:
    """Return the number with which a passage quotes the document meant: 《…的通知》（安政发〔2025〕1号）.

    Its sentence names the place asked about: a city's notice quotes that of the province, called the same.
    """
    name = _PLACE_OR_YEAR_BEFORE.sub("", question.document)
    for passage in passages:
        for found in (*_QUOTED.finditer(passage.text), *_WITH_TITLE.finditer(passage.text)):
            number = "".join(found["number"].split())
            of_year = not question.years or any(str(year) in number for year in question.years)
            told = passage.text[passage.text.rfind("。", 0, found.start()) + 1 : found.end()]
            of_place = not question.places or any(place.written in told for place in question.places)
            if of_year and of_place and titles_alike(name, found["title"]) >= QUOTED_ALIKE:
                return number, cite(passage, Span(*found.span()))
    return None

"""自定义说法 over HTTP: the users' everyday words, and those that the library's texts explain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from index.wording.own_words import LONGEST, MOST_OFFICIAL, OwnWord
from service.api.dependencies import LibraryDependency, PersonDependency
from service.api.models.record import Record
from service.api.table_files import LinesBody, table_file
from service.library import Library
from service.user_tables.words import Use

words = APIRouter(tags=["自定义说法"])

Word = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class WordRecord(Record):
    """An everyday word, and what documents say; rejected where the two do not stand for each other."""

    everyday: str
    official: list[str]
    rejected: bool


class WordList(Record):
    """The users' table, in its order."""

    items: list[WordRecord]


class MinedRecord(Record):
    """Two names for one thing, as documents of the library explain them."""

    short: str
    full: str
    documents: int
    """How many documents say so."""
    example: str
    """One of them."""
    use: Use


class MinedList(Record):
    """All such pairs, those of most documents first."""

    items: list[MinedRecord]


class WordBody(BaseModel):
    """A word to add, or to keep in place of the one of the same name."""

    everyday: Word
    official: Annotated[list[Word], Field(min_length=1, max_length=MOST_OFFICIAL)]
    rejected: bool = False
    """True where the two do not stand for each other."""


class DecisionBody(BaseModel):
    """What is decided on a pair that the texts explain."""

    short: Word
    full: Word
    use: Use


@words.get("/words")
def own_words(library: LibraryDependency) -> WordList:
    """List the users' everyday words."""
    return _list(library)


@words.put("/words")
def put_word(library: LibraryDependency, person: PersonDependency, body: WordBody) -> WordList:
    """Add a word, or change the one of the same name."""
    library.words.put(OwnWord(body.everyday.strip(), tuple(body.official), body.rejected), person.name)
    return _list(library)


@words.delete("/words")
def remove_word(
    library: LibraryDependency,
    person: PersonDependency,
    everyday: Annotated[str, Query(max_length=LONGEST)],
    rejected: bool = False,
) -> WordList:
    """Take a word out of the table."""
    library.words.remove(everyday, person.name, rejected)
    return _list(library)


@words.post("/words/lines")
def take_in_words(library: LibraryDependency, person: PersonDependency, body: LinesBody) -> WordList:
    """Add or change the words of lines that were copied from a spreadsheet, or of a file.

    Cells: everyday word, words of documents.
    """
    library.words.take_in(body.text, person.name)
    return _list(library)


@words.get("/words/file", response_class=Response)
def words_file(library: LibraryDependency) -> Response:
    """Return the table as a file that spreadsheet programs open."""
    return table_file("words.tsv", library.words.text())


@words.get("/words/mined")
def mined_words(library: LibraryDependency) -> MinedList:
    """List what the library's own texts explain, with what was decided on it."""
    return MinedList.model_validate({"items": [item.record() for item in library.words.mined()]})


@words.put("/words/mined")
def decide_on_mined(library: LibraryDependency, person: PersonDependency, body: DecisionBody) -> MinedList:
    """Reject such a pair, keep it among the users' own, or leave it to the texts again."""
    library.words.decide(body.short, body.full, body.use, person.name)
    return mined_words(library)


def _list(library: Library) -> WordList:
    items = [
        WordRecord(everyday=word.everyday, official=list(word.official), rejected=word.rejected)
        for word in library.words.all()
    ]
    return WordList(items=items)

"""Which documents a question means by a name, a file, what it quotes, or by what their text says."""

from __future__ import annotations

from corpus.store.rows import PassageRow
from service.ask.fitting.years import year_fit
from service.ask.inquiry import Inquiry
from service.ask.questions.wording import years_named
from service.ask.rows.records import document_of_file, documents_named
from service.ask.rows.untitled import untitled_document

NAMED_PLACE_FIT = 0.9
"""How surely a document must speak of the place in its name: that it mentions the place is not enough."""
SAME_TITLE = 0.7
"""How alike a title and a name must be for the document to be meant though it only mentions the place."""
MENTIONED_PLACE_FIT = 0.6
AS_ALIKE = 0.05
"""By how much less alike titles may be and still be taken for the one that is meant."""
WHOLE_NAME = 0.8
"""How alike a title is in which a name stands wholly, see `records.titles_alike`."""


class NamedDocuments:
    """The documents that one question may mean."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry

    def ids(self) -> list[str]:
        """Return the ids of the documents that the question may mean by a name, the likeliest first."""
        file = self._inquiry.question.file
        of_file = document_of_file(self._inquiry.store, file) if file else None
        return [of_file] if of_file else [passage.document_id for passage in self.passages()]

    def passages(self) -> list[PassageRow]:
        """Return a passage of each document that the question may mean by its name, the likeliest first."""
        name = self._inquiry.question.document
        alike = documents_named(self._inquiry.index, name) if name else []
        named = [(share, one) for share, one in alike if self._is_named(one, share)]
        return [one for share, one in named if share >= named[0][0] - AS_ALIKE]

    def with_rows(self) -> list[str]:
        """Return the documents whose rows may be meant: by title, by what it quotes, else by their text."""
        inquiry = self._inquiry
        documents = self.ids() or self._quoted()
        if not documents and inquiry.question.unit:
            told = untitled_document(inquiry.question, inquiry.store, inquiry.index, inquiry.gatherer)
            return [told] if told else []
        return documents

    def _quoted(self) -> list[str]:
        """Return the documents in whose titles the name stands that a question for a unit's rows quotes."""
        question = self._inquiry.question
        names = question.quoted if question.unit and not question.document else ()
        alike = [one for name in names for one in documents_named(self._inquiry.index, name)]
        return [one.document_id for share, one in alike if share >= WHOLE_NAME and self._is_named(one, share)]

    def _is_named(self, passage: PassageRow, share: float) -> bool:
        """Tell whether a document whose title is like the name asked about is of its place and year, too.

        One whose title is nearly the name need not say its place in so many words: 全省 for 云岭省.
        """
        gatherer = self._inquiry.gatherer
        least = MENTIONED_PLACE_FIT if share >= SAME_TITLE and not passage.region else NAMED_PLACE_FIT
        if gatherer.place_fit(passage) < least:
            return False
        text = gatherer.text(passage.document_id)
        return year_fit(passage, text, years_named(self._inquiry.question.document)) >= 0

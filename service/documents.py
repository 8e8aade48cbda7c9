"""The documents of a library as they are shown: lists, versions, what changed between them, their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import NotFoundError
from corpus.spans import Span
from corpus.store.rows import DocumentRow, VersionRow
from corpus.store.store import Store
from service.background.work import compare_kept
from service.background.workers import TIME_LIMIT as READING_LIMIT
from service.background.workers import WorkerPool
from service.facsimile import NO_PAGES, page_picture
from service.place import Place
from service.shown import Shown, shown

if TYPE_CHECKING:
    from service.comparing import Comparison


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of an original."""

    page: int
    """1-indexed."""
    png: bytes


class Documents:
    """The side of a library that shows documents.

    Pictures and comparisons are made by workers.
    """

    def __init__(self, place: Place, store: Store, pool: WorkerPool) -> None:
        self.store = store
        self.place = place
        self._pool = pool

    def documents(
        self, *, removed: bool = False, offset: int = 0, limit: int | None = None
    ) -> list[DocumentRow]:
        """Return the documents in the order in which they came; with `removed` those that were removed."""
        return self.store.documents(removed=removed, offset=offset, limit=limit)

    def count_documents(self, removed: bool = False) -> int:
        """Return how many documents there are, or with `removed` how many were removed."""
        return self.store.count_documents(removed)

    def document_row(self, document: str) -> DocumentRow:
        """Return a document as it stands in a listing.

        Raises:
            NotFoundError: when there is no such document.
        """
        return self.store.document_row(document)

    def show(self, document: str, version: int | None = None) -> Shown:
        """Return a document with its tasks and progress; the current version when None.

        Raises:
            NotFoundError: when there is no such document or version.
        """
        return shown(self.store, document, version)

    def versions(self, document: str) -> list[VersionRow]:
        """Return the versions of a document, the newest first.

        Raises:
            NotFoundError: when there is no such document.
        """
        return self.store.versions(document)

    def compare(self, document: str, before: int, after: int | None = None) -> Comparison:
        """Tell what changed between two versions of a document; the current one when `after` is None.

        Raises:
            NotFoundError: when there is no such document or version.
        """
        return self._compare((document, before), (document, after))

    def compare_documents(self, before: str, after: str) -> Comparison:
        """Tell what changed between two documents, such as a draft for comment and the plan as issued.

        Raises:
            NotFoundError: when one of them is not there.
        """
        return self._compare((before, None), (after, None))

    def _compare(self, *texts: tuple[str, int | None]) -> Comparison:
        return self._pool.run(compare_kept, self.place, *texts, time_limit=READING_LIMIT).result()

    def page_picture(self, document: str, span: Span, version: int | None = None) -> PagePicture:
        """Return the page of the original on which a stretch of the text begins, with boxes around its words.

        Raises:
            NotFoundError: when there is no such document, or its format has no pages to show.
        """
        places = self.store.document(document, version).places_of(span)
        if not places:
            raise NotFoundError(NO_PAGES)
        page = places[0].page
        boxes = tuple(place.box for place in places if place.page == page)
        data = self.store.original(document, version)
        job = self._pool.run(page_picture, data, page, boxes, time_limit=READING_LIMIT)
        return PagePicture(page, job.result())

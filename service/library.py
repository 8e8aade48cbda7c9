"""The library: every use case in one place, called by the command line, the API and the pages alike.

A library may be used from several threads, and several processes may have it open at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from corpus.errors import NotFoundError, UserError
from corpus.registry.own_units import follow_own_units
from corpus.store.editing.edits import Edit, RowEdits
from corpus.store.filters import Filters, TaskQuery
from corpus.store.office.jobs import Job
from corpus.store.rows import TaskPage, TaskRow
from corpus.store.store import Store
from service.accounts import Accounts
from service.background.following import Follower
from service.background.jobs import Jobs
from service.background.warming import Warming
from service.background.workers import WorkerPool
from service.backup import Backups
from service.intake.adding import Adding, AddSummary, Progress
from service.intake.extraction import read_by_own_units
from service.intake.renewing import RenewSummary, renew
from service.intake.sources import Candidate, Upload, gather, holds_several, upload_name
from service.intake.uploads import Uploads
from service.place import Place
from service.prepared.bodies import Bodies
from service.prepared.overview import LatestOverview
from service.rows import Rows
from service.search_models import KEYS, SearchModels, Standing, Trial
from service.settings import SettingsBook
from service.supervision.attachments import Attachments
from service.supervision.columns import OwnColumns
from service.supervision.steps import Steps
from service.user_tables.units import UnitBook
from service.user_tables.words import WordBook

if TYPE_CHECKING:
    from index.hits import SearchResult
    from index.search import SearchIndex
    from service.ask.model import Wording
    from service.ask.result import Answer
    from service.ask.rows.row_texts import RowTexts
    from service.dispatch.dispatches import Dispatches
    from service.drafting.shelf import DraftShelf
    from service.ledgerbook.returning import Workbooks

logger = logging.getLogger(__name__)

NO_FILTERS = Filters()
ALL_TASKS = TaskQuery()


class Library(Uploads):
    """A collection of documents with its ledger and its search.

    Use it as a context manager, or call `close`. Index and worker processes start when first needed.
    """

    def __init__(self, place: Place, store: Store, pool: WorkerPool) -> None:
        super().__init__(place, store, pool)
        self.rows = Rows(store)
        self.accounts = Accounts(store)
        self.settings = SettingsBook(store)
        self.search_models = SearchModels(self.settings, pool)
        self.steps = Steps(store)
        self.columns = OwnColumns(store)
        self.attachments = Attachments(store)
        self.saved_filters = store.saved_filters
        self.audit = store.audit
        self.backups = Backups(place, store)
        self.jobs = Jobs(place, store.jobs)
        self.bodies = Bodies(place, store, pool)
        self.overview = LatestOverview(store, self.bodies.everything)
        self.units = UnitBook(place.units_file, store.audit)
        self.words = WordBook(place.words_file, store.audit, lambda: self.index.mined())
        self._index: SearchIndex | None = None
        self._follower: Follower | None = None
        self._warming: Warming | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(cls, data: str | Path, *, create: bool = True, workers: int | None = None) -> Library:
        """Open the library in a folder, or at a database URL; an empty one is made where there is none.

        Args:
            data: the folder, or an SQLAlchemy URL.
            create: False refuses a folder that holds no library.
            workers: number of worker processes; the number of processors when None.

        Raises:
            NotFoundError: when `create` is False and there is no library.
            UserError: when `data` is a file, or the library's own table of units cannot be read.
        """
        place = Place(str(data))
        if place.folder is not None and place.folder.is_file():
            raise UserError(f"{data} 是文件，不是资料库；请用 --data 指明资料库所在的文件夹。")
        if not create and not place.exists:
            raise NotFoundError(f"{data} 里没有资料库，请先用 taizhang add 添加文件，或用 --data 指明位置。")
        table = place.units_file
        follow_own_units(table)
        return cls(place, Store.open(data), WorkerPool(workers, read=partial(read_by_own_units, table)))

    def close(self) -> None:
        """End the worker processes and close index and store."""
        attendants = [item for item in (self._follower, self._warming) if item is not None]
        for attendant in attendants:
            attendant.stop()
        self._pool.close()
        self.bodies.close()
        for attendant in attendants:
            attendant.join()
        if self._index is not None:
            self._index.close()
        self.store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def index(self) -> SearchIndex:
        """The search index, caught up with the store when first asked for, unless a thread follows it."""
        with self._lock:
            first = self._index is None
            index = self._opened()
            if first and self._follower is None:
                self._try_to_follow(index)
            return index

    def _try_to_follow(self, index: SearchIndex) -> None:
        """Catch up; where the disk takes no more, what is indexed can be searched all the same.

        Raises:
            UserError: when nothing is indexed yet.
        """
        try:
            index.catch_up(renew=False)  # a search does not wait until all is encoded anew
        except UserError as error:
            if index.lexical is None:
                raise
            logger.warning("searching what is indexed: %s", error)

    def _opened(self) -> SearchIndex:
        """Return the search index as it is; whoever calls holds the lock."""
        if self._index is None:
            from index.models.loading import Models  # numpy, tantivy and faiss: a listing needs none of them
            from index.search import SearchIndex

            # A server answers without a large model until that is loaded; a command waits for it.
            models = Models(self.search_models.chosen, in_background=self._follower is not None)
            words = self.place.words_file
            self._index = SearchIndex.open(
                self.place.index_folder, self.store, own_words=words, models=models
            )
        return self._index

    @cached_property
    def drafts(self) -> DraftShelf:
        """Drafts, their versions, and the outlines to begin with."""
        from service.drafting.shelf import DraftShelf  # word tables that a listing does not need

        return DraftShelf(self)

    @cached_property
    def dispatches(self) -> Dispatches:
        """调度: sheets for the units, what comes back, who is missing."""
        from service.dispatch.dispatches import Dispatches  # a listing or a search needs none of it

        return Dispatches(self.place, self.store, self.steps, self.settings, self._pool)

    def follow(self) -> None:
        """Keep the index in step with the store in the background until `close`."""
        self._follower = Follower(lambda: self.index, self._pool, self.place)
        self._follower.start()

    def warm(self) -> None:
        """Put together in the background, until `close`, what the first to open a page would wait for."""
        self._warming = Warming(self)
        self._warming.start()

    def add(self, paths: Iterable[Path | str], progress: Progress | None = None, by: str = "") -> AddSummary:
        """Add files, folders and zip archives for `by`; what can be found afterwards includes them all.

        One bad file never stops the others; it stands in the summary. Known bytes are not read again.
        """
        return self.add_candidates(gather(paths, leave_out=self.place.folder), progress, by)

    def add_candidates(
        self, candidates: Sequence[Candidate], progress: Progress | None = None, by: str = ""
    ) -> AddSummary:
        """Add files that were gathered before; the index follows at the end, with progress of its own."""
        summary = Adding(self.store, self._pool, progress, by).run(candidates)
        self.catch_up(progress)
        return summary

    def add_uploads(self, name: str, data: bytes, by: str = "") -> Job | None:
        """Queue the files of an upload that stands for several; None for any other: see `add_upload`."""
        name = upload_name(name)
        return self.jobs.add_archive(name, data, by) if holds_several(Upload(name, data)) else None

    def remove(self, documents: Iterable[str], by: str = "") -> None:
        """Take documents out of lists and search; their versions stay.

        Raises:
            NotFoundError: when there is no such document; those before it are removed.
        """
        for document in documents:
            self.store.remove(document, by)
        self.catch_up()

    def restore(self, documents: Iterable[str], by: str = "") -> None:
        """Bring removed documents back.

        Raises:
            NotFoundError: when there is no such document; those before it are restored.
        """
        for document in documents:
            self.store.restore(document, by)
        self.catch_up()

    def reextract(
        self, documents: Iterable[str] | None = None, progress: Progress | None = None, by: str = ""
    ) -> RenewSummary:
        """Read kept bytes again with today's rules, all documents when None; corrections and status stay.

        Raises:
            NotFoundError: when there is no such document.
        """
        rows = {row.id: row.source for row in self.documents()}
        wanted = list(rows) if documents is None else list(documents)
        unknown = next((document for document in wanted if document not in rows), None)
        if unknown is not None:
            raise NotFoundError(f"资料库中没有编号为 {unknown} 的文件，请用 taizhang list 查看编号。")
        summary = renew(self.store, self._pool, [(item, rows[item]) for item in wanted], progress, by)
        self.catch_up()
        return summary

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        k: int = 10,
        *,
        collapse: bool = True,
        per_document: int | None = 3,
        plain_words: Collection[str] = (),
    ) -> SearchResult:
        """Return the `k` passages that answer `query` best, at most `per_document` of each document.

        With `collapse` passages that say the same are one hit with copies. What the query says of the
        documents it wants stands in the result; `plain_words` are its words that say nothing of them.
        """
        return self.index.search(
            query,
            filters,
            k,
            collapse=collapse,
            per_document=per_document,
            plain_words=plain_words,
            rerank=True,
        )

    def similar(
        self, *, text: str | None = None, task: str | None = None, filters: Filters = NO_FILTERS, k: int = 10
    ) -> SearchResult:
        """Return measures like a text, or like a task of the ledger; the task's own document is left out.

        Raises:
            NotFoundError: when there is no such task.
        """
        if task is None:
            return self.index.similar(text or "", filters, k)
        row = self.store.task(task)
        return self.index.similar(row.record["text"], filters, k, exclude_document=row.document_id)

    def tasks(self, query: TaskQuery = ALL_TASKS) -> TaskPage:
        """Return rows of the ledger."""
        return self.store.tasks(query)

    def task(self, task: str) -> TaskRow:
        """Return one row of the ledger.

        Raises:
            NotFoundError: when there is no such task.
        """
        return self.store.task(task)

    @property
    def workbooks(self) -> Workbooks:
        """Ledgers that come back as workbooks: compared, then stored."""
        from service.ledgerbook.returning import Workbooks  # brings what reads cells

        return Workbooks(self.store, self.rows, self._pool)

    def paste(self, clip: str, by: str, entry: Mapping[str, Any] | None = None) -> Edit:
        """Add the rows of a table that was copied in Excel or WPS, without a document, as one edit.

        `entry` tells where all of them come from.

        Raises:
            UserError: when its head is not known or a cell does not fit its column; nothing is added then.
        """
        from service.supervision.pasted import pasted_rows  # brings what typed words mean

        added = pasted_rows(clip, self.columns.all(), self.today(), entry)
        return self.rows.edit(RowEdits(added=added), by)

    def today(self) -> date:
        """Return the day in the office, by the time zone of its settings."""
        return self.store.today()

    def ask(self, question: str, before: Sequence[str] = ()) -> Answer:
        """Answer a question from the records and passages of the library, with citations.

        `before` are the questions asked before it: 那配合单位呢？ keeps their subject.
        """
        from service.ask.answer import answer  # brings the index
        from service.ask.texts.parts import answered

        return answered(question, lambda text: answer(text, self.store, self.index, before, self._row_texts))

    @cached_property
    def _row_texts(self) -> RowTexts:
        from service.ask.rows.row_texts import RowTexts

        return RowTexts(self.store)

    def word(self, answer: Answer) -> Wording | None:
        """Return the answer as the office's language model words it, checked against what it cites.

        None where no model is configured, or there is no answer to word.

        Raises:
            ModelError: when the model cannot be reached or does not answer as it should.
        """
        from service.ask.model import ModelAddress, word  # brings the readers of facts

        settings = self.settings.read()
        if not settings.model_address:
            return None
        return word(answer, ModelAddress(settings.model_address, settings.model_name, settings.model_key))

    def change_settings(self, values: Mapping[str, Any], by: str) -> dict[str, Trial]:
        """Change some settings; None takes the default again. Models are tried before they are stored.

        Returns what models that were chosen did with a few passages, by the name of their setting.

        Raises:
            UserError: when there is no such setting, a value will not do, or a model cannot be used; then
                nothing was changed.
        """
        if any(key in KEYS for key in values):
            return self.search_models.write(values, by)
        self.settings.write(values, by)
        return {}

    def search_standing(self) -> Standing:
        """Return where the vectors of the library stand."""
        index = self.index
        fault = self._follower.fault if self._follower is not None else index.fault
        return Standing(index.wanted, index.in_use, index.renewal, fault)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Make everything in the store searchable."""
        if self._follower is not None:
            self._follower.catch_up()
        else:
            report = progress or (lambda _done, _total, _what: None)
            with self._lock:
                index = self._opened()
            index.catch_up(lambda stage, done, total: report(done, total, stage))

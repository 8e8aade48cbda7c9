"""What a server leaves to its worker processes besides reading.

Storing an upload, following the store, comparing versions: all keep Python busy for a while. In the server's
own process they would hold up every answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.document import Problem
from corpus.records import JsonObject, task_record
from service.background.course import settle
from service.intake.extraction import read_by_own_units
from service.place import Place

if TYPE_CHECKING:
    from corpus.store.rows import Added
    from corpus.store.store import Store
    from index.search import SearchIndex
    from service.comparing import Compared, Comparison


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a file did, and what went wrong with parts of it."""

    added: Added
    problems: tuple[Problem, ...] = ()


def store_file(place: Place, source: str, key: str, data: bytes, by: str = "") -> Stored | Problem:
    """Add one file for `by` and make it searchable; known bytes are not read again."""
    from service.intake.stated import take_over_status, with_stated_progress

    store, index = _opened(place)
    known = store.known(key, data)
    if known:
        return Stored(known)
    outcome = read_by_own_units(place.units_file, data, source)
    if isinstance(outcome, Problem):
        return outcome
    settle()
    extraction = with_stated_progress(outcome.document, outcome.extraction)
    added = store.add(source, data, outcome.document, extraction, key, by)
    take_over_status(store, added, extraction, by)
    while not index.catch_up(renew=False):
        pass  # another process is at it; what it began with may not hold this file yet
    return Stored(added, outcome.document.problems)


def follow(place: Place, renew: bool) -> str:
    """Make searchable what any process stored; with `renew` also encode anew for another encoder.

    Returns why the vectors could not follow, "" when they could.
    """
    _, index = _opened(place)
    index.catch_up(renew=renew)
    return index.fault


def compare_kept(place: Place, before: tuple[str, int | None], after: tuple[str, int | None]) -> Comparison:
    """Compare two kept texts, each given by document and version, as the rules of today read them.

    Raises:
        NotFoundError: when there is no such document or version.
    """
    from service.comparing import Comparison, compare_rows

    store = kept_store(place)
    (one, old), (other, new) = (_read_kept(store, *wanted) for wanted in (before, after))
    return Comparison(one, other, compare_rows(old, new))


def _read_kept(store: Store, name: str, version: int | None) -> tuple[Compared, list[JsonObject]]:
    """Return a kept text and the records that the rules of today find in it; those of the ledger have ids."""
    from corpus.store.filters import TaskQuery
    from ingest.extract.extract import extract
    from service.comparing import Compared
    from service.shown import MOST_ROWS

    document = store.document(name, version)
    records = [task_record(task) for task in extract(document).tasks]
    if document.version == store.document_row(name).version:
        rows = store.tasks(TaskQuery(document=name, limit=MOST_ROWS)).items
        ids = {tuple(row.record["span"]): row.id for row in rows}
        records = [{**record, "id": ids.get(tuple(record["span"]), "")} for record in records]
    return Compared(name, document.version, document.header.title, document.source), records


@lru_cache(maxsize=2)
def kept_store(place: Place) -> Store:
    """Return the store, which a worker keeps open between its jobs."""
    # Imported here: workers that only read need no database.
    from corpus.store.store import Store

    return Store.open(place.location)


@lru_cache(maxsize=2)
def _opened(place: Place) -> tuple[Store, SearchIndex]:
    """Return store and index, which a worker keeps open between its jobs."""
    from index.models.loading import Models
    from index.search import SearchIndex
    from service.search_models import chosen_models
    from service.settings import SettingsBook

    store = kept_store(place)
    settings = SettingsBook(store)
    models = Models(lambda: chosen_models(settings.read()))
    return store, SearchIndex.open(place.index_folder, store, own_words=place.words_file, models=models)

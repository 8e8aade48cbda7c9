"""What a server leaves to its worker processes besides reading: storing an upload, following the store.

Both keep Python busy for a while. In the server's own process they would hold up every answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.document import Problem
from service.extraction import read_or_problem
from service.place import Place

if TYPE_CHECKING:
    from corpus.store.rows import Added
    from corpus.store.store import Store
    from index.search import SearchIndex


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a file did, and what went wrong with parts of it."""

    added: Added
    problems: tuple[Problem, ...] = ()


def store_file(place: Place, source: str, key: str, data: bytes) -> Stored | Problem:
    """Add one file and make it searchable; known bytes are not read again."""
    store, index = _opened(place)
    known = store.known(key, data)
    if known:
        return Stored(known)
    outcome = read_or_problem(data, source)
    if isinstance(outcome, Problem):
        return outcome
    added = store.add(source, data, outcome.document, outcome.extraction, key)
    while not index.catch_up(renew=False):
        pass  # another process is at it; what it began with may not hold this file yet
    return Stored(added, outcome.document.problems)


def follow(place: Place, renew: bool) -> None:
    """Make searchable what any process stored; with `renew` also fit the encoder anew when that is due."""
    _, index = _opened(place)
    index.catch_up(renew=renew)


@lru_cache(maxsize=2)
def _opened(place: Place) -> tuple[Store, SearchIndex]:
    """Return store and index, which a worker keeps open between its jobs."""
    # Imported here: workers that only read need neither the database nor the index.
    from corpus.store.store import Store
    from index.search import SearchIndex

    store = Store.open(place.location)
    return store, SearchIndex.open(place.index_folder, store)

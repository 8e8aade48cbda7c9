"""What the library's own texts say of two names for one thing, kept beside the index in a file of SQLite.

It follows the store as the index does: the words of a document come and go with it. What is kept are the
places where a text says so; what they amount to is worked out anew for each name that is touched. The file
can be made again from the store at any time.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.files import NO_FILE, Stamp, stamp
from index.tokens import cut_places, cutting_fingerprint, fold
from index.wording.definitions import Tie
from index.wording.said import Names
from index.wording.stand_ins import Words

log = logging.getLogger(__name__)

VERSION = "1"
"""Raised when the same text may tell other names than before."""
MOST_FULL = 2
"""Full names of one short name that are looked for: those that most documents give."""
SEVERAL = 2
"""Documents that have to agree where a name in letters begins."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""
_NAME = re.compile("[一-龥A-Za-z]{4,}")
_TABLES = """
create table about (version text not null, last_change integer not null);
create table said (passage integer not null, document text not null, short text not null, full text not null,
    tie text not null);
create index said_in on said (passage);
create index said_of on said (short);
create table pairs (short text not null, full text not null, tie text not null, documents integer not null,
    example text not null);
create index pairs_of on pairs (short);
"""


@dataclass(frozen=True, slots=True)
class MinedPair:
    """Two names for one thing, as documents of the library explain them."""

    short: str
    full: str
    tie: Tie
    documents: int
    """How many documents say so."""
    example: str
    """Id of the first of them."""


class MinedWords:
    """The pairs as they are now, read again when any process has changed them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: Stamp = NO_FILE
        self._pairs: tuple[MinedPair, ...] = ()

    def pairs(self) -> tuple[MinedPair, ...]:
        """Return all pairs, those of most documents first; () while there is no file."""
        now = stamp(self._path)
        if now != self._seen:
            try:
                self._pairs = _read(self._path) if now != NO_FILE else ()
                self._seen = now
            except sqlite3.Error as error:  # whoever catches up makes it anew
                log.warning("the words of the library cannot be read: %s", error)
        return self._pairs


def words_of(pairs: Iterable[MinedPair]) -> Words:
    """Return what stands for what, both ways."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        found[fold(pair.short)][pair.full] = None
        found[fold(pair.full)][pair.short] = None
    return {word: tuple(others) for word, others in found.items()}


class Miner:
    """Brings the file up to the store's last change. Only for who holds the lock of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        (self.last_change,) = connection.execute("select last_change from about").fetchone()

    @classmethod
    @contextmanager
    def opened(cls, path: Path, newest: int) -> Iterator[Miner]:
        """Open the file at `path`; a new one where it is missing, damaged, outdated or beyond `newest`."""
        if not _is_usable(path, newest):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            _create(path)
        with closing(_connect(path)) as connection:
            yield cls(connection)

    def take(self, names: Names) -> None:
        """Take in what was prepared of one step of the store's history; nothing is kept before `commit`."""
        for passage in names.removed:
            gone = self._connection.execute("delete from said where passage = ? returning short", (passage,))
            self._touched.update(short for (short,) in gone)
        self._touched.update(short for _, _, short, _, _ in names.said)
        self._connection.executemany("insert into said values (?, ?, ?, ?, ?)", names.said)

    def commit(self, number: int) -> None:
        """Work out the pairs of the names that were touched and keep everything up to change `number`."""
        for short in sorted(self._touched):
            said = self._connection.execute(
                "select full, tie, document from said where short = ?", (short,)
            ).fetchall()
            self._connection.execute("delete from pairs where short = ?", (short,))
            rows = [
                (item.short, item.full, item.tie.value, item.documents, item.example)
                for item in pairs_of(short, said)
            ]
            self._connection.executemany("insert into pairs values (?, ?, ?, ?, ?)", rows)
        self._connection.execute("update about set last_change = ?", (number,))
        self._connection.commit()
        self._touched.clear()
        self.last_change = number


def pairs_of(short: str, said: Iterable[tuple[str, str, str]]) -> list[MinedPair]:
    """Return the pairs that the places where texts say so amount to.

    Args:
        short: the short name.
        said: full name, tie and document of each place.
    """
    by_tie: dict[Tie, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for full, tie, document in said:
        by_tie[Tie(tie)][full].add(document)
    announced = by_tie[Tie.CONTRACTION]
    if any(len(documents) >= SEVERAL for documents in by_tie[Tie.NEARBY].values()) or announced:
        for full, documents in by_tie.pop(Tie.NEARBY).items():
            announced[full] |= documents
    known = {
        Tie.CONTRACTION: announced,
        Tie.CALLED: by_tie[Tie.CALLED],
        Tie.LETTERS: _common_ending(by_tie[Tie.LETTERS]),
    }
    found = [
        MinedPair(short, full, tie, len(documents), min(documents, key=_number))
        for tie, fulls in known.items()
        for full, documents in fulls.items()
    ]
    return sorted(found, key=_best_first)[:MOST_FULL]


def _common_ending(contexts: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return the longest ending that half of the documents, and several, have; {} where they have none.

    What stands before it must differ, as else it may be no name but the same sentence in two documents.
    """
    documents: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for context, held in contexts.items():
        for ending in _endings(context):
            documents[ending] |= held
            before[ending].add(context.removesuffix(ending))
    needed = max(SEVERAL, len(set().union(*contexts.values())) / 2)
    agreed = [
        ending
        for ending, held in documents.items()
        if len(held) >= needed and (len(before[ending]) > 1 or len(held) > SEVERAL)
    ]
    best = max(agreed, key=lambda ending: (len(ending), ending), default=None)
    return {best: documents[best]} if best is not None else {}


def _endings(phrase: str) -> Iterator[str]:
    """Yield the endings of `phrase` that may be names: four letters or more, from a whole word on."""
    for start, word in cut_places(phrase):
        if len(word) > 1 and _NAME.fullmatch(phrase, start):
            yield phrase[start:]


def _best_first(pair: MinedPair) -> tuple[int, int, str]:
    return -pair.documents, len(pair.full), pair.full


def _number(document: str) -> tuple[int, str]:
    return len(document), document


def _read(path: Path) -> tuple[MinedPair, ...]:
    with closing(_connect(path)) as connection:
        rows = connection.execute("select short, full, tie, documents, example from pairs").fetchall()
    pairs = (MinedPair(short, full, Tie(tie), count, example) for short, full, tie, count, example in rows)
    return tuple(sorted(pairs, key=lambda pair: (-pair.documents, pair.short, pair.full)))


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE)


def _is_usable(path: Path, newest: int) -> bool:
    if not path.exists():
        return False
    try:
        with closing(_connect(path)) as connection:
            version, last = connection.execute("select version, last_change from about").fetchone()
    except (sqlite3.Error, TypeError):
        return False
    return bool(version == _version() and last <= newest)


def _create(path: Path) -> None:
    with closing(_connect(path)) as connection:
        connection.executescript(_TABLES)
        connection.execute("insert into about values (?, 0)", (_version(),))
        connection.commit()


def _version() -> str:
    return f"{VERSION} {cutting_fingerprint()}"

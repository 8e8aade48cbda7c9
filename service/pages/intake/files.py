"""Files on their way into the library: they go on when the page is left, and are told of later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus.store.office.jobs import Job
from corpus.store.rows import AddResult
from service.background.course import Course

if TYPE_CHECKING:
    from corpus.store.rows import Added
    from service.library import Library

NAMED = 3
"""Files that are told of one by one; of more only how many."""


class Intake:
    """A file on its way into the library: read by a worker, or unpacked by a job."""

    def __init__(self) -> None:
        self.course = Course()
        self.job: Job | None = None

    @property
    def begun(self) -> bool:
        """False while it waits for its turn."""
        return self.course.begun or self.job is not None

    @property
    def stopped(self) -> bool:
        """True once somebody ended it."""
        return self.course.stopped

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None where nothing tells."""
        if self.job is not None:
            return self.job.done / self.job.total if self.job.total else None
        return self.course.share

    @property
    def words(self) -> str:
        """How far it has come, in words."""
        if self.job is None or self.stopped:
            return self.course.words
        return f"{self.job.done}/{self.job.total or '…'} {self.job.what}"

    def stop(self) -> bool:
        """End it; False when it is being stored already."""
        return self.course.stop()


@dataclass(eq=False)
class Arriving:
    """A file that is being taken in; `name` is what the user calls it."""

    name: str
    work: Intake


@dataclass(eq=False)
class Arrivals:
    """What one person hands in: what is on its way, and what came of the rest, until they have been told."""

    files: list[Arriving] = field(default_factory=list)
    total: int = 0
    """Files since nothing was on its way last."""
    problems: list[str] = field(default_factory=list)
    """What was not taken in, with the reason, until it is put aside."""
    ended: list[str] = field(default_factory=list)
    """What came of files that somebody ended."""
    stored: list[tuple[str, Added | None]] = field(default_factory=list)
    """What was taken in, and as what; None for an archive."""
    done: int = 0
    """Files that have come to their end; by it a page sees that there is news."""

    @property
    def busy(self) -> bool:
        """True while files are on their way."""
        return bool(self.files)

    @contextmanager
    def one(self, name: str, work: Intake) -> Iterator[None]:
        """Count a file in, and out when the block ends, however it ends."""
        file = Arriving(name, work)
        if not self.files:
            self.total = 0
        self.files.append(file)
        self.total += 1
        try:
            yield
        finally:
            self.files.remove(file)
            self.done += 1

    def stop_all(self) -> None:
        """End all that can still be ended."""
        for file in self.files:
            file.work.stop()

    def news(self) -> tuple[list[str], list[str]]:
        """Return in words what was taken in and what was ended, once nothing is on its way; once only."""
        if self.busy:
            return [], []
        stored, self.stored = self.stored, []
        ended, self.ended = self.ended, []
        return stored_words(stored), ended


def stored_words(stored: list[tuple[str, Added | None]]) -> list[str]:
    """Return what came of files that were taken in: a few by name, many by their number."""
    if len(stored) <= NAMED:
        return [f"{name} {_outcome(added)}" for name, added in stored]
    same = sum(added is not None and added.result is AddResult.UNCHANGED for _, added in stored)
    newer = sum(added is not None and added.result is AddResult.UPDATED for _, added in stored)
    parts = [f"{newer} 份存为新版本" if newer else "", f"{same} 份内容没有变化" if same else ""]
    told = "，".join(filter(None, parts))
    return [f"{len(stored)} 份文件已存入文库" + (f"，其中 {told}。" if told else "。")]


def _outcome(added: Added | None) -> str:
    if added is None or added.result is AddResult.ADDED:
        return "已存入文库。"
    if added.result is AddResult.UNCHANGED:
        return "文库里已有，内容没有变化。"
    return f"已存为第 {added.version} 版。"


_arrivals: WeakKeyDictionary[Library, dict[str, Arrivals]] = WeakKeyDictionary()


def arrivals_of(library: Library, person: str) -> Arrivals:
    """Return what a person hands in to a library; the same for all their pages."""
    return _arrivals.setdefault(library, {}).setdefault(person, Arrivals())

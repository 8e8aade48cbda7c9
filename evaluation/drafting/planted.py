"""Whether the checker finds errors planted in drafts, and is silent where there are none.

Drafts are made by the product from the documents of the gold, each in several genres, and read back from
their docx. Errors are put in one at a time. Halves are told apart by a hash, so that one can stay unread.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskStatus
from evaluation.drafting.edits import edited
from evaluation.drafting.errors import KINDS
from evaluation.drafting.places import Planted
from evaluation.gold import Case, cases_hash, load_cases, samples
from service.drafting.checking import fact_faults, records_of
from service.drafting.export import official_document
from service.drafting.making import DraftRequest, make_draft
from service.drafting.outline import genres
from service.library import Library
from service.official.fault import Fault
from service.official.opening import opened
from service.official.styled import main_texts
from service.official.writer import document_bytes
from service.verify.records import Records

TODAY = date(2026, 6, 30)
HALVES = ("first", "second")
GENRES_EACH = 4
PER_KIND = 2
"""Errors of one kind in one draft."""
_STATUSES = (TaskStatus.DONE, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED)
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """A planted error, where it was planted, and whether it was found."""

    draft: str
    planted: Planted
    found: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A fault that the checker names in a draft without errors."""

    draft: str
    edited: bool
    message: str
    text: str
    """The paragraph."""


@dataclass(frozen=True)
class PlantedReport:
    """How many planted errors were found, and how often the checker was wrong."""

    data: str
    drafts: int
    attempts: dict[str, list[Attempt]]
    """By half."""
    alarms: tuple[Alarm, ...]
    verbose: bool = False

    def record(self) -> JsonObject:
        """Return the figures by half and kind, and the false alarms."""
        return {
            "drafts": self.drafts,
            "halves": {half: _half_record(attempts) for half, attempts in self.attempts.items()},
            "alarms_clean": sum(not alarm.edited for alarm in self.alarms),
            "alarms_edited": sum(alarm.edited for alarm in self.alarms),
            "most_alarms_in_a_draft": self._most_alarms(),
        }

    def _most_alarms(self) -> int:
        counted = Counter((alarm.draft, alarm.edited) for alarm in self.alarms)
        return max(counted.values(), default=0)

    def show(self, console: Console) -> None:
        """Print a table by kind for each half, and with `verbose` what was missed and the alarms."""
        for half, attempts in self.attempts.items():
            console.print(_table(half, attempts))
        edits = sum(alarm.edited for alarm in self.alarms)
        console.print(
            f"{self.drafts} drafts; false alarms: {len(self.alarms) - edits} as made, {edits} as edited; "
            f"at most {self._most_alarms()} in one draft"
        )
        if self.verbose:
            self._show_errors(console)

    def _show_errors(self, console: Console) -> None:
        missed = [item for half in self.attempts.values() for item in half if not item.found]
        for item in missed[:_MOST_SHOWN]:
            planted = item.planted
            words = f"{planted.right} -> {planted.wrong}: {planted.text}"
            console.print(f"missed  {item.draft}  {planted.kind}  {words}", markup=False)
        for alarm in self.alarms[:_MOST_SHOWN]:
            console.print(f"alarm  {alarm.draft}  {alarm.message}  {alarm.text}", markup=False)


def evaluate(gold: Path | None, half: str = "first", *, verbose: bool = False) -> PlantedReport:
    """Plant errors in drafts from the gold's documents, or from the bundled samples.

    Args:
        gold: folder with docs/ and gold/, None for the samples.
        half: which half of the errors to try: first, second, or both.
        verbose: list what was missed, too.
    """
    cases = load_cases(gold) if gold else load_cases(samples())
    wanted = HALVES if half == "both" else (half,)
    attempts: dict[str, list[Attempt]] = {name: [] for name in wanted}
    alarms: list[Alarm] = []
    drafts = 0
    with tempfile.TemporaryDirectory() as folder, Library.open(folder, workers=1) as library:
        for name, paragraphs, records in _drafts(library, cases):
            drafts += 1
            clean = fact_faults(paragraphs, records)
            alarms += _alarms(name, False, paragraphs, clean)
            changed = edited(paragraphs, _chance(name))
            alarms += _alarms(name, True, changed, fact_faults(changed, records))
            for planted in _planted(name, paragraphs):
                if (own := _half(name, planted)) in wanted:
                    attempts[own].append(Attempt(name, planted, _is_found(planted, records, clean)))
    return PlantedReport(cases_hash(cases), drafts, attempts, tuple(alarms), verbose)


def _drafts(library: Library, cases: Sequence[Case]) -> Iterator[tuple[str, list[tuple[int, str]], Records]]:
    """Yield drafts from each document in some genres, as read from their docx, with what bears them out."""
    library.add([case.path for case in cases])
    for document in library.documents():
        rows = library.store.tasks(TaskQuery(document=document.id, limit=10_000)).items
        if not rows:
            continue
        source = Path(document.source).name
        chance = _chance(source)
        for row in rows:
            library.store.set_status(row.id, chance.choice(_STATUSES))
        records = records_of(library, (document.id,), TODAY)
        for genre in chance.sample(genres(), GENRES_EACH):
            request = DraftRequest(genre, plans=(document.id,), today=TODAY, issuer="安澜市人民政府办公室")
            data = document_bytes(official_document(make_draft(library, request)))
            yield f"{source} {genre}", main_texts(opened(data)), records


def _planted(name: str, paragraphs: Sequence[tuple[int, str]]) -> Iterator[Planted]:
    """Yield errors of every kind for which the draft has room, drawn by a seed of its own."""
    for kind in KINDS:
        chance = _chance(f"{name} {kind.__name__}")
        found = list(kind(paragraphs, chance))
        yield from chance.sample(found, min(PER_KIND, len(found)))


def _is_found(planted: Planted, records: Records, clean: Iterable[Fault]) -> bool:
    """Tell whether the checker names words of the error, in its paragraph, that it did not name before."""
    before = {(fault.paragraph, fault.text) for fault in clean}
    return any(
        (fault.paragraph, fault.text) not in before and _names(fault.text, planted)
        for fault in fact_faults([(planted.paragraph, planted.text)], records)
    )


def _names(words: str, planted: Planted) -> bool:
    return any(part in words or words in part for part in (planted.wrong, planted.right))


def _alarms(
    name: str, by_person: bool, paragraphs: Sequence[tuple[int, str]], faults: Iterable[Fault]
) -> list[Alarm]:
    texts = dict(paragraphs)
    return [
        Alarm(name, by_person, fault.message, texts[fault.paragraph]) for fault in faults if fault.paragraph
    ]


def _chance(name: str) -> random.Random:
    return random.Random(hashlib.sha256(name.encode()).hexdigest())


def _half(name: str, planted: Planted) -> str:
    key = f"{name} {planted.kind} {planted.paragraph} {planted.wrong} {planted.text}"
    return HALVES[hashlib.sha256(key.encode()).digest()[0] % 2]


def _half_record(attempts: Sequence[Attempt]) -> JsonObject:
    kinds: dict[str, list[int]] = {}
    for attempt in attempts:
        counts = kinds.setdefault(attempt.planted.kind, [0, 0])
        counts[0] += attempt.found
        counts[1] += 1
    found = sum(attempt.found for attempt in attempts)
    return {
        "planted": len(attempts),
        "found": found,
        "share": round(found / len(attempts), 4) if attempts else None,
        "kinds": {kind: {"found": counts[0], "planted": counts[1]} for kind, counts in kinds.items()},
    }


def _table(half: str, attempts: Sequence[Attempt]) -> Table:
    record = _half_record(attempts)
    table = Table(title=f"planted errors, {half} half")
    for head in ("kind", "found", "planted"):
        table.add_column(head, justify="left" if head == "kind" else "right")
    for kind, counts in sorted(record["kinds"].items()):
        table.add_row(kind, str(counts["found"]), str(counts["planted"]))
    table.add_section()
    table.add_row("all", f"{record['found']} ({record['share']})", str(record["planted"]))
    return table

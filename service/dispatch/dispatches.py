"""调度, the use case: a sheet for each unit goes out, comes back, is looked at and stored, or is chased."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.document import Problem
from corpus.errors import NotFoundError, UnreadableError, UserError
from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch, DispatchedRow, DispatchReturn, DispatchSheet
from corpus.store.store import Store
from service.dispatch import files
from service.dispatch.choosing import Choice, kept_choice, share_of
from service.dispatch.codes import new_word
from service.dispatch.difference import RowDifference
from service.dispatch.filled import Filled
from service.dispatch.returned import ReturnedSheet, compare_sheet, failed_sheet
from service.dispatch.rounds import Round
from service.dispatch.standing import Standing
from service.dispatch.storing import note_of, refuse
from service.dispatch.urging import Reminder, reminders
from service.intake.sources import Candidate, Upload, unpacked
from service.place import Place
from service.settings import SettingsBook

if TYPE_CHECKING:
    from service.background.course import Course
    from service.background.workers import WorkerPool
    from service.supervision.steps import Steps

LONGEST_PERIOD = 40
MAKING_LIMIT = 600.0
"""Seconds that the sheets of all units may take."""
REPEATED = "{} 已由 {} 存入过同样的内容（{}）"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is being read."""

    digest: str
    """SHA-256 of its bytes, "" where they could not be had."""
    words: Future[Any] | Problem

    @property
    def outcome(self) -> Filled | Problem:
        """Wait for what it says, or why it could not be read."""
        if isinstance(self.words, Problem):
            return self.words
        outcome: Filled | Problem = self.words.result()
        return outcome


class Dispatches:
    """The dispatches of a library. All methods may be called from any thread.

    `by` is the person's name. What is unknown raises `NotFoundError`, what cannot be done `UserError`.
    """

    def __init__(
        self, place: Place, store: Store, steps: Steps, settings: SettingsBook, pool: WorkerPool
    ) -> None:
        self._place = place
        self._store = store
        self._table = store.dispatches
        self._steps = steps
        self._settings = settings
        self._pool = pool

    # Out

    def choice(self, *, spread: bool = True, cooperating: bool = True, today: date | None = None) -> Choice:
        """Return the units that have open rows, with what a dispatch would ask them for.

        `spread` gives the rows of groups to their members where these are known; `cooperating` also takes
        the rows in which a unit only cooperates.
        """
        day = today or self._store.today()
        job = self._pool.run(kept_choice, self._place, spread, cooperating, day, time_limit=MAKING_LIMIT)
        return job.result()

    def make(
        self,
        period: str,
        due: date,
        by: str,
        units: Iterable[str] | None = None,
        *,
        spread: bool = True,
        cooperating: bool = True,
    ) -> Dispatch:
        """Ask units for their open rows: those named in full or by another name, all when None.

        Units that only cooperate are asked too, unless `cooperating` is False.
        """
        period = period.strip()
        if not period or len(period) > LONGEST_PERIOD:
            raise UserError(f"请写明调度的是哪一期，如 2026年11月（最多 {LONGEST_PERIOD} 个字）。")
        shares = [item.share for item in self.choice(spread=spread, cooperating=cooperating).units]
        wanted = shares if units is None else [share_of(shares, name) for name in dict.fromkeys(units)]
        if not wanted:
            raise UserError("没有单位有未完成的任务，不需要调度。")
        sheets = [
            DispatchSheet(share.unit, share.names, tuple(DispatchedRow(p.task, p.role) for p in share.parts))
            for share in wanted
        ]
        return self._table.add(new_word(), period, due, sheets, by)

    def all(self) -> list[Dispatch]:
        """Return the dispatches, the newest first."""
        return self._table.all()

    def get(self, dispatch: str) -> Dispatch:
        """Return a dispatch."""
        return self._table.get(dispatch)

    def withdraw(self, dispatch: str, by: str) -> None:
        """Take a dispatch back of which nothing is stored."""
        self._table.withdraw(dispatch, by)

    def sheet_file(self, dispatch: str, number: int, suffix: str) -> tuple[str, bytes]:
        """Return the 1-indexed sheet of a dispatch as ".xlsx" or ".docx": name of the file, and bytes."""
        if not 1 <= number <= len(self.get(dispatch).sheets):
            raise NotFoundError(f"调度 {dispatch} 没有第 {number} 张表。")
        return self._run(files.sheet_file, dispatch, number, suffix, self.office)

    def archive_file(self, dispatch: str, course: Course | None = None) -> tuple[str, bytes]:
        """Return all sheets of a dispatch, each as xlsx and docx, in a zip archive.

        `course` tells meanwhile how many sheets are done.
        """
        self.get(dispatch)
        return self._run(files.archive_file, dispatch, self.office, course=course)

    # Back

    def read(
        self,
        uploads: Iterable[tuple[str, bytes]],
        current: str | None = None,
        progress: Progress | None = None,
        before: Sequence[ReturnedSheet] = (),
    ) -> list[ReturnedSheet]:
        """Return what returned files, given by name and bytes, would change; nothing is stored.

        Archives and messages are unpacked. A file that cannot be read is told among the others. `current` is
        the dispatch for which they were handed in; sheets of others are known by their marks. What says the
        same as one of `before`, which were read and not stored yet, is told as repeated.
        """
        files = [item for name, data in uploads for item in _unpacked(Upload(name, data))]
        return self.read_candidates(files, current, progress, before)

    def read_candidates(
        self,
        candidates: Sequence[Candidate],
        current: str | None = None,
        progress: Progress | None = None,
        before: Sequence[ReturnedSheet] = (),
    ) -> list[ReturnedSheet]:
        """Return what returned files on disk or in memory would change, as `read` does."""
        if current is not None:
            self.get(current)  # a mistyped one is told before anything is read
        rounds = {item.id: Round(item, self.records) for item in self.all()}
        waiting = [self._reading(item) for item in candidates]
        found: list[ReturnedSheet] = []
        for at, (item, reading) in enumerate(zip(candidates, waiting, strict=True)):
            if progress is not None:
                progress(at, len(candidates), item.source)
            found.append(self._compared(item, reading, rounds, current, [*before, *found]))
        return found

    def store(self, sheet: ReturnedSheet, by: str, on: date | None = None) -> list[DispatchReturn]:
        """Store the accepted rows of a returned sheet, one edit for each unit; today when `on` is None.

        Returns what is remembered of it. A sheet of which no row is accepted counts as returned all the same.

        Raises:
            UserError: when the file could not be read, is empty, or an accepted row has no task yet.
        """
        if sheet.failed or sheet.dispatch is None:
            raise UserError(f"{sheet.file} 没有读出来，不能存入。")
        if not sheet.rows:
            raise UserError(f"{sheet.file} 各栏都是空的，没有可以存入的内容。")
        dispatch = self.get(sheet.dispatch)
        accepted = [row for row in sheet.rows if row.accepted]
        units = list(dict.fromkeys([sheet.unit, *(row.unit for row in accepted)]))
        refuse(sheet, accepted, units, dispatch)
        note = f"{dispatch.period}调度：{sheet.file}"
        done = [self._store_unit(dispatch, sheet, unit, accepted, by, on, note) for unit in units]
        self._table.add_returns(done)
        numbers = {item.sheet for item in done}
        return [item for item in self._table.returns(dispatch.id) if item.sheet in numbers][-len(done) :]

    def undo(self, returned: int, by: str) -> None:
        """Take back what was stored of a unit's sheet, so that it is missing again."""
        item = self._table.returned(returned)
        if item.undone:
            raise UserError("这份回表已经撤销过了。")
        if item.edit:
            self._store.undo(item.edit, by)
        else:
            self._table.forget_return(returned, by)

    # How it stands

    def standing(self, dispatch: str, day: date | None = None) -> Standing:
        """Return who returned, how far the rows are, and what is overdue, today when `day` is None."""
        return files.current_standing(self._store, dispatch, day or self._store.today())

    def summary(self, dispatch: str, day: date | None = None) -> Standing:
        """Return the same without the rows, counted in a worker."""
        day = day or self._store.today()
        return self._pool.run(files.summary, self._place, dispatch, day, time_limit=MAKING_LIMIT).result()

    def reminders(self, dispatch: str, day: date | None = None) -> list[Reminder]:
        """Return what to tell each unit whose sheet is missing."""
        return reminders(self.summary(dispatch, day), self.office)

    def notice_file(self, dispatch: str, day: date | None = None) -> tuple[str, bytes]:
        """Return one reminder to all units whose sheet is missing, as docx.

        Raises:
            UserError: when none is missing.
        """
        if not self.summary(dispatch, day).missing:
            raise UserError("所有单位都已报送，不需要催办。")
        return self._file(files.notice_file, dispatch, ".docx", day)

    def monthly_file(self, dispatch: str, suffix: str, day: date | None = None) -> tuple[str, bytes]:
        """Return all rows of a dispatch with what was reported, as ".xlsx" or ".docx"."""
        return self._file(files.monthly_file, dispatch, suffix, day)

    def bulletin_file(self, dispatch: str, suffix: str, day: date | None = None) -> tuple[str, bytes]:
        """Return the bulletin (通报) of a dispatch as ".docx", or its tables as ".xlsx"."""
        return self._file(files.bulletin_file, dispatch, suffix, day)

    @property
    def office(self) -> str:
        """The name of the office that asks, "" where it has set none."""
        return self._settings.read().office_name

    def _file(self, make: Any, dispatch: str, suffix: str, day: date | None) -> tuple[str, bytes]:
        self.get(dispatch)
        return self._run(make, dispatch, suffix, self.office, day or self._store.today())

    def _reading(self, item: Candidate) -> _Reading:
        """Begin to read a file in a worker."""
        try:
            data = item.read()
        except UnreadableError as error:
            return _Reading("", error.problem)
        future: Future[Any] = self._pool.submit_to(files.read_file, data, item.source)
        return _Reading(hashlib.sha256(data).hexdigest(), future)

    def _run(self, make: Any, *arguments: object, course: Course | None = None) -> tuple[str, bytes]:
        made: tuple[str, bytes] = self._pool.run(
            make, self._place, *arguments, time_limit=MAKING_LIMIT, course=course
        ).result()
        return made

    def records(self, tasks: Sequence[str]) -> Mapping[str, JsonObject]:
        """Return ledger records by id, without those that are gone."""
        return files.records_of(self._store, tasks)

    def _compared(
        self,
        item: Candidate,
        reading: _Reading,
        rounds: Mapping[str, Round],
        current: str | None,
        before: Sequence[ReturnedSheet],
    ) -> ReturnedSheet:
        outcome = reading.outcome
        if isinstance(outcome, Problem):
            return failed_sheet(item.source, reading.digest, outcome.message)
        sheet = compare_sheet(outcome, item.source, reading.digest, rounds, current)
        if sheet.failed or not sheet.rows:
            return sheet
        repeated = self._repeated(sheet, before)
        if not repeated:
            return sheet
        rows = tuple(replace(row, accepted=False) for row in sheet.rows)
        return replace(sheet, repeated=repeated, rows=rows)

    def _repeated(self, sheet: ReturnedSheet, before: Sequence[ReturnedSheet]) -> str:
        known = self._table.known(sheet.digest, sheet.content)
        if known is not None:
            return REPEATED.format(
                f"{known.at.astimezone():%Y-%m-%d %H:%M}", known.by or "（未署名）", known.file
            )
        twin = next((item for item in before if not item.failed and item.content == sheet.content), None)
        return f"与这次一起拖入的“{twin.file}”内容相同" if twin else ""

    def _store_unit(
        self,
        dispatch: Dispatch,
        sheet: ReturnedSheet,
        unit: str,
        accepted: Sequence[RowDifference],
        by: str,
        on: date | None,
        note: str,
    ) -> DispatchReturn:
        reports = {
            row.task: note_of(row.after, unit, on)
            for row in accepted
            if row.unit == unit and row.task is not None
        }
        edit = self._steps.report_each(reports, by, note).id if reports else ""
        number = next(at for at, item in enumerate(dispatch.sheets, start=1) if item.unit == unit)
        return DispatchReturn(
            0,
            dispatch.id,
            number,
            sheet.file,
            sheet.digest,
            sheet.content,
            len(reports),
            by,
            dispatch.at,
            edit,
        )


def _unpacked(upload: Upload) -> list[Candidate]:
    """Return the files of an archive or of a message, or the file itself.

    The words of a message are no sheet where something hangs on it.
    """
    inner = unpacked(upload)
    return inner[1:] if len(inner) > 1 and inner[0].source == upload.source else inner

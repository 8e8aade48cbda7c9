"""The files of a dispatch and of what came back, put together in worker processes: they take seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corpus.document import Problem
from corpus.records import JsonObject
from corpus.store.office.dispatches import Dispatch
from corpus.store.rows import ledger_record
from corpus.store.store import Store
from service.background.course import step_done
from service.background.work import kept_store
from service.dispatch.codes import Code
from service.dispatch.filled import Filled, read_filled
from service.dispatch.form import UnitSheet, unit_sheet
from service.dispatch.sharing import Part
from service.dispatch.standing import Standing, standing_of
from service.intake.extraction import made_or_problem
from service.place import Place

Records = dict[str, JsonObject]


def read_file(data: bytes, source: str) -> Filled | Problem:
    """Read one returned file; whatever goes wrong comes back as its problem, so that the others go on."""
    from service.dispatch.grids import read_grid  # readers, which the parent of workers does not need

    return made_or_problem(lambda: read_filled(read_grid(data, source)), source, again="拖入")


def records_of(store: Store, tasks: Sequence[str], today: date | None = None) -> Records:
    """Return the ledger records of rows by id, without those that are gone or were deleted."""
    rows = store.task_rows(tasks, today)
    return {row.id: ledger_record(row) for row in rows if row.hidden is None}


def sheet_of(dispatch: Dispatch, number: int, records: Mapping[str, JsonObject], office: str) -> UnitSheet:
    """Return the 1-indexed sheet of a dispatch as it goes out."""
    sheet = dispatch.sheets[number - 1]
    parts = [Part(row.task, row.role) for row in sheet.rows]

    def code(task: str) -> Code:
        return Code(dispatch.number, dispatch.word, number, task)

    return unit_sheet(sheet.unit, dispatch.period, dispatch.due, office, parts, records, code)


def tasks_of(dispatch: Dispatch) -> list[str]:
    """Return the rows of a dispatch, each once, in their order."""
    return list(dict.fromkeys(row.task for sheet in dispatch.sheets for row in sheet.rows))


def current_standing(store: Store, name: str, day: date) -> Standing:
    """Return how a dispatch stands on a day.

    Raises:
        NotFoundError: when there is no such dispatch.
    """
    dispatch = store.dispatches.get(name)
    records = records_of(store, tasks_of(dispatch), day)
    return standing_of(dispatch, store.dispatches.returns(name), records, day)


def summary(place: Place, name: str, day: date) -> Standing:
    """Run in a worker: return the counts of a dispatch on a day.

    Raises:
        NotFoundError: when there is no such dispatch.
    """
    return current_standing(kept_store(place), name, day).summary()


def sheet_file(place: Place, name: str, number: int, suffix: str, office: str) -> tuple[str, bytes]:
    """Run in a worker: return one unit's sheet with the name of its file."""
    from service.dispatch.making import file_name, sheet_bytes

    store = kept_store(place)
    dispatch = store.dispatches.get(name)
    wanted = [row.task for row in dispatch.sheets[number - 1].rows]
    sheet = sheet_of(dispatch, number, records_of(store, wanted), office)
    return file_name(sheet, suffix), sheet_bytes(sheet, suffix)


def archive_file(place: Place, name: str, office: str) -> tuple[str, bytes]:
    """Run in a worker: return the sheets of all units in a zip archive, with its name; each is told."""
    from service.dispatch.making import archive_bytes, safe_stem

    store = kept_store(place)
    dispatch = store.dispatches.get(name)
    records = records_of(store, tasks_of(dispatch))
    return f"{safe_stem(dispatch.period)}重点任务调度表.zip", archive_bytes(_told(dispatch, records, office))


def _told(dispatch: Dispatch, records: Mapping[str, JsonObject], office: str) -> Iterator[UnitSheet]:
    """Yield the sheets of a dispatch; each is told to be done when the next one is asked for."""
    total = len(dispatch.sheets)
    for number in range(1, total + 1):
        yield sheet_of(dispatch, number, records, office)
        step_done(number, total)


def monthly_file(place: Place, name: str, suffix: str, office: str, day: date) -> tuple[str, bytes]:
    """Run in a worker: return all rows of a dispatch on one sheet, with the name of the file."""
    from service.dispatch.making import safe_stem
    from service.dispatch.monthly import monthly_bytes

    standing = current_standing(kept_store(place), name, day)
    stem = safe_stem(f"{office}{standing.dispatch.period}重点任务月度调度表")
    return f"{stem}{suffix}", monthly_bytes(standing, suffix)


def bulletin_file(place: Place, name: str, suffix: str, office: str, day: date) -> tuple[str, bytes]:
    """Run in a worker: return the bulletin of a dispatch, with the name of its file."""
    from service.dispatch.bulletin import bulletin_docx, bulletin_xlsx
    from service.dispatch.making import safe_stem

    standing = current_standing(kept_store(place), name, day)
    stem = safe_stem(f"关于{standing.dispatch.period}重点任务推进情况的通报")
    data = bulletin_docx(standing, office) if suffix == ".docx" else bulletin_xlsx(standing)
    return f"{stem}{suffix}", data


def notice_file(place: Place, name: str, _suffix: str, office: str, day: date) -> tuple[str, bytes]:
    """Run in a worker: return the reminder to all units whose sheet is missing, with the name of its file."""
    from service.dispatch.making import safe_stem
    from service.dispatch.notice import notice_bytes

    standing = current_standing(kept_store(place), name, day)
    stem = safe_stem(f"关于催报{standing.dispatch.period}调度表的通知")
    return f"{stem}.docx", notice_bytes(standing, office)

"""A returned sheet beside the dispatch that asked for it: what each row would change, nothing stored yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from service.dispatch.difference import RowDifference, row_difference
from service.dispatch.filled import Filled, FilledRow
from service.dispatch.matching import match_rows, with_continuations
from service.dispatch.owners import owner_of, round_of
from service.dispatch.rounds import Round
from service.ledger import short_text

NO_FORM = "没有找到“进展情况”“完成情况”等栏目，请确认是调度表；表头被删去的，请补上再拖入。"
NO_DISPATCH = "看不出是哪次调度、哪个单位的表：没有隐藏编号，文字也对不上。"
FOREIGN = "表中的编号不属于现有的调度，已按文字对应。"
OTHER_DISPATCH = "这是“{}”调度的表，将记到那一次。"
NO_MARKS = "隐藏的编号被删去了，已按文字对应。"
SOME_MARKS = "有 {} 行没有隐藏编号，已按文字对应。"
OTHER_UNITS = "表中有 {} 行是发给其他单位的（{}），将记在那些单位名下。"
EMPTY = "各栏都是空的，没有可以存入的内容。"


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task by id and first words."""

    task: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """What one file that came back says; nothing is stored yet."""

    file: str
    digest: str
    """SHA-256 of its bytes."""
    content: str = ""
    """SHA-256 of what its rows say."""
    dispatch: str | None = None
    """None where nobody can tell."""
    period: str = ""
    sheet: int = 0
    """1-indexed sheet of the dispatch, 0 for none."""
    unit: str = ""
    rows: tuple[RowDifference, ...] = ()
    """Rows in which the unit filled something in."""
    unfilled: tuple[TaskWords, ...] = ()
    """Tasks whose row is there and empty."""
    absent: tuple[TaskWords, ...] = ()
    """Tasks whose row somebody deleted."""
    problems: tuple[str, ...] = ()
    """What the user should know of the whole file."""
    failed: bool = False
    """True when it could not be read; `problems` tell why."""
    repeated: str = ""
    """When and by whom the same sheet was stored, "" for a new one."""


def failed_sheet(file: str, digest: str, reason: str) -> ReturnedSheet:
    """Return what is told of a file that could not be read."""
    return ReturnedSheet(file, digest, problems=(reason,), failed=True)


def compare_sheet(
    filled: Filled, file: str, digest: str, rounds: Mapping[str, Round], current: str | None = None
) -> ReturnedSheet:
    """Return what a returned sheet would change.

    Args:
        filled: what the unit filled in.
        file: the name of the file.
        digest: SHA-256 of its bytes.
        rounds: the dispatches that are known, by id.
        current: the dispatch for which it was handed in; others are taken where its marks say so.
    """
    if not filled.has_form:
        return failed_sheet(file, digest, NO_FORM)
    rows = with_continuations(filled.rows)
    owner = owner_of(rows, filled.lines, file, rounds, current)
    if owner is None:
        return failed_sheet(file, digest, NO_DISPATCH)
    return _Comparison(rows, file, digest, *owner, rounds).sheet(current)


class _Comparison:
    """The rows of one file against the sheets of one dispatch."""

    def __init__(
        self,
        rows: list[FilledRow],
        file: str,
        digest: str,
        asking: Round,
        number: int,
        rounds: Mapping[str, Round],
    ) -> None:
        self._rows = rows
        self._file = file
        self._digest = digest
        self._round = asking
        self._number = number
        self._foreign = any(round_of(row, rounds) is None for row in rows if row.code)

    def sheet(self, current: str | None) -> ReturnedSheet:
        """Return what the file would change."""
        found: list[RowDifference] = []
        seen: set[str] = set()
        empty: set[str] = set()
        for number, rows in self._by_sheet().items():
            asked, words = self._round.asked(number), self._round.words_of_sheet(number)
            marked = {at: row.code.task for at, row in enumerate(rows) if row.code and self._is_ours(row)}
            for match in match_rows(rows, words, marked, self._round):
                seen.add(match.task or "")
                needed = [match.task or "", *(task for task, _ in match.candidates)]
                difference = row_difference(match, asked, self._round.load(filter(None, needed)))
                if difference.after.empty:
                    empty.add(match.task or "")
                else:
                    found.append(difference)
        own = self._round.words_of_sheet(self._number)
        sheet = self._round.dispatch.sheets[self._number - 1]
        return ReturnedSheet(
            self._file,
            self._digest,
            content_digest(self._round.dispatch.id, self._number, found),
            self._round.dispatch.id,
            self._round.dispatch.period,
            self._number,
            sheet.unit,
            tuple(sorted(found, key=lambda row: row.row)),
            self._words(task for task in own if task in empty),
            self._words(task for task in own if task not in seen),
            tuple(self._problems(found, current)),
        )

    def _by_sheet(self) -> dict[int, list[FilledRow]]:
        """Return the rows by the sheet on which they were sent, those without a mark by the file's own."""
        found: dict[int, list[FilledRow]] = {self._number: []}
        for row in self._rows:
            number = row.code.sheet if row.code and self._is_ours(row) else self._number
            found.setdefault(number, []).append(row)
        return found

    def _is_ours(self, row: FilledRow) -> bool:
        """Tell whether a row's mark names a row of this dispatch."""
        dispatch = self._round.dispatch
        code = row.code
        if code is None or (code.dispatch, code.word) != (dispatch.number, dispatch.word):
            return False
        return 1 <= code.sheet <= len(dispatch.sheets) and code.task in self._round.sheets_of

    def _words(self, tasks: Iterable[str]) -> tuple[TaskWords, ...]:
        found = self._round.load(tasks)
        return tuple(TaskWords(task, short_text(record)) for task, record in found.items())

    def _problems(self, found: Sequence[RowDifference], current: str | None) -> list[str]:
        dispatch = self._round.dispatch
        told = [OTHER_DISPATCH.format(dispatch.period)] if current not in (None, dispatch.id) else []
        without = sum(not self._is_ours(row) for row in self._rows)
        if self._foreign:
            told.append(FOREIGN)
        elif without:
            told.append(NO_MARKS if without == len(self._rows) else SOME_MARKS.format(without))
        own = dispatch.sheets[self._number - 1].unit
        others = list(dict.fromkeys(row.unit for row in found if row.unit != own))
        if others:
            told.append(OTHER_UNITS.format(sum(row.unit != own for row in found), "、".join(others)))
        return told if found else [*told, EMPTY]


def content_digest(dispatch: str, sheet: int, rows: Sequence[RowDifference]) -> str:
    """Return what two files share that say the same of the same rows."""
    said = sorted([row.unit, row.task or row.text, *map(str, asdict(row.after).values())] for row in rows)
    return hashlib.sha256(json.dumps([dispatch, sheet, said], ensure_ascii=False).encode()).hexdigest()

"""Which task a row of a returned sheet is about: by its hidden mark, by its words where that is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from service.dispatch.filled import FilledRow
from service.dispatch.likeness import likeness, pairs_of, share_within

SAME = 0.97
"""From here on the words count as unchanged."""
BY_WORDS = 0.72
"""A row without a mark is taken for a task from this likeness on."""
CLEARLY = 0.06
"""So much liker than the next task it must be."""
AGAINST_MARK = 0.45
"""Below this the words speak against the mark: columns were sorted apart, or another task written there."""
WITHIN = 0.85
"""So much of a task's words in another task's row means that somebody put two rows together."""
CUT_SHORT, SHORTENED, LEAST_PAIRS = 0.95, 0.85, 4
"""A row of so many pairs that nearly all stand in a task counts as so much like it."""
POSSIBLE = 0.3
"""Tasks as little alike as this are still offered as candidates."""

MOST_CANDIDATES = 8


class How(StrEnum):
    """How a row was matched."""

    MARK = "mark"
    WORDS = "words"
    JOINED = "joined"
    """Its words stand in the row of another task."""
    UNCLEAR = "unclear"
    CHOSEN = "chosen"
    """A person said which task it is about."""


HOW_WORDS = {
    How.MARK: "按编号",
    How.WORDS: "按文字",
    How.JOINED: "合并行",
    How.UNCLEAR: "不明",
    How.CHOSEN: "人工指定",
}
CHANGED_WORDS = "任务文字有改动，台账中的文字不变"
OTHER_WORDS = "编号与任务文字对不上，请核对"
BY_WORDS_NOT_MARK = "编号与任务文字对不上，已按文字对应，请核对"
TWO_ROWS = "表中有两行是同一任务，已合在一起"
JOINED_ROWS = "表中与另一任务合成了一行，两项记同样的进展，请核对"
NO_TASK = "看不出是哪项任务，请选择"
NOT_ASKED = "不在发给这个单位的任务里，请选择"


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the task it is about."""

    row: FilledRow
    task: str | None
    """None where it is unclear."""
    how: How
    likeness: float = 1.0
    """Of the words, 0.0 to 1.0."""
    sure: bool = True
    """False where a person should look before it is stored."""
    warnings: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()
    """Tasks that it may be about, with their likeness, the most alike first."""


class Tasks(Protocol):
    """All tasks of a dispatch."""

    def words(self, task: str) -> str:
        """Return the words of a task, "" for one that is not among them."""
        ...

    def like(self, text: str, least: float, most: int = 3) -> list[tuple[str, float]]:
        """Return at most `most` tasks at least `least` alike, the most alike first."""
        ...


@dataclass(slots=True)
class _State:
    matches: list[Match] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    """Tasks asked for and not yet found, with their words."""


def match_rows(
    rows: Sequence[FilledRow], asked: Mapping[str, str], marked: Mapping[int, str], everything: Tasks
) -> list[Match]:
    """Return one match for each row, and one more for each task that was put into another one's row.

    Args:
        rows: the rows of a returned sheet, inserted ones that only go on with the row above already joined.
        asked: the tasks of the unit's sheet with their words.
        marked: the tasks that marks name, by the index of the row; a mark of elsewhere is left out.
        everything: all tasks of the dispatch, for rows that are of no task of the sheet.
    """
    state = _State(open=dict(asked))
    unmarked: list[FilledRow] = []
    for number, row in enumerate(rows):
        if number in marked:
            _by_mark(state, row, marked[number], asked, everything)
        else:
            unmarked.append(row)
    _by_words(state, unmarked, everything)
    _find_joined(state, asked)
    _offer_open(state)
    return sorted(_once(state.matches), key=lambda match: match.row.at)


def _by_mark(state: _State, row: FilledRow, task: str, asked: Mapping[str, str], everything: Tasks) -> None:
    words = asked.get(task) or everything.words(task)
    alike = _alike(row.task, words) if row.task and row.task_own else 1.0
    within = share_within(words, row.task) if row.task else 1.0
    match = Match(row, task, How.MARK, alike)
    if alike < AGAINST_MARK and within < WITHIN:
        match = _against_mark(match, asked)
    else:
        match = replace(match, warnings=_changed(alike))
    state.open.pop(match.task or "", None)
    state.matches.append(match)


def _against_mark(match: Match, asked: Mapping[str, str]) -> Match:
    """Return the task that the words mean clearly, else the marked one; both are to be looked at."""
    found = _best(match.row.task, asked)
    candidates = tuple(found[:3])
    if _is_clear(found):
        task, alike = found[0]
        return replace(match, task=task, how=How.WORDS, likeness=alike, sure=False,
                       warnings=(BY_WORDS_NOT_MARK,), candidates=candidates)  # fmt: skip
    return replace(match, sure=False, warnings=(OTHER_WORDS,), candidates=candidates)


def _by_words(state: _State, rows: Sequence[FilledRow], everything: Tasks) -> None:
    """Match rows without a mark, the likest first, each task once."""
    scores = {number: dict(_best(row.task, state.open)) for number, row in enumerate(rows)}
    order = sorted(scores, key=lambda number: -max(scores[number].values(), default=0.0))
    for number in order:
        row = rows[number]
        found = sorted(
            ((task, alike) for task, alike in scores[number].items() if task in state.open),
            key=lambda item: -item[1],
        )
        task = _task_of(found)
        if task is not None:
            alike = scores[number][task]
            state.matches.append(Match(row, task, How.WORDS, alike, warnings=_changed(alike)))
            del state.open[task]
        elif not _take_all(state, row):
            state.matches.append(_unclear(row, found, everything))


def _task_of(found: Sequence[tuple[str, float]]) -> str | None:
    """Return the first of the tasks where it is the very same, or clearly the one."""
    if found and (found[0][1] >= SAME or _is_clear(found)):
        return found[0][0]
    return None


def _changed(alike: float) -> tuple[str, ...]:
    return () if alike >= SAME else (CHANGED_WORDS,)


def _take_all(state: _State, row: FilledRow) -> bool:
    """Match a row to the tasks that stand in it whole, and tell whether there are any."""
    inside = [task for task, words in state.open.items() if share_within(words, row.task) >= WITHIN]
    for task in inside:
        state.matches.append(Match(row, task, How.JOINED, 1.0, False, (JOINED_ROWS,)))
        del state.open[task]
    return bool(inside)


def _unclear(row: FilledRow, found: Sequence[tuple[str, float]], everything: Tasks) -> Match:
    candidates = [item for item in found[:3] if item[1] >= POSSIBLE]
    elsewhere = everything.like(row.task, BY_WORDS)
    known = {task for task, _ in candidates}
    candidates += [item for item in elsewhere if item[0] not in known]
    candidates.sort(key=lambda item: -item[1])
    warning = NOT_ASKED if elsewhere and elsewhere[0][0] not in known else NO_TASK
    alike = candidates[0][1] if candidates else 0.0
    return Match(row, None, How.UNCLEAR, alike, False, (warning,), tuple(candidates[:4]))


def _find_joined(state: _State, asked: Mapping[str, str]) -> None:
    """Find tasks without a row whose words stand in the row of another task."""
    for task, words in list(state.open.items()):
        rows = [match for match in state.matches if match.task and len(match.row.task) > len(words)]
        within = next((match for match in rows if share_within(words, match.row.task) >= WITHIN), None)
        if within is not None and share_within(asked.get(within.task or "", ""), within.row.task) >= WITHIN:
            state.matches.append(Match(within.row, task, How.JOINED, 1.0, False, (JOINED_ROWS,)))
            del state.open[task]


def _offer_open(state: _State) -> None:
    """Let a person choose among the tasks without a row what an unclear row is about."""
    for at, match in enumerate(state.matches):
        if match.how is How.UNCLEAR:
            known = {task for task, _ in match.candidates}
            more = (item for item in _best(match.row.task or "　", state.open) if item[0] not in known)
            candidates = (*match.candidates, *more)[:MOST_CANDIDATES]
            state.matches[at] = replace(match, candidates=candidates)


def _best(text: str, tasks: Mapping[str, str]) -> list[tuple[str, float]]:
    if not text:
        return []
    scored = ((task, _alike(text, words)) for task, words in tasks.items())
    return sorted(scored, key=lambda item: -item[1])


def _alike(text: str, words: str) -> float:
    """Return how alike a row's words are to a task's; a task cut short to some of its words is much alike."""
    alike = likeness(text, words)
    cut_short = pairs_of(text).total() >= LEAST_PAIRS and share_within(text, words) >= CUT_SHORT
    return max(alike, SHORTENED) if cut_short else alike


def _is_clear(found: Sequence[tuple[str, float]]) -> bool:
    """Tell whether the first of the tasks is alike enough, and clearly liker than the second."""
    if not found or found[0][1] < BY_WORDS:
        return False
    return len(found) == 1 or found[0][1] - found[1][1] >= CLEARLY


def _once(matches: Sequence[Match]) -> list[Match]:
    """Return the matches with two rows of one task put together: their words follow each other."""
    found: dict[object, Match] = {}
    for match in matches:
        key = match.task or id(match)
        earlier = found.get(key)
        if earlier is None:
            found[key] = match
        else:
            row = joined_row(earlier.row, match.row)
            warnings = tuple(dict.fromkeys((*earlier.warnings, *match.warnings, TWO_ROWS)))
            found[key] = replace(earlier, row=row, warnings=warnings)
    return list(found.values())


def joined_row(first: FilledRow, second: FilledRow) -> FilledRow:
    """Return the first row with the words of the second after its own."""
    values = dict(first.values)
    for key, words in second.values.items():
        before = values.get(key, "")
        values[key] = before if words in before else "\n".join(filter(None, (before, words)))
    return replace(first, values=values)


def with_continuations(rows: Sequence[FilledRow]) -> list[FilledRow]:
    """Return the rows, those without mark and task joined to the row above, whose report they go on with."""
    joined: list[FilledRow] = []
    for row in rows:
        goes_on = row.code is None and (not row.task or not row.task_own)
        if goes_on and joined:
            joined[-1] = joined_row(joined[-1], row)
        else:
            joined.append(row)
    return joined

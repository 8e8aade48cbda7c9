"""Whose sheet a returned file is: by its marks, by the unit that it names, by its tasks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from corpus.store.office.dispatches import DispatchSheet
from service.dispatch.filled import FilledRow
from service.dispatch.rounds import Round

_FROM = re.compile(r"(?:填报|填表|报送|上报)?(?:单位|部门)(?:名称|（盖章）|\(盖章\))?[:：]\s*(\S+)")
_TO = re.compile(r"报送[:：]\s*\S+")
UNIT_LEAD = 1.5
"""A unit is told by its rows' words where these fit its sheet so much better than any other."""
LEAST_FIT = 0.5
"""Likeness that rows need on average for that."""


def owner_of(
    rows: Sequence[FilledRow],
    lines: Sequence[str],
    file: str,
    rounds: Mapping[str, Round],
    current: str | None,
) -> tuple[Round, int] | None:
    """Return the dispatch and the sheet that most marks name, else those that names and words tell."""
    named: Counter[tuple[str, int]] = Counter()
    for row in rows:
        asking = round_of(row, rounds)
        if asking is not None and row.code is not None:
            named[asking.dispatch.id, row.code.sheet] += 1
    if named:
        (dispatch, number), _ = named.most_common(1)[0]
        return rounds[dispatch], number
    wanted = rounds.get(current or "")
    candidates = [wanted] if wanted is not None else list(rounds.values())
    for asking in candidates:
        number = _sheet_by_name(asking.dispatch.sheets, lines, file) or _sheet_by_words(asking, rows)
        if number:
            return asking, number
    return None


def round_of(row: FilledRow, rounds: Mapping[str, Round]) -> Round | None:
    """Return the dispatch that a row's mark names, None without a mark or where it is of no dispatch here."""
    code = row.code
    if code is None:
        return None
    asking = rounds.get(f"s{code.dispatch}")
    if asking is None or asking.dispatch.word != code.word:
        return None
    return asking if 1 <= code.sheet <= len(asking.dispatch.sheets) else None


def _sheet_by_name(sheets: Sequence[DispatchSheet], lines: Sequence[str], file: str) -> int:
    """Return the sheet whose unit 填报单位, the file's name or the title tells; 0 where none does.

    Of several names in one place the longest counts. 报送：… is the office that asked.
    """
    labelled = [words for line in lines for words in _FROM.findall(line)]
    for texts in (labelled, [PurePath(file).stem], [_TO.sub("", line) for line in lines[:6]]):
        named = [
            (len(name), number)
            for number, sheet in enumerate(sheets, start=1)
            for name in sheet.names
            if any(name in text for text in texts)
        ]
        if named:
            return max(named, key=lambda item: item[0])[1]
    return 0


def _sheet_by_words(asking: Round, rows: Sequence[FilledRow]) -> int:
    """Return the sheet whose tasks the rows are about, 0 where none fits clearly."""
    points: defaultdict[int, float] = defaultdict(float)
    texts = [row.task for row in rows if row.task]
    for text in texts:
        for task, alike in asking.like(text, LEAST_FIT, 1):
            for number in asking.sheets_of[task]:
                points[number] += alike
    ranked = sorted(points.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST_FIT * len(texts):
        return 0
    if len(ranked) > 1 and ranked[0][1] < UNIT_LEAD * ranked[1][1]:
        return 0
    return ranked[0][0]

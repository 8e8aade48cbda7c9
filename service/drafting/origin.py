"""What a draft was made from, as words in the file's properties: a checker finds its sources by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_HEAD = "据台账起草"
_ID = re.compile(r"[dt]\d+")
_RUN = re.compile(r"t(\d+)(?:-t(\d+))?")
_MOST = 10_000
"""Rows of a run; longer ones were never written by us."""


@dataclass(frozen=True, slots=True)
class DraftOrigin:
    """The documents, rows and day of a draft."""

    documents: tuple[str, ...]
    rows: tuple[str, ...] = ()
    today: date | None = None

    def words(self) -> str:
        """Return it in words: 据台账起草：材料 d1、d2；任务 t1-t16；截至 2026-06-30. "" without documents."""
        if not self.documents:
            return ""
        parts = [f"材料 {'、'.join(self.documents)}"]
        if self.rows:
            parts.append(f"任务 {'、'.join(_runs(self.rows))}")
        if self.today:
            parts.append(f"截至 {self.today.isoformat()}")
        return f"{_HEAD}：{'；'.join(parts)}"


def origin_from(words: str) -> DraftOrigin | None:
    """Return the origin that a file's properties tell, None for other words."""
    if not words.startswith(_HEAD):
        return None
    parts = dict(part.split(" ", 1) for part in words[len(_HEAD) + 1 :].split("；") if " " in part)
    documents = tuple(name for name in _ID.findall(parts.get("材料", "")) if name.startswith("d"))
    day = parts.get("截至", "")
    today = date.fromisoformat(day) if re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", day) else None
    return DraftOrigin(documents, tuple(_rows(parts.get("任务", ""))), today)


def _runs(rows: Iterable[str]) -> Iterator[str]:
    """Yield ids with runs of neighbours put together: t1-t16."""
    numbers = sorted({int(row[1:]) for row in rows if _ID.fullmatch(row)})
    start = previous = None
    for number in [*numbers, None]:
        if start is not None and (number is None or previous is None or number != previous + 1):
            yield f"t{start}" if start == previous else f"t{start}-t{previous}"
            start = number
        elif start is None:
            start = number
        previous = number


def _rows(words: str) -> Iterator[str]:
    for found in _RUN.finditer(words):
        first, last = int(found[1]), int(found[2] or found[1])
        yield from (f"t{number}" for number in range(first, min(last, first + _MOST) + 1))

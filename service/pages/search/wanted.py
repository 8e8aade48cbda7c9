"""What the address of a search asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from corpus.spans import Span
from corpus.store.filters import Filters

HITS = 20
MOST_HITS = 1000
LONGEST = 3_000
"""Characters of a pasted text that are searched for: an address, in which each takes nine bytes, and more
on the way over the login, may have 64 KiB."""
MOST_BEFORE = 5
"""Earlier questions that a conversation keeps."""
LONGEST_BEFORE = 200
"""Characters of an earlier question that are kept."""
MOST_PLAIN = 20
"""Words of a question that may be taken as they are, as over HTTP."""
FACETS = {"year": "年份", "region": "地区", "type": "类别", "issuer": "发文机关", "unit": "单位"}
"""The parameters whose values stand beside the hits with counts, and their names."""
FILTERS = {
    **FACETS,
    "date_from": "成文不早于",
    "date_to": "成文不晚于",
    "due_before": "时限不晚于",
    "has_tasks": "只看有任务的",
}
"""All parameters that narrow a search, and their names."""
YES = "true"
_YEARS = re.compile(r"[1-9]\d{3}(-[1-9]\d{3})?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search; "" where nothing is asked."""

    q: str = ""
    year: str = ""
    region: str = ""
    type: str = ""
    unit: str = ""
    k: int = HITS
    like: str = ""
    """Id of a task: measures like it are wanted instead of hits."""
    before: tuple[str, ...] = ()
    """Questions that were asked before, oldest first."""
    issuer: str = ""
    plain: tuple[str, ...] = ()
    """Words of the question that are only words: they say nothing of the documents wanted, nothing stands for
    them."""
    date_from: str = ""
    date_to: str = ""
    due_before: str = ""
    has_tasks: str = ""
    """`YES` where only passages with tasks are wanted."""

    @property
    def filters(self) -> Filters:
        """The filters; a year that is no number, nor two with a hyphen, filters nothing, as does no day."""
        years = sorted(map(int, self.year.split("-"))) if _YEARS.match(self.year) else [None]
        return Filters(
            region=self.region or None,
            year_from=years[0],
            year_to=years[-1],
            doc_type=self.type or None,
            unit=self.unit or None,
            issuer=self.issuer or None,
            date_from=_day(self.date_from),
            date_to=_day(self.date_to),
            due_before=_day(self.due_before),
            has_tasks=self.has_tasks == YES,
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, by parameter."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    def address(self, **changes: Any) -> str:
        """Return the address of this search with some parameters changed; from the first hits on."""
        given = {**asdict(self), "k": HITS, **changes}
        given["q"] = given["q"][:LONGEST]
        kept = list(_parameters(given))
        return f"/?{urlencode(kept)}" if kept else "/"

    def follow_up(self) -> tuple[str, ...]:
        """Return the conversation that a next question continues."""
        return (*self.before, self.q[:LONGEST_BEFORE])[-MOST_BEFORE:] if self.q else self.before


def _parameters(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    defaults = {field.name: field.default for field in fields(Wanted)}
    for name, value in given.items():
        if isinstance(value, tuple | list):
            yield from ((name, item) for item in value)
        elif value != defaults[name]:
            yield name, str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def document_address(document_id: str, span: Span) -> str:
    """Return the address at which a document is shown with the words at `span` in view."""
    return f"/documents/{document_id}?start={span.start}&end={span.end}"

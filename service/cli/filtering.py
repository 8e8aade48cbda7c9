"""The options that narrow a search, and the filters that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import parse_day, parse_first_day, parse_years

if TYPE_CHECKING:
    from corpus.store.filters import Filters

IssuerOption = Annotated[
    str | None, typer.Option("--issuer", metavar="UNIT", help="发文机关，按文件上的写法。")
]
FromOption = Annotated[
    str | None,
    typer.Option("--date-from", metavar="DAY", help="成文日期不早于这一天，如 2025-01-01 或 2025-01。"),
]
ToOption = Annotated[
    str | None,
    typer.Option("--date-to", metavar="DAY", help="成文日期不晚于这一天，如 2025-12-31 或 2025-12。"),
]
WithTasksOption = Annotated[bool, typer.Option("--has-tasks", help="只要含有任务的段落。")]


def make_filters(
    region: str | None = None,
    year: str | None = None,
    doc_type: str | None = None,
    unit: str | None = None,
    due_before: str | None = None,
    issuer: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    has_tasks: bool = False,
) -> Filters:
    """Return the filters that the options name.

    Raises:
        typer.BadParameter: when a year or a day cannot be read.
    """
    from corpus.store.filters import Filters

    first, last = parse_years(year) if year else (None, None)
    return Filters(
        region=region,
        year_from=first,
        year_to=last,
        doc_type=doc_type,
        unit=unit,
        due_before=parse_day(due_before) if due_before else None,
        issuer=issuer,
        date_from=parse_first_day(date_from) if date_from else None,
        date_to=parse_day(date_to) if date_to else None,
        has_tasks=has_tasks,
    )

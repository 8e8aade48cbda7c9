"""The ledger seen as a whole over HTTP: counts, calendar, trend; what people and the office set for it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response

from corpus.records import plain
from service.api.dependencies import Day, LibraryDependency, PersonDependency
from service.api.models.steps import ColumnBody, FilterBody
from service.api.models.supervision import (
    CalendarDayRecord,
    ColumnRecord,
    FilterRecord,
    TrendRecord,
    ViewRecord,
)
from service.api.task_query import TaskQueryDependency
from service.queries import refuse_unknown
from service.supervision.answers import calendar_json, trend_json, view_json
from service.supervision.columns import ColumnKind, OwnColumn

views = APIRouter(tags=["视图"])
JSON = "application/json"
First = Annotated[Day, Query(description="从哪一天起")]
Last = Annotated[Day, Query(description="到哪一天止")]
FilterName = Annotated[str, Path(max_length=50, description="筛选的名称")]


@views.get("/views/{view}", response_model=ViewRecord)
def view(
    library: LibraryDependency,
    query: TaskQueryDependency,
    view: Literal["unit", "month", "document", "leader", "origin", "workload"],
) -> Response:
    """Count rows by unit, month, document, leader or 来源; offset and limit count for nothing here."""
    return Response(library.bodies.made(view_json, view, query), media_type=JSON)


@views.get("/calendar", response_model=list[CalendarDayRecord])
def calendar(library: LibraryDependency, query: TaskQueryDependency, first: First, last: Last) -> Response:
    """List the days on which something is due, recurring limits in every period."""
    return Response(library.bodies.made(calendar_json, query, first, last), media_type=JSON)


@views.get("/trend", response_model=list[TrendRecord])
def trend(
    library: LibraryDependency,
    query: TaskQueryDependency,
    first: First,
    last: Last,
    step: Annotated[int, Query(ge=1, le=366, description="每隔几天一个点")] = 7,
) -> Response:
    """Tell how many rows were overdue, and how many done, along time."""
    return Response(library.bodies.made(trend_json, query, first, last, step), media_type=JSON)


@views.get("/columns")
def columns(library: LibraryDependency) -> list[ColumnRecord]:
    """List the columns that the office added."""
    return [ColumnRecord.model_validate(plain(column)) for column in library.columns.all()]


@views.put("/columns")
def replace_columns(
    library: LibraryDependency, person: PersonDependency, body: list[ColumnBody]
) -> list[ColumnRecord]:
    """Set the columns of the office; what stands in rows under a name that goes is kept."""
    wanted = [OwnColumn(column.name, ColumnKind(column.kind), tuple(column.choices)) for column in body]
    kept = library.columns.replace(wanted, person.name)
    return [ColumnRecord.model_validate(plain(column)) for column in kept]


@views.get("/filters")
def filters(library: LibraryDependency, person: PersonDependency) -> list[FilterRecord]:
    """List the filters that the person keeps."""
    return [FilterRecord.model_validate(plain(item)) for item in library.saved_filters.all(person.name)]


@views.put("/filters/{name}")
def save_filter(
    library: LibraryDependency, person: PersonDependency, name: FilterName, body: FilterBody
) -> FilterRecord:
    """Keep a filter under a name, in the place of the one that had it."""
    refuse_unknown(body.query)
    return FilterRecord.model_validate(plain(library.saved_filters.save(person.name, name, body.query)))


@views.delete("/filters/{name}", status_code=204)
def remove_filter(library: LibraryDependency, person: PersonDependency, name: FilterName) -> None:
    """Forget a filter."""
    library.saved_filters.remove(person.name, name)

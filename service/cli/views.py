"""`taizhang view …`: the ledger by unit, month, document and leader, along the calendar and along time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UserError
from service.cli.accounts import user
from service.cli.options import (
    DEFAULT_DATA,
    DataOption,
    DocumentOption,
    JsonOption,
    UnitOption,
    opened_library,
    parse_day,
    parse_first_day,
)
from service.cli.output import print_json, print_table
from service.cli.supervision import ByOption

if TYPE_CHECKING:
    from corpus.store.filters import TaskQuery

VIEWS = ("unit", "month", "document", "leader", "origin", "workload")
WORDS = {
    "red": "逾期",
    "yellow": "将到期",
    "not_started": "未启动",
    "in_progress": "进行中",
    "extended": "延期",
    "done": "已完成",
    "closed": "已销号",
}
ViewArgument = Annotated[
    str,
    typer.Argument(
        metavar="VIEW",
        help="unit（单位）、month（月份）、document（文件）、leader（领导）、origin（来源）、workload。",
    ),
]
FirstOption = Annotated[str, typer.Option("--from", metavar="DAY", help="从哪一天起。")]
LastOption = Annotated[str, typer.Option("--to", metavar="DAY", help="到哪一天止。")]


def count(
    view: ViewArgument,
    unit: UnitOption = None,
    document: DocumentOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Count rows by unit, month, document, leader or origin."""
    if view not in VIEWS:
        raise UserError(f"没有名为 {view} 的视图，可用的有 {'、'.join(VIEWS)}。")
    found = _made(data, "view_json", view, _query(unit, document))
    if as_json:
        print_json(found)
    elif view == "workload":
        rows = [
            (name, month, number)
            for name, months in found["units"].items()
            for month, number in months.items()
        ]
        print_table(("单位", "月份", "未办结"), rows)
    else:
        print_table(
            ("名称", "任务", *WORDS.values()),
            list(map(_cells, [*found["items"], {**found["total"], "name": "合计"}])),
        )


def calendar(
    first: FirstOption,
    last: LastOption,
    unit: UnitOption = None,
    document: DocumentOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """List the days on which something is due."""
    days = _made(data, "calendar_json", _query(unit, document), parse_first_day(first), parse_day(last))
    if as_json:
        print_json(days)
    else:
        rows = [(day["day"], entry["task"], entry["text"]) for day in days for entry in day["entries"]]
        print_table(("日期", "编号", "任务"), rows)


def trend(
    first: FirstOption,
    last: LastOption,
    step: Annotated[int, typer.Option("--step", metavar="N", min=1, max=366, help="每隔几天一个点。")] = 7,
    unit: UnitOption = None,
    document: DocumentOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """Tell how many rows were overdue along time."""
    days = (parse_first_day(first), parse_day(last))
    points = _made(data, "trend_json", _query(unit, document), *days, step)
    if as_json:
        print_json(points)
    else:
        cells = [(point["day"], point["overdue"], point["done"]) for point in points]
        print_table(("日期", "逾期", "已完成"), cells)


def filters(
    save: Annotated[str | None, typer.Option("--save", metavar="NAME", help="以这个名称保存。")] = None,
    query: Annotated[
        str,
        typer.Option("--query", metavar="JSON", help='筛选条件，如 {"unit": "水利局", "colour": "red"}。'),
    ] = "{}",
    remove: Annotated[str | None, typer.Option("--remove", metavar="NAME", help="删除。")] = None,
    by: ByOption = None,
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """List, save and remove the filters of a person."""
    from corpus.records import plain
    from service.queries import refuse_unknown

    owner = by or user()
    with opened_library(data) as library:
        if save is not None:
            wanted = _object(query)
            refuse_unknown(wanted)
            library.saved_filters.save(owner, save, wanted)
        if remove is not None:
            library.saved_filters.remove(owner, remove)
        found = library.saved_filters.all(owner)
    if as_json:
        print_json(plain(found))
    else:
        print_table(("名称", "条件"), [(item.name, item.query) for item in found])


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("count", count, "按单位、月份、文件、领导、来源统计，或看各单位的工作量。"),
    ("calendar", calendar, "日历：哪一天有哪些任务到期。"),
    ("trend", trend, "趋势：各时点逾期和已完成的任务数。"),
    ("filters", filters, "列出、保存、删除自己的筛选。"),
)


def _made(data: str, name: str, *arguments: object) -> Any:
    import orjson

    from service.supervision import answers

    with opened_library(data) as library:
        return orjson.loads(getattr(answers, name)(library.store, *arguments))


def _query(unit: str | None, document: str | None) -> TaskQuery:
    from corpus.store.filters import TaskQuery

    return TaskQuery(unit=unit, document=document)


def _cells(group: dict[str, Any]) -> tuple[object, ...]:
    numbers = [{**group["colours"], **group["statuses"]}.get(key, 0) for key in WORDS]
    return (group["name"] or group["key"] or "（无）", group["total"], *numbers)


def _object(words: str) -> dict[str, Any]:
    import json

    try:
        value = json.loads(words)
    except ValueError as error:
        raise typer.BadParameter("--query 要写成 JSON") from error
    if not isinstance(value, dict):
        raise typer.BadParameter("--query 要写成 JSON 对象")
    return value

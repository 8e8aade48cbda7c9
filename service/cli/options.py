"""Options that several commands share."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UserError
from service.intake.names import readable

if TYPE_CHECKING:
    from service.library import Library

DEFAULT_DATA = Path("~/taizhang")


def parse_day(text: str) -> date:
    """Return the day that `text` names: 2026-06-30, or 2026-06 for the month's last day.

    Raises:
        typer.BadParameter: when it is neither.
    """
    found = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", text.strip())
    try:
        if found is None:
            raise ValueError(text)
        year, month = int(found[1]), int(found[2])
        return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])
    except ValueError as error:
        raise typer.BadParameter(f"日期请写成 2026-06-30 或 2026-06，而不是 {text}") from error


def parse_first_day(text: str) -> date:
    """Return the day from which on something counts: 2026-06-30, or 2026-06 for the month's first day.

    Raises:
        typer.BadParameter: when it is neither.
    """
    day = parse_day(text)
    return day if text.count("-") > 1 else day.replace(day=1)


def parse_years(text: str) -> tuple[int, int]:
    """Return first and last year of 2023 or 2021-2023.

    Raises:
        typer.BadParameter: when it is neither.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    if found is None:
        raise typer.BadParameter(f"年份请写成 2023 或 2021-2023，而不是 {text}")
    first, last = int(found[1]), int(found[2] or found[1])
    return min(first, last), max(first, last)


def parse_words(text: str) -> str:
    """Return words that may not be blank.

    Raises:
        typer.BadParameter: when they are.
    """
    if not text.strip():
        raise typer.BadParameter("不能为空")
    return text


def parse_path(text: str) -> Path:
    """Return the path that `text` names; blank text is not the current folder.

    Raises:
        typer.BadParameter: when it is blank.
    """
    return Path(parse_words(text))


def parse_status(text: str) -> str:
    """Return the key of a status, which may be given in the words that pages show: 进行中 is in_progress."""
    from service.ledger import STATUS_WORDS

    return key_of(STATUS_WORDS, text)


def key_of(words: Mapping[str, str], text: str) -> str:
    """Return the key whose word is `text`; `text` itself where it is none of the words."""
    return next((key for key, word in words.items() if word == text), text)


DataOption = Annotated[
    str,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="TAIZHANG_DATA",
        parser=parse_words,
        help="资料库所在的文件夹，或 PostgreSQL 的网址。",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序使用。")]
CountOption = Annotated[
    int, typer.Option("-k", "--count", metavar="N", min=1, max=1000, help="最多给出多少条。")
]
RegionOption = Annotated[str | None, typer.Option("--region", metavar="PLACE", help="地区，连同其下级地区。")]
YearOption = Annotated[
    str | None, typer.Option("--year", metavar="YEAR", help="成文年份，如 2023 或 2021-2023。")
]
TypeOption = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="类别，如 实施方案。")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="单位名称或其一部分。")]
DueOption = Annotated[
    str | None, typer.Option("--due-before", metavar="DAY", help="时限不晚于这一天，如 2026-06-30。")
]
DocumentOption = Annotated[
    str | None, typer.Option("--document", metavar="ID", help="文件编号，用 list 查看。")
]
StatusOption = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        parser=parse_status,
        help="状态：未启动、进行中、已完成、已销号等，或 not_started 等。",
    ),
]
CollapseOption = Annotated[bool, typer.Option("--no-collapse", help="相同的段落不合并。")]
PerDocumentOption = Annotated[
    int, typer.Option("--per-document", metavar="N", min=1, max=1000, help="每个文件最多给出几条。")
]


def data_location(given: str) -> str:
    """Return the folder with its ~ resolved; a database URL stays as it is.

    Raises:
        UserError: when the name is in an encoding that the database cannot use.
    """
    if readable(given) != given:
        shown = readable(given)
        raise UserError(f"资料库不能放在 {shown}，名称的编码不对；请换一个名称，或把终端设为 UTF-8。")
    return given if "://" in given else str(Path(given).expanduser())


def opened_library(data: str, create: bool = False) -> Library:
    """Return the library at `data`, to be used as a context manager.

    Raises:
        NotFoundError: when there is none and `create` is False.
    """
    from service.library import Library  # brings the database library, which costs 0.1 s

    return Library.open(data_location(data), create=create)


def check_document(library: Library, document: str | None) -> None:
    """Refuse a document that the library does not hold, which would else look like one without tasks.

    Raises:
        NotFoundError: when it holds none of that id.
    """
    if document is not None:
        library.document_row(document)

"""What an official document consists of, whatever it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Level(IntEnum):
    """The level of a paragraph: 一、 （一） 1. and running text."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the body."""

    text: str
    level: Level = Level.TEXT


@dataclass(frozen=True, slots=True)
class Annex:
    """A table that follows the body on pages of its own."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document by its elements; what is "" or empty is left out."""

    title: str
    body: tuple[Piece, ...]
    issuer_mark: str = ""
    """发文机关标志 in red over the first page: 安澜市人民政府文件."""
    number: str = ""
    """发文字号: 安政发〔2025〕3号."""
    signer: str = ""
    """签发人, only in documents to a superior."""
    secrecy: str = ""
    urgency: str = ""
    recipients: str = ""
    """主送机关, without the colon."""
    attachments: tuple[str, ...] = ()
    """Names of the annexes for 附件说明."""
    issuer: str = ""
    """署名."""
    day: date | None = None
    """成文日期."""
    remark: str = ""
    """附注, without brackets: 联系人：…，电话：…."""
    copies_to: str = ""
    """抄送机关."""
    printed_by: str = ""
    """印发机关."""
    printed_on: date | None = None
    annexes: tuple[Annex, ...] = ()


def written_day(day: date) -> str:
    """Return a day as 成文日期 has it: Arabic digits, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"

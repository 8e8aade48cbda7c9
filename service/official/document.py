"""What an official document consists of, whatever it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """The level of a paragraph: 一、 （一） 1. and running text."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3


class Form(StrEnum):
    """The forms of the standard: what every document has, and its two special ones."""

    DOCUMENT = "文件"
    LETTER = "信函"
    """10.1: the mark over a double red rule, 文号 at the right, no number on the first page."""
    MINUTES = "纪要"
    """10.3: 纪要标志, who was there, no signature and no seal."""


class SourcesAs(StrEnum):
    """How a document tells where its statements come from."""

    TABLE = "table"
    """A closing table 材料来源."""
    FOOTNOTES = "footnotes"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of the body."""

    text: str
    level: Level = Level.TEXT
    notes: tuple[tuple[int, str], ...] = ()
    """Footnotes: how many characters of the text their mark stands after, and their words; in text order."""


@dataclass(frozen=True, slots=True)
class Annex:
    """A table that follows the body on pages of its own."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    landscape: bool = True
    widths: tuple[int, ...] = ()
    """What the columns take of the page, in relation to each other; () leaves it to Word."""


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
    form: Form = Form.DOCUMENT
    attendance: tuple[tuple[str, str], ...] = ()
    """Only in 纪要: 出席, 请假, 列席 and the names under each."""
    origin: str = ""
    """What it was made from, kept in the file's properties for `taizhang check`."""


def written_day(day: date) -> str:
    """Return a day as 成文日期 has it: Arabic digits, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"

"""Checks a file that somebody wrote or edited: its form, and its facts where its sources are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docx.exceptions import PythonDocxError
from docx.oxml.exceptions import XmlchemyError

from corpus.document import Problem
from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from service.drafting.checking import day_told, fact_faults, records_of
from service.drafting.origin import DraftOrigin, origin_from
from service.intake.extraction import error_of
from service.library import Library
from service.official.checker import check_document, check_words
from service.official.fault import Fault
from service.official.opening import opened
from service.official.styled import main_texts
from service.official.tables import QUOTE_HEAD, SOURCE_HEAD, TableRow, table_rows
from service.verify.facts import bare
from service.verify.records import Records

_MALFORMED = (PythonDocxError, XmlchemyError, ValueError, KeyError, IndexError, AttributeError, TypeError)
"""What python-docx raises over values and parts that no office program writes."""
_SHORTEST_QUOTE = 8
"""Characters of a quotation in 材料来源; shorter cells hold ids."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What the check of a file found."""

    file: str
    faults: tuple[Fault, ...]
    sources: tuple[str, ...] = ()
    """Ids of the documents that its facts were held against; () where they were not checked."""

    def record(self) -> JsonObject:
        """Return it as public JSON."""
        return {
            "file": self.file,
            "sources": list(self.sources),
            "faults": [fault.record() for fault in self.faults],
        }


@dataclass(frozen=True, slots=True)
class _Content:
    """A file as the checks take it."""

    faults: tuple[Fault, ...]
    """Of its form."""
    paragraphs: tuple[tuple[int, str], ...]
    rows: tuple[TableRow, ...] = ()
    origin: DraftOrigin | None = None


def check_file(name: str, data: bytes, library: Library | None, plans: Sequence[str] = ()) -> FileCheck:
    """Return the faults of a file: docx by form and words, any other that can be read by its words alone.

    Facts are held against the plans given, else against what the file says that it was drafted from.

    Raises:
        UserError: when it is no docx and there is no library to read it with.
        UnreadableError: when it cannot be read.
        NotFoundError: when there is no such plan.
    """
    content = _docx(name, data) if name.lower().endswith(".docx") else _other(name, data, library)
    origin = DraftOrigin(tuple(plans)) if plans else _known(content.origin, library)
    if library is None or origin is None:
        return FileCheck(name, content.faults)
    today = origin.today or day_told(text for _, text in content.paragraphs)
    records = records_of(library, origin.documents, today, origin.rows or None)
    facts = (*fact_faults(content.paragraphs, records), *_table_faults(content.rows, records))
    return FileCheck(name, (*content.faults, *facts), origin.documents)


def _docx(name: str, data: bytes) -> _Content:
    try:
        document = opened(data, name)
    except ValueError as error:
        raise UserError(f"{name} 不是能打开的 .docx 文件，请另存为 .docx 后再检查。") from error
    try:
        return _Content(
            check_document(document),
            tuple(main_texts(document)),
            tuple(table_rows(document)),
            origin_from(document.core_properties.comments or ""),
        )
    except _MALFORMED as error:
        raise UserError(f"{name} 的内部结构不完整，请用 Word 或 WPS 打开后另存，再检查。") from error


def _other(name: str, data: bytes, library: Library | None) -> _Content:
    """Read a text, pdf or other file, in a worker within its limits."""
    if library is None:
        raise UserError(f"{name} 不是 .docx；检查其他格式请用 --data 指定资料库。")
    reading = library.extract_upload(name, data)
    if isinstance(reading, Problem):
        raise error_of(reading)
    lines = tuple(enumerate(reading.document.text.split("\n"), 1))
    return _Content(check_words(lines), tuple((number, line) for number, line in lines if line.strip()))


def _known(origin: DraftOrigin | None, library: Library | None) -> DraftOrigin | None:
    """Return the origin if this library holds its documents."""
    if origin is None or library is None or not origin.documents:
        return None
    try:
        for document in origin.documents:
            library.document_row(document)
    except NotFoundError:
        return None
    return origin


def _table_faults(rows: Iterable[TableRow], records: Records) -> Iterator[Fault]:
    for row in rows:
        if row.quotes:
            yield from _quote_faults(row, records)
            continue
        for fault in fact_faults([(0, row.sentence())], records):
            yield replace(fault, paragraph=None, table=row.place)


def _quote_faults(row: TableRow, records: Records) -> Iterator[Fault]:
    """Yield a quotation of 材料来源 that its document does not hold letter for letter."""
    quote = row.cells[QUOTE_HEAD]
    if len(quote) < _SHORTEST_QUOTE or not records.holds_title(row.cells[SOURCE_HEAD]):
        return
    if bare(quote) not in records.folded:
        message = "原文与材料不一致，请核对。"
        yield Fault("fact_quotation", message, text=quote, table=row.place)

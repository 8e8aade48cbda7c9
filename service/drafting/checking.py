"""Checks what a finished text states against the ledger and the documents it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from corpus.store.filters import TaskQuery
from corpus.store.rows import TaskRow, ledger_record
from ingest.extract.times.document_time import deadline_context
from ingest.labels import find_label
from service.drafting.contents.registry import count_sentences
from service.drafting.examples import EXAMPLE_MARK
from service.drafting.finding import MOST_ROWS
from service.drafting.wording import short_name, subject_of
from service.library import Library
from service.official.document import written_day
from service.official.fault import Fault
from service.verify.fact_values import find_days
from service.verify.facts import FactKind
from service.verify.findings import Finding, findings
from service.verify.records import Records
from service.verify.row_evidence import LedgerRow, SourceText

_NAMES = {
    FactKind.FIGURE: "数字",
    FactKind.DAY: "日期",
    FactKind.UNIT: "单位",
    FactKind.QUOTATION: "引文",
    FactKind.WORDING: "表述",
}
_ATTACHED = re.compile(r"^附件[:：]\s*(?:\d{1,2}[.．])?")
_LABEL_BEFORE_DIGIT = re.compile(r"\d{1,3}[.．](?=\d)")
_AS_OF = re.compile(r"截至(?P<day>[^，。；]{4,12}日)")


def check_facts(
    paragraphs: Iterable[tuple[int, str]],
    library: Library,
    documents: Iterable[str],
    today: date | None = None,
    rows: Sequence[str] | None = None,
) -> tuple[Fault, ...]:
    """Return the facts of a text that its sources do not state, or state otherwise at that place.

    Args:
        paragraphs: the text, each paragraph with its number.
        library: where the sources are.
        documents: ids of the documents that it was made from; their ledgers are sources too.
        today: the day as of which it counts, None for the one it names itself (截至…), else the present one.
        rows: ids of the rows that it counts, None for all of the documents.

    Raises:
        NotFoundError: when there is no such document.
    """
    numbered = list(paragraphs)
    day = today or day_told(text for _, text in numbered)
    return fact_faults(numbered, records_of(library, tuple(documents), day, rows))


def fact_faults(paragraphs: Iterable[tuple[int, str]], records: Records) -> tuple[Fault, ...]:
    """Return the facts of numbered paragraphs that the records do not bear out; examples are skipped."""
    return tuple(
        _fault(finding, number)
        for number, text in paragraphs
        if not text.startswith(EXAMPLE_MARK)
        for finding in _fewest_findings(text, records)
    )


def day_told(texts: Iterable[str]) -> date | None:
    """Return the first day as of which a text says that it counts, None where it says none."""
    for text in texts:
        for found in _AS_OF.finditer(text):
            days = [day.last for day in find_days(found["day"]) if day.has_year]
            if days:
                return days[0]
    return None


def records_of(
    library: Library,
    documents: Sequence[str],
    today: date | None = None,
    wanted: Sequence[str] | None = None,
) -> Records:
    """Return what bears out a text made from some documents: their words, rows as corrected, and counts.

    Args:
        library: where they are.
        documents: their ids.
        today: the day as of which the ledger counts, None for the present one.
        wanted: ids of the rows that are counted, None for all.

    Raises:
        NotFoundError: when there is no such document.
    """
    today = today or library.today()
    sources: list[SourceText] = [SourceText(written_day(today))]
    rows: list[LedgerRow] = []
    counted: list[TaskRow] = []
    counts: list[str] = []
    for document in documents:
        shown = library.show(document)
        header = shown.document.header
        named = header.title or Path(shown.document.source).stem
        text = f"{named}\n{shown.document.text}"
        source = SourceText(text, deadline_context(shown.document), header.region, header.title or "")
        sources.append(source)
        own = library.store.tasks(TaskQuery(document=document, limit=MOST_ROWS), today).items
        place = SourceText(shown.document.text, source.context, header.region)
        rows += [_ledger_row(row, place, today) for row in own]
        counted += [row for row in own if wanted is None or row.id in wanted]
        counts += count_sentences(subject_of(header.title or ""), own, today)
    counts += count_sentences("", counted, today)
    return Records(sources, rows, counts)


def _ledger_row(row: TaskRow, document: SourceText, today: date) -> LedgerRow:
    late = (today - row.due).days if row.due and row.due < today else 0
    further = (f"已逾期{late}天",) if late else ()
    return LedgerRow(ledger_record(row), short_name(row.record["text"]), document, further)


def _fewest_findings(text: str, records: Records) -> tuple[Finding, ...]:
    """Return the findings of a paragraph without its label; 1.3个 may be 1.3, or 3个 under label 1."""
    text = _ATTACHED.sub("", text)
    label = find_label(text)
    found = findings(text[label.end :] if label else text, records)
    joined = _LABEL_BEFORE_DIGIT.match(text)
    if found and joined:
        return min(found, findings(text[joined.end() :], records), key=len)
    return found


def _fault(finding: Finding, number: int) -> Fault:
    fact = finding.fact
    named = f"{_NAMES[fact.kind]}“{fact.raw}”"
    if fact.kind is FactKind.WORDING:
        message = f"{named}与材料意思相反，请核对。"
    elif finding.instead:
        message = f"{named}与材料不一致，材料中为“{finding.instead}”，请核对。"
    else:
        message = f"材料中没有{named}，请核对。"
    return Fault(f"fact_{fact.kind.value}", message, number, fact.raw)

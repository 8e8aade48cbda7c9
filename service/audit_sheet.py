"""The audit log as a file for those who keep it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from corpus.store.audit import AuditEntry, AuditQuery
from service.audit_words import names_of, told
from service.office_text import cell_text, like_formula

if TYPE_CHECKING:
    from corpus.store.store import Store

HEADS = ("编号", "时间", "何人", "做了什么", "对象", "原来", "改为", "说明",
         "时间（UTC）", "操作代码", "对象编号", "原来（原样）", "改为（原样）")  # fmt: skip
"""In words for people first, then as it was remembered, for programs."""
AT_ONCE = 5000


def audit_bytes(store: Store, suffix: str) -> bytes:
    """Return the whole log, oldest first, as "xlsx", else as csv that spreadsheets read as UTF-8."""
    return _workbook(store) if suffix == "xlsx" else _csv(store)


def _workbook(store: Store) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("审计记录")
    sheet.append(HEADS)
    for row in _rows(store):
        sheet.append([cell_text(cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(store: Store) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(HEADS)
    for row in _rows(store):
        writer.writerow(row)
    return target.getvalue().encode("utf-8-sig")


def _rows(store: Store) -> Iterator[list[str]]:
    log = store.audit
    total = log.page(AuditQuery(limit=1)).total
    for start in range((total - 1) // AT_ONCE * AT_ONCE, -1, -AT_ONCE):
        entries = log.page(AuditQuery(offset=start, limit=AT_ONCE)).items
        names = names_of(store, [entry.fact.subject for entry in entries])
        for entry in reversed(entries):
            yield _cells(entry, names)


def _cells(entry: AuditEntry, names: Mapping[str, str]) -> list[str]:
    fact, words = entry.fact, told(entry, names)
    cells = (
        str(entry.number),
        f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
        entry.by,
        *(words.what, words.subject, words.before, words.after),
        fact.note,
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        fact.action,
        fact.subject,
        _words(fact.before),
        _words(fact.after),
    )
    return [f"'{cell}" if like_formula(cell) else cell for cell in cells]


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

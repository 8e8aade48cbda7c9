"""The audit log as a file for those who keep it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from corpus.store.audit import AuditEntry, AuditLog, AuditQuery

HEADS = ("编号", "时间（UTC）", "何人", "操作", "对象", "改前", "改后", "说明")
AT_ONCE = 5000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""


def audit_bytes(log: AuditLog, suffix: str) -> bytes:
    """Return the whole log, oldest first, as "xlsx", else as csv that spreadsheets read as UTF-8."""
    return _workbook(log) if suffix == "xlsx" else _csv(log)


def _workbook(log: AuditLog) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("审计记录")
    sheet.append(HEADS)
    for row in _rows(log):
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _csv(log: AuditLog) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(HEADS)
    for row in _rows(log):
        writer.writerow(row)
    return target.getvalue().encode("utf-8-sig")


def _rows(log: AuditLog) -> Iterator[list[str]]:
    total = log.page(AuditQuery(limit=1)).total
    for start in range((total - 1) // AT_ONCE * AT_ONCE, -1, -AT_ONCE):
        for entry in reversed(log.page(AuditQuery(offset=start, limit=AT_ONCE)).items):
            yield _cells(entry)


def _cells(entry: AuditEntry) -> list[str]:
    fact = entry.fact
    cells = (
        str(entry.number),
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        entry.by,
        fact.action,
        fact.subject,
        _words(fact.before),
        _words(fact.after),
        fact.note,
    )
    return [f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in cells]


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

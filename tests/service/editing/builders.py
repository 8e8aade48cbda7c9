"""Ledgers to edit, made of a line of text."""

from __future__ import annotations

from datetime import date

from corpus.document import Document, Header
from corpus.records import JsonObject
from service.editing.cells import CELL_OF, Setting
from service.editing.editable import EditableLedger
from service.intake.extraction import read
from service.ledger import ledger_rows

SETTING = Setting("望川县", date(2026, 3, 1))
PLAN = """望川县风筝节筹备方案
一、重点任务
1.平整场地两万平方米；搭建看台三处，6月底前完成。（牵头单位：县文体局；配合单位：县财政局）
2.开展安全检查。（责任单位：县应急局）
3.做好宣传。（责任单位：县融媒体中心）
二、其他事项
场地保洁由承办方负责，每周清扫一次。
"""


def plan() -> EditableLedger:
    """A ledger of three rows, r1 to r3."""
    reading = read(PLAN.encode(), "风筝节方案.txt")
    return EditableLedger(reading.document, ledger_rows(reading))


def blank() -> EditableLedger:
    """A ledger without rows."""
    header = Header(region=SETTING.region, date=SETTING.issued)
    return EditableLedger(Document("d1", "空.txt", "", header=header), [])


def shown(record: JsonObject, *names: str) -> list[str]:
    """Return what cells of a record show."""
    return [CELL_OF[name].read(record) for name in names]


def column(ledger: EditableLedger, name: str) -> list[str]:
    """Return what one cell of each row shows."""
    return [CELL_OF[name].read(row.record) for row in ledger.rows]

"""Records of a small plan, so that a test is a sentence and what is wrong with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest.extract.times.moments import DeadlineContext
from service.verify.findings import findings
from service.verify.records import Records
from service.verify.row_evidence import LedgerRow, SourceText

TEXT = """安澜市2025年河道整治实施方案
（一）清理河道垃圾。全面排查河道两岸垃圾堆放点36个，累计清运垃圾1.2万吨，2025年6月底前清运完毕。（牵头单位：市水利局；配合单位：市城市管理局、各县（区）人民政府）
（二）拆除违法建筑。对侵占河道的118处违法建筑依法拆除，拆除率不低于95%，9月底前完成。（牵头单位：市自然资源局；配合单位：市水利局）
（三）推广“水管家”平台。接入监测断面36个、视频监控260套，2025年12月底前实现巡查全覆盖。（责任单位：市大数据局）
"""
PLAN = SourceText(TEXT, DeadlineContext(title_year=2025), "安澜市", "安澜市2025年河道整治实施方案")


def row(name: str, beginning: str, units: dict[str, tuple[str, ...]], due: str, **more: Any) -> LedgerRow:
    """Return a row whose words begin so and end before the bracket that names its units."""
    start = TEXT.index(beginning)
    text = TEXT[start : TEXT.index("（", start)]
    named = [{"name": unit, "role": role} for role, names in units.items() for unit in names]
    written = {"2025-06-30": "2025年6月底前", "2025-09-30": "9月底前", "2025-12-31": "2025年12月底前"}[due]
    record = {
        "id": f"t{start}",
        "document": "d1",
        "text": text,
        "span": [start, start + len(text)],
        "units": named,
        "deadlines": [{"raw": written, "start": None, "end": due}],
        "due": due,
        "status": "not_started",
    }
    return LedgerRow({**record, **more}, name, PLAN)


ROWS = (
    row(
        "清理河道垃圾",
        "清理河道垃圾",
        {"lead": ("市水利局",), "cooperate": ("市城市管理局", "各县（区）人民政府")},
        "2025-06-30",
        status="done",
    ),
    row(
        "拆除违法建筑",
        "拆除违法建筑",
        {"lead": ("市自然资源局",), "cooperate": ("市水利局",)},
        "2025-09-30",
        colour="red",
    ),
    row("推广“水管家”平台", "推广", {"responsible": ("市大数据局",)}, "2025-12-31", status="in_progress"),
)
COUNTS = ("截至2025年10月8日，共3项任务，已完成1项，正在推进1项，逾期未完成1项。",)
TODAY = date(2025, 10, 8)


def records(**changes: Any) -> Records:
    """Return what the plan, its three rows and their counts bear out."""
    return Records(**{"documents": (PLAN,), "rows": ROWS, "counts": COUNTS} | changes)


def wrong(text: str, **changes: Any) -> list[str]:
    """Return the words of a paragraph that the records do not bear out."""
    return [finding.fact.raw for finding in findings(text, records(**changes))]

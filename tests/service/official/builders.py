"""An official document that has every element."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from service.official.document import Annex, Level, OfficialDocument, Piece

SENTENCE = "全面排查河道两岸垃圾堆放点，累计清运垃圾1.2万吨，拆除违法建筑118处，“水管家”平台接入断面36个。"


def report(**changes: Any) -> OfficialDocument:
    """Return a report to a superior, with some of its elements changed."""
    whole = OfficialDocument(
        title="安澜市人民政府关于2025年河道整治工作情况的报告",
        body=(
            Piece("现将2025年河道整治工作情况报告如下。"),
            Piece("一、工作开展情况", Level.FIRST),
            Piece("（一）清理河道垃圾", Level.SECOND),
            Piece(SENTENCE * 3),
            Piece("二、下一步打算", Level.FIRST),
            Piece("1.持续推进清淤疏浚。"),
        ),
        issuer_mark="安澜市人民政府文件",
        number="安政发〔2025〕3号",
        signer="李明",
        recipients="云岭省人民政府",
        attachments=("任务完成情况表", "存在问题清单"),
        issuer="安澜市人民政府",
        day=date(2025, 12, 5),
        remark="联系人：王强，电话：0000-1234567",
        copies_to="市委办公室，市政协办公室",
        printed_by="安澜市人民政府办公室",
        printed_on=date(2025, 12, 6),
        annexes=(Annex("任务完成情况表", ("序号", "任务"), (("1", "清理河道垃圾"),)),),
    )
    return replace(whole, **changes)

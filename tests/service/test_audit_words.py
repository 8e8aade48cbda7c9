"""What the audit log says in words, on the page and in the exported file."""

from __future__ import annotations

import io
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.store.audit import AuditEntry, Fact
from service.audit_sheet import HEADS, audit_bytes
from service.audit_words import names_of, told
from service.library import Library
from service.settings import NAMES, Settings
from tests.service.texts import PLAN


@pytest.mark.parametrize(
    ("action", "before", "after", "words"),
    [
        ("document.removed", False, True, ("文件 移出", "在用", "已移出")),
        ("document.restored", True, False, ("文件 恢复", "已移出", "在用")),
        ("document.updated", {"version": 1, "removed": False}, {"version": 2, "source": "甲.txt"},
         ("文件 更新", "第 1 版", "甲.txt")),
        ("filter.save", None, {"month": "2026-11", "status": "未办结"},
         ("筛选 保存", "", "月份：2026-11；状态：未办结")),
        ("filter.remove", {"q": "护栏"}, None, ("删除筛选", "查找：护栏", "")),
        ("account.locked", False, True, ("账号 停用或启用", "能登录", "已停用")),
        ("account.added", None, {"role": "经办"}, ("账号 新增", "", "经办")),
        ("setting", "02:30", "", ("设置", "02:30", "")),
    ],
)  # fmt: skip
def test_an_entry_is_told_in_words(action: str, before: Any, after: Any, words: tuple[str, ...]) -> None:
    entry = AuditEntry(1, datetime(2026, 11, 2, tzinfo=UTC), "王芳", Fact(action, "d1", before, after))
    said = told(entry, {})
    assert (said.what, said.before, said.after) == words


def test_every_setting_has_a_name() -> None:
    assert {field.name for field in fields(Settings)} <= set(NAMES)


def test_the_exported_log_names_documents_and_settings(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add_upload("河道方案.txt", PLAN.encode(), "王芳")
        library.settings.write({"office_name": "望川县政府办"}, "王芳")
        assert names_of(library.store, ["d1", "王芳"]).keys() == {"d1"}
        book = load_workbook(io.BytesIO(audit_bytes(library.store, "xlsx")))
        draft = library.store.drafts.add({"title": "河道整治汇报", "genre": "工作汇报"}, "王芳", "生成")
        sent = library.store.dispatches.add("123456", "2026年11月", date(2026, 11, 30), (), "王芳")
        assert names_of(library.store, [draft, sent.id, "s99", "w99"]) == {
            draft: "河道整治汇报",
            sent.id: "2026年11月调度",
        }
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert head == HEADS
    assert [row[3] for row in rows] == ["文件 新增", "设置"]
    assert rows[1][4:7] == ("单位名称", None, "望川县政府办")

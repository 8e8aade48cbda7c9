"""Templates over HTTP: what is filled and from what, the file, and what is wrong in plain words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document

from service.library import Library
from tests.service.callers import Call, caller, upload
from tests.service.templates.test_templates import XX, texts, word
from tests.service.texts import PLAN

FIELDS = word("{{ 署名 }}共有任务{{ 任务数 }}项，逾期{{ 逾期数 }}项。", "{{ 部分[2].段落[0] }}")
GIVEN = {"plan": "d1", "today": "2025-10-08"}


@pytest.fixture(scope="module")
def call(ledger: Library) -> Call:
    return caller(ledger)


def fill(call: Call, name: str, data: bytes, **more: str) -> dict[str, Any]:
    answer = call("POST", "/api/templates/fill", params={**GIVEN, **more}, **upload(name, data))
    assert answer.status_code == 200, answer.text
    record: dict[str, Any] = answer.json()
    return record


def test_a_word_template_tells_its_fields_with_their_sources(call: Call) -> None:
    record = fill(call, "模板.docx", FIELDS)
    assert (record["template"], record["documents"]) == ("模板.docx", ["d1"])
    told = {
        item["placeholder"]: (item["value"], item["source"], len(item["ids"])) for item in record["filled"]
    }
    assert told == {
        "任务数": ("4", "台账4行的统计", 4),
        "逾期数": ("1", "台账1行的统计", 1),
        "部分": ("5项", "起草", 1),
    }
    assert record["open"][0]["placeholder"] == "署名"


def test_gaps_that_the_draft_leaves_are_told(call: Call) -> None:
    data = word("{% for 段 in 部分 %}{{ 段.段落|join('') }}{% endfor %}")
    assert any(item["placeholder"].startswith("【待补：") for item in fill(call, "a.docx", data)["open"])


def test_a_text_comes_back_as_docx_or_as_text(call: Call) -> None:
    record = fill(call, "模板.txt", XX.encode())
    assert [item["value"] for item in record["filled"]] == ["4", "1", "118", "安澜"]
    assert record["filled"][2]["quote"] in PLAN and len(record["open"]) == 2
    for form in ("docx", "txt"):
        params = {**GIVEN, "form": form}
        answer = call("POST", "/api/templates/file", params=params, **upload("模板.txt", XX.encode()))
        assert answer.headers["content-disposition"].endswith(f"-%E5%B7%B2%E5%A1%AB.{form}")
        text = answer.text if form == "txt" else "\n".join(texts(answer.content))
        assert "共有任务4项，已完成1项" in text and "【待补：年份】" in text


def test_only_tasks_of_the_period_are_counted(call: Call) -> None:
    record = fill(call, "模板.docx", FIELDS, **{"from": "2025-07-01", "to": "2025-09-30"})
    assert record["filled"][0]["value"] == "2"  # one of them without a time limit


def entities() -> bytes:
    """Return a docx whose text is an entity."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FIELDS)) as whole, zipfile.ZipFile(written, "w") as made:
        for part in whole.infolist():
            content = whole.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)
            made.writestr(part, content)
    return written.getvalue()


def wrong() -> Iterator[tuple[str, bytes, str]]:
    """Yield files that are no templates, and what is said of them."""
    yield "坏.docx", b"PK no archive", "不是能打开的 .docx"
    yield "截断.docx", FIELDS[: len(FIELDS) // 2], "截断.docx"
    yield "空.docx", word("没有字段"), "没有可填的地方"
    yield "空.txt", b"", "没有可填的地方"
    yield "表.pdf", b"%PDF-1.7 xx", "请另存为 .docx 或 .txt"
    yield "多.txt", "任务xx项。\n".encode() * 1001, "最多 1000 处"
    yield "长.txt", ("长" * 20_001 + "xx项").encode(), "请分段"
    yield "误.docx", word("{{ 题目 }}"), "“题目”不存在"
    yield "环.docx", word("{% for x in 任务 %}"), "endfor"
    yield "恶.docx", word("{{ 任务.__class__.__mro__ }}"), "模板"
    yield "引.docx", word("{% include '/etc/hostname' %}"), "模板"
    yield "实体.docx", entities(), "实体.docx：文件里有不该出现的外部引用"
    yield "大.docx", word("{{ '满' * 900000000 }}"), "已停止"


@pytest.mark.parametrize(("name", "data", "message"), list(wrong()), ids=lambda value: str(value)[:12])
def test_what_is_wrong_is_told(call: Call, name: str, data: bytes, message: str) -> None:
    answer = call("POST", "/api/templates/fill", params=GIVEN, **upload(name, data))
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert message in answer.json()["detail"]


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        ({}, 400, "主题"),
        ({"plan": "d99"}, 404, "d99"),
        ({"plan": "d1", "genre": "诗歌"}, 400, "诗歌"),
        ({"plan": "d1", "form": "txt"}, 400, "只有 .txt 模板"),
        ({"plan": "d1", "fonts": "楷书"}, 400, "楷书"),
        ({"plan": "d1", "from": "昨天"}, 422, "from"),
    ],
)
def test_what_is_asked_wrongly_is_told(call: Call, given: dict[str, str], status: int, message: str) -> None:
    answer = call("POST", "/api/templates/file", params=given, **upload("模板.docx", FIELDS))
    assert (answer.status_code, message in answer.json()["detail"]) == (status, True), answer.text


def test_the_file_of_a_word_template_keeps_its_layout(call: Call) -> None:
    answer = call("POST", "/api/templates/file", params=GIVEN, **upload("模板.docx", FIELDS))
    assert Document(io.BytesIO(answer.content)).paragraphs[0].text.endswith("共有任务4项，逾期1项。")

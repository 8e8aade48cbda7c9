"""Templates of users: fields and loops, xx, and what a hostile one may not do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from corpus.errors import UserError
from corpus.registry.tables import read_table
from service.drafting.file_check import check_file
from service.drafting.making import DraftRequest
from service.library import Library
from service.official.document import SourcesAs
from service.templates.fields import field_names
from service.templates.filling import FilledTemplate, fill_template
from service.templates.rendering import render
from tests.service.texts import PLAN

TODAY = date(2025, 10, 8)


def word(*lines: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, words in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def texts(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(line.text for line in document.paragraphs if line.text), *rows]


def fill(library: Library, name: str, data: bytes) -> FilledTemplate:
    request = DraftRequest("工作汇报", plans=(library.documents()[0].id,), today=TODAY, issuer="市水利局")
    return fill_template(library, name, data, request, sources=SourcesAs.NONE)


def test_fields_and_loops_are_filled(ledger: Library) -> None:
    data = word(
        "{{ 署名 }}：{{ 任务数 }}项，已完成{{ 已完成数 }}项",
        "{%p for 项 in 逾期任务 %}",
        "{{ 项.名称 }}（{{ 项.牵头单位 }}）",
        "{%p endfor %}",
        table=[("{%tr for 位 in 单位 %}", ""), ("{{ 位.名称 }}", "{{ 位.任务数 }}"), ("{%tr endfor %}", "")],
    )
    found = texts(fill(ledger, "模板.docx", data).data)
    assert found[:2] == ["市水利局：4项，已完成1项", "拆除违法建筑（市自然资源局）"]
    assert found[2:4] == ["市水利局", "2"]


def test_every_field_of_the_table_is_there(ledger: Library) -> None:
    loops = {row["within"] for row in read_table("service.templates", "fields.tsv") if row["within"]}
    tags = [f"{{{{ {name} }}}}" for name in field_names() if name not in loops | {"部分"}]
    for loop in loops:
        inner = "".join(f"{{{{ x.{name} }}}}" for name in field_names(loop))
        tags.append(f"{{% for x in {loop} %}}{inner}{{% endfor %}}")
    assert fill(ledger, "模板.docx", word(*tags)).data


VALUES = {"标题": "<河道> & 整治", "任务": [{"名称": "甲"}]}


def test_words_are_written_as_they_stand() -> None:
    assert texts(render(word("{{ 标题 }}"), dict(VALUES))) == ["<河道> & 整治"]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ 题目 }}", "“题目”不存在。可用的有：标题"),
        ("{% for x in 任务 %}{{ x.单价 }}{% endfor %}", "“单价”不存在。这里可用的有：名称"),
        ("{% for x in 任务 %}", "endfor"),
        ("{% 循环 %}", "没有 {% 循环 %}"),
        ("{{ 标题|upper }}", "可用的过滤器"),
        ("{{ 标题.__class__.__mro__ }}", "不存在"),
        ("{{ 标题|attr('__class__') }}", "可用的过滤器"),
        ("{{ 任务.append(1) }}", "模板里"),
        ("{{ range(9) }}", "“range”不存在"),
        ("{{ cycler.__init__ }}", "不存在"),
        ("{% include '/etc/hostname' %}", "模板"),
        ("{% import 'os' as os %}", "模板"),
        ("{{ 1/0 }}", "模板"),
    ],
)
def test_what_is_wrong_is_told_in_words(tag: str, message: str) -> None:
    with pytest.raises(UserError, match=message.replace("{", r"\{").replace("|", r"\|")):
        render(word(tag), dict(VALUES))


def test_a_template_that_asks_for_all_memory_is_stopped(ledger: Library) -> None:
    with pytest.raises(UserError, match="停止"):
        fill(ledger, "模板.docx", word("{{ 标题 * 999999999999 }}"))


XX = "我市共有任务xx项，已完成xx项。依法拆除侵占河道的违法建筑xx处。20xx年投入资金xx亿元，xx市财政落实到位。"


@pytest.mark.parametrize("name", ["模板.txt", "模板.docx"])
def test_xx_is_filled_where_the_records_state_it(ledger: Library, name: str) -> None:
    data = XX.encode() if name.endswith(".txt") else word(XX)
    made = fill(ledger, name, data)
    record = made.record()
    assert [item["value"] for item in record["filled"]] == ["4", "1", "118", "安澜"]
    assert record["filled"][2]["quote"] in PLAN
    assert record["filled"][2]["planned"] is True
    assert [item["words"] for item in record["open"]] == ["20xx年投入资金xx亿元"] * 2
    (text,) = [line for line in texts(made.data) if "共有任务" in line]
    assert "共有任务4项，已完成1项" in text and "【待补：年份】年投入资金【待补：" in text
    assert "118处【待核：" in text and "安澜市财政" in text


def test_a_filled_text_passes_its_own_check(ledger: Library) -> None:
    made = fill(ledger, "模板.txt", XX.encode())
    result = check_file("报告.docx", made.data, ledger)
    assert result.sources == (ledger.documents()[0].id,)
    assert [fault for fault in result.faults if fault.rule.startswith("fact")] == []


def test_what_is_no_template_is_told(ledger: Library, tmp_path: Path) -> None:
    for name, data in (("空.docx", word("没有字段")), ("空.txt", b"abc"), ("坏.docx", b"no docx")):
        with pytest.raises(UserError, match=name):
            fill(ledger, name, data)

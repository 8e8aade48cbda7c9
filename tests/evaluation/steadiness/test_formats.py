"""Whether a ledger depends on the format: rendering a document, and comparing rows."""

import pytest

from corpus.document import Problem
from evaluation.steadiness.formats import DocumentRows, FormatsReport, comparable_rows, evaluate
from evaluation.steadiness.renderings import RENDERINGS, as_docx, as_html, as_text
from ingest.read import read_document
from ingest.readers.libreoffice import find_program
from service.intake.extraction import read_or_problem

TEXT = """安澜市河道整治工作方案
一、重点任务
（一）开展清淤。2026年10月底前完成清淤12公里。（责任单位：市水利局、望川县人民政府）
序号\t重点任务\t牵头单位
1\t治理水源\t市水利局
2\t整治河道\t市生态环境局
"""


@pytest.mark.parametrize("render", [as_docx, as_html, as_text])
def test_a_rendering_reads_as_its_document(render: object) -> None:
    document = read_document(TEXT.encode(), "方案.txt")
    assert callable(render)
    assert read_document(render(document), "方案").text == document.text


def test_rows_are_compared_without_their_places() -> None:
    one = comparable_rows(read_or_problem(TEXT.encode(), "a.txt"))
    other = comparable_rows(read_or_problem(("\n\n" + TEXT).encode("gbk"), "b.txt"))
    assert len(one) == 3 and one == other
    assert comparable_rows(Problem("a", "reader", "empty", "空。")) == []


def test_the_share_of_equal_rows() -> None:
    rows = DocumentRows("a.txt", {"docx": ("1", "2", "3"), "pdf": ("1", "2", "4")})
    report = FormatsReport("hash", [rows])
    assert report.equal == 0.5
    assert report.record()["documents"]["a.txt"] == {
        "rows": 4,
        "equal": 2,
        "by_format": {"docx": 3, "pdf": 3},
    }
    assert FormatsReport("hash", []).equal == 1.0


@pytest.mark.office
@pytest.mark.skipif(find_program() is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", ["pdf", "doc"])
def test_what_libreoffice_makes_reads_the_same(suffix: str) -> None:
    document = read_document(TEXT.encode(), "方案.txt")
    again = read_or_problem(RENDERINGS[suffix](document), f"方案.{suffix}")
    assert comparable_rows(again) == comparable_rows(read_or_problem(TEXT.encode(), "方案.txt"))


def test_formats_need_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.steadiness.formats.find_program", lambda: None)
    with pytest.raises(Exception, match="LibreOffice"):
        evaluate(None)

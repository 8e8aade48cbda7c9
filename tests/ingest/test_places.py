"""A click on a cell or a task shows the place in the original."""

from dataclasses import replace

from corpus.document import Document
from corpus.spans import Span
from ingest.extract.doubts.legibility import DOUBT
from ingest.extract.extract import extract
from ingest.read import read_document
from tests.ingest.readers.pdf_builder import both, pdf, table, written

ROWS = [["序号", "重点任务", "牵头单位"], ["1", "治理水源", "市水利局"], ["2", "整治河道", "市水利局"]]


def found(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def test_a_cell_has_its_own_place() -> None:
    document = read_document(pdf(both(written("任务分工表", top=740), table(ROWS))), "表.pdf")
    (unit,) = document.places_of(found(document, "市水利局"))
    assert (unit.page, [round(edge) for edge in unit.box]) == (1, [280, 172, 380, 202])
    (task,) = document.places_of(found(document, "整治河道"))
    assert [round(edge) for edge in task.box] == [180, 202, 280, 232]


def test_words_over_a_page_break_have_two_places() -> None:
    lines = ("一、由市水利局牵头开展河道整治，年底前", "完成清淤疏浚任务并组织验收和移交管护。")
    document = read_document(pdf(written(lines[0], top=100), written(lines[1])), "方案.pdf")
    places = document.places_of(found(document, "年底前完成清淤"))
    assert [place.page for place in places] == [1, 2]


def test_a_task_recognised_with_little_confidence_carries_a_doubt() -> None:
    document = read_document("一、整治河道。（责任单位：市水利局）\n".encode(), "方案.txt")
    (sure,) = extract(document).tasks
    doubtful = replace(
        document, origins=tuple(replace(origin, confidence=0.6) for origin in document.origins)
    )
    (unsure,) = extract(doubtful).tasks
    assert DOUBT not in sure.doubts and DOUBT in unsure.doubts

"""How far a worker has come with a file, and how a person ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Problem
from service.background.course import Course, Mark, StoppedError
from service.background.workers import WorkerPool
from service.library import Library
from tests.ingest.readers.pdf_builder import pdf, written
from tests.service.jobs import answer, settled_work
from tests.service.texts import NOTICE


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, time_limit=60.0, read=answer) as opened:
        yield opened


def page(canvas: Canvas) -> None:
    written(canvas, ["由市水利局牵头清理河道垃圾。"])


def test_the_pages_that_are_read_are_told(empty: Library) -> None:
    course = Course()
    assert course.words == "排队等候"
    empty.extract_upload("方案.pdf", pdf(page, page, page), course)
    assert (course.begun, course.mark, course.share) == (True, Mark(3, 3), 1.0)


def test_a_file_that_is_ended_costs_itself_alone(pool: WorkerPool) -> None:
    hanging, waiting, last = Course(), Course(), Course()
    futures = [
        pool.submit(b"ab", name, course) for name, course in (("hang", hanging), ("b", waiting), ("c", last))
    ]
    assert waiting.stop()
    assert hanging.stop()
    found = [future.result() for future in futures]
    assert [item.category for item in found if isinstance(item, Problem)] == [
        "cancelled",
        "cancelled",
        "counted",
    ]
    assert (waiting.begun, last.begun) == (False, True)


def test_what_is_being_stored_is_not_ended(pool: WorkerPool) -> None:
    course = Course()
    assert pool.run(settled_work, time_limit=60.0, course=course).result() == "done"
    assert (course.words, course.stop(), course.stopped) == ("正在存入…", False, False)


def test_an_upload_that_is_ended_is_not_stored(empty: Library) -> None:
    course = Course()
    course.stop()
    adding = empty.begin_adding("通知.txt", NOTICE.encode(), course=course)
    with pytest.raises(StoppedError):
        adding.result()
    assert not empty.holds("通知.txt", NOTICE.encode())
    assert empty.add_upload("通知.txt", NOTICE.encode(), folder="甲科")
    assert empty.holds("通知.txt", NOTICE.encode(), "甲科")


@pytest.mark.parametrize(
    ("mark", "words", "share"),
    [
        (Mark(), "正在读取…", None),
        (Mark(0, 12), "第 1/12 页", 0.0),
        (Mark(11, 12), "第 12/12 页", 11 / 12),
        (Mark(12, 12), "正在整理任务…", 1.0),
    ],
)
def test_words(mark: Mark, words: str, share: float | None) -> None:
    course = Course()
    course.begun, course.mark = True, mark
    assert (course.words, course.share) == (words, share)

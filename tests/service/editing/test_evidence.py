"""A text with marks becomes HTML that shows each marked stretch, whatever nests or overlaps."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import task_record
from corpus.spans import Span
from corpus.task import Role, Task, Unit
from service.editing.evidence import Mark, marked_html, task_marks


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("", [], ""),
        ("一、总则\n正文", [], '<p data-start="0">一、总则</p><p data-start="5">正文</p>'),
        (
            "a<b",
            [Mark(Span(1, 2), "task", "r1")],
            '<p data-start="0">a<span class="mark-task" data-task="r1">&lt;</span>b</p>',
        ),
        (
            "由市水利局牵头",
            [Mark(Span(0, 7), "task", "r3"), Mark(Span(1, 5), "unit", "r3")],
            '<p data-start="0"><span class="mark-task" data-task="r3">由</span>'
            '<span class="mark-task mark-unit" data-task="r3">市水利局</span>'
            '<span class="mark-task" data-task="r3">牵头</span></p>',
        ),
        (
            "上行\n下行",
            [Mark(Span(1, 4), "found")],
            '<p data-start="0">上<span class="mark-found">行</span></p>'
            '<p data-start="3"><span class="mark-found">下</span>行</p>',
        ),
        (
            "按《方案》办",
            [Mark(Span(1, 5), "reference", "r1", "d7")],
            '<p data-start="0">按<span class="mark-reference" data-task="r1">《方案》</span>'
            '<a class="reference-link" href="/documents/d7" aria-label="打开引用的文件"'
            ' title="打开引用的文件"></a>办</p>',
        ),
        (
            "短",
            [Mark(Span(0, 9), "task", "r1")],
            '<p data-start="0"><span class="mark-task" data-task="r1">短</span></p>',
        ),
    ],
    ids=["empty", "lines", "escaped", "nested", "over a line end", "with a link", "mark beyond the end"],
)
def test_marks(text: str, marks: list[Mark], html: str) -> None:
    assert marked_html(text, marks) == html


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: Span(min(pair), max(pair)))


@given(st.text("甲乙<&\n\t ", max_size=30), st.lists(spans, max_size=8))
def test_the_words_survive_any_marks(text: str, stretches: list[Span]) -> None:
    html = marked_html(text, [Mark(span, "task", "r1") for span in stretches])
    words = unescape(re.sub(r"<[^>]+>", "", html))
    assert words == text.replace("\n", "")


def test_task_marks_point_to_their_row() -> None:
    unit = Unit("市水利局", Role.LEAD, Span(1, 5))
    task = Task(span=Span(0, 9), text="由市水利局牵头清淤", units=(unit,))
    assert list(task_marks([("r1", task_record(task))])) == [
        Mark(Span(0, 9), "task", "r1"),
        Mark(Span(1, 5), "unit", "r1"),
    ]

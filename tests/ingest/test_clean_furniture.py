"""Page numbers and running heads."""

import pytest

from ingest.clean import clean
from ingest.cleaning.furniture import is_page_number
from ingest.readers.base import RawLine
from tests.ingest.build import canonical, raw_lines


@pytest.mark.parametrize(
    "text",
    [
        "— 12 —",
        "- 3 -",
        "－5－",
        "—— 1 ——",
        "第3页",
        "第 3 页 共 9 页",
        "共9页，第3页",
        "# Page 3:",
        "Page 3 of 9",
    ],
)
def test_page_number(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["12", "第3页的表格", "2024年", "—", "1.", "-3 万元"])
def test_no_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_bare_numbers_that_count_the_pages_go() -> None:
    page = [f"第{number}行的内容是一句完整的话。" for number in range(20)]
    lines = [*page, "1", *page, "2", *page, "3"]
    assert not {"1", "2", "3"} & set(canonical("\n".join(lines)))


def test_bare_numbers_of_a_list_stay() -> None:
    assert canonical("1\n县水利局\n2\n县财政局\n3\n县教育局") == [
        "1",
        "县水利局",
        "2",
        "县财政局",
        "3",
        "县教育局",
    ]


def test_running_heads_go() -> None:
    lines = [
        RawLine(text, page=page)
        for page in range(1, 5)
        for text in ("安澜市防汛工作简报", f"第{page}页的正文写到这里结束。", "内部资料")
    ]
    assert clean(raw_lines(*lines)).text == "".join(
        f"第{page}页的正文写到这里结束。\n" for page in range(1, 5)
    )


def test_what_the_format_calls_furniture_goes() -> None:
    lines = (RawLine("安澜市人民政府公报", furniture=True), RawLine("县水利局负责巡查。"))
    assert clean(raw_lines(*lines)).text == "县水利局负责巡查。\n"


def test_a_page_mark_at_the_beginning_of_a_line_goes() -> None:
    assert canonical("—4—建设区划内的车位应当优先满足业主需要。") == [
        "建设区划内的车位应当优先满足业主需要。"
    ]

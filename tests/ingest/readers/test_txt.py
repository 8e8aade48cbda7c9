"""Text files: the encoding is found from the bytes, lines and pages are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from ingest.readers.base import RawCell
from ingest.readers.encodings import decode
from ingest.readers.text.reader import MARKDOWN, READER

SIMPLIFIED = (
    "安澜市水环境整治工作方案\n一、总体要求。各县（区）要压实责任，2026年9月底前完成入河排污口排查。\n"
)
UNSEEN = "\u200c\u200d\u200e\u200f\u2060\ufeff"
TRADITIONAL = "安瀾市水環境整治工作方案，各縣（區）要壓實責任，並於2026年9月底前完成排查工作，不得延誤。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED + "㐀龘𠮷", "gb18030"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        ("Plain ASCII.", "ascii"),
        ("局", "gbk"),
    ],
)
def test_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_lose_the_text() -> None:
    data = (SIMPLIFIED * 20).encode("gb18030")
    assert "各县（区）要压实责任" in (decode(data[:600] + b"\xff" + data[601:]) or "")


def test_letters_that_nobody_sees_are_left_out() -> None:
    assert decode("2024年6月3日\u200d\u200d 分享".encode()) == "2024年6月3日 分享"


def test_noise_is_not_text() -> None:
    assert decode(bytes(range(128, 256)) * 40) is None


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))))
def test_every_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode()) == "".join(letter for letter in text if letter not in UNSEEN)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\u2028"])
def test_line_ends(end: str) -> None:
    lines = READER.read(end.join(["一、总体要求", "", "二、任务"]).encode(), "a.txt").lines
    assert [line.text for line in lines] == ["一、总体要求", "", "二、任务"]
    assert not any(line.whole for line in lines)


def test_form_feeds_count_pages() -> None:
    lines = READER.read("甲\n乙\f丙\f".encode(), "a.txt").lines
    assert [(line.text, line.page) for line in lines] == [("甲", 1), ("乙", 1), ("丙", 2)]


def test_no_pages_without_form_feeds() -> None:
    assert READER.read("甲\n乙".encode(), "a.txt").lines[0].page is None


def test_markdown_headings() -> None:
    lines = MARKDOWN.read("# 安澜市方案\n## 一、任务 ##\n正文 #1\n".encode(), "a.md").lines
    assert [(line.text, line.heading, line.whole) for line in lines[:3]] == [
        ("安澜市方案", 1, True),
        ("一、任务", 2, True),
        ("正文 #1", 0, False),
    ]


@pytest.mark.parametrize("data", [b" \n\t\r\n", "\u3000\n".encode(), "\ufeff".encode()])
def test_blank_file_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        READER.read(data, "a.txt")
    assert caught.value.problem.category == "empty"


PASTED = """任务分工表
序号\t任务\t措施\t单位
一、治水
1\t治理水源\t排查建档。\t市水利局
\t\t清淤整治。\t
2\t治理大气\t控制扬尘。\t
注：排名第一的为牵头单位。
"""


def test_lines_parted_by_tabs_are_a_table() -> None:
    lines = READER.read(PASTED.encode(), "a.txt").lines
    assert [line.table for line in lines] == [None, 0, 0, 0, 0, 0, None, None]
    assert lines[1].header
    assert lines[2].cells == (RawCell(0, "一、治水", 4),)
    assert [cell.own for cell in lines[4].cells] == [False, False, True, False]
    assert lines[4].cells[3].text == "市水利局"
    assert lines[5].cells[3] == RawCell(3, "")


@pytest.mark.parametrize("text", ["姓名\t张三\n电话\t123\n", "一\t二\t三\n四\t五\n", "联系人\t张三\t123\n"])
def test_other_tabs_are_no_table(text: str) -> None:
    assert not any(line.cells for line in READER.read(text.encode(), "a.txt").lines)


def test_markdown_tables() -> None:
    lines = MARKDOWN.read(
        "| 序号 | 任务 | 单位 |\n|---|:--|--:|\n| 1 | 治水 | 市水利局 |\n".encode(), "a.md"
    ).lines
    assert [[cell.text for cell in line.cells] for line in lines[:2]] == [
        ["序号", "任务", "单位"],
        ["1", "治水", "市水利局"],
    ]

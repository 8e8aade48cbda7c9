"""The whole way from bytes to a document."""

import hashlib

import pytest

from corpus.document import BlockKind
from corpus.errors import SecretError, UnreadableError
from ingest.headfacts.marks import secrecy_mark
from ingest.read import read_document
from tests.ingest.build import raw_lines, raw_row

TEXT = """安澜市河道管理保护实施方案

　　为加强河道管理，结合我市实际，制定本方案。

　　一、工作目标

　　到2025年底，河道水质稳定达标。
"""


def test_a_document_knows_its_bytes_and_its_readers() -> None:
    data = TEXT.encode("gb18030")
    read = read_document(data, "方案.txt")
    assert read.id == hashlib.sha256(data).hexdigest()[:16]
    assert (read.source, read.readings) == ("方案.txt", {"reader": "txt-2", "rules": "1"})
    assert [block.kind for block in read.blocks] == [
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]
    assert read.header.title == "安澜市河道管理保护实施方案"


def test_origins_lead_back_to_page_and_line() -> None:
    read = read_document("第一页的话。\f第二页的话。".encode(), "两页.txt")
    second = read.text.index("第二页")
    assert read.page_at(second) == 2
    assert [origin.line for origin in read.origins] == [0, 1]


@pytest.mark.parametrize(
    "head",
    [
        "机密★1年",
        "秘密",
        "绝 密 ★ 长 期",
        "密级：机密",
        "密级：秘密级",
        "【机密】",
        "秘密（5年）",
        "绝密★启用前",
        "000012　　机密★5年",
        "机密★3年　　特急",
        "安政办发〔2024〕3号　　秘密★1年",
    ],
)
def test_a_marked_file_is_refused(head: str) -> None:
    with pytest.raises(SecretError) as refused:
        read_document(f"{head}\n{TEXT}".encode(), "内部.txt")
    assert refused.value.problem.category == "secret"
    assert refused.value.problem.file == "内部.txt"


@pytest.mark.parametrize(
    "line",
    [
        "严格遵守保密规定，不得泄露国家秘密。",
        "涉及国家秘密、商业秘密的除外。",
        "关于加强机密文件管理的通知",
        "一、秘密",
    ],
)
def test_the_word_alone_is_no_mark(line: str) -> None:
    assert read_document(f"{line}\n{TEXT}".encode(), "公开.txt").text


def test_a_mark_far_below_is_text() -> None:
    lines = [f"第{number}行是正文的一句话。" for number in range(30)]
    assert secrecy_mark(raw_lines(*lines, "秘密")) is None


def test_a_mark_in_a_table_at_the_head_counts() -> None:
    assert secrecy_mark(raw_lines(raw_row("机密★1年", "特急"), "安澜市方案")) == "机密"


def test_a_file_of_nothing_but_furniture_is_refused() -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document("登录 退出\n— 1 —\n打印".encode(), "网页.txt")
    assert refused.value.problem.category == "no-text"


def test_an_unreadable_file_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document(b"", "空.docx")
    assert refused.value.problem.category == "empty"

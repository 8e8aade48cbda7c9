"""Files that a command is told to read: tables in any encoding, and plain words where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UserError
from service.cli.given_files import bytes_of, table_text

TABLE = "押钱\t保证金\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "说法.tsv"
    file.write_bytes(TABLE.encode(encoding))
    assert table_text(file) == TABLE


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "照片.tsv"
    file.write_bytes(b"\xff\xff\xff\x00")
    with pytest.raises(UserError, match="不是文本"):
        table_text(file)


@pytest.mark.parametrize("name", ["没有.tsv", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="不能读取"):
        bytes_of(tmp_path / name)

"""Files that a command is told to read whole."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.errors import UserError
from corpus.user_tables import text_of


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UserError: when there is none, or it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"不能读取 {file}，请检查路径。") from error


def table_text(file: Path) -> str:
    """Return the text of a table as spreadsheet programs write it; a file called - is the standard input.

    Raises:
        UserError: when there is no such file, or it is not text.
    """
    data = sys.stdin.buffer.read() if str(file) == "-" else bytes_of(file)
    try:
        return text_of(data, "strict")
    except UnicodeDecodeError as error:
        raise UserError(f"{file} 不是文本，请在 Excel 中另存为“文本文件（制表符分隔）”。") from error

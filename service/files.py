"""Writes files that a user asked for, and says in plain words why one cannot be written."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UserError


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`.

    Raises:
        UserError: when the file cannot be written.
    """
    try:
        path.write_bytes(data)
    except PermissionError as error:
        raise UserError(f"写不了 {path}：文件可能正在 Excel、Word 或 WPS 中打开，请关闭后再试。") from error
    except OSError as error:
        raise UserError(f"写不了 {path}，请检查文件夹是否存在、磁盘是否已满。") from error

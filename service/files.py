"""Writes files that a user asked for, and says in plain words why one cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import UserError


def checked_suffix(suffix: str, *known: str) -> str:
    """Return a suffix in small letters.

    Raises:
        UserError: when it is none of `known`.
    """
    if suffix.lower() not in known:
        raise UserError(f"写不了“{suffix}”格式，请把输出文件的后缀改为 {'、'.join(known)}。")
    return suffix.lower()


def check_folder(path: Path) -> None:
    """Look before long work whether there is a folder to write `path` to.

    Raises:
        UserError: when there is none.
    """
    if not path.parent.is_dir():
        raise UserError(f"写不了 {path}，没有 {path.parent} 这个文件夹。")


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`; a file that is there stays whole until the new one is.

    Raises:
        UserError: when the file cannot be written.
    """
    part = path.with_name(f".{os.getpid()}.part")
    try:
        check_folder(path)
        if path.is_dir():
            raise UserError(f"写不了 {path}，这是一个文件夹，请写明文件名。")
        part.write_bytes(data)
        part.replace(path)
    except PermissionError as error:
        raise UserError(
            f"写不了 {path}：没有写入权限，或文件正在 Excel、Word 或 WPS 中打开，请关闭后再试。"
        ) from error
    except OSError as error:
        raise UserError(f"写不了 {path}，请检查磁盘是否已满、是否可以写入。") from error
    finally:
        part.unlink(missing_ok=True)

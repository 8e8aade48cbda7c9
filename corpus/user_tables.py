"""Tables that users keep as text files: read as spreadsheet programs write them, written whole."""

from __future__ import annotations

from pathlib import Path


def text_of(data: bytes, errors: str = "replace") -> str:
    """Return the text of a file as spreadsheet programs write it: UTF-8, UTF-16 or GBK.

    Raises:
        UnicodeDecodeError: when it is none of these and `errors` is "strict".
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors)


def write_whole(path: Path, text: str) -> None:
    """Write a file anew in UTF-8; whoever reads it meanwhile finds all of it, or what stood there before."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)

"""The table of everyday words that the users of a library keep, beside the one that comes with the product.

The table lies in the folder of the library (`words.tsv`): UTF-8 or GBK, one everyday word a line and behind a
tab what documents say instead, several parted by 、 or spaces. An everyday word that stands in both tables
means what the users' own says.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path

from index.files import NO_FILE, Stamp, stamp
from index.tokens import fold

log = logging.getLogger(__name__)

HEAD = "说法"
"""Begins the line of column heads, which may be left out."""
_SEPARATOR = re.compile(r"[、，,；;\s]+")


class OwnWords:
    """The users' table, read anew when the file has changed."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: Stamp = NO_FILE
        self._words: Mapping[str, str] = {}

    def read(self) -> Mapping[str, str]:
        """Return what documents say by everyday word, folded; {} where there is no table."""
        if self._path is None:
            return {}
        now = stamp(self._path)
        if now != self._seen:
            self._words, self._seen = ({} if now == NO_FILE else _table(self._path)), now
        return self._words


def _table(path: Path) -> Mapping[str, str]:
    words = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        everyday, _, official = (part.strip() for part in line.partition("\t"))
        if not everyday or everyday.startswith("#") or everyday == HEAD:
            continue
        if official:
            words[fold(everyday)] = " ".join(_SEPARATOR.split(official))
        else:
            log.warning("%s 第 %d 行没有用制表符写出文件用词，未采用。", path, number)
    return words


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")

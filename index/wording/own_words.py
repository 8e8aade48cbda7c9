"""The table of everyday words that the users of a library keep, beside the one that comes with the product.

The table lies in the folder of the library (`words.tsv`): UTF-8 or GBK, one everyday word a line and behind a
tab what documents say instead, several parted by 、 or spaces. An everyday word that stands in both tables
means what the users' own says. A third cell 停用 says that the two do not stand for each other, whatever the
product's table or the library's texts say.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserError
from corpus.user_tables import text_of, write_whole
from index.files import NO_FILE, Stamp, stamp
from index.tokens import fold
from index.wording.stand_ins import OwnTable

log = logging.getLogger(__name__)

HEADS = ("说法", "文件用词", "状态")
"""The line of column heads, which may be left out."""
REJECTED = "停用"
LONGEST = 60
"""Characters of a word at most."""
MOST_OFFICIAL = 20
"""Words of documents that one everyday word may stand for."""
_NOTE = "# 自定义说法：日常说法、文件里的用词（用顿号隔开）、状态（停用表示两者不互相代替）。"
_SEPARATOR = re.compile(r"[、，,；;\s]+")
_KEPT_OUT = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class OwnWord:
    """An everyday word, and what documents say."""

    everyday: str
    official: tuple[str, ...]
    rejected: bool = False
    """True where the two do not stand for each other."""

    @property
    def key(self) -> tuple[str, bool]:
        """What only one line of a table may have."""
        return fold(self.everyday), self.rejected


class OwnWords:
    """The users' table as a search needs it, read anew when the file has changed."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: Stamp = NO_FILE
        self._table = OwnTable()

    def read(self) -> OwnTable:
        """Return what users decided; lines that cannot be read are left out, with a warning."""
        if self._path is None:
            return self._table
        now = stamp(self._path)
        if now != self._seen:
            self._table, self._seen = (OwnTable() if now == NO_FILE else _table(self._path)), now
        return self._table


def load_own_words(path: Path) -> tuple[OwnWord, ...]:
    """Return the lines of a table in their order; () where there is no such file.

    Lines that say nothing are left out. Where a word stands twice, the last line counts.
    """
    if not path.exists():
        return ()
    found = {word.key: word for word in parse_own_words(text_of(path.read_bytes()))}
    return tuple(found.values())


def parse_own_words(text: str) -> Iterator[OwnWord]:
    """Yield the words of lines as a table or spreadsheet has them; heads, notes and empty lines are none."""
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not cells[0] or cells[0].startswith("#") or cells[0] == HEADS[0]:
            continue
        official = tuple(filter(None, _SEPARATOR.split(cells[1]))) if len(cells) > 1 else ()
        if official:
            yield OwnWord(cells[0], official, REJECTED in cells[2:3])
        else:
            log.warning("自定义说法第 %d 行没有用制表符写出文件用词，未采用。", number)


def save_own_words(path: Path, words: Sequence[OwnWord]) -> None:
    """Write the table anew, at once or not at all; the folder must exist.

    Raises:
        UserError: when `faults` finds something; nothing is written then.
    """
    if found := faults(words):
        raise UserError(found[0])
    write_whole(path, as_text(words))


def as_text(words: Iterable[OwnWord]) -> str:
    """Return the table as the text of its file."""
    return "\n".join([_NOTE, "\t".join(HEADS), *map(_line, words)]) + "\n"


def faults(words: Iterable[OwnWord]) -> tuple[str, ...]:
    """Return what is wrong with words, in words for the user; () when nothing is."""
    found: list[str] = []
    seen: set[tuple[str, bool]] = set()
    for word in words:
        found += _faults_of(word)
        if word.key in seen:
            found.append(f"“{word.everyday}”写了两次，请合并成一行。")
        seen.add(word.key)
    return tuple(found)


def _faults_of(word: OwnWord) -> Iterator[str]:
    if not word.everyday.strip():
        yield "有一行没有填说法，请补上或删去这一行。"
    elif not word.official:
        yield f"“{word.everyday}”没有填文件用词，请补上或删去这一行。"
    elif word.everyday.startswith("#") or word.everyday == HEADS[0]:
        yield f"说法不能是“{word.everyday}”，请换一个词。"
    elif len(word.official) > MOST_OFFICIAL:
        yield f"“{word.everyday}”的文件用词超过 {MOST_OFFICIAL} 个，请只留最常用的。"
    for name in (word.everyday, *word.official):
        if len(name) > LONGEST:
            yield f"“{name[:12]}…”超过 {LONGEST} 个字，请检查是否漏了分隔符。"
        elif _KEPT_OUT.search(name):
            yield f"“{name[:12]}”里有换行或制表符，请去掉。"


def _line(word: OwnWord) -> str:
    cells = [word.everyday, "、".join(word.official), *([REJECTED] if word.rejected else [])]
    return "\t".join(cells)


def _table(path: Path) -> OwnTable:
    words = load_own_words(path)
    return OwnTable(
        {fold(word.everyday): word.official for word in words if not word.rejected},
        frozenset(
            (fold(word.everyday), fold(official))
            for word in words
            if word.rejected
            for official in word.official
        ),
    )

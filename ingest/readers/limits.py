"""How much text one file may hold: what is beyond was made to hurt, or is no document."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import UnreadableError
from ingest.readers.base import RawLine
from ingest.readers.refusal import unreadable

MAX_CHARACTERS = 3_000_000
"""Of one file; the longest plans have 300,000."""
MAX_LINES = 60_000
MAX_TAGS = 300_000
MAX_LINE = 500_000
"""Characters of one line; a document without line ends stays below."""


def refuse_excess(text: str, source: str) -> None:
    """Refuse a text that is too long, or has a line that is.

    Raises:
        UnreadableError: with what to do instead.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_large(source, f"超过{MAX_CHARACTERS // 10_000}万字")
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise _too_large(source, f"超过{MAX_LINES // 10_000}万行")
    if len(text) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE:
        raise _too_large(source, f"有超过{MAX_LINE // 10_000}万字不换行的一段")


def refuse_excess_lines(lines: Sequence[RawLine], source: str) -> None:
    """Refuse the lines of a file when they are too many or too long.

    Raises:
        UnreadableError: with what to do instead.
    """
    if len(lines) > MAX_LINES:
        raise _too_large(source, f"超过{MAX_LINES // 10_000}万行")
    if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise _too_large(source, f"超过{MAX_CHARACTERS // 10_000}万字")


def refuse_excess_tags(page: str, source: str) -> None:
    """Refuse a web page with more tags than any page of text has.

    Raises:
        UnreadableError: with what to do instead.
    """
    if page.count("<") > MAX_TAGS:
        raise _too_large(source, f"带有超过{MAX_TAGS // 10_000}万个网页标记")


def _too_large(source: str, what: str) -> UnreadableError:
    return unreadable(source, "too-large", f"文件里的文字{what}，不像公文；请拆分或另存后再试。")

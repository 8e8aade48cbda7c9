"""How titles of official documents end."""

from __future__ import annotations

import re
from functools import cache

from ingest.official_lines import DATE
from ingest.wordlists import any_word

_NOTE = re.compile(r"\s*[（(\[［][^（()）\[\]［］]*[）)\]］]$")
_DATED = re.compile(rf"[（(]\s*{DATE}\s*[）)]$")
_ISSUES = re.compile(r"印发|转发|批转|下发")
_CARRIES = re.compile(r"(?:通知|公告|函|令|决定|批复)$")
_QUOTES = "”’》〉」』 \u3000"


def without_notes(title: str) -> str:
    """Return a title without what follows its own ending: （试行）, （2023-2025年）, closing quotes."""
    before = None
    while before != title:
        before = title
        title = _NOTE.sub("", title.rstrip(_QUOTES))
    return title


def without_date(title: str) -> str:
    """Return a title without the date in brackets that collections put after it."""
    return _DATED.sub("", title).rstrip()


def is_whole_title(words: str) -> bool:
    """Tell whether the words end as a title ends.

    A title that issues another text (关于印发…) ends with its own kind, not with that of the other text.
    """
    words = words.rstrip()
    if _DATED.search(words):
        return True
    bare = without_notes(words)
    if _ISSUES.search(bare):
        return _CARRIES.search(bare) is not None
    return _ending().search(bare) is not None


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('genres')}|{any_word('doc_types')})$")

"""How titles of official documents end."""

from __future__ import annotations

import re
from functools import cache

from ingest.wordlists import any_word

_NOTE = re.compile(r"\s*[（(\[［][^（()）\[\]［］]*[）)\]］]$")
_DATED = re.compile(r"[（(]\s*(?:19|20|１９|２０)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?\s*[）)]$")
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
    return _DATED.sub("", title.rstrip()).rstrip()


def is_dated(title: str) -> bool:
    """Tell whether a title ends with the date in brackets that collections put after it."""
    return _DATED.search(title.rstrip()) is not None


def is_whole_title(words: str) -> bool:
    """Tell whether the words end as a title ends."""
    return is_dated(words) or _ending().search(without_notes(words)) is not None


def is_surely_whole(words: str) -> bool:
    """Tell whether no further line can belong to a title that ends like this.

    A title that issues another text (关于印发…) ends with its own kind, not with that of the other text; and
    some endings are as likely to stand at the end of a title's first line.
    """
    if is_dated(words):
        return True
    bare = without_notes(words)
    if _ISSUES.search(bare):
        return _CARRIES.search(bare) is not None
    return _ending().search(bare) is not None and _weak_ending().search(bare) is None


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('genres')}|{any_word('doc_types')})$")


@cache
def _weak_ending() -> re.Pattern[str]:
    return re.compile(f"{any_word('genres', weak='yes')}$")

"""Web clutter: what a site puts around a text; and what that clutter tells about the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.cleaning.pieces import Piece
from ingest.readers.base import RawDocument
from ingest.wordlists import any_word, rows, words

EDGE = 60
"""At most so many lines at either end are looked at."""
MAX_LENGTH = 300
"""A longer line is text, whatever words it holds."""
BODY_LENGTH = 40
"""A line from this length on that holds a sentence belongs to the text."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a page told about its text outside the text; "" where it told nothing."""

    title: str = ""
    issuer: str = ""
    """来源: who put the text on the page; its author where the text names none."""
    publisher: str = ""
    """发布机构, 发文机关 of a disclosure catalogue."""
    date: str = ""
    """As written."""
    doc_number: str = ""


@dataclass(slots=True)
class _Finds:
    """Clues in the making: the first find of each kind stays."""

    values: dict[str, str] = field(default_factory=dict)

    def note(self, clue: str, value: str) -> None:
        if clue and value:
            self.values.setdefault(clue, value)


_TIME = re.compile(
    r"(?P<date>(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?)(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
_CLOCK = re.compile(r"(?P<date>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")
_TOKENS = re.compile(r"[\s\u3000|>＞:：\[\]/]+")
_SHARED_TITLE = re.compile(r"《(?P<title>[^《》]{4,80}?)(?:\.(?:docx?|pdf|wps|txt))?》由会员")
_SENTENCE_END = re.compile(r"[。！？；]")


def drop_clutter(pieces: list[Piece], raw: RawDocument) -> tuple[list[Piece], Clues]:
    """Return the pieces without what a web page put around them, and what that told."""
    finds = _Finds()
    start, end = _body(pieces)
    foot = _foot(pieces, end)
    kept = [
        piece
        for at, piece in enumerate(pieces[:foot])
        if start <= at < end or piece.raw.cells or not _is_clutter(piece.text, at < start, finds)
    ]
    return kept, _with_metadata(Clues(**finds.values), raw)


def _with_metadata(clues: Clues, raw: RawDocument) -> Clues:
    """Fill in what the format keeps outside the text; what the page shows goes first."""
    return replace(
        clues,
        title=clues.title or raw.title or "",
        issuer=clues.issuer or raw.issuer or "",
        date=clues.date or raw.date or "",
    )


def _body(pieces: list[Piece]) -> tuple[int, int]:
    """Return the half-open range of pieces between the first and the last line that is surely text."""
    surely = [at for at in _from_both_ends(len(pieces)) if _is_text(pieces[at].text)]
    if not surely:
        return len(pieces), len(pieces)
    return min(surely), max(surely) + 1


def _from_both_ends(count: int) -> Iterator[int]:
    yield from range(min(EDGE, count))
    yield from range(max(EDGE, count - EDGE), count)


def _is_text(text: str) -> bool:
    long_enough = len(text) >= BODY_LENGTH and _SENTENCE_END.search(text) is not None
    return long_enough and not (len(text) <= MAX_LENGTH and _contains().search(text))


def _is_clutter(text: str, head: bool, finds: _Finds) -> bool:
    if len(text) > MAX_LENGTH:
        return False
    shared = _contains().search(text)
    if shared:
        title = _SHARED_TITLE.search(text)
        finds.note("title", title["title"] if title else "")
        return True
    return bool(_begins().match(text)) or _is_tokens(text) or (head and _is_field(text, finds))


def _is_tokens(text: str) -> bool:
    """Tell whether a line holds nothing but words of buttons and menus."""
    if len(text) > 60:
        return False
    words = [word for word in _TOKENS.split(text) if word]
    return all(word in _token_words() for word in words)


def _is_field(text: str, finds: _Finds) -> bool:
    """Tell whether a line of a page's head is data about the page, and note what it tells."""
    clock = _CLOCK.match(text)
    if clock:
        finds.note("date", clock["date"])
        rest = text[clock.end() :].strip()
        return not rest or _is_field(rest, finds) or _is_tokens(rest)
    places = [
        found for found in _fields().finditer(text) if found.start() == 0 or text[found.start() - 1].isspace()
    ]
    if not places or places[0].start() > 0:
        return False
    for place, following in zip(places, [*places[1:], None], strict=True):
        value = text[place.end() : following.start() if following else len(text)]
        _note_field(place["name"], value.strip(), finds)
    return True


def _note_field(name: str, value: str, finds: _Finds) -> None:
    clue = _field_clues()["".join(name.split())]
    if clue == "date":
        found = _TIME.search(value)
        value = found["date"] if found else ""
    elif clue in ("issuer", "publisher"):
        value = next(iter(value.split()), "")
        value = "" if value in _token_words() else value
    finds.note(clue, value)


def _foot(pieces: list[Piece], end: int) -> int:
    """Return where a site's foot begins after the text's end; the number of pieces where there is none."""
    for at in range(end, len(pieces)):
        if _foot_begins().match(pieces[at].text) or _has_foot_mark(pieces[at].text):
            return _foot_start(pieces, end, at)
    return len(pieces)


def _has_foot_mark(text: str) -> bool:
    return len(text) < BODY_LENGTH and any(mark in text for mark in words("clutter", form="foot-mark"))


def _foot_start(pieces: list[Piece], end: int, at: int) -> int:
    """Walk up from a sure line of the foot over the details above it."""
    while at > end and _foot_details().match(pieces[at - 1].text):
        at -= 1
    return at


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(any_word("clutter", form="begins"))


@cache
def _contains() -> re.Pattern[str]:
    return re.compile(any_word("clutter", form="contains"))


@cache
def _token_words() -> frozenset[str]:
    return frozenset(words("clutter", form="token"))


@cache
def _fields() -> re.Pattern[str]:
    spread = (r"[ \u3000]*".join(map(re.escape, name)) for name in _field_clues())
    return re.compile(rf"(?P<name>{'|'.join(sorted(spread, key=len, reverse=True))})[ \u3000]*[:：]")


@cache
def _field_clues() -> dict[str, str]:
    return {row["word"]: row["clue"] for row in rows("clutter") if row["form"] == "field"}


@cache
def _foot_begins() -> re.Pattern[str]:
    return re.compile(any_word("clutter", form="foot"))


@cache
def _foot_details() -> re.Pattern[str]:
    return re.compile(any_word("clutter", form="foot-detail") + r"[ \u3000]*[:：]")

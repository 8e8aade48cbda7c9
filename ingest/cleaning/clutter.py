"""Web clutter: what a site puts around a text; and what that clutter tells about the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.cleaning.pieces import Piece
from ingest.readers.base import RawDocument
from ingest.titles import is_whole_title
from ingest.wordlists import any_word, rows, words

EDGE = 60
"""At most so many lines at either end are looked at."""
MAX_LENGTH = 300
"""A longer line is text, whatever words it holds."""
CRUMB_LENGTH = 12
VALUE_LENGTH = 20
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
    site: str = ""
    """主办单位: who runs the site."""


_TIME = re.compile(
    r"(?P<date>(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?)(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
_CLOCK = re.compile(r"(?P<date>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?:\s+\d{1,2}:\d\d(?::\d\d)?)?")
_TOKENS = re.compile(r"[\s\u3000|>＞:：\[\]/]+")
_SHARED_TITLE = re.compile(r"《(?P<title>[^《》]{4,80}?)(?:\.(?:docx?|pdf|wps|txt))?》由会员")
_CRUMBS_BEGIN = re.compile(r"位置[:：]?$")
_CRUMB_MARKS = frozenset((">", "＞", ">>", "》", "/", "»"))
_SITE = re.compile(r"主办(?:单位)?\s*[:：]\s*(?P<name>[^\s\u3000]{3,40})")
_SENTENCE_END = re.compile(r"[。！？；]")


def drop_clutter(pieces: list[Piece], raw: RawDocument) -> tuple[list[Piece], Clues]:
    """Return the pieces without what a web page put around them, and what that told."""
    start, end = _body(pieces)
    foot = _foot(pieces, end)
    sweeper = _Sweeper()
    head = [
        piece for piece in pieces[:start] if piece.raw.cells or not sweeper.is_clutter(piece.text, head=True)
    ]
    tail = [
        piece
        for piece in pieces[end:foot]
        if piece.raw.cells or not sweeper.is_clutter(piece.text, head=False)
    ]
    for piece in pieces[foot:]:
        sweeper.note_site(piece.text)
    return head + pieces[start:end] + tail, _with_metadata(Clues(**sweeper.clues), raw)


@dataclass(slots=True)
class _Sweeper:
    """Judges the lines around a text one after another; what a line means may depend on the one above."""

    clues: dict[str, str] = field(default_factory=dict)
    """The first find of each kind stays."""
    awaited: str | None = None
    """The clue whose name ended the line above, "" for a field that tells nothing."""
    in_crumbs: bool = False
    """True after 当前位置： while 首页 > 政务公开 > … goes on, one word to a line."""
    title_open: bool = False
    """True after 《 until its 》, which may stand on a line of its own and then is no mark of crumbs."""

    def is_clutter(self, text: str, head: bool) -> bool:
        """Tell whether a line belongs to the page and not to the text."""
        in_title = self.title_open
        self.title_open = text.rfind("《") > text.rfind("》") or (in_title and "》" not in text)
        if len(text) > MAX_LENGTH or (in_title and text == "》"):
            return False
        if self._is_crumb(text) or (head and self._is_awaited(text)):
            return True
        if _contains().search(text):
            title = _SHARED_TITLE.search(text)
            self._note("title", title["title"] if title else "")
            return True
        if _begins().match(text):
            self.in_crumbs = _CRUMBS_BEGIN.search(text) is not None
            return True
        return (head and self._is_field(text)) or _is_tokens(text)

    def note_site(self, text: str) -> None:
        """Note who runs the site, as its foot tells."""
        found = _SITE.match(text)
        self._note("site", found["name"] if found else "")

    def _note(self, clue: str, value: str) -> None:
        if clue and value:
            self.clues.setdefault(clue, value)

    def _is_crumb(self, text: str) -> bool:
        """Tell whether a line is part of 首页 > 政务公开 > 正文; the word after the last mark is its end."""
        if text in _CRUMB_MARKS:
            self.in_crumbs = True
            return True
        expected, self.in_crumbs = self.in_crumbs, False
        return expected and len(text) <= CRUMB_LENGTH

    def _is_awaited(self, text: str) -> bool:
        """Tell whether a line is the value of a field that ended the line above."""
        clue, self.awaited = self.awaited, None
        if clue is None or len(text) > VALUE_LENGTH or _SENTENCE_END.search(text):
            return False
        if _fields().match(text) or is_whole_title(text):
            return False
        self._note_value(clue, text)
        return True

    def _is_field(self, text: str) -> bool:
        """Tell whether a line of a page's head is data about the page, and note what it tells."""
        clock = _CLOCK.match(text)
        if clock:
            self._note("date", clock["date"])
            rest = text[clock.end() :].strip()
            return not rest or self._is_field(rest) or _is_tokens(rest)
        places = [
            found
            for found in _fields().finditer(text)
            if found.start() == 0 or text[found.start() - 1].isspace()
        ]
        if not places or places[0].start() > 0:
            return False
        for place, following in zip(places, [*places[1:], None], strict=True):
            value = text[place.end() : following.start() if following else len(text)].strip()
            self._note_value(_field_clues()["".join(place["name"].split())], value)
        if places[-1].end() == len(text.rstrip()):
            self.awaited = _field_clues()["".join(places[-1]["name"].split())]
        return True

    def _note_value(self, clue: str, value: str) -> None:
        if clue == "date":
            found = _TIME.search(value)
            value = found["date"] if found else ""
        elif clue in ("issuer", "publisher"):
            value = next(iter(value.split()), "")
            value = "" if value in _token_words() else value
        self._note(clue, value)


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


def _is_tokens(text: str) -> bool:
    """Tell whether a line holds nothing but words of buttons and menus."""
    if len(text) > 60:
        return False
    words = [word for word in _TOKENS.split(text) if word]
    return all(word in _token_words() for word in words)


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

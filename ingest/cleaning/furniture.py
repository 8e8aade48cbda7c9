"""Page furniture: page numbers and running heads, which belong to the paper and not to the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from ingest.cleaning.pieces import Piece

MIN_PAGES = 3
"""A running head shows on at least so many pages."""
MIN_SHARE = 0.5
"""… and on at least this share of all pages."""
MIN_DISTANCE = 12
"""Bare page numbers stand at least so many lines apart; numbers in a list or table stand closer."""

_DASHES = r"[-—–―－─_~·•.\s]"
_PAGE_NUMBER = re.compile(
    rf"""(?:
      {_DASHES}*[-—–―－─]{_DASHES}*\d{{1,4}}{_DASHES}*[-—–―－─]{_DASHES}*   # — 12 —
    | [-—–─\s]*第\s*\d{{1,4}}\s*页\s*(?:[,，/（(]?\s*共\s*\d{{1,4}}\s*页\s*[)）]?)?[-—–─\s]*
    | [-—–─\s]*共\s*\d{{1,4}}\s*页\s*[,，/]?\s*第\s*\d{{1,4}}\s*页[-—–─\s]*
    | \#*\s*[Pp]age\s*:?\s*\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?\s*:?
    | \#*\s*P\.\s*\d{{1,4}}
    )""",
    re.VERBOSE,
)
_LEADING_MARK = re.compile(r"[-—–]\s?\d{1,4}\s?[-—–]\s*(?=[\u4e00-\u9fff“《（])")
_BARE_NUMBER = re.compile(r"[-—–]?\s?(?P<number>\d{1,4})")
_DIGITS = re.compile(r"\d+")


def drop_furniture(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without page numbers and running heads."""
    kept = [
        _without_mark(piece) for piece in pieces if not (piece.raw.furniture or is_page_number(piece.text))
    ]
    return _without_heads(_without_bare_numbers(kept))


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but a marked page number: "— 12 —", "第3页 共9页", "# Page 3:"."""
    return len(text) <= 24 and _PAGE_NUMBER.fullmatch(text) is not None


def _without_mark(piece: Piece) -> Piece:
    """Drop a page number that stands at the beginning of a page's first line: —4—建设…."""
    mark = _LEADING_MARK.match(piece.text)
    return replace(piece, text=piece.text[mark.end() :]) if mark and not piece.fixed else piece


def _without_bare_numbers(pieces: list[Piece]) -> list[Piece]:
    """Drop lines that hold a number only, where these numbers count up by one at the pace of pages."""
    bare = [at for at, piece in enumerate(pieces) if _BARE_NUMBER.fullmatch(piece.text) and not piece.fixed]
    pages = _longest_count(pieces, bare)
    return [piece for at, piece in enumerate(pieces) if at not in pages]


def _longest_count(pieces: list[Piece], bare: list[int]) -> frozenset[int]:
    run: list[int] = []
    for at in bare:
        follows = run and _number(pieces[at]) == _number(pieces[run[-1]]) + 1
        if follows and at - run[-1] >= MIN_DISTANCE:
            run.append(at)
        elif len(run) < MIN_PAGES:
            run = [at]
    return frozenset(run) if len(run) >= MIN_PAGES else frozenset()


def _number(piece: Piece) -> int:
    found = _BARE_NUMBER.fullmatch(piece.text)
    return int(found["number"]) if found else 0


def _without_heads(pieces: list[Piece]) -> list[Piece]:
    """Drop short lines that stand at the edge of most pages, their numbers aside."""
    edges = _edges(pieces)
    pages = len({piece.page for piece in pieces if piece.page is not None})
    seen = Counter(_face(pieces[at]) for at in edges)
    needed = max(MIN_PAGES, MIN_SHARE * pages)
    repeated = {face for face, times in seen.items() if times >= needed}
    return [piece for at, piece in enumerate(pieces) if not (at in edges and _face(piece) in repeated)]


def _edges(pieces: list[Piece]) -> frozenset[int]:
    """Return the positions of the first and last line of every page."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        if piece.page is not None and not piece.fixed and len(piece.text) <= 40:
            by_page[piece.page].append(at)
    firsts_and_lasts: set[int] = set()
    for page, places in by_page.items():
        if pieces[places[0]].page == page:
            firsts_and_lasts.update((places[0], places[-1]))
    return frozenset(firsts_and_lasts)


def _face(piece: Piece) -> str:
    return _DIGITS.sub("#", "".join(piece.text.split()))

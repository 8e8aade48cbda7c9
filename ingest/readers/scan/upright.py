"""Turns a picture of a page upright and straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.readers.scan.engine import Picture, Quad, find_words, is_upside_down, read_words

_WITNESSES = 6
"""Longest lines that are asked whether the page stands on its head."""
_READ_BOTH_WAYS = 3
"""Lines that are read both ways where some of them say so."""
_MAX_SKEW = 15.0
_MIN_SKEW = 0.15
"""Degrees between which a page is straightened."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture as it is to be read."""

    picture: Picture
    words: Sequence[Quad]
    turn: int
    """Degrees clockwise by which it was turned: 0, 90, 180 or 270; straightening is not counted."""
    skew: float = 0.0
    """Degrees counter-clockwise by which it was straightened after that, about its middle."""


def upright(picture: Picture) -> Upright:
    """Return the picture turned and straightened, with the places of its words."""
    words, turn = find_words(picture), 0
    if _mostly_upended(words):
        picture, turn = turned(picture, 90), 90
        words = find_words(picture)
    if _on_its_head(picture, words):
        picture, turn = turned(picture, 180), turn + 180
        words = [_rotated(quad, picture.shape[1], picture.shape[0]) for quad in words]
    return _straightened(Upright(picture, words, turn))


def turned(picture: Picture, degrees: int) -> Picture:
    """Return a picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90)))


def cut_out(picture: Picture, quad: Quad) -> Picture:
    """Return the picture of one line of words, made straight."""
    import cv2  # comes with the recogniser

    width = max(1, round(max(_length(quad[0], quad[1]), _length(quad[3], quad[2]))))
    height = max(1, round(max(_length(quad[0], quad[3]), _length(quad[1], quad[2]))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    line = cv2.warpPerspective(
        picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return np.asarray(line, np.uint8)


def _length(one: Quad, other: Quad) -> float:
    return float(np.hypot(*(one - other)))


def _mostly_upended(words: Sequence[Quad]) -> bool:
    """Tell whether most lines run from top to bottom."""
    along = sum(_length(quad[0], quad[1]) for quad in words if _is_line(quad, across=False))
    down = sum(_length(quad[0], quad[3]) for quad in words if _is_line(quad, across=True))
    return down > along


def _is_line(quad: Quad, across: bool) -> bool:
    wide, high = _length(quad[0], quad[1]), _length(quad[0], quad[3])
    return high > 1.5 * wide if across else wide > 1.5 * high


def _on_its_head(picture: Picture, words: Sequence[Quad]) -> bool:
    longest = sorted(words, key=lambda quad: -_length(quad[0], quad[1]))[:_WITNESSES]
    lines = [cut_out(picture, quad) for quad in longest]
    if sum(map(is_upside_down, lines)) < max(1, len(lines) / 3):
        return False
    lines = lines[:_READ_BOTH_WAYS]
    as_it_stands = sum(read_words(line)[1] for line in lines)
    return sum(read_words(turned(line, 180))[1] for line in lines) > as_it_stands


def _rotated(quad: Quad, width: int, height: int) -> Quad:
    """Return a place in a picture that was turned by half a circle."""
    corners = np.array([width, height], np.float32) - quad
    return np.asarray(corners[[2, 3, 0, 1]], np.float32)


def _straightened(page: Upright) -> Upright:
    import cv2  # comes with the recogniser

    degrees = _skew(page.words)
    if not _MIN_SKEW <= abs(degrees) <= _MAX_SKEW:
        return page
    height, width = page.picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    straight = cv2.warpAffine(
        page.picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    words = [np.asarray(cv2.transform(quad[None], matrix)[0], np.float32) for quad in page.words]
    return Upright(np.asarray(straight, np.uint8), words, page.turn, degrees)


def _skew(words: Sequence[Quad]) -> float:
    """Return the degrees by which most lines sink to the right; short ones tell nothing."""
    slopes = [
        (_length(quad[0], quad[1]), float(np.degrees(np.arctan2(*(quad[1] - quad[0])[::-1]))))
        for quad in words
        if _length(quad[0], quad[1]) > 4 * _length(quad[0], quad[3])
    ]
    if not slopes:
        return 0.0
    slopes.sort(key=lambda slope: slope[1])
    half = sum(length for length, _ in slopes) / 2
    passed = 0.0
    for length, degrees in slopes:
        passed += length
        if passed >= half:
            return degrees
    return 0.0

"""Spaces that a layout put between characters, and that no one wrote."""

from __future__ import annotations

import re

_HAN = r"\u2e80-\u2fdf\u3005-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_MARK = r"\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’"
_BLANKS = re.compile(r"[ \t\u3000\xa0\u2000-\u200b\u202f\ufeff]+")
_THIN = re.compile(r"[\u2000-\u200b\u202f\ufeff\xa0]")
_BESIDE_MARK = re.compile(rf"(?<=[{_MARK}]) | (?=[{_MARK}])")
_BESIDE_NUMBER = re.compile(rf"(?<=[{_HAN}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%％‰]) (?=[{_HAN}])")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_SPREAD = re.compile(r"^([\u4e00-\u9fff])(?:[ \u3000]+)([\u4e00-\u9fff])(?:[ \u3000]+([\u4e00-\u9fff]))?$")
_LABELLED_WORD = re.compile(r"(?<=[章节编条分])[ \u3000]+")


def close_spaces(text: str, running: bool) -> str:
    """Return `text` without the spaces of the layout; no character but white space changes.

    A single space between Chinese characters goes only in `running` text: in a title or a signature it
    parts two phrases. Wide gaps (several spaces, an ideographic space, a tab) part columns or a label from
    its words and stay as one ideographic space.
    """
    text = _THIN.sub(" ", text)
    if " " not in text and "\u3000" not in text and "\t" not in text:
        return text
    text = _BLANKS.sub(_one_blank, text)
    text = _BESIDE_NUMBER.sub("", _BESIDE_MARK.sub("", text))
    if running:
        text = _BETWEEN_HAN.sub("", text)
    return _close_spread(text)


def _one_blank(found: re.Match[str]) -> str:
    return " " if found.group() == " " else "\u3000"


def _close_spread(text: str) -> str:
    """Close the gaps in words that were spread out to look wide: 总　　则, 附　件."""
    label = _LABELLED_WORD.search(text[:12]) if "\u3000" in text else None
    start = label.end() if label else 0
    found = _SPREAD.match(text[start:])
    return text[:start] + "".join(part for part in found.groups() if part) if found else text

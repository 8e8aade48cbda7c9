"""Spaces that a layout put between characters, and that no one wrote."""

from __future__ import annotations

import re

_HAN = r"\u2e80-\u2fdf\u3005-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_MARK = r"\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’"
_BLANKS = re.compile(r"[ \t\u3000\xa0\u2000-\u200b\u202f\ufeff]+")
_THIN = re.compile(r"[\u2000-\u200b\u202f\ufeff\xa0]")
_BESIDE_MARK = re.compile(rf"(?<=[{_MARK}]) | (?=[{_MARK}])")
_BESIDE_NUMBER = re.compile(
    rf"(?<=[{_HAN}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%％‰]) (?=[{_HAN}])|(?<=[0-9]) (?=[%％‰℃])"
)
_BESIDE_NARROW_MARK = re.compile(rf"(?<=[{_HAN}][,;:)\]]) (?=[{_HAN}])|(?<=[{_HAN}]) (?=[(\[,;:)\]])")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_SPREAD = re.compile(r"^([\u4e00-\u9fff])(?:[ \u3000]+)([\u4e00-\u9fff])(?:[ \u3000]+([\u4e00-\u9fff]))?$")
_LETTERS = re.compile(r"(?:[\u4e00-\u9fff] ){2,}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百〇零\d]{1,6}(?:[编章节条]|部分)(?=[ \u3000])")


def close_spaces(text: str, running: bool) -> str:
    """Return `text` without the spaces of the layout; no character but white space changes.

    A single space between Chinese characters goes only in `running` text: in a title or a signature it
    parts two phrases. Wide gaps (several spaces, an ideographic space, a tab) part columns and stay as one
    ideographic space, as does any gap between a label such as 第三条 and its words.
    """
    text = _THIN.sub(" ", text)
    if " " not in text and "\u3000" not in text and "\t" not in text:
        return text
    text = _BLANKS.sub(_one_blank, text)
    label = _ARTICLE.match(text)
    if label is None:
        return _close(text, running)
    return label.group() + "\u3000" + _close(text[label.end() :].lstrip(), running)


def _one_blank(found: re.Match[str]) -> str:
    return " " if found.group() == " " else "\u3000"


def _close(text: str, running: bool) -> str:
    text = _BESIDE_NUMBER.sub("", _BESIDE_MARK.sub("", text))
    text = _BESIDE_NARROW_MARK.sub("", text)
    text = _LETTERS.sub(lambda found: found.group().replace(" ", ""), text)
    if running:
        text = _BETWEEN_HAN.sub("", text)
    # Words are spread out to look wide: 总　　则, 附　件.
    spread = _SPREAD.match(text)
    return "".join(filter(None, spread.groups())) if spread else text

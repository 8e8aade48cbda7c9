"""Bytes to characters: the encoding is found from the content, since text files do not tell it."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks. UTF-32 stands before UTF-16, whose mark it begins with."""

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200c-\u200f\u2060\ufeff\ufffe\uffff]")
_COMMON = frozenset("的一是在不了有和人为以中大上个国年月日工作作各市县，。、：；（）《》\n")
_SAMPLE = 64_000
"""Code points that are looked at to weigh one encoding against another."""
_BROKEN_SHARE = 0.002
"""Share of damaged characters up to which a text is still worth reading."""


def decode(data: bytes) -> str | None:
    """Return the characters of `data`, None when it is not text in any encoding of Chinese offices.

    Tries byte order marks, UTF-8, UTF-16 without a mark, GB18030 (which holds GBK and GB2312), Big5, and
    whatever charset-normalizer finds. Control characters other than white space are left out.
    """
    text = _decode(data)
    return None if text is None else _CONTROLS.sub("", text)


def _decode(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if b"\x00" in data:
        return _without_mark(data)
    for attempt in (_utf8, _chinese, _other, _damaged):
        text = attempt(data)
        if text is not None:
            return text
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes) -> str | None:
    return _strict(data, "utf-8")


def _without_mark(data: bytes) -> str | None:
    """Read UTF-16 without a byte order mark: zero bytes are the upper halves of digits and line ends."""
    if len(data) % 2:
        return None
    upper = data[1::2].count(0) >= data[0::2].count(0)
    text = _strict(data, "utf-16-le" if upper else "utf-16-be")
    return text if text is not None and "\x00" not in text and _reads_well(text) else None


def _chinese(data: bytes) -> str | None:
    """Choose between GB18030 and Big5: most Big5 bytes are valid GB18030 too, but then read as rare words."""
    readings = [text for text in (_strict(data, "gb18030"), _strict(data, "big5")) if text is not None]
    best = max(readings, key=_commonness, default=None)
    return best if best is not None and _reads_well(best) else None


def _other(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # costs 30 ms, and hardly any file needs it

    found = from_bytes(data[:_SAMPLE]).best()
    return _strict(data, found.encoding) if found is not None else None


def _damaged(data: bytes) -> str | None:
    """Read a text of which a few bytes are broken, as a cut copy or a bad disk leaves it."""
    readings = [data.decode(name, errors="replace") for name in ("utf-8", "gb18030")]
    best = min(readings, key=lambda text: text.count("\ufffd"))
    return best if best.count("\ufffd") <= max(2, len(best) * _BROKEN_SHARE) else None


def _commonness(text: str) -> float:
    sample = text[:_SAMPLE]
    return sum(char in _COMMON for char in sample) / max(1, len(sample))


def _reads_well(text: str) -> bool:
    """Tell whether the words are those of a Chinese or Latin text rather than of a wrong encoding."""
    sample = text[:_SAMPLE]
    plain = sum(" " <= char < "\x7f" or char in "\n\r\t\f\u3000" for char in sample)
    return _commonness(sample) >= 0.05 or plain >= len(sample) * 0.5 or len(sample) < 20

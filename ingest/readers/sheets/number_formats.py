"""Numbers and days as a spreadsheet shows them: the value that is stored, written by its number format."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "yyyy-m-d", 16: "m-d", 17: "yyyy-m", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only, as the Chinese edition shows them (ECMA-376 part 1, 18.8.30)."""

_DROPPED = re.compile(r"\[[^\]]*\]|_.|\*.|\\(?=[^\\])")
"""Colours, conditions, languages, fillers, and the sign that the next character stands for itself."""
_QUOTED = re.compile(r'"[^"]*"')
_DAY_TOKENS = re.compile(r"[yYeE]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|上午/下午|\"[^\"]*\"|.", re.DOTALL)
_PLACES = re.compile(r"[#0?][#0?,.]*")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
"""31 December 9999."""


def shown(number: float, format_id: int, code: str = "", from_1904: bool = False) -> str:
    """Return a stored number as the sheet shows it; `code` is the format's own code where the file gives one.

    A day is written with its year even where the format leaves it out, since the year is what a time limit
    needs: 9月30日 of the format m"月"d"日" becomes 2024年9月30日. So do formats with the names of months.
    """
    code = code or _BUILT_IN.get(format_id, "")
    first = code.split(";", 1)[0]
    if is_day_format(first) and 0 <= number <= _LAST_DAY:
        return _day(number, first, from_1904)
    return _figure(number, first)


@lru_cache(maxsize=512)
def is_day_format(code: str) -> bool:
    """Tell whether a format code writes days or times and not figures."""
    bare = _QUOTED.sub("", _DROPPED.sub("", code))
    return re.search("[ymdhs]", bare, re.IGNORECASE) is not None and "#" not in bare


def _day(number: float, code: str, from_1904: bool) -> str:
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=number, seconds=0.5)
    tokens = _DAY_TOKENS.findall(_DROPPED.sub("", code))
    if not any(token[0] in "yYeEdD" for token in tokens) and number < 1:
        return f"{moment:%H:%M}"
    if "mmm" in code.lower():
        days = any(token[0] in "dD" for token in tokens)
        return f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if days else "")
    words = "".join(_token(token, moment, hours=_after_hours(tokens, at)) for at, token in enumerate(tokens))
    named = any(token[0] in "yYeE" for token in tokens)
    return (words if named else f"{moment.year}{'年' if '月' in words else '-'}{words}").strip()


def _after_hours(tokens: list[str], at: int) -> bool:
    """Tell whether the last token of time before `at` counts hours, so that an m after it means minutes."""
    before = [token for token in tokens[:at] if token[0] in "yYeEmMdDhHsS"]
    return bool(before) and before[-1][0] in "hH"


def _token(token: str, moment: datetime, hours: bool) -> str:
    """Write one part of a format of days; names of weekdays are left out."""
    wide = len(token) == 2
    match token[0].lower():
        case "y" | "e":
            return str(moment.year)
        case "m" if hours:
            return f"{moment.minute:02}"
        case "m":
            return f"{moment.month:02}" if wide else str(moment.month)
        case "d":
            return "" if len(token) > 2 else f"{moment.day:02}" if wide else str(moment.day)
        case "h":
            return f"{moment.hour:02}" if wide else str(moment.hour)
        case "s":
            return f"{moment.second:02}"
    return "" if "/" in token and len(token) > 1 else token.strip('"')


def _figure(number: float, code: str) -> str:
    """Write a number: as it is, or with the places, thousands and signs around it that its format has."""
    code = _DROPPED.sub("", code)
    places = _PLACES.search(_QUOTED.sub(lambda found: " " * len(found.group()), code))
    if places is None or "E" in code.upper():
        return plain(number)
    before, after = code[: places.start()].replace('"', ""), code[places.end() :].replace('"', "")
    percent = "%" in before + after
    decimals = len(places.group().partition(".")[2].replace(",", ""))
    value = number * 100 if percent else number
    thousands = "," if "," in places.group() else ""
    return f"{before}{value:{thousands}.{decimals}f}{after}".strip()


def plain(number: float) -> str:
    """Return a number without needless places: 3 for 3.0, 12.7 for 12.700000000000001.

    >>> [plain(number) for number in (3.0, 12.700000000000001, 1e15)]
    ['3', '12.7', '1000000000000000']
    """
    if number == int(number) and abs(number) < 1e16:
        return str(int(number))
    return f"{number:.10g}"

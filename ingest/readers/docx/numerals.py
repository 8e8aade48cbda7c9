"""Numbers as Word writes them in automatic numbering."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int, digits: str = _DIGITS, tens: str = "十", hundreds: str = "百") -> str:
    """Return the counting form of 0 to 999: 11 is 十一, 20 is 二十, 105 is 一百〇五; others in digits.

    >>> [chinese(number) for number in (3, 10, 11, 20, 105, 110)]
    ['三', '十', '十一', '二十', '一百〇五', '一百一十']
    """
    if not 0 < number < 1000:
        return "".join(digits[int(figure)] for figure in str(number))
    hundred, rest = divmod(number, 100)
    ten, one = divmod(rest, 10)
    head = digits[hundred] + hundreds if hundred else ""
    if ten:
        head += tens if ten == 1 and not hundred else digits[ten] + tens
    elif hundred and one:
        head += digits[0]
    return head + (digits[one] if one else "")


def _legal(number: int) -> str:
    words = chinese(number, _LEGAL_DIGITS, "拾", "佰")
    return "壹" + words if words.startswith("拾") else words


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def _letter(number: int) -> str:
    """A to Z, then AA, BB as Word repeats the letter."""
    repeats, index = divmod(number - 1, 26)
    return chr(ord("A") + index) * (repeats + 1)


def _row(first: str, count: int) -> Callable[[int], str]:
    """Return a form that takes the characters after `first`, and digits beyond `count`."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _circled(number: int) -> str:
    """① to ⑳, then ㉑ to ㉟ and ㊱ to ㊿, which stand elsewhere in Unicode."""
    if number <= 20:
        return _row("①", 20)(number)
    return _row("㉑", 15)(number - 20) if number <= 35 else _row("㊱", 15)(number - 35)


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


def _figures(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographDigital": _figures,
    "japaneseDigitalTenThousand": _figures,
    "taiwaneseDigital": _figures,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        chinese,
    ),
    "none": lambda _: "",
}
"""By the names of ECMA-376 part 1, 17.18.59 ST_NumberFormat; what is not listed is written in digits."""


def numeral(number: int, form: str) -> str:
    """Return `number` in the named form of ST_NumberFormat, in Arabic digits where the form is not known."""
    write = _FORMS.get(form, str)
    return write(number) if number > 0 else str(number)

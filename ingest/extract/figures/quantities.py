"""Numbers with a unit: 不少于8场, 151.52万亩, 2-3宗, xx个, and 2.5 in 2.5、5个工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.registry.tables import any_of, read_table
from corpus.spans import Span
from ingest.extract.numerals import number

_KINDS = {row["word"]: row["kind"] for row in read_table("ingest.extract.words", "measure_words.tsv")}
_UNIT = any_of(_KINDS)
_FIGURES = r"[0-9０-９]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9０-９]{1,6})?"
_BLANK = r"(?:[xX×Ｘｘ]{1,4}|[_＿]{2,8})"
_HAN = r"[一二两三四五六七八九十百]{1,4}"
_OPS_BEFORE = {
    **dict.fromkeys(("不低于", "不少于", "不得少于", "不得低于", "不小于", "至少", "≥"), ">="),
    **dict.fromkeys(("不超过", "不得超过", "不高于", "不多于", "不大于", "最多", "≤"), "<="),
    **dict.fromkeys(("超过", "超", "高于", "大于", "多于", "＞", ">"), ">"),
    **dict.fromkeys(("低于", "少于", "小于", "＜", "<"), "<"),
    **dict.fromkeys(("约", "大约", "近"), "~"),
    "各": "=",
}
_OPS_AFTER = {
    **dict.fromkeys(("以上", "及以上"), ">="),
    **dict.fromkeys(("以下", "及以下", "以内", "之内", "内"), "<="),
    **dict.fromkeys(("左右", "上下"), "~"),
}
_AFTER = rf"(?:[（(]含[）)])?{any_of(_OPS_AFTER)}(?<!内(?=[部容外涵设]))"
_TRIGGER = re.compile(r"翻(?=[一两二三四]番)|[0-9０-９xX×Ｘｘ_＿一二两三四五六七八九十百]")
_QUANTITY = re.compile(
    rf"(?:(?<![0-9０-９.．a-zA-Z第+\-×*/])(?<![0-9][,，])(?P<figures>{_FIGURES})"
    rf"|(?<![a-zA-Z0-9])(?P<blank>{_BLANK})"
    rf"|(?<![一二两三四五六七八九十百千万亿第几数])(?P<han>{_HAN}))"
    rf"(?:[ ]?[%％]?[ ]?(?:[-－—–~～]|至)[ ]?(?P<max>{_FIGURES}))?[ ]?"
    rf"(?P<about>余|多|几)?(?P<scale>[万亿千百]{{0,2}})(?P<about_scaled>余|多)?[ ]?"
    rf"(?P<unit>{_UNIT})(?<!对(?=[接应比照标]))(?<!次(?=性))(?<!部(?=[门委]))(?<!分(?=之))(?P<after>{_AFTER})?"
)
_PER_CENT = re.compile(rf"(?P<unit>百分之)(?:(?P<figures>{_FIGURES})|(?P<han>{_HAN}))(?P<after>{_AFTER})?")
_OP_BEFORE = re.compile(rf"(?<![附最接将靠临])(?P<op>{any_of(_OPS_BEFORE)})(?=[ \u3000]?$)")
_FAR_OPS = any_of(word for word in _OPS_BEFORE if word not in ("约", "大约", "近", "各"))
_OP_IN_CLAUSE = re.compile(rf"({_FAR_OPS})[^，,。；;：:、0-9\n\t]{{1,8}}$")
_FAR = 12
"""How many code points before a number its word of comparison is looked for."""
_LEADING_SHARE = re.compile(r"前(?=[ ]?$)")
_SHARER = re.compile(rf"(?<![0-9.．第])(?P<figures>{_FIGURES})[、和]$")
_BRACKETED = re.compile("[（(]含[）)]")
_TIMES = {"一": 2.0, "两": 4.0, "二": 4.0, "三": 8.0, "四": 16.0}
"""翻一番 is twice as much, 翻两番 four times."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as worded."""

    span: Span
    """With the words that compare: 不少于8场, 80%以上."""
    value: float | None
    """None for a placeholder such as xx."""
    unit: str
    """With 万 or 亿: 万亩."""
    kind: str
    """What is measured, as in the table of measure words: count, share, money, time …"""
    op: str = "="
    """One of = >= <= > < ~."""
    max: float | None = None
    """Upper end of a range."""
    han: bool = False
    """True for a Chinese numeral."""
    compared: bool = False
    """True when it has words such as 不少于 or 以上."""
    trailing: bool = False
    """True when such a word stands after the number."""


def find_quantities(text: str, span: Span) -> Iterator[Quantity]:
    """Yield the quantities within `span` in text order; of 2.5、5个工作日 the first shares the unit."""
    position = span.start
    while found := _TRIGGER.search(text, position, span.end):
        if found[0] == "翻":
            position = min(found.end() + 2, span.end)
            yield Quantity(Span(found.start(), position), _TIMES[text[found.end()]], "倍", "count")
            continue
        match = _match_at(text, found.start(), span.end)
        position = match.end() if match else found.end()
        if match:
            yield from _sharing(text, match, span.start)
            yield _quantity(text, match, span.start)


def _match_at(text: str, position: int, end: int) -> re.Match[str] | None:
    per_cent = _PER_CENT.match(text, position, end) if text[position] == "百" else None
    return per_cent or _QUANTITY.match(text, position, end)


def _sharing(text: str, match: re.Match[str], lower: int) -> Iterator[Quantity]:
    """Yield the number before 、 or 和 that has no unit of its own."""
    start = match.start()
    shared = _SHARER.search(text, max(lower, start - 16), start)
    if shared and match["figures"]:
        own = Span(shared.start("figures"), shared.end("figures"))
        yield Quantity(own, number(shared["figures"]), _unit(match), _kind(match))


def _quantity(text: str, match: re.Match[str], lower: int) -> Quantity:
    parts = {name: words for name, words in match.groupdict().items() if words}
    figures = parts.get("figures") or parts.get("han")
    after = _BRACKETED.sub("", parts.get("after", ""))
    about = "about" in parts or "about_scaled" in parts
    op, start = _comparison(text, match, lower)
    return Quantity(
        Span(start, match.end()),
        number(figures) if figures else None,
        _unit(match),
        _kind(match),
        op or _OPS_AFTER.get(after) or ("~" if about else "="),
        number(parts["max"]) if "max" in parts else None,
        han="han" in parts,
        compared=bool(after or (op and start < match.start())),
        trailing=bool(after),
    )


def _comparison(text: str, match: re.Match[str], lower: int) -> tuple[str, int]:
    """Return the sign for the word before a number (不少于 …), "" for none, and where the words begin.

    A word that stands further off in the clause (不低于合同金额的30%) gives its sign only.
    """
    before = text[max(lower, match.start() - _FAR) : match.start()]
    word = _OP_BEFORE.search(before)
    if word:
        return _OPS_BEFORE[word["op"]], match.start() - len(before) + word.start()
    far = _OP_IN_CLAUSE.search(before)
    if far:
        return _OPS_BEFORE[far[1]], match.start()
    share = _LEADING_SHARE.search(before) if _unit(match) == "%" else None
    return "", match.start() - len(before) + share.start() if share else match.start()


def _unit(match: re.Match[str]) -> str:
    if match["unit"] == "百分之":
        return "%"
    return match["scale"] + match["unit"].replace("％", "%")


def _kind(match: re.Match[str]) -> str:
    """Return what is measured, as the table of measure words has it."""
    return _KINDS.get(match["unit"], "share")

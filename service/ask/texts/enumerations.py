"""Reads lists out of sentences: 包括甲、乙、丙 gives 甲, 乙 and 丙."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span, trim
from ingest.extract.numerals import whole_number

MOST_ITEMS = 40
LONGEST_ITEM = 60
_LEAD_IN = re.compile(
    r"(?:包括|包含)(?:但不限于)?|涵盖|涉及|分别[是为]|分为|主要有|有[：:]|如下[：:]?|是指|主要是|[：:]|为(?=[“\"《])|需要?(?:提供|提交|携带)|应当?(?:提供|提交|携带)"
)
_END = re.compile(r"[。；;！？!?]|等(?:[一二三四五六七八九十\d]+[个项类种方面]|(?=[，,。；;）)]|$))")
_BETWEEN = re.compile(r"、|(?<=[一-龥）)])(?:以及|及其|及|和|与)(?=[一-龥《“\"])")
_HOW_MANY = re.compile(
    r"等?[ ]?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[ ]?(?:(?:大|小)?[个项类种家方部样条座所]|大)"
)
_LEADING = re.compile(
    "[^、]*(?:的|为|是|包括|对|将|把|在|按照?|(?:重点|全力)保障|(?:加快)?推进|[持凭指]|提供|提交|携带)(?=[^、]{2,}、)"
)
"""What stands before the first item of a list that nothing announces."""
_QUOTED_RUN = re.compile('(?:[“"「《][^“”"「」《》]{2,40}[”"」》](?:、|以及|和|及|与)?){2,}')
_QUOTED = re.compile('[“"「《]([^“”"「」《》]{2,40})[”"」》]')
_SUCH_AS = re.compile("^(?:(?:含括|包括|包含|含|如)(?:但不限于)?|即)[：:]?")
_AND_MORE = re.compile("等$")
_COMMA = re.compile("[，,]")
_BRACKETED = re.compile(r"[（(]([^（）()。；;：:]{4,200})[）)]")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "[": "]"}


def enumerations(text: str, within: Span, noun: str = "") -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists that stand within a sentence, each with the stretch it takes, in text order.

    A list has at least two items, joined by 、; what stands in brackets or in quotation marks is not cut.
    One that nothing announces is found by the `noun` that follows it: 在文旅、康养等领域.
    """
    sentence = within.of(text)
    for lead in _LEAD_IN.finditer(sentence):
        end = _END.search(sentence, lead.end())
        stretch = trim(sentence, Span(lead.end(), end.start() if end else len(sentence)))
        items = _without_rest(_items(stretch.of(sentence)))
        if len(items) > 1:
            yield stretch.shift(within.start), items
    yield from _told_before(sentence, within.start, noun)
    yield from _in_brackets(sentence, within.start)


def quoted_names(text: str, within: Span) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the names in quotation marks that stand right behind each other in a sentence: “甲”“乙”."""
    for run in _QUOTED_RUN.finditer(within.of(text)):
        yield Span(*run.span()).shift(within.start), tuple(_QUOTED.findall(run[0]))


def names_ending(text: str, within: Span, noun: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists in a sentence whose names all end with what they are: 甲村、乙村 for 村."""
    item = rf"[^，,。；;：:、\t]{{1,30}}?{re.escape(noun)}"
    for run in re.finditer(rf"(?:{item}[ \n]*(?:、|以及|和|及)[ \n]*)+{item}", within.of(text)):
        names = [
            _squashed(name) for name in re.split(rf"(?<={re.escape(noun)})[ \n]*(?:、|以及|和|及)", run[0])
        ]
        lead = _LEADING.match(names[0] + "、")
        names[0] = names[0][lead.end() :] if lead else names[0]
        yield Span(*run.span()).shift(within.start), tuple(dict.fromkeys(names))


def _told_before(sentence: str, offset: int, noun: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists that end with what or how many they are, and have so many items.

    水温、浊度、总磷等3项指标; those without a number are closed by 等 and the noun.
    """
    hidden = _without_brackets(sentence)
    closings = [
        *_HOW_MANY.finditer(hidden),
        *re.finditer(f"等[一-龥]{{0,4}}{re.escape(noun)}", hidden if noun else ""),
    ]
    for closing in closings:
        start = max(hidden.rfind(mark, 0, closing.start()) for mark in "，,：:；;。—") + 1
        lead = _LEADING.match(hidden[start : closing.start()])
        start += lead.end() if lead else 0
        stretch = trim(sentence, Span(start, closing.start()))
        items = _items(stretch.of(sentence))
        number = closing.groupdict().get("number")
        if len(items) > 1 and (number is None or len(items) == whole_number(number)):
            yield stretch.shift(offset), items


def _in_brackets(sentence: str, offset: int) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the lists that stand in brackets: 所在区（东城区、西城区）."""
    for found in _BRACKETED.finditer(sentence):
        items = _items(_AND_MORE.sub("", _SUCH_AS.sub("", found[1])))
        if len(items) > 1:
            yield Span(*found.span(1)).shift(offset), items


def _items(words: str) -> tuple[str, ...]:
    """Return the items of a list; () where one of them is too long to be one."""
    if "、" not in words:
        return ()
    hidden = _without_brackets(words)
    starts, ends = [0], []
    for mark in _BETWEEN.finditer(hidden):
        ends.append(mark.start())
        starts.append(mark.end())
    pieces = [
        _squashed(words[start:end]).strip("，,")
        for start, end in zip(starts, [*ends, len(words)], strict=True)
    ]
    kept = tuple(dict.fromkeys(piece for piece in pieces if piece))
    if len(kept) > MOST_ITEMS or any(len(piece) > LONGEST_ITEM for piece in kept):
        return ()
    return kept


def _without_rest(items: tuple[str, ...]) -> tuple[str, ...]:
    """Return items, the last without the clauses behind it; () where the first one is more than a name."""
    if not items or _COMMA.search(_without_brackets(items[0])):
        return ()
    comma = _COMMA.search(_without_brackets(items[-1]))
    return (*items[:-1], items[-1][: comma.start()]) if comma else items


def _without_brackets(words: str) -> str:
    """Return `words` with every character inside brackets blanked, so that places stay the same."""
    open_marks: list[str] = []
    shown = []
    for character in words:
        if open_marks and character == open_marks[-1]:
            open_marks.pop()
        elif character in _BRACKETS:
            open_marks.append(_BRACKETS[character])
        shown.append("■" if open_marks else character)
    return "".join(shown)


def _squashed(words: str) -> str:
    """Return words without the white space at their ends, and without the ends of lines in them."""
    return words.strip().replace("\n", "")

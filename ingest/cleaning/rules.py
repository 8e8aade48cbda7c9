"""The rules by which broken lines are joined.

A rule looks at the paragraph so far and at the next line and says True (they belong together), False (a new
paragraph begins) or None (it has nothing to say). The first in `RULES` that speaks decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.cleaning.layout import INDENT
from ingest.cleaning.paragraph import OPENERS, ROUND, Paragraph
from ingest.cleaning.pieces import Piece
from ingest.cleaning.surroundings import Surroundings
from ingest.labels import Label, LabelKind, find_label
from ingest.official_lines import (
    DOC_NUMBER,
    begins_own_line,
    field_name,
    is_addressee_line,
    is_annex_list,
    is_own_line,
)
from ingest.titles import is_dated, is_surely_whole, is_whole_title

HEAD_LINES = 40
"""Title and 主送机关 stand within the first lines of a document."""
LONG_SENTENCE = 60
"""A line that is no heading is at least so long."""
CLEARLY = 1.0
"""In widths of a Chinese character."""

_COMMAS = "，、,"
_CANNOT_BEGIN = "，。、；：！？,;）)》〉】〕］]”’」』％%"
_EDGE_MARKS = "，。、；：！？,;:）)》〉】〕］]”’」』" + OPENERS
_CANNOT_END = re.compile(
    r"(?:印发|转发|批转|关于|[的和与及或在对将由把从向以为]|按照|根据|落实|贯彻|推进|加强|完善)$"
)
_AFTER_NUMBER = re.compile(r"[年月日号](?![\u4e00-\u9fff]{1,4}[:：])")
_CUT_DATE = re.compile(r"\d\s*[年月]$")
_DATE_GOES_ON = re.compile(r"\d{1,2}\s*[月日]|\d{1,2}$")
_CITED_NUMBER = re.compile(rf"[（(]{DOC_NUMBER}")
_LETTER = re.compile(r"[\u4e00-\u9fff]")
_COLUMNS = re.compile(r"[^，。；：、\s]{1,8}(?:[\u3000\t]| {2,})[\s\u3000]*\S")
_GREETING = re.compile(r"(?:同志们|各位.{1,6}|朋友们)，")
_INNER = re.compile(r"[\u4e00-\u9fff“《]")
_QUOTED = re.compile(r"《[^》]*》?")
_ANNEX_NUMBER = re.compile(r"\d{1,2}\s*[.．、:：]")

Rule = Callable[[Surroundings, Paragraph, Piece], bool | None]


def mended_word(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join what a page marker had cut."""
    return True if piece.glued else None


def whole_paragraph(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Leave alone what the format says is whole."""
    return False if piece.fixed or paragraph.last.fixed else None


def cannot_begin(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join what begins with a mark that no line begins with."""
    return True if piece.text[0] in _CANNOT_BEGIN else None


def other_size(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part what is printed in letters of another size."""
    return False if piece.raw.apart else None


def flush_left(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join a line without indent to the full line of a paragraph that began with one: printed pages only."""
    printed = piece.raw.full is not None and paragraph.last.raw.full is True
    flush = piece.indent < 0.5 and 1.5 <= paragraph.pieces[0].indent <= 2.5
    return True if printed and flush and not piece.gap and not piece.raw.centred else None


def cut_date(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the halves of a date or number: 2023 | 年, 2023年 | 9月."""
    tail = paragraph.last.text[-8:]
    if tail[-1].isdecimal() and _AFTER_NUMBER.match(piece.text):
        return True
    return True if _CUT_DATE.search(tail) and _DATE_GOES_ON.match(piece.text) else None


def spread_word(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the letters of a word that was spread out to look wide: 总 | 则."""
    words = paragraph.last.text
    label = find_label(words)
    letter = words[label.end :] if label else words
    return True if _LETTER.fullmatch(letter) and _LETTER.fullmatch(piece.text) else None


def cited_number(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the number in brackets to the title that it follows: 《…的通知》 | （云政发〔2024〕12号）."""
    if paragraph.tail != "》" or paragraph.first or not _CITED_NUMBER.match(piece.text):
        return None
    return True if around.layout.wrapped else None


def cut_field(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the halves of a field's name, or the name to its value: 完成 | 时限：, 责任单位： | 市水利局."""
    if not around.layout.wrapped:
        return None
    name, tail = field_name(piece.text), paragraph.last.text
    if name and any(len(field_name(tail[-size:] + piece.text)) > len(name) for size in (1, 2, 3)):
        return True
    alone = tail[-1] in "：:" and len(field_name(tail)) + 1 == len(tail)
    return True if alone and find_label(piece.text) is None else None


def new_label(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Begin a paragraph at a number label, unless a sentence or a bracket is running into it."""
    label = find_label(piece.text)
    if label is None or _enumerates_inline(around, paragraph, label):
        return None
    follows = around.continues_count(label)
    if paragraph.tail in _COMMAS and not follows:
        return None
    if paragraph.open_mark and not (follows and (paragraph.ended or paragraph.is_heading)):
        return None
    full = around.is_full(paragraph, ended=False)
    return None if full and not (paragraph.ended or follows or label.value == 1) else False


def _enumerates_inline(around: Surroundings, paragraph: Paragraph, label: Label) -> bool:
    """Tell whether 二是 goes on with a count that runs within the paragraph's lines."""
    if label.kind is not LabelKind.ORDINAL or not around.layout.wrapped:
        return False
    flush = around.pieces[around.at].indent < 0.5 and paragraph.pieces[0].indent >= 1.5
    if flush and around.is_full(paragraph, ended=True):
        return True
    return not (paragraph.label and paragraph.label.kind is LabelKind.ORDINAL) and not (
        paragraph.ended and paragraph.tail == "。"
    )


def annex_names(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Keep the names in a list of annexes apart."""
    listed = is_annex_list(paragraph.pieces[0].text) and _ANNEX_NUMBER.match(piece.text)
    return False if listed else None


def own_line(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part what official documents write on a line of its own."""
    if paragraph.open_mark and (paragraph.open_mark in ROUND or not paragraph.ended):
        return None
    if paragraph.tail in _COMMAS or (paragraph.running and around.is_full(paragraph, ended=False)):
        return None
    return (
        False if begins_own_line(piece.text) or is_own_line(piece.text) or _stands_alone(paragraph) else None
    )


def _stands_alone(paragraph: Paragraph) -> bool:
    return len(paragraph.pieces) == 1 and is_own_line(paragraph.last.text)


def address(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part the addressees from title and text."""
    if around.at <= around.address_end:
        return True
    if around.at > HEAD_LINES or paragraph.open_mark:
        return None
    if paragraph.tail in "：:" and paragraph.length <= 300 and is_addressee_line(paragraph.text()):
        return False
    return False if not paragraph.running and around.addresses() else None


def signature(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part the issuer's name above the date from the text."""
    return False if paragraph.ended and around.signs() else None


def columns(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part lines that are set in columns, such as names beside posts."""
    return False if _COLUMNS.match(piece.text) and _COLUMNS.match(paragraph.last.text) else None


def open_bracket(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join while a bracket or quote is open; in a text of whole paragraphs only to close it at once.

    A remark on a sentence, such as （责任单位：…）, is closed even after a blank line.
    """
    if not paragraph.open_mark:
        return None
    if paragraph.open_mark not in ROUND and paragraph.ended and not around.is_full(paragraph, ended=True):
        return None  # a quote that a short line leaves open has lost its partner
    if around.layout.wrapped:
        return True
    if paragraph.ended or not paragraph.closes_soon(piece.text):
        return None
    return None if piece.gap and not paragraph.in_remark else True


def closing_remark(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the statement in brackets that closes a paragraph: （责任单位：…）."""
    if not around.layout.wrapped or piece.text[0] not in ROUND or not paragraph.ended:
        return None
    return True if paragraph.length > 20 and not piece.gap else None


def title_lines(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the lines of a title such as 关于… | …的通知 at the head of a document, and nothing more to it."""
    if around.at > HEAD_LINES or not paragraph.in_title or piece.gap or len(piece.text) > 60:
        return None
    words = paragraph.text()
    about = "关于" in _QUOTED.sub("", words)
    if not about and not (paragraph.first and around.layout.wrapped):
        return None
    if is_surely_whole(words) and (piece.text[0] not in ROUND or is_dated(words)):
        return False
    if around.completes_title(words):
        return True
    return False if about and is_whole_title(words) else None


def blank_line(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part at a blank line where blank lines part paragraphs, but not where a page cut a full line."""
    if not piece.gap or (around.layout.wrapped and not around.layout.sparse):
        return None
    cut = around.is_full(paragraph, ended=False) and not paragraph.ended
    return None if cut else False


def indented(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part before an indented line after a sentence's end, a gap, or a line that stands further left."""
    if piece.indent < 1.5 or not around.layout.wrapped:
        return None
    deeper = paragraph.last.indent < 1.5 or piece.indent >= paragraph.last.indent + 3
    return False if paragraph.ended or piece.gap or deeper else None


def lone_label(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join a label that stands alone to its words."""
    return True if paragraph.is_label_only else None


def hanging_comma(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join after a comma, but not after 同志们，."""
    if paragraph.tail not in _COMMAS or _GREETING.fullmatch(paragraph.last.text):
        return None
    return True if around.layout.wrapped or len(paragraph.last.text) > 12 else None


def broken_sentence(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join a long line that breaks off in mid-sentence, in a text of whole paragraphs too."""
    broken = paragraph.running and paragraph.length >= LONG_SENTENCE and _INNER.match(paragraph.tail)
    return True if broken and not piece.gap and _INNER.match(piece.text) else None


def whole_lines(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join nothing else in a text whose lines are whole paragraphs."""
    return None if around.layout.wrapped else False


def full_line(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join after a line that reaches the margin, unless the next one fits better with an indent."""
    if not around.is_full(paragraph, paragraph.ended):
        return None
    return not _begins_anew(around, paragraph, around.miss(0.0))


def broken_print_line(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join pieces of one printed line: some pdf texts break at squeezed punctuation."""
    if paragraph.tail not in _EDGE_MARKS and piece.text[0] not in OPENERS:
        return None
    here = around.miss(paragraph.printed)
    if here is None:
        return None
    return not _begins_anew(around, paragraph, here)


def _begins_anew(around: Surroundings, paragraph: Paragraph, here: float | None) -> bool:
    """Tell whether the next lines meet the margin clearly better as the beginning of a paragraph.

    `here` is how well they meet it otherwise. After a remark in brackets, which closes most paragraphs of a
    plan, a slight advantage is enough.
    """
    anew = around.miss(INDENT) if paragraph.ended else None
    if anew is None:
        return False
    return here is None or here - anew > (0.0 if paragraph.ends_with_remark else CLEARLY)


def running_sentence(around: Surroundings, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join while a sentence is running."""
    if paragraph.ended or paragraph.is_heading:
        return None
    if _CANNOT_END.search(paragraph.last.text[-2:]):
        return True
    return True if len(paragraph.pieces) > 1 or (paragraph.running and paragraph.length > 20) else None


RULES: tuple[Rule, ...] = (
    mended_word,
    whole_paragraph,
    other_size,
    cannot_begin,
    flush_left,
    cut_date,
    spread_word,
    cited_number,
    cut_field,
    new_label,
    annex_names,
    own_line,
    address,
    signature,
    columns,
    open_bracket,
    closing_remark,
    title_lines,
    blank_line,
    indented,
    lone_label,
    hanging_comma,
    broken_sentence,
    whole_lines,
    full_line,
    broken_print_line,
    running_sentence,
)

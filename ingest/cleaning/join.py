"""Joins lines that a layout broke into paragraphs.

A rule looks at the paragraph so far and at the next line and says True (they belong together), False (a new
paragraph begins) or None (it has nothing to say). The first that speaks decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.cleaning.layout import INDENT, Layout, measure_layout
from ingest.cleaning.paragraph import OPENERS, ROUND, Paragraph
from ingest.cleaning.pieces import Piece, width
from ingest.labels import Label, LabelKind, find_label
from ingest.official_lines import (
    begins_addressees,
    begins_own_line,
    ends_like_organ,
    field_name,
    is_addressee_line,
    is_annex_list,
    is_date_line,
    is_own_line,
)
from ingest.titles import is_dated, is_surely_whole, is_whole_title

HEAD_LINES = 40
"""主送机关 stands within the first lines of a document."""
ADDRESS_LINES = 6
"""主送机关 take at most so many lines."""
LONG_SENTENCE = 60
"""A line that is no heading is at least so long."""
TITLE_LINES = 8
"""A title takes at most so many lines."""
CLEARLY = 1.0
"""In widths of a Chinese character."""
MAX_FRAGMENTS = 12
"""At most so many pieces make up one printed line."""

_COMMAS = "，、,"
_CANNOT_BEGIN = "，。、；：！？,;）)》〉】〕］]”’」』％%"
_EDGE_MARKS = "，。、；：！？,;:）)》〉】〕］]”’」』" + OPENERS
_CANNOT_END = re.compile(
    r"(?:印发|转发|批转|关于|[的和与及或在对将由把从向以为]|按照|根据|落实|贯彻|推进|加强|完善)$"
)
_AFTER_NUMBER = re.compile(r"[年月日号](?![\u4e00-\u9fff]{1,4}[:：])")
_CUT_DATE = re.compile(r"\d\s*[年月]$")
_DATE_GOES_ON = re.compile(r"\d{1,2}\s*[月日]")
_GREETING = re.compile(r"(?:同志们|各位.{1,6}|朋友们)，")
_INNER = re.compile(r"[\u4e00-\u9fff“《]")
_QUOTED = re.compile(r"《[^》]*》?")
_ANNEX_NUMBER = re.compile(r"\d{1,2}\s*[.．、:：]")


@dataclass(slots=True)
class Joiner:
    """Walks over the lines of a text once."""

    pieces: list[Piece]
    layout: Layout
    at: int = 0
    """The line in question."""
    address_end: int = -1
    """The last line of the addressees, once they have begun."""
    counts: dict[LabelKind, int] = field(default_factory=dict)
    """The last number seen of each kind of label."""

    def paragraphs(self) -> list[list[Piece]]:
        """Return the pieces grouped into paragraphs, in order."""
        found: list[Paragraph] = []
        for at, piece in enumerate(self.pieces):
            self.at = at
            if found and self._belongs(found[-1], piece):
                found[-1].add(piece, self._printed(found[-1], piece))
            else:
                found.append(self._begin(piece, first=not found))
        return [paragraph.pieces for paragraph in found]

    def _begin(self, piece: Piece, first: bool) -> Paragraph:
        label = find_label(piece.text)
        if label:
            self.counts[label.kind] = label.value
        paragraph = Paragraph(label, first)
        lost = self.layout.indent if piece.indent < self.layout.indent else 0.0
        paragraph.add(piece, piece.printed + lost)
        return paragraph

    def _belongs(self, paragraph: Paragraph, piece: Piece) -> bool:
        for rule in RULES:
            verdict = rule(self, paragraph, piece)
            if verdict is not None:
                return verdict
        return False

    def _printed(self, paragraph: Paragraph, piece: Piece) -> float:
        together = paragraph.printed + width(piece.text)
        return together if self.layout.nearer(together, paragraph.printed) else width(piece.text)

    def is_full(self, paragraph: Paragraph, ended: bool) -> bool:
        """Tell whether the last line reaches the margin: measured on the page where the format tells."""
        known = paragraph.last.raw.full
        return self.layout.full(paragraph.printed, ended) if known is None else known

    def miss(self, reached: float) -> float | None:
        """Return how far from the margin the next pieces end if they go on a line printed so far.

        None when no number of them ends at the margin: then they do not stand on that line.
        """
        best: float | None = None
        for piece in self.pieces[self.at : self.at + MAX_FRAGMENTS]:
            reached += width(piece.text)
            if piece.fixed or piece.raw.full is not None or self.layout.over(reached):
                break
            off = self.layout.deviation(reached)
            best = off if best is None or (off is not None and off < best) else best
        return best

    def signs(self) -> bool:
        """Tell whether the line in question is the issuer's name above the date."""
        for piece in self.pieces[self.at : self.at + 4]:
            if is_date_line(piece.text):
                return piece is not self.pieces[self.at]
            if len(piece.text) > 40 or not ends_like_organ(piece.text):
                return False
        return False

    def addresses(self) -> bool:
        """Tell whether addressees begin on the line in question, and remember where they end."""
        words = ""
        if not begins_addressees(self.pieces[self.at].text):
            return False
        for at, piece in enumerate(self.pieces[self.at : self.at + ADDRESS_LINES], start=self.at):
            words += piece.text
            if piece.text[-1] in "：:":
                self.address_end = at if is_addressee_line(words) else self.address_end
                return is_addressee_line(words)
            if piece.text[-1] in "。；" or len(piece.text) < 12:
                return False
        return False

    def completes_title(self, words: str) -> bool:
        """Tell whether the words become a whole title with the line in question and a few more."""
        for piece in self.pieces[self.at : self.at + TITLE_LINES]:
            if piece.fixed or len(piece.text) > 60 or is_own_line(piece.text) or find_label(piece.text):
                return False
            words += piece.text
            if is_surely_whole(words):
                return True
            if piece.text[-1] in "。；：:":
                return False
        return False

    def continues_count(self, label: Label) -> bool:
        """Tell whether a label is the next of its kind."""
        return label.value == self.counts.get(label.kind, 0) + 1


Rule = Callable[[Joiner, Paragraph, Piece], bool | None]


def join_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the paragraphs of a text as lists of the pieces that form them, in order."""
    return Joiner(pieces, measure_layout(pieces)).paragraphs()


def mended_word(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join what a page marker had cut."""
    return True if piece.glued else None


def whole_paragraph(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Leave alone what the format says is whole."""
    return False if piece.fixed or paragraph.last.fixed else None


def cannot_begin(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join what begins with a mark that no line begins with."""
    return True if piece.text[0] in _CANNOT_BEGIN else None


def cut_date(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the halves of a date or number: 2023 | 年, 2023年 | 9月."""
    tail = paragraph.last.text[-8:]
    if tail[-1].isdecimal() and _AFTER_NUMBER.match(piece.text):
        return True
    return True if _CUT_DATE.search(tail) and _DATE_GOES_ON.match(piece.text) else None


def cut_field(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the halves of a field's name, or the name to its value: 完成 | 时限：, 责任单位： | 市水利局."""
    if not joiner.layout.wrapped:
        return None
    name, tail = field_name(piece.text), paragraph.last.text
    if name and any(len(field_name(tail[-size:] + piece.text)) > len(name) for size in (1, 2, 3)):
        return True
    alone = tail[-1] in "：:" and len(field_name(tail)) + 1 == len(tail)
    return True if alone and find_label(piece.text) is None else None


def new_label(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Begin a paragraph at a number label, unless a sentence or a bracket is running into it."""
    label = find_label(piece.text)
    if label is None or _enumerates_inline(joiner, paragraph, label):
        return None
    follows = joiner.continues_count(label)
    if paragraph.tail in _COMMAS and not follows:
        return None
    if paragraph.open_mark and not (follows and (paragraph.ended or paragraph.is_heading)):
        return None
    full = joiner.is_full(paragraph, ended=False)
    return None if full and not (paragraph.ended or follows or label.value == 1) else False


def _enumerates_inline(joiner: Joiner, paragraph: Paragraph, label: Label) -> bool:
    """Tell whether 二是 goes on with a count that runs within the paragraph's lines."""
    inline = label.kind is LabelKind.ORDINAL and joiner.layout.wrapped
    return (
        inline
        and not (paragraph.label and paragraph.label.kind is LabelKind.ORDINAL)
        and not (paragraph.ended and paragraph.tail == "。")
    )


def annex_names(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Keep the names in a list of annexes apart."""
    listed = is_annex_list(paragraph.pieces[0].text) and _ANNEX_NUMBER.match(piece.text)
    return False if listed else None


def own_line(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part what official documents write on a line of its own."""
    if paragraph.open_mark and (paragraph.open_mark in ROUND or not paragraph.ended):
        return None
    if paragraph.tail in _COMMAS or (paragraph.running and joiner.is_full(paragraph, ended=False)):
        return None
    return (
        False if begins_own_line(piece.text) or is_own_line(piece.text) or _stands_alone(paragraph) else None
    )


def _stands_alone(paragraph: Paragraph) -> bool:
    return len(paragraph.pieces) == 1 and is_own_line(paragraph.last.text)


def address(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part the addressees from title and text."""
    if joiner.at <= joiner.address_end:
        return True
    if joiner.at > HEAD_LINES or paragraph.open_mark:
        return None
    if paragraph.tail in "：:" and paragraph.length <= 300 and is_addressee_line(paragraph.text()):
        return False
    return False if not paragraph.running and joiner.addresses() else None


def signature(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part the issuer's name above the date from the text."""
    return False if paragraph.ended and joiner.signs() else None


def open_bracket(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join while a bracket or quote is open; in a text of whole paragraphs only to close it at once."""
    if not paragraph.open_mark:
        return None
    if joiner.layout.wrapped:
        return True
    return True if paragraph.closes_soon(piece.text) and not paragraph.ended and not piece.gap else None


def closing_remark(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the statement in brackets that closes a paragraph: （责任单位：…）."""
    if not joiner.layout.wrapped or piece.text[0] not in ROUND or not paragraph.ended:
        return None
    return True if paragraph.length > 20 and not piece.gap else None


def title_lines(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join the lines of a title such as 关于… | …的通知 at the head of a document, and nothing more to it."""
    if joiner.at > HEAD_LINES or not paragraph.in_title or piece.gap or len(piece.text) > 60:
        return None
    words = paragraph.text()
    about = "关于" in _QUOTED.sub("", words)
    if not about and not (paragraph.first and joiner.layout.wrapped):
        return None
    if is_surely_whole(words) and (piece.text[0] not in ROUND or is_dated(words)):
        return False
    if joiner.completes_title(words):
        return True
    return False if about and is_whole_title(words) else None


def blank_line(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part at a blank line where blank lines part paragraphs, but not where a page cut a full line."""
    if not piece.gap or (joiner.layout.wrapped and not joiner.layout.sparse):
        return None
    cut = joiner.is_full(paragraph, ended=False) and not paragraph.ended
    return None if cut else False


def indented(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Part before an indented line after a sentence's end, a gap, or a line that stands further left."""
    if piece.indent < 1.5 or not joiner.layout.wrapped:
        return None
    deeper = paragraph.last.indent < 1.5 or piece.indent >= paragraph.last.indent + 3
    return False if paragraph.ended or piece.gap or deeper else None


def lone_label(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join a label that stands alone to its words."""
    return True if paragraph.is_label_only else None


def hanging_comma(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join after a comma, but not after 同志们，."""
    if paragraph.tail not in _COMMAS or _GREETING.fullmatch(paragraph.last.text):
        return None
    return True if joiner.layout.wrapped or len(paragraph.last.text) > 12 else None


def broken_sentence(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join a long line that breaks off in mid-sentence, in a text of whole paragraphs too."""
    broken = paragraph.running and paragraph.length >= LONG_SENTENCE and _INNER.match(paragraph.tail)
    return True if broken and not piece.gap and _INNER.match(piece.text) else None


def whole_lines(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join nothing else in a text whose lines are whole paragraphs."""
    return None if joiner.layout.wrapped else False


def full_line(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join after a line that reaches the margin, unless the next one fits better with an indent."""
    if not joiner.is_full(paragraph, paragraph.ended):
        return None
    return not _begins_anew(joiner, paragraph, joiner.miss(0.0))


def broken_print_line(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join pieces of one printed line: some pdf texts break at squeezed punctuation."""
    if paragraph.tail not in _EDGE_MARKS and piece.text[0] not in OPENERS:
        return None
    here = joiner.miss(paragraph.printed)
    if here is None:
        return None
    return not _begins_anew(joiner, paragraph, here)


def _begins_anew(joiner: Joiner, paragraph: Paragraph, here: float | None) -> bool:
    """Tell whether the next lines meet the margin clearly better as the beginning of a paragraph.

    `here` is how well they meet it otherwise. After a remark in brackets, which closes most paragraphs of a
    plan, a slight advantage is enough.
    """
    anew = joiner.miss(INDENT) if paragraph.ended else None
    if anew is None:
        return False
    return here is None or here - anew > (0.0 if paragraph.ends_with_remark else CLEARLY)


def running_sentence(joiner: Joiner, paragraph: Paragraph, piece: Piece) -> bool | None:
    """Join while a sentence is running."""
    if paragraph.ended or paragraph.is_heading:
        return None
    if _CANNOT_END.search(paragraph.last.text[-2:]):
        return True
    return True if len(paragraph.pieces) > 1 or (paragraph.running and paragraph.length > 20) else None


RULES: tuple[Rule, ...] = (
    mended_word,
    whole_paragraph,
    cannot_begin,
    cut_date,
    cut_field,
    new_label,
    annex_names,
    own_line,
    address,
    signature,
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

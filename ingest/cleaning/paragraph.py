"""The paragraph that is being joined, and what it tells about the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.cleaning.layout import CLOSERS, SENTENCE_END
from ingest.cleaning.pieces import Piece
from ingest.labels import Label, LabelKind

REACH = 400
"""A bracket that was opened more code points ago was never closed, and holds nothing together."""
HEADING_LENGTH = 60
"""A numbered line without a sentence is a heading up to this length."""
OPENERS = "（(《〈【〔［[“‘「『"
ROUND = "（(〔［["

_NEVER_HEADS = (LabelKind.ARTICLE, LabelKind.ORDINAL, LabelKind.DASH)
_DEPTH = 8
"""A text of nothing but opening brackets must not grow the stack."""
_BRACKETS = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_STOPS = re.compile(r"[。！？；]")
_PAIRS = {
    "）": "（(", ")": "(（", "》": "《", "〉": "〈", "】": "【", "〕": "〔[（", "］": "［[", "]": "[［〔",
    "”": "“", "’": "‘", "」": "「", "』": "『",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Opened:
    mark: str
    at: int
    after_sentence: bool
    """True when a sentence had ended before it: the bracket then holds a remark on that sentence."""


@dataclass(slots=True)
class Paragraph:
    """The lines joined so far."""

    label: Label | None
    first: bool
    """True for the first paragraph of the document: a title may look like anything."""
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0
    printed: float = 0.0
    """Width of the last printed line, which may consist of several pieces."""
    _open: list[_Opened] = field(default_factory=list)
    _stops: int = 0
    _comma: bool = False
    _remark_end: int = -1
    """Where a bracket closed that had been opened after the end of a sentence."""

    @property
    def last(self) -> Piece:
        """The line joined last."""
        return self.pieces[-1]

    @property
    def tail(self) -> str:
        """The last character."""
        return self.last.text[-1]

    def add(self, piece: Piece, printed: float) -> None:
        """Take in a line; `printed` is the width of the printed line of which it is the end."""
        self._track_brackets(piece.text)
        self.pieces.append(piece)
        self.length += len(piece.text)
        self._stops += len(_STOPS.findall(piece.text))
        self._comma = self._runs_on_after_comma(piece.text)
        self.printed = printed

    def text(self) -> str:
        """Return the words so far. Costs their length: for short paragraphs only."""
        return "".join(piece.text for piece in self.pieces)

    def _track_brackets(self, text: str) -> None:
        for found in _BRACKETS.finditer(text):
            mark, at = found.group(), found.start()
            if mark in OPENERS:
                before = text[at - 1] if at else (self.tail if self.pieces else "")
                self._open.append(_Opened(mark, self.length + at, before != "" and before in SENTENCE_END))
            elif self._open and self._open[-1].mark in _PAIRS[mark]:
                self._close(self._open.pop(), self.length + found.end())
        del self._open[:-_DEPTH]

    def _close(self, opened: _Opened, at: int) -> None:
        if opened.after_sentence and opened.mark in ROUND:
            self._remark_end = at

    def _runs_on_after_comma(self, text: str) -> bool:
        stop = max(text.rfind(mark) for mark in "。！？；")
        return "，" in text[stop + 1 :] or "," in text[stop + 1 :] or (stop < 0 and self._comma)

    @property
    def open_mark(self) -> str:
        """The bracket or quote opened lately that still waits for its partner, "" for none."""
        waiting = bool(self._open) and self.length - self._open[-1].at <= REACH
        return self._open[-1].mark if waiting else ""

    @property
    def in_remark(self) -> bool:
        """Tell whether the open bracket holds a remark on the sentence before it."""
        return self.open_mark != "" and self.open_mark in ROUND and self._open[-1].after_sentence

    def closes_soon(self, text: str) -> bool:
        """Tell whether the open bracket is closed near the beginning of `text`."""
        closing = "".join(close for close, opens in _PAIRS.items() if self.open_mark in opens)
        return bool(self.open_mark) and any(letter in closing for letter in _unopened(text[:60]))

    @property
    def ended(self) -> bool:
        """Tell whether the last line ends a sentence, or a remark in brackets after one."""
        return self.ends_with_remark or self.last.text.rstrip(CLOSERS)[-1:] in SENTENCE_END

    @property
    def ends_with_remark(self) -> bool:
        """Tell whether the last line ends with a remark in brackets on the sentence before it."""
        return self._remark_end == self.length

    @property
    def running(self) -> bool:
        """Tell whether a sentence has begun and gone past a comma."""
        return self._comma and not self.ended

    @property
    def is_heading(self) -> bool:
        """Tell whether these lines look like a numbered heading."""
        if self.label is None or self.label.kind in _NEVER_HEADS or self.first:
            return False
        return not self._stops and self.length <= HEADING_LENGTH

    @property
    def is_label_only(self) -> bool:
        """Tell whether nothing but a number label stands there."""
        return self.label is not None and self.label.end >= self.length

    @property
    def in_title(self) -> bool:
        """Tell whether this may be a title: no sentence, no label but that of a collection."""
        unnumbered = self.first or self.label is None
        return unnumbered and not self._stops and not self._comma and self.length <= 150


def _unopened(text: str) -> Iterator[str]:
    """Yield the closing brackets and quotes of a text that were not opened within it."""
    opened = 0
    for found in _BRACKETS.finditer(text):
        if found.group() in OPENERS:
            opened += 1
        elif opened:
            opened -= 1
        else:
            yield found.group()

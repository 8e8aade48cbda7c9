"""The head of a document: red letters, number, title, notes below it, addressees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.labels import LabelKind
from ingest.official_lines import (
    DATE,
    ends_like_organ,
    is_addressee_line,
    is_annex_line,
    is_date_line,
    is_disclosure_line,
    is_doc_number_line,
    is_salutation,
)
from ingest.outlining.lines import Line, LineRole, squash
from ingest.titles import is_surely_whole, is_whole_title

HEAD_LINES = 30
"""A head has at most so many lines."""
TITLE_LENGTH = 120
SHORTEST_TITLE = 6
JOINT_ISSUERS = 8
"""At most so many bodies stand on lines of their own above 关于…."""

SIGNED = re.compile(rf"[（(]?[\u4e00-\u9fff、\s\u3000]{{4,60}}[\s\u3000]+{DATE}[）)]?")
"""An issuer and the date on one line."""
AUTHOR = re.compile(
    r"(?:[^\s，。：]{0,20}[\s\u3000])?[\u4e00-\u9fff·]{2,4}(?:[\s\u3000][\u4e00-\u9fff]{1,3})?"
)
"""A person's name, perhaps after the post."""
BRACKETED = re.compile(r"[（(][^（()）]{2,200}[）)]")
"""A line wholly in brackets."""

_COMMA = re.compile(r"[，,]")
_SUBTITLE = re.compile(r"(?:——|－－|--).{4,60}")
_RED_HEAD = re.compile(r".{2,40}文件")
_MARKS = re.compile(r"[★☆]?(?:特急|加急|急件|平急|特提)|\d{6}")
_CREDIT = re.compile(r".{0,80}(?:记者|通讯员|摄影|图片).{0,20}(?:摄|供图|报道)")
_FILED = re.compile(r"(?:填报单位|制表单位|编制单位|填报日期|报送单位|单位|日期)[:：].{2,80}")


def mark_head(lines: list[Line], roles: list[LineRole]) -> None:
    """Mark title and furniture at the head of a document, in place."""
    _Head(lines, roles).read()


@dataclass(slots=True)
class _Head:
    """Goes down from the first line until something is neither title nor furniture."""

    lines: list[Line]
    roles: list[LineRole]

    def read(self) -> None:
        """Give the lines of the head their roles; the rest stay as they are."""
        titled = False
        for at, line in enumerate(self.lines[:HEAD_LINES]):
            if is_addressee_line(line.text) or is_salutation(line.text):
                return self._mark(at, LineRole.FURNITURE)
            if self._is_head_furniture(at):
                self._mark(at, LineRole.FURNITURE)
            elif self._is_title(at, titled):
                self._mark(at, LineRole.TITLE)
                titled = True
            else:
                return None
        return None

    def _is_head_furniture(self, at: int) -> bool:
        text = self.lines[at].text
        if is_doc_number_line(text) or is_date_line(text) or is_disclosure_line(text) or is_annex_line(text):
            return True
        if _CREDIT.fullmatch(text):
            return True
        if _MARKS.fullmatch(text) or SIGNED.fullmatch(text) or _FILED.fullmatch(text):
            return True
        if _RED_HEAD.fullmatch(text) and ends_like_organ(text.removesuffix("文件")):
            return True
        if self._leads_to_about(at):
            return False
        if len(text) < SHORTEST_TITLE + 2 and self.lines[at].is_short and not self.lines[at].label:
            return self._title_comes(at + 1)
        return LineRole.TITLE in self.roles[:at] and _stands_below_title(text)

    def _leads_to_about(self, at: int) -> bool:
        """Tell whether bodies that issue together are named here above 关于…."""
        for line in self.lines[at : at + JOINT_ISSUERS]:
            if line.text.startswith("关于"):
                return True
            if not ends_like_organ(line.text):
                return False
        return False

    def _title_comes(self, at: int) -> bool:
        """Tell whether a whole title stands in the next lines, so that a word above it is no title."""
        following = [line for line in self.lines[at : at + 4] if line.is_short and not line.label]
        return any(is_whole_title(line.text) for line in following)

    def _is_title(self, at: int, titled: bool) -> bool:
        line = self.lines[at]
        if line.is_row or len(line.text) > TITLE_LENGTH or line.ends_sentence or line.field:
            return False
        if line.label is not None:
            return at == 0 and line.label.kind is LabelKind.DIGIT and is_whole_title(line.rest)
        if line.text[-1] in "：:，,、" or line.has_sentence:
            return False
        if len(line.text) < SHORTEST_TITLE and not is_whole_title(line.text):
            return False
        if len(_COMMA.findall(line.text)) > 1 and not is_whole_title(line.text):
            return False
        if not titled or self._repeats_title(at):
            return True
        return self.roles[at - 1] is LineRole.TITLE and not self._is_done(at)

    def _repeats_title(self, at: int) -> bool:
        """Tell whether a line says the title, or part of it, once more."""
        words = squash(self.lines[at].text)
        return len(words) >= SHORTEST_TITLE and any(words in squash(line) for line in self._titles(at))

    def _titles(self, at: int) -> list[str]:
        return [self.lines[place].text for place in range(at) if self.roles[place] is LineRole.TITLE]

    def _is_done(self, at: int) -> bool:
        """Tell whether the title above is complete, so that another short line is a heading."""
        return is_surely_whole(self._titles(at)[-1]) and not is_whole_title(self.lines[at].text)

    def _mark(self, at: int, role: LineRole) -> None:
        self.roles[at] = role


def _stands_below_title(text: str) -> bool:
    """Tell whether a line is a subtitle, a note in brackets, or the author's name."""
    if _SUBTITLE.fullmatch(text) or BRACKETED.fullmatch(text):
        return True
    return len(text) <= 24 and bool(AUTHOR.fullmatch(text) or ends_like_organ(text))

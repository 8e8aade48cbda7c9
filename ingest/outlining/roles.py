"""What a line is before anything is known of its depth: title, head and tail, annex, or body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.labels import LabelKind
from ingest.official_lines import (
    DATE,
    ends_like_organ,
    is_addressee_line,
    is_annex_line,
    is_annex_list,
    is_date_line,
    is_disclosure_line,
    is_doc_number_line,
    is_record_line,
    is_salutation,
)
from ingest.outlining.lines import Line
from ingest.titles import is_surely_whole, is_whole_title

HEAD_LINES = 30
TITLE_LENGTH = 120
SHORTEST_TITLE = 6
CONTENTS_LINES = 200
"""A table of contents has at most so many lines."""
NOTICE_LINES = 15
"""The notice that issues a text names it within so many lines."""

_LEADER = re.compile(r"[\s.．…·\-—_]*\d*\s*$")
_COMMA = re.compile(r"[，,]")
_ISSUED = re.compile(r"(?:印发|发布|转发|批转|下发)(?P<name>[^《》]{4,80}?)的?(?:通知|公告|函|决定)")
_NAMED = re.compile(r"《(?P<name>[^《》]{4,90})》")
_AUTHOR = re.compile(
    r"(?:[^\s，。：]{0,20}[\s\u3000])?[\u4e00-\u9fff·]{2,4}(?:[\s\u3000][\u4e00-\u9fff]{1,3})?"
)
_BRACKETED = re.compile(r"[（(][^（()）]{2,200}[）)]")
_SUBTITLE = re.compile(r"(?:——|－－|--).{4,60}")
_RED_HEAD = re.compile(r".{2,40}文件")
_MARKS = re.compile(r"(?:[★☆]?(?:特急|加急|急件|平急|特提)|(?:绝密|机密|秘密)[★☆].{0,10}|\d{6})")
_SIGNED = re.compile(rf"[（(]?[\u4e00-\u9fff、\s\u3000]{{4,60}}[\s\u3000]+{DATE}[）)]?")
_FILED = re.compile(r"(?:填报单位|制表单位|编制单位|填报日期|报送单位|单位|日期)[:：].{2,80}")
_YEARS = re.compile(r"[（(](?:试行|暂行|修订|草案|征求意见稿|(?:19|20)\d\d[^（()）]{0,12})[）)]")


class LineRole(StrEnum):
    """What a line is."""

    TITLE = "title"
    FURNITURE = "furniture"
    ANNEX_TITLE = "annex-title"
    """The heading of an annex other than the text that a notice issues."""
    BODY = "body"


@dataclass(slots=True)
class _Reader:
    """Goes through the lines once and gives each its role."""

    lines: list[Line]
    roles: list[LineRole] = field(default_factory=list)
    issued: frozenset[str] = frozenset()
    """Names of the texts that the notice issues, without white space."""

    def read(self) -> list[LineRole]:
        self.roles = [LineRole.BODY] * len(self.lines)
        self._head()
        self.issued = _issued_names(self.lines[:NOTICE_LINES])
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        self._tail()
        return self.roles

    def _mark(self, at: int, role: LineRole) -> None:
        self.roles[at] = role

    # The head: red letters, number, title, addressees.

    def _head(self) -> None:
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
        if _MARKS.fullmatch(text) or _SIGNED.fullmatch(text) or _FILED.fullmatch(text):
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
        for line in self.lines[at : at + 8]:
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
        words = _squash(self.lines[at].text)
        return len(words) >= SHORTEST_TITLE and any(words in _squash(line) for line in self._titles(at))

    def _titles(self, at: int) -> list[str]:
        return [self.lines[place].text for place in range(at) if self.roles[place] is LineRole.TITLE]

    def _is_done(self, at: int) -> bool:
        """Tell whether the title above is complete, so that another short line is a heading."""
        return is_surely_whole(self._titles(at)[-1]) and not is_whole_title(self.lines[at].text)

    # The body of a notice, its end, and the text that it issues.

    def _step(self, at: int) -> int:
        line = self.lines[at]
        if self.roles[at] is not LineRole.BODY or line.is_row:
            return at + 1
        if _squash(line.text) == "目录":
            return self._mark_all(at, self._contents(at), LineRole.FURNITURE)
        issued = self._issued_title(at)
        if issued:
            return self._mark_all(at, issued, LineRole.TITLE)
        if is_annex_line(line.text):
            return self._annex(at)
        signature = self._signature(at)
        if signature:
            return self._after_signature(self._mark_all(at, signature, LineRole.FURNITURE))
        if is_annex_list(line.text):
            return self._mark_all(at, self._annex_list(at), LineRole.FURNITURE)
        if is_disclosure_line(line.text) or is_record_line(line.text) or self._is_history(at):
            self._mark(at, LineRole.FURNITURE)
        return at + 1

    def _is_history(self, at: int) -> bool:
        """Tell whether a line in brackets below a title says when the text was passed."""
        below_title = at > 0 and self.roles[at - 1] is LineRole.TITLE
        return below_title and _BRACKETED.fullmatch(self.lines[at].text) is not None

    def _mark_all(self, at: int, count: int, role: LineRole) -> int:
        for place in range(at, at + count):
            self._mark(place, role)
        return at + count

    def _issued_title(self, at: int) -> int:
        """Return over how many lines the title of an issued text stands here, 0 for none."""
        words = ""
        for count, line in enumerate(self.lines[at : at + 4], start=1):
            if line.is_row or len(line.text) > TITLE_LENGTH or line.ends_sentence:
                return 0
            words += _squash(line.text)
            if words in self.issued:
                return count
            if not any(name.startswith(words) for name in self.issued):
                return 0
        return 0

    def _contents(self, at: int) -> int:
        """Return over how many lines a table of contents stands: until its first entry comes again."""
        first = _entry(self._text(at + 1))
        for count, line in enumerate(self.lines[at + 1 : at + CONTENTS_LINES], start=1):
            if line.is_row or len(line.text) > TITLE_LENGTH or line.has_sentence:
                return count
            if count > 1 and first and _entry(line.text) == first:
                return count
        return 1

    def _annex(self, at: int) -> int:
        """Mark 附件2 and the title below it; return where to go on."""
        self._mark(at, LineRole.FURNITURE)
        following = at + 1
        if self._issued_title(following):
            return following
        end = following
        while end < len(self.lines) and end < following + 3 and self._is_annex_title(end, following):
            self._mark(end, LineRole.ANNEX_TITLE)
            end += 1
        return max(end, following)

    def _is_annex_title(self, at: int, first: int) -> bool:
        line = self.lines[at]
        if not line.is_short or line.label or line.field or line.text[-1] in "：:":
            return False
        return (
            at == first
            or (not is_whole_title(self.lines[at - 1].text))
            or bool(_BRACKETED.fullmatch(line.text))
        )

    def _signature(self, at: int) -> int:
        """Return over how many lines the issuers and the date stand here, 0 for none."""
        for count, line in enumerate(self.lines[at : at + 6]):
            if line.is_row or self.roles[at + count] is not LineRole.BODY:
                return 0
            if is_date_line(line.text) or _SIGNED.fullmatch(line.text):
                return count + 1
            name = line.text.split("\u3000")[-1]
            if len(line.text) > 50 or not (ends_like_organ(line.text) or _AUTHOR.fullmatch(name)):
                return 0
        return 0

    def _after_signature(self, at: int) -> int:
        """Mark the notes below a signature and the title of a text that follows."""
        while at < len(self.lines) and (
            is_disclosure_line(self.lines[at].text) or is_record_line(self.lines[at].text)
        ):
            self._mark(at, LineRole.FURNITURE)
            at += 1
        count = self._issued_title(at) if at < len(self.lines) else 0
        if count == 0 and self._begins_text(at):
            count = self._title_lines(at)
        return self._mark_all(at, count, LineRole.TITLE)

    def _begins_text(self, at: int) -> bool:
        """Tell whether enough follows for another text to begin here."""
        if at + 1 >= len(self.lines):
            return False
        line = self.lines[at]
        return (
            line.is_short
            and not line.label
            and not line.field
            and not is_annex_line(line.text)
            and not (is_annex_list(line.text) or line.text[-1] in "：:")
        )

    def _title_lines(self, at: int) -> int:
        words = ""
        for count, line in enumerate(self.lines[at : at + 4]):
            if not line.is_short or line.label:
                return count if is_whole_title(words) else 0
            words += line.text
            if is_whole_title(words) and not _YEARS.fullmatch(self._text(at + count + 1)):
                return count + 1
        return 0

    def _text(self, at: int) -> str:
        return self.lines[at].text if at < len(self.lines) else ""

    def _annex_list(self, at: int) -> int:
        """Return over how many lines a list of annexes stands."""
        count = 1
        for line in self.lines[at + 1 : at + 30]:
            numbered = re.match(r"\d{1,2}\s*[.．、:：]", line.text)
            if not numbered or line.has_sentence or len(line.text) > 80:
                break
            count += 1
        return count

    # The tail: names and dates at the very end.

    def _tail(self) -> None:
        for at in range(len(self.lines) - 1, max(-1, len(self.lines) - 8), -1):
            line = self.lines[at]
            if self.roles[at] is LineRole.BODY:
                if not (is_record_line(line.text) or is_disclosure_line(line.text)):
                    return
                self._mark(at, LineRole.FURNITURE)


def _stands_below_title(text: str) -> bool:
    """Tell whether a line is a subtitle, a note in brackets, or the author's name."""
    if _SUBTITLE.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    return len(text) <= 24 and bool(_AUTHOR.fullmatch(text) or ends_like_organ(text))


def line_roles(lines: list[Line]) -> list[LineRole]:
    """Return what each line is."""
    return _Reader(lines).read()


def _issued_names(lines: list[Line]) -> frozenset[str]:
    """Return the names of the texts that a notice says it issues, without white space."""
    names: set[str] = set()
    for line in lines:
        if "印发" in line.text or "发布" in line.text or "转发" in line.text:
            text = _squash(line.text)
            names.update(found["name"] for found in _NAMED.finditer(text))
            names.update(found["name"] for found in _ISSUED.finditer(text))
    return frozenset(names)


def _entry(text: str) -> str:
    """Return the words of an entry in a table of contents, without dots and page number."""
    return _squash(_LEADER.sub("", text))


def _squash(text: str) -> str:
    return "".join(text.split())

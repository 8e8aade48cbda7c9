"""Parts of an official document that go over several lines: how far each reaches, 0 where it is not there."""

from __future__ import annotations

import re

from ingest.official_lines import ends_like_organ, is_annex_line, is_annex_list, is_date_line, is_seal_note
from ingest.outlining.head import AUTHOR, BRACKETED, SIGNED, TITLE_LENGTH
from ingest.outlining.lines import Line, LineRole, squash
from ingest.titles import is_whole_title

CONTENTS_LINES = 200
"""A table of contents has at most so many lines."""
SIGNATURE_LINES = 40
"""Many bodies may issue a document together."""
TITLE_LINES = 4
ANNEX_LINES = 30
"""At most so many annexes are listed."""

_LEADER = re.compile(r"[\s.．…·\-—_]*\d*\s*$")
_ANNEX_NUMBER = re.compile(r"\d{1,2}\s*[.．、:：]")
_EDITION = re.compile(r"[（(](?:试行|暂行|修订|草案|征求意见稿|(?:19|20|１９|２０)\d\d[^（()）]{0,12})[）)]")
_ISSUED = re.compile(r"(?:印发|发布|转发|批转|下发)(?P<name>[^《》]{4,80}?)的?(?:通知|公告|函|决定)")
_NAMED = re.compile(r"《(?P<name>[^《》]{4,90})》")


def issued_names(lines: list[Line]) -> frozenset[str]:
    """Return the names of the texts that a notice says it issues, without white space."""
    names: set[str] = set()
    for line in lines:
        if "印发" in line.text or "发布" in line.text or "转发" in line.text:
            text = squash(line.text)
            names.update(found["name"] for found in _NAMED.finditer(text))
            names.update(found["name"] for found in _ISSUED.finditer(text))
    return frozenset(names)


def issued_title(lines: list[Line], at: int, names: frozenset[str]) -> int:
    """Return over how many lines the title of an issued text stands."""
    words = ""
    for count, line in enumerate(lines[at : at + TITLE_LINES], start=1):
        if line.is_row or len(line.text) > TITLE_LENGTH or line.ends_sentence:
            return 0
        words += squash(line.text)
        if words in names:
            return count
        if not any(name.startswith(words) for name in names):
            return 0
    return 0


def title(lines: list[Line], at: int) -> int:
    """Return over how many lines any title stands that has text below it."""
    if at + 1 >= len(lines) or not _may_be_title(lines[at]):
        return 0
    words = ""
    for count, line in enumerate(lines[at : at + TITLE_LINES]):
        if not line.is_short or line.label:
            return count if is_whole_title(words) else 0
        words += line.text
        if is_whole_title(words) and not _is_edition(lines, at + count + 1):
            return count + 1
    return 0


def _may_be_title(line: Line) -> bool:
    annex = is_annex_line(line.text) or is_annex_list(line.text)
    return line.is_short and not line.label and not line.field and not annex and line.text[-1] not in "：:"


def _is_edition(lines: list[Line], at: int) -> bool:
    return at < len(lines) and _EDITION.fullmatch(lines[at].text) is not None


def contents(lines: list[Line], at: int) -> int:
    """Return over how many lines a table of contents stands: until its first entry comes again."""
    if squash(lines[at].text) != "目录":
        return 0
    entries = lines[at + 1 : at + CONTENTS_LINES]
    first = _entry(entries[0].text) if entries else ""
    for count, line in enumerate(entries, start=1):
        if line.is_row or len(line.text) > TITLE_LENGTH or line.has_sentence:
            return count
        if count > 1 and first and _entry(line.text) == first:
            return count
    return 1


def _entry(text: str) -> str:
    """Return the words of an entry in a table of contents, without dots and page number."""
    return squash(_LEADER.sub("", text))


def annex_list(lines: list[Line], at: int) -> int:
    """Return over how many lines the annexes are listed."""
    if not is_annex_list(lines[at].text):
        return 0
    count = 1
    for line in lines[at + 1 : at + ANNEX_LINES]:
        if not _ANNEX_NUMBER.match(line.text) or line.has_sentence or len(line.text) > 80:
            break
        count += 1
    return count


def annex_title(lines: list[Line], at: int) -> int:
    """Return over how many lines the title of an annex stands."""
    count = 0
    for line in lines[at : at + TITLE_LINES - 1]:
        if not _may_be_title(line) or (count and not _goes_on(lines[at + count - 1], line)):
            break
        count += 1
    return count


def _goes_on(above: Line, line: Line) -> bool:
    return not is_whole_title(above.text) or BRACKETED.fullmatch(line.text) is not None


def signature(lines: list[Line], roles: list[LineRole], at: int) -> int:
    """Return over how many lines issuers and date stand."""
    for count, line in enumerate(lines[at : at + SIGNATURE_LINES]):
        if line.is_row or roles[at + count] is not LineRole.BODY:
            return 0
        if is_date_line(line.text) or SIGNED.fullmatch(line.text):
            return count + 1
        if count and is_seal_note(line.text):
            continue
        name = line.text.split("\u3000")[-1]
        signs = ends_like_organ(line.text) or AUTHOR.fullmatch(name)
        if line.label or line.has_sentence or len(line.text) > 50 or not signs:
            return 0
    return 0

"""What each line is before anything is known of its depth: title, head and tail, annex, or body."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.official_lines import is_annex_line, is_disclosure_line, is_record_line
from ingest.outlining import parts
from ingest.outlining.head import BRACKETED, mark_head
from ingest.outlining.lines import Line, LineRole

NOTICE_LINES = 15
"""The notice that issues a text names it within so many lines."""


def line_roles(lines: list[Line]) -> list[LineRole]:
    """Return what each line is."""
    roles = [LineRole.BODY] * len(lines)
    mark_head(lines, roles)
    marker = _Marker(lines, roles, parts.issued_names(lines[:NOTICE_LINES]))
    at = 0
    while at < len(lines):
        at = marker.step(at)
    return roles


@dataclass(slots=True)
class _Marker:
    """Marks the parts below the head: the end of a notice, the texts it issues, annexes, closing record."""

    lines: list[Line]
    roles: list[LineRole]
    issued: frozenset[str]
    """Names of the texts that the notice issues."""

    def step(self, at: int) -> int:
        """Mark the part that begins at a line, if any does; return where to go on."""
        line = self.lines[at]
        if self.roles[at] is not LineRole.BODY or line.is_row:
            return at + 1
        if is_annex_line(line.text):
            return self._annex(at)
        if count := parts.issued_title(self.lines, at, self.issued):
            return self._mark(at, count, LineRole.TITLE)
        if count := parts.signature(self.lines, self.roles, at):
            return self._next_text(self._mark(at, count, LineRole.FURNITURE))
        furniture = parts.contents(self.lines, at) or parts.annex_list(self.lines, at) or self._is_note(at)
        return self._mark(at, furniture, LineRole.FURNITURE) if furniture else at + 1

    def _mark(self, at: int, count: int, role: LineRole) -> int:
        self.roles[at : at + count] = [role] * count
        return at + count

    def _is_note(self, at: int) -> bool:
        """Tell whether a line is a note (（此件公开发布）, a footnote) or part of the closing record."""
        text = self.lines[at].text
        below_title = at > 0 and self.roles[at - 1] is LineRole.TITLE
        return (
            self.lines[at].hint.note
            or is_disclosure_line(text)
            or is_record_line(text)
            or (below_title and BRACKETED.fullmatch(text) is not None)
        )

    def _annex(self, at: int) -> int:
        """Mark 附件2 and the title below it, unless that is the text which the notice issues."""
        at = self._mark(at, 1, LineRole.FURNITURE)
        if parts.issued_title(self.lines, at, self.issued):
            return at
        return self._mark(at, parts.annex_title(self.lines, at), LineRole.ANNEX_TITLE)

    def _next_text(self, at: int) -> int:
        """Mark the notes below a signature and the title of the text that follows."""
        while at < len(self.lines) and self._is_note(at):
            at = self._mark(at, 1, LineRole.FURNITURE)
        count = parts.issued_title(self.lines, at, self.issued) or parts.title(self.lines, at)
        return self._mark(at, count, LineRole.TITLE)

"""Writes an official document as docx, by GB/T 9704-2012."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from service.office_text import printable
from service.official import paper
from service.official.annexes import add_annex
from service.official.document import Annex, Form, Level, OfficialDocument, written_day
from service.official.footnotes import Footnotes, write_with_notes
from service.official.heads import add_head
from service.official.imprint import add_imprint
from service.official.layout import lines as lines_of
from service.official.layout import title_lines, width
from service.official.lines import Lines, indent
from service.official.paper import Fonts

_FEW = 4
"""Lines of a paragraph that may move to the page of the signature whole."""


def document_bytes(content: OfficialDocument, fonts: Fonts | None = None) -> bytes:
    """Return the document as the bytes of a docx file.

    Args:
        content: what to write.
        fonts: names of the fonts, None for those of the national standard's own digital forms.
    """
    written = io.BytesIO()
    _Writer(content, fonts or Fonts()).document().save(written)
    return written.getvalue()


class _Writer:
    """One document on its way to Word."""

    def __init__(self, content: OfficialDocument, fonts: Fonts) -> None:
        self._content = content
        self._fonts = fonts
        self._word: WordDocument = Document()
        self._lines = Lines(self._word, fonts)
        self._notes = Footnotes()

    def document(self) -> WordDocument:
        """Write all elements in the order of the standard; working sheets come after 版记."""
        content = self._content
        self._lines.set_page(self._word.sections[0])
        add_head(self._lines, content)
        self._title()
        self._body()
        self._end()
        announced = [annex for annex in content.annexes if annex.title in content.attachments]
        self._annexes(announced)
        add_imprint(self._lines, content, bool(announced))
        for annex in content.annexes:
            if annex not in announced:
                add_annex(self._lines, annex, "")
        self._notes.add_to(self._word, self._fonts.body)
        self._tell_origin()
        return self._word

    def _annexes(self, annexes: Sequence[Annex]) -> None:
        for number, annex in enumerate(annexes, 1):
            add_annex(self._lines, annex, f"附件{number if len(annexes) > 1 else ''}")

    def _tell_origin(self) -> None:
        """Keep in the file's properties what the document was made from."""
        properties = self._word.core_properties
        properties.title, properties.author = self._content.title[:250], self._content.issuer[:250]
        properties._element.description_text = ""  # python-docx refuses more than 255 characters here
        properties._element.find(qn("dc:description")).text = printable(self._content.origin)

    def _title(self) -> None:
        content = self._content
        if content.form is Form.MINUTES and not content.issuer_mark:
            return  # the mark says it
        title = self._lines.line("", size=paper.TITLE)
        for number, words in enumerate(title_lines(content.title)):
            run = self._lines.run(title, "", self._fonts.title, paper.TITLE)
            if number:
                run.add_break()
            run.add_text(printable(words))
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._lines.blank()

    def _body(self) -> None:
        if self._content.recipients:
            self._lines.line(f"{self._content.recipients}：")
        heading = {Level.FIRST: self._fonts.first, Level.SECOND: self._fonts.second}
        for piece in self._content.body:
            font = heading.get(piece.level, self._fonts.body)
            line = self._lines.line("")
            write_with_notes(self._lines, line, piece.text, font, piece.notes, self._notes)
            indent(line)
            # A heading stands by its text, and the signature never alone on a page.
            last = piece is self._content.body[-1] and lines_of(piece.text) <= _FEW
            line.paragraph_format.keep_with_next = bool(piece.level) or last

    def _end(self) -> None:
        content = self._content
        if content.attachments:
            self._lines.blank(together=True)
            self._attachments()
        if content.attendance:
            self._lines.blank()
            self._attendance()
        if content.form is not Form.MINUTES and (content.issuer or content.day):
            self._signature()
        if content.remark:
            indent(self._lines.line(f"（{content.remark}）"))

    def _attachments(self) -> None:
        names = self._content.attachments
        for number, name in enumerate(names, 1):
            counted = f"{number}.{name}" if len(names) > 1 else name
            head = "附件：" if number == 1 else ""
            line = self._lines.line(f"{head}{counted}")
            line.paragraph_format.keep_with_next = bool(self._content.issuer or self._content.day)
            # The names begin below each other: after two characters and the head of the first.
            line.paragraph_format.left_indent = Pt(5 * paper.CHARACTER_PITCH)
            line.paragraph_format.first_line_indent = Pt(-len(head) * paper.CHARACTER_PITCH)

    def _attendance(self) -> None:
        """Write who was there, away and sat in; names go on below the first after the colon (10.3)."""
        for head, names in self._content.attendance:
            line = self._lines.line(head, self._fonts.first)
            self._lines.run(line, f"：{names}")
            inset = 2 + len(head) + 1
            line.paragraph_format.left_indent = Pt(inset * paper.CHARACTER_PITCH)
            line.paragraph_format.first_line_indent = Pt(-(inset - 2) * paper.CHARACTER_PITCH)

    def _signature(self) -> None:
        """Write 署名 and 成文日期: the day four characters in, the name over its middle, room for a seal."""
        content = self._content
        self._lines.blank(2, together=True)
        day = written_day(content.day) if content.day else "【待补：成文日期】"
        inset = 4 + max(0.0, (width(day) - width(content.issuer)) / 2)
        for text, characters in (
            (content.issuer, inset),
            (day, 4 + max(0.0, (width(content.issuer) - width(day)) / 2)),
        ):
            if text:
                line = self._lines.line(text)
                line.paragraph_format.keep_with_next = text is content.issuer
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                line.paragraph_format.right_indent = Pt(characters * paper.CHARACTER_PITCH)

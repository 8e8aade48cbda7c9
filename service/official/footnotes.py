"""Footnotes of a docx, for which python-docx has no call: a part of their own, and marks in the text."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from service.office_text import printable
from service.official.lines import Lines
from service.official.oxml import element, set_fonts

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SIZE = 18
"""Half points: 小五."""
_RULES = ("separator", "continuationSeparator")
"""What Word draws between text and notes; their numbers come before those of the notes."""


class Footnotes:
    """The footnotes of one document, numbered as they come."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def mark(self, line: Paragraph, words: str) -> None:
        """Put the mark of a footnote at the end of what a line holds so far."""
        self._words.append(words)
        run = line.add_run()
        run.font.superscript = True
        run._r.append(element("w:footnoteReference", id=len(_RULES) + len(self._words) - 1))

    def add_to(self, word: WordDocument, font: str) -> None:
        """Add the part that holds their words, nothing where there are none."""
        if not self._words:
            return
        notes = element("w:footnotes")
        notes.extend(_rule(number, kind) for number, kind in enumerate(_RULES))
        notes.extend(_note(number, words, font) for number, words in enumerate(self._words, len(_RULES)))
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, serialize_part_xml(notes), word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def write_with_notes(
    lines: Lines, line: Paragraph, text: str, font: str, notes: tuple[tuple[int, str], ...], book: Footnotes
) -> None:
    """Write a text into a line with the marks of its footnotes after the characters they belong to."""
    position = 0
    for after, words in notes:
        if text[position:after]:
            lines.run(line, text[position:after], font)
        book.mark(line, words)
        position = max(position, after)
    if text[position:]:
        lines.run(line, text[position:], font)


def _rule(number: int, kind: str) -> Any:
    return _footnote(_run(element(f"w:{kind}")), id=number, type=kind)


def _note(number: int, words: str, font: str) -> Any:
    text = element("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {printable(words)}"
    mark, note = _run(element("w:footnoteRef")), _run(text)
    for run in (mark, note):
        set_fonts(run.get_or_add_rPr(), font)
        run.rPr.append(element("w:sz", val=_SIZE))
    mark.rPr.append(element("w:vertAlign", val="superscript"))
    return _footnote(mark, note, id=number)


def _run(content: Any) -> Any:
    run = element("w:r")
    run.append(content)
    return run


def _footnote(*runs: Any, **attributes: str | int) -> Any:
    """Return a footnote of one paragraph, its lines at their natural distance."""
    note, paragraph = element("w:footnote", **attributes), element("w:p")
    paragraph.get_or_add_pPr().append(element("w:spacing", line=240, lineRule="auto"))
    paragraph.extend(runs)
    note.append(paragraph)
    return note

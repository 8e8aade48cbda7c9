"""The few Word elements for which python-docx has no call."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

ANY_SCRIPT = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def element(name: str, **attributes: str | int) -> Any:
    """Return an element with attributes of the same name space."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_fonts(properties: Any, name: str) -> None:
    """Name one font for every script, and ask for East Asian forms of digits, quotes and dashes."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ANY_SCRIPT:
        fonts.set(qn(script), name)
    fonts.set(qn("w:hint"), "eastAsia")


def add_field(run: Run, instruction: str) -> None:
    """Add a field such as PAGE that Word fills in."""
    for kind in ("begin", None, "separate", "end"):
        if kind is None:
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {instruction} "
            run._r.append(words)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def borders(paragraph: Any, space: int = 1, **edges: tuple[float, str] | tuple[float, str, str]) -> None:
    """Draw rules at edges of a paragraph, each by its thickness in millimetres, its colour and its kind.

    `space` is the distance from words to rule in points; the kind is one of Word's, single if none is given.
    """
    properties = paragraph._p.get_or_add_pPr()
    drawn = properties.find(qn("w:pBdr"))
    if drawn is None:
        drawn = element("w:pBdr")
    for edge, (thickness, colour, *kind) in edges.items():
        eighths = max(2, round(thickness * 72 / 25.4 * 8))
        if kind:
            eighths *= 3  # what Word shares among the two rules and the gap between them
        drawn.append(
            element(f"w:{edge}", val=kind[0] if kind else "single", sz=eighths, space=space, color=colour)
        )
    drawn[:] = sorted(drawn, key=lambda edge: edge.tag != qn("w:top"))
    properties.insert_element_before(
        drawn, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def fix(line: Any, top: float, height: float, *, width: float, left: float | None = None) -> None:
    """Put a line into a frame of its own; lengths are points, its place counts from the page's upper edge.

    `left` counts from the left edge of the page, None puts it at that of 版心. LibreOffice drops the frame
    where several lines with different borders share one.
    """
    frame = element(
        "w:framePr",
        w=round(width * 20),
        h=round(height * 20),
        hRule="exact",
        wrap="notBeside" if left is not None else "around",
        vAnchor="page",
        hAnchor="margin" if left is None else "page",
        x=1 if left is None else round(left * 20),
        y=round(top * 20),
    )
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def rule(line: Any, points: float) -> None:
    """Make a line as thin as the rule that it carries."""
    spacing = line._p.get_or_add_pPr().get_or_add_spacing()
    spacing.set(qn("w:line"), str(round(points * 20)))
    spacing.set(qn("w:lineRule"), "exact")

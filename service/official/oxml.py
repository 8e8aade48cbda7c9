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


def borders(paragraph: Any, **edges: tuple[float, str]) -> None:
    """Draw rules at edges of a paragraph, each by its thickness in millimetres and its colour."""
    properties = paragraph._p.get_or_add_pPr()
    drawn = element("w:pBdr")
    for edge, (thickness, colour) in edges.items():
        eighths = max(2, round(thickness * 72 / 25.4 * 8))
        drawn.append(element(f"w:{edge}", val="single", sz=eighths, space=1, color=colour))
    properties.insert_element_before(
        drawn, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )

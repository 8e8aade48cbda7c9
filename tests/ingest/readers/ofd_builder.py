"""Builds OFD files (GB/T 33190): pages of text lines and ruled tables, placed in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.ingest.readers.docx_builder import zipped

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6
"""Height of a character (三号), and its step."""
LEFT, TOP, WIDTH = 27.0, 37.0, 156.0
LINE = 10.0
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def text(words: str, x: float, y: float, *, size: float = SIZE, extra: str = "", delta: str = "") -> str:
    """A text object whose first character stands at `x` and whose upper edge is at `y`."""
    width = size * len(words)
    steps = delta or f"g {max(1, len(words) - 1)} {size}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {width} {size}" Font="1" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size * 0.8:.2f}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def rule(x: float, y: float, right: float, bottom: float) -> str:
    """A ruling line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {right - x} {bottom - y}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {right - x} {bottom - y}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def paragraphs(*words: str, top: float = TOP) -> list[str]:
    """Paragraphs as a page shows them: indented, and wrapped at the margin."""
    measure = int(WIDTH / SIZE)
    wrapped: list[str] = []
    for words_of_one in words:
        line = f"\u3000\u3000{words_of_one}"
        wrapped += [line[at : at + measure] for at in range(0, len(line), measure)]
    return lines(wrapped, top)


def lines(words: Sequence[str], top: float = TOP) -> list[str]:
    """Lines below each other; white space at the beginning of a line stays white."""
    made: list[str] = []
    for at, line in enumerate(words):
        bare = line.lstrip("\u3000")
        if bare:
            made.append(text(bare, LEFT + SIZE * (len(line) - len(bare)), top + at * LINE))
    return made


def table(rows: Sequence[Sequence[str]], top: float, widths: Sequence[float]) -> list[str]:
    """A ruled table whose cells hold one line each."""
    edges = [LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    bottom = top + LINE * len(rows)
    made = [rule(edges[0], top + LINE * at, edges[-1], top + LINE * at) for at in range(len(rows) + 1)]
    made += [rule(edge, top, edge, bottom) for edge in edges]
    for at, row in enumerate(rows):
        for edge, words in zip(edges[:-1], row, strict=True):
            if words:
                made.append(text(words, edge + 1, top + LINE * at + 3, size=4.0))
    return made


def ofd(*pages: Sequence[str], template: Sequence[str] = (), parts: dict[str, str] | None = None) -> bytes:
    """The bytes of a file with these pages, each a list of objects; `template` stands behind every page."""
    templates = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    places = "".join(
        f'<ofd:Page ID="{10 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
    )
    used = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if template else ""
    held = {
        "OFD.xml": f"{_HEAD}<ofd:OFD {NAMESPACE} DocType='OFD' Version='1.0'><ofd:DocBody>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{_HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{templates}</ofd:CommonData>"
        f"<ofd:Pages>{places}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{at}/Content.xml": _page(used, page) for at, page in enumerate(pages)},
        **({"Doc_0/Tpls/Tpl_0/Content.xml": _page("", template)} if template else {}),
        **(parts or {}),
    }
    return zipped(held)


def _page(used: str, objects: Sequence[str]) -> str:
    return (
        f'{_HEAD}<ofd:Page {NAMESPACE}>{used}<ofd:Content><ofd:Layer ID="3">{"".join(objects)}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )

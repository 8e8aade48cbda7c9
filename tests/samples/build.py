"""Writes the files of the bundled samples from their canonical texts: `python -m tests.samples.build`."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from tests.samples import page, paper, sheet, word

SAMPLES = Path(str(files("corpus.samples")))
_PAGE_CHARACTERS = 180
"""Characters after which a text site puts the number of the next page, in mid-sentence."""

_INSIDE = re.compile(r"\n.{82,}?[\u4e00-\u9fff](?=[\u4e00-\u9fff]{3})")
"""The first place deep inside a paragraph and inside a word."""

_FACTS = {"published": "2026-02-25 09:30", "source": "市委农办", "channel": "规划计划"}
_REPORT = {"published": "2026-09-29 16:10", "source": "市生态环境局", "channel": "督察整改"}


def with_page_markers(text: str) -> str:
    """Return a text in the form in which text sites give it: page numbers "2、" cut words in two."""
    first, *rest = text.rstrip("\n").split("\n")
    words = "\n".join(rest)
    cuts = [0]
    while found := _INSIDE.search(words, cuts[-1] + _PAGE_CHARACTERS):
        cuts.append(found.end())
    pages = [words[start:end] for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True)]
    return "\n".join([first, *(f"{number}、{part}" for number, part in enumerate(pages, start=1))]) + "\n"


BUILDERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "s01-river-plan": (".docx", word.document),
    "s02-river-report": (".html", lambda text: page.published_plainly(text, **_REPORT)),
    "s03-water-source-list": (".txt", lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
    "s04-safety-table": (".docx", lambda text: word.document(text, own_numbering=False)),
    "s05-business-notice": (".pdf", lambda text: paper.document(text, title_lines=3)),
    "s06-rural-points": (".html", lambda text: page.published_by_cms(text, **_FACTS)),
    "s07-safety-speech": (".txt", lambda text: with_page_markers(text).encode()),
    "s08-school-food-measures": (".txt", lambda text: text.replace("\n", "\r\n").encode("gbk")),
    "s09-collective-economy-opinion": (
        ".docx",
        lambda text: word.document(text, title_lines=3, own_numbering=False),
    ),
    "s10-forest-fire-notice": (".docx", lambda text: word.document(text, title_lines=4, own_numbering=False)),
    "s11-livelihood-report": (".pdf", lambda text: paper.document(text, title_lines=3)),
    "s12-drainage-action-plan": (
        ".pdf",
        lambda text: paper.document(
            text, running_head="白鹭区城市内涝治理三年行动计划", widths=[38, 80, 127, 50, 80, 60]
        ),
    ),
    "s13-audit-ledger": (".xlsx", sheet.ledger),
}
"""By the stem of the canonical text: the suffix of the real file and what writes it."""


def write_files(folder: Path) -> list[Path]:
    """Write all sample files into `folder`; return their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for stem, (suffix, build) in BUILDERS.items():
        text = (SAMPLES / "docs" / f"{stem}.txt").read_text("utf-8")
        path = folder / f"{stem}{suffix}"
        path.write_bytes(build(text))
        written.append(path)
    return written


if __name__ == "__main__":
    write_files(SAMPLES / "files")

"""Tells of a Word template with fields what each field that it names was filled with, and from what."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterator, Sequence

from docx import Document

from corpus.registry.tables import read_table
from service.drafting.saying import GAP
from service.official.opening import opened
from service.templates.fields import Value
from service.templates.placeholders import Placeholder
from service.templates.rendering import all_paragraphs, render

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"(?<![\w.])\w+")
_GAP = re.compile(re.escape(GAP) + r"(?P<missing>[^】]*)】")
_OF_ROWS = ("台账", "台账统计")


def render_with_gaps(template: bytes, known: dict[str, Value]) -> tuple[bytes, list[Placeholder]]:
    """Return the docx with its fields filled, and each 【待补】 that stands in it then.

    For a worker process: what comes out may be large.

    Raises:
        UserError: as `render` does.
    """
    made = render(template, known)
    lines = enumerate(all_paragraphs(Document(io.BytesIO(made))), 1)
    gaps = [(line, found) for line, paragraph in lines for found in _GAP.finditer(paragraph.text)]
    return made, [Placeholder(line, found[0], found["missing"]) for line, found in gaps]


def named_fields(template: bytes, known: dict[str, Value], documents: Sequence[str]) -> Iterator[Placeholder]:
    """Yield each field that the template names, in its order.

    Args:
        template: a sound docx with fields.
        known: every field with its value.
        documents: ids of what it was filled from.
    """
    table = {row["field"]: row for row in read_table("service.templates", "fields.tsv") if not row["within"]}
    for line, name in _names(template, table):
        row, ids = table[name], tuple(documents)
        if row["source"] in _OF_ROWS:
            ids = _rows_of(name, known)
        counted = f"台账{len(ids)}行的统计" if row["source"] == "台账统计" else row["source"]
        yield Placeholder(line, name, row["meaning"], _told(known[name]), counted, ids)


def _names(template: bytes, table: Container[str]) -> list[tuple[int, str]]:
    """Return the paragraph and the name of each field where it is first named, in text order."""
    found: dict[str, int] = {}
    for line, paragraph in enumerate(all_paragraphs(opened(template)), 1):
        for tag in _TAG.findall(paragraph.text):
            for name in _NAME.findall(_QUOTED.sub("", tag)):
                if name in table:
                    found.setdefault(name, line)
    return [(line, name) for name, line in found.items()]


def _rows_of(name: str, known: dict[str, Value]) -> tuple[str, ...]:
    """Return the rows that a list shows or a number counts: 逾期数 those of 逾期任务; else all."""
    stem = name.removesuffix("数").removesuffix("任务")
    rows = known.get(f"{stem}任务", known["任务"])
    return tuple(str(row["编号"]) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _told(value: Value) -> str:
    """Return a value in words, a list by its length."""
    return f"{len(value)}项" if isinstance(value, list) else str(value)

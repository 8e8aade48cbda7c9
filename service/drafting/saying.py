"""Puts facts into the sentences of the tables; the sentence remembers what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from corpus.registry.tables import read_table
from service.drafting.draft import UNKNOWN, Kind, Origin, Paragraph, Source, Statement
from service.drafting.item import Item, counted
from service.drafting.wording import listed, quoted

GAP = "【待补："
MOST_NAMES = 3
"""Tasks that a sentence names before it says how many there are."""
ORDINALS = "一二三四五六七八九十"


def say(sentence: str, /, *sources: Source, **slots: object) -> Statement:
    """Return the sentence of that name in the table, with its slots filled.

    Raises:
        KeyError: when there is no such sentence, or a slot is missing; both are bugs.
    """
    text = _sentences()[sentence].format(**slots)
    return Statement(text, tuple(replace(source, template=sentence) for source in sources))


def gap(missing: str) -> str:
    """Return the mark for what a person has to fill in."""
    return f"{GAP}{missing}】"


def unknown(missing: str) -> Statement:
    """Return a sentence that is nothing but a gap."""
    return Statement(f"{gap(missing)}。", (UNKNOWN,))


def phrases(name: str, **slots: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a phrase of the genre; one with a gap is marked as unknown."""
    for row in read_table("service.drafting", "phrases.tsv"):
        if row["phrase"] == name:
            heading, _, text = row["text"].format(**slots).rpartition("|")
            if heading:
                yield Paragraph(
                    (Statement(heading, (Source(Origin.TEMPLATE, template=name),)),), Kind.HEADING
                )
            origin = Origin.UNKNOWN if GAP in text else Origin.TEMPLATE
            yield Paragraph((Statement(text, (Source(origin, template=name),)),))


def phrase_names() -> frozenset[str]:
    """Return the names of all phrases."""
    return frozenset(row["phrase"] for row in read_table("service.drafting", "phrases.tsv"))


def names_of(items: Sequence[Item], most: int = MOST_NAMES) -> str:
    """Return the names of the first tasks, each in quotes: “甲”“乙”."""
    return "".join(quoted(name) for name in dict.fromkeys(item.name for item in items[:most]))


def some(stem: str, items: Sequence[Item], /, **slots: object) -> Statement:
    """Return the sentence `stem_named` with the names of all tasks, or `stem_some` with some and a count."""
    few = len(items) <= MOST_NAMES
    sources = [counted(items)] if not few else [item.source() for item in items]
    sentence = f"{stem}_named" if few else f"{stem}_some"
    return say(sentence, *sources, names=names_of(items), count=len(items), **slots)


def sources_of(items: Sequence[Item]) -> list[Source]:
    """Return the sources of what units reported of some tasks, with their count where there are several."""
    return [*(item.source(reported=True) for item in items), *([counted(items)] if len(items) > 1 else [])]


def units_of(items: Sequence[Item], most: int = 6) -> str:
    """Return who answers for some tasks: 市水利局和市住房城乡建设局, with 等 after `most`; "" for nobody."""
    units = list(dict.fromkeys(unit for item in items for unit in item.leads))
    return listed(units) if len(units) <= most else f"{'、'.join(units[:most])}等{len(units)}个单位"


def numbered(points: Sequence[Sequence[Statement]]) -> Iterator[tuple[Statement, ...]]:
    """Yield points as 一是…二是…; a single one is not numbered."""
    for number, point in enumerate(points):
        if len(points) == 1 or number >= len(ORDINALS):
            yield tuple(point)
            continue
        first = replace(point[0], text=f"{ORDINALS[number]}是{point[0].text}")
        yield (first, *point[1:])


@cache
def _sentences() -> dict[str, str]:
    return {row["sentence"]: row["text"] for row in read_table("service.drafting", "sentences.tsv")}

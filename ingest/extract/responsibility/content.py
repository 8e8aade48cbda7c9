"""Reads the words of a statement: labels, lists with role words, clauses for the whole document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.spans import Span, trim
from corpus.task import Reference, Role
from ingest.extract.references import find_references
from ingest.extract.responsibility.labels import UNIT_FIELDS, Field, FieldKind, find_fields
from ingest.extract.responsibility.phrases import read_phrases
from ingest.extract.responsibility.statement import Content, Named

FIRST_LEADS = re.compile(
    r"[，,；;。（(]?\s*(?:其中[，,]?)?(?:以上)?(?:责任单位中?[，,]?)?(?:(?:排名?|列|名列|排序|位列|位于|居)?(?:在)?(?:第一|首位|列首|最前面?|靠前)(?:位|个|名)?)"
    r"[^，,。；;（()）]{0,8}?(?:为|是|系)(?:该项工作|该项任务|该任务|本项工作|总)?(?:的)?(?:牵头|主责|主办|责任)[^，,。；;（()）]{0,8}(?:[，,]下同)?[）)]?"
)
_STAR_NOTE = re.compile(
    r"[，,；;。（(]\s*(?:注[:：])?(?:其中[，,]?)?(?:以?[标带加注打]注?有?|前面?有|名称前)?[“\"‘（(]?[★☆*＊▲△●■◆][”\"’）)]?[^，,；;。]{0,14}?"
    r"(?:为|是|系|表示|指)[^，,；;。（(]{0,16}"
)
_EVERYWHERE = re.compile(
    r"(?<![^\n。；;，,（(：:])\s*(?:注[:：])?(?:以[上下](?:所有|各项|全部|各条)?|各项)(?:责任单位|工作任务|重点任务|任务|工作|事项|措施|项目|内容|各项|各条|政策){0,2}中?(?:均|都)?"
    r"(?:由|需要?|须|应由|包含|包括|涉及|要求|含|，?不再列出)(?P<units>[^。]*?)"
    r"(?:(?:共同|具体|抓好|组织|贯彻|分别|参照|抓)*(?:负责|落实|配合|实施|执行))?[，,；;]?\s*(?:以下)?(?:均|都)?不(?:再|一一|逐一|另)[^，,。；;）)]*"
)
_EVERYWHERE_PLAIN = re.compile(
    r"(?<![^\n。；;，,（(：:])\s*以[上下](?:所有|各项|全部|各条)?(?:责任单位|工作任务|重点任务|任务|工作|事项|措施)?(?:均|都)(?:由|需要?|须|应由)(?P<units>[^。；;）)]*?)"
    r"(?:共同|具体|抓好|组织|贯彻|分别|抓)*(?:负责|落实|配合|实施|执行)"
)
_DEFINITION = re.compile(r"[,，;；。]?[^,，;；。]{0,20}(?:以下)?(?:均)?(?:简称|统称)[^,，;；。）)]*")
_TRIFLE = re.compile(r"^(?:下同|排名不分先后|排名不分前后|不再列出|[\s,，;；。、]*)$")
_ROLES = {kind: Role(kind.value) for kind in UNIT_FIELDS}


@dataclass(slots=True)
class _Gathered:
    """The parts of a statement while it is read."""

    units: list[Named] = field(default_factory=list)
    persons: list[Span] = field(default_factory=list)
    deadlines: list[Span] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_content(text: str, span: Span, stars: Role | None = None, first_leads: bool = False) -> Content:
    """Return what the words at `span` (without brackets) say about responsibility.

    `stars` is what the document says ★ means; `first_leads` that it says the unit named first leads.
    """
    span, everywhere = _take_everywhere(text, span)
    span, said = _take(text, span, FIRST_LEADS)
    span, _ = _take(text, span, _STAR_NOTE)
    references = find_references(text, span)
    gathered = _Gathered()
    for part in _outside_references(_without_definition(text, span), references):
        _read(text, part, stars, gathered)
    units = _order_leads(gathered.units) if said or first_leads else gathered.units
    listed = {unit.span.of(text) for unit in units}
    return Content(
        units=tuple(units),
        everywhere=tuple(unit for unit in everywhere if unit.span.of(text) not in listed),
        repeated=tuple(everywhere),
        persons=tuple(gathered.persons),
        deadlines=tuple(gathered.deadlines),
        references=references,
        first_leads=said,
        doubts=tuple(gathered.doubts),
    )


def _outside_references(span: Span, references: tuple[Reference, ...]) -> list[Span]:
    """Return the words before the first reference and those after the last; all without one."""
    if not references:
        return [span]
    first, last = references[0].span, references[-1].span
    parts = (Span(span.start, first.start), Span(last.end, max(last.end, span.end)))
    return [part for part in parts if part]


def _read(text: str, span: Span, stars: Role | None, gathered: _Gathered) -> None:
    """Read labelled fields, and what stands before the first of them as a plain list."""
    fields = find_fields(text, span)
    before = Span(span.start, fields[0].label.start if fields else span.end)
    if not _TRIFLE.match(before.of(text)):
        gathered.units += read_phrases(text, before, None, stars)
    leads = any(item.kind is FieldKind.LEAD for item in fields)
    for item in fields:
        _read_field(text, item, leads, stars, gathered)


def _read_field(text: str, item: Field, leads: bool, stars: Role | None, gathered: _Gathered) -> None:
    """Add the value of one labelled field."""
    value = trim(text, item.value)
    if item.kind is FieldKind.PERSON:
        gathered.persons.append(value)
    elif item.kind is FieldKind.DEADLINE:
        gathered.deadlines.append(value)
    elif item.kind in UNIT_FIELDS and value:
        gathered.units += read_phrases(text, value, _ROLES[item.kind], stars)


def _take_everywhere(text: str, span: Span) -> tuple[Span, list[Named]]:
    """Cut a clause for the whole document off the end and return the units it names."""
    match = _EVERYWHERE.search(text, span.start, span.end) or _EVERYWHERE_PLAIN.search(
        text, span.start, span.end
    )
    if match is None:
        return span, []
    units = read_phrases(text, Span(match.start("units"), match.end("units")))
    return Span(span.start, match.start()), list(units)


def _take(text: str, span: Span, pattern: re.Pattern[str]) -> tuple[Span, bool]:
    """Cut a clause off the end of the statement; tell whether it stood there."""
    match = pattern.search(text, span.start, span.end)
    if match is None:
        return span, False
    return Span(span.start, match.start()), True


def _without_definition(text: str, span: Span) -> Span:
    """Cut a definition off the end: 以上园区管委会简称各管委会."""
    for match in _DEFINITION.finditer(text, span.start, span.end):
        if match.end() >= span.end - 1 and "（" not in match.group() and "(" not in match.group():
            return Span(span.start, match.start())
    return span


def _order_leads(units: list[Named]) -> list[Named]:
    """Let the first unit lead where nothing else says who leads."""
    if not units or any(unit.role is Role.LEAD for unit in units):
        return units
    first = units[0]
    return [Named(first.span, Role.LEAD, first.group), *units[1:]]

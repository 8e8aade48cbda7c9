"""A net below the rules: words that look like a statement of responsibility but ended in no task.

It knows nothing of the rules that make tasks, so that what they miss is not missed here for the same reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from corpus.document import Block, BlockKind, Document, Problem
from corpus.spans import Span
from corpus.task import Task
from ingest.extract.tables.columns import column_of

CATEGORY = "overlooked"
COMPONENT = "extract"
MOST = 20
"""So many are told of one document; a document with more is no plan that this product reads."""
_SHOWN = 40
_MESSAGE = "“{}”像是责任分工，但没有归入任何任务，请对照原文核对，需要时手工补录。"
_FLAT = (
    "“{}”像是表格的表头，但表格已被转换成一行一格的文字，其中的任务没有识别出来，"
    "请改用带表格的原文件（docx、xlsx、pdf），或对照原文手工补录。"
)
_HEADS_IN_A_ROW, _LONGEST_HEAD = 3, 10
_MANY = "还有 {} 处文字像是责任分工，但没有归入任何任务，请对照原文核对。"

_LABEL = (
    r"(?:(?:[省市州县区镇]级)?(?:总?牵头|责任|主责|配合|协办|主办|承办|会办|落实|参与|督导|整改|实施)"
    r"(?:责任)?(?:单位|部门|处室|科室|主体))\s*[:：]"
)
_UNIT = r"(?:[局厅委办部院会府社]|公司|集团|中心|银行|单位|部门|大队|支队|街道|[县区镇乡])"
_ROLE = (
    rf"{_UNIT}(?:[〕）)］】])?等?(?:按照?(?:各自)?(?:职责|职能|分工)+(?:分工)?|分别|共同|具体)?"
    r"(?:牵头|负责|配合|落实|承办|协办|参与)(?:负责|落实|实施|配合|组织实施)?"
)
_PAIR = r"[（(〔［\[【][^（()）〔〕［］\[\]【】\n\t]*[）)〕］\]】]"
_BRACKET = re.compile(
    rf"[（(〔［\[【](?P<inner>(?:[^（()）〔〕［］\[\]【】\n\t]|{_PAIR}){{4,400}})(?:[）)〕］\]】]|(?=\n|$))"
)
_STATED = re.compile(rf"^\s*{_LABEL}|{_ROLE}\s*(?:[，,；;。]|$)")
_LINE = re.compile(rf"(?:^|(?<=[。；;\n\t]))[ \u3000]*(?P<inner>{_LABEL}[^\n\t]{{2,300}})", re.MULTILINE)
_ASIDE = re.compile(
    r"下同|简称|统称|排名|不再列出|负责解释|解释工作|联系人|电话|名单|组长|成员单位[:：]|组成人员|详见|见附件|如下[:：]?$"
    r"|(?:单位|部门)[:：]\s*(?:略|无|/|—|-|_|×|x|X)*\s*(?:$|[。；;）)])"
)
_NAMES = re.compile(_UNIT)


def find_overlooked(document: Document, tasks: Iterable[Task]) -> tuple[Problem, ...]:
    """Return a problem for each stretch that says who is responsible and that no task has taken up.

    A stretch is taken up when a unit, a person or a reference of a task stands in it. () for most documents.
    """
    used = _Used(tasks)
    missed = [span for span in _statements(document) if not used.within(span)]
    found = [*_flattened(document), *(_problem(document, span) for span in missed[:MOST])]
    if len(missed) > MOST:
        found.append(_told(document, _MANY.format(len(missed) - MOST), None))
    return tuple(found)


class _Used:
    """Where the units, references and persons of tasks stand."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        spans: list[Span] = []
        for task in tasks:
            spans += [unit.span for unit in task.units]
            spans += [ref.span for ref in task.refs]
        self._starts = sorted(span.start for span in spans)

    def within(self, stretch: Span) -> bool:
        """Tell whether one of them begins in a stretch."""
        at = bisect_left(self._starts, stretch.start)
        return at < len(self._starts) and self._starts[at] < stretch.end


def _statements(document: Document) -> Iterator[Span]:
    """Yield the stretches that look like a statement, in text order, each once."""
    end = 0
    for span in sorted({*_bracketed(document.text), *_labelled(document.text)}):
        if span.start >= end and not _heads_columns(document, span):
            yield span
            end = span.end


def _bracketed(text: str) -> Iterator[Span]:
    for match in _BRACKET.finditer(text):
        if _states(match["inner"]) and _STATED.search(match["inner"]):
            yield Span(*match.span("inner"))


def _labelled(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        if _states(match["inner"]):
            yield Span(*match.span("inner"))


def _states(words: str) -> bool:
    """Tell whether words name a unit, and are no aside on names or explanations."""
    return _NAMES.search(words) is not None and _ASIDE.search(words) is None


def _heads_columns(document: Document, span: Span) -> bool:
    """Tell whether a stretch stands in a column head."""
    at = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    if at < 0:
        return False
    block = document.blocks[at]
    return block.row is not None and block.row.header


def _flattened(document: Document) -> Iterator[Problem]:
    """Yield one problem where a table's head stands in lines, a cell each: its rows cannot be told apart."""
    run: list[str] = []
    for block in document.blocks:
        words = block.span.of(document.text).strip()
        if _heads_column(block, words):
            run.append(words)
            continue
        if len(run) >= _HEADS_IN_A_ROW and any(head.endswith(("单位", "部门")) for head in run):
            yield _told(document, _FLAT.format("、".join(run)), document.page_at(block.span.start))
            return
        run = []


def _heads_column(block: Block, words: str) -> bool:
    """Tell whether a line of its own is what a column is called."""
    plain = block.kind is BlockKind.PARAGRAPH and block.row is None
    return plain and len(words) <= _LONGEST_HEAD and column_of(words) is not None


def _problem(document: Document, span: Span) -> Problem:
    words = span.of(document.text).strip()
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    return _told(document, _MESSAGE.format(shown), document.page_at(span.start))


def _told(document: Document, message: str, page: int | None) -> Problem:
    return Problem(document.source, COMPONENT, CATEGORY, message, page)

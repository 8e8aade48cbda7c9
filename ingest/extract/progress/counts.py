"""How far a matter has come: counted parts (8个问题，4个完成、4个正在整改), and the passage as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.spans import Span
from corpus.task import Count, ProgressStatus
from ingest.extract.clauses import sentences
from ingest.extract.patterns import word_pattern

_STATUS = {
    ProgressStatus.NOT_STARTED: re.compile(word_pattern("progress_status", kind="not_started")),
    ProgressStatus.ONGOING: re.compile(word_pattern("progress_status", kind="ongoing")),
    ProgressStatus.DONE: re.compile(word_pattern("progress_status", kind="done")),
}
_ANY_STATUS = word_pattern("progress_status")
_STATUS_AFTER = re.compile(rf"(?:因[^，,]{{1,15}})?(?:问题|项目|任务|已经?|均|全部|目前|仍)*{_ANY_STATUS}")
_STATUS_BEFORE = re.compile(rf"(?<![超按]){_ANY_STATUS}(?:整改|治理|修复|任务|建设)*$")
_QUANTITY = re.compile(
    r"(?<![0-9０-９.])(?P<value>[0-9０-９]{1,6})(?P<unit>个|家|项|户|座|处|条|件|名|所|宗|起|栋|亩|公里|批|人|艘|台|眼|口|村)"
)
_CLAUSE_END = re.compile(r"[，,；;、。\n]")
_ALL = re.compile(
    r"[^，,。；;、\n]{0,6}?[，,]?(?:均|全部|已全部|都)[^，,。；;、\n]{0,3}"
    + word_pattern("progress_status", kind="done")
)
_STILL = re.compile(r"正在|截至目前|目前|尚有|尚在|推进中|仍在|剩余|继续整改|有序推进中|^(?:持续|常态化)")
_RESULT = re.compile(
    r"了|完成|印发|建立|设立|组建|发布|开通|启用|拆除|实现|建成|召开|制定|成立|出台|获|办结|化解|处置|拨付|兑现|突破|达到?[0-9０-９]|增长[0-9０-９]|累计|已|新建|新增|组织|提前|发放|做到"
)
_PER_OPEN = 4
"""So many results outweigh one word such as 正在: a long account of work done is not open for one of them."""
_WAITING = re.compile(r"^[^。]{0,40}(?:尚未启动|尚未开展|未启动|未开工|待启动|拟于)")


@dataclass(frozen=True, slots=True)
class CountedPart:
    """A count with the place of its number."""

    count: Count
    span: Span
    whole: Span
    """The number that it is a part of; its own place when all of it is done: 37个，全部核查到位."""


@dataclass(frozen=True, slots=True)
class _Number:
    span: Span
    value: int
    unit: str


def find_counts(text: str, span: Span) -> tuple[CountedPart, ...]:
    """Return the counted parts within `span`: numbers that divide a larger one of the same unit before."""
    found: list[CountedPart] = []
    for sentence in sentences(text, span):
        found.extend(_counts_in(text, sentence))
    return tuple(found)


def _counts_in(text: str, sentence: Span) -> Iterator[CountedPart]:
    numbers = [
        _Number(Span(*match.span()), int(match["value"]), match["unit"])
        for match in _QUANTITY.finditer(text, sentence.start, sentence.end)
    ]
    whole: _Number | None = None
    left = 0
    for index, number in enumerate(numbers):
        status = _part_status(*_around(text, sentence, numbers, index))
        if whole and status and number.unit == whole.unit and number.value <= left:
            left -= number.value
            yield CountedPart(Count(number.value, status), number.span, whole.span)
            continue
        whole, left = number, number.value
        if _ALL.match(text, number.span.end, sentence.end):
            yield CountedPart(Count(number.value, ProgressStatus.DONE), number.span, number.span)


def _around(text: str, sentence: Span, numbers: list[_Number], index: int) -> tuple[str, str]:
    """Return the words of the clause before and after a number, not reaching over the numbers beside it."""
    number = numbers[index].span
    floor = numbers[index - 1].span.end if index else sentence.start
    before = _CLAUSE_END.split(text[floor : number.start])[-1]
    ceiling = numbers[index + 1].span.start if index + 1 < len(numbers) else sentence.end
    return before, _CLAUSE_END.split(text[number.end : ceiling])[0]


def _part_status(before: str, after: str) -> ProgressStatus | None:
    """Return the status of a counted part, None when the words count something else.

    The status stands right after the number (4个正在整改) or right before it (整改到位1个); with a noun
    between them it is a count of its own (建成绿色矿山2个).
    """
    if _STATUS_AFTER.match(after):
        return _status_in(after)
    ending = _STATUS_BEFORE.search(before)
    return _status_in(ending[0]) if ending else None


def _status_in(words: str) -> ProgressStatus | None:
    """Return the first status, the least advanced first, that the words name."""
    return next((status for status, pattern in _STATUS.items() if pattern.search(words)), None)


def status_of(text: str, span: Span, counts: tuple[CountedPart, ...]) -> ProgressStatus:
    """Return how far a passage says its matter has come."""
    statuses = {part.count.status for part in counts}
    if statuses:
        return statuses.pop() if len(statuses) == 1 else ProgressStatus.ONGOING
    words = span.of(text)
    if _WAITING.search(words) and not _STILL.search(words):
        return ProgressStatus.NOT_STARTED
    open_matters, results = len(_STILL.findall(words)), len(_RESULT.findall(words))
    if not results or _PER_OPEN * open_matters > results:
        return ProgressStatus.ONGOING
    return ProgressStatus.DONE

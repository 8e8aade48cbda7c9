"""What a sentence says of each of its values: which of them belong to another kind than the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.registry.tables import column
from corpus.spans import Span
from service.ask.fitting.matching import Weights, contradicts, kinds_counted, said
from service.ask.pieces.bounds import asks_most_or_least
from service.ask.pieces.respective import respective_value
from service.ask.pieces.value import Value
from service.ask.questions.alternatives import speaks_of_another
from service.ask.questions.question import Kind, Question

BOUND = 0.8
"""How well a number suits a question for the most or the least that names a bound itself: 不超过2万元."""
_ELSEWHERE = re.compile("(?:其他|其它|其余)(?:区域|地区|区县|县|城区|城市|人员|家庭|群体|情形|项目|企业)")
"""What is said of the others, of which a question does not speak."""
_FUND = "公积金"
_NEXT_VALUE = re.compile("、\\d")
"""Joins the values of a list, which share what follows: 15平方米、12平方米的奖励."""
_RATE_OF = re.compile("^[ ]?[/／][一-龥]{1,3}")
"""What the value before is of: 月 in 2000元/月，每年不超过24000元."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it is read for a question."""

    words: str
    lead: str
    """What stands before it up to the last full stop: parts between ； share what the first one speaks of."""
    question: Question
    weights: Weights

    @classmethod
    def of(cls, text: str, sentence: Span, question: Question, weights: Weights) -> Reading:
        """Return the reading of a sentence of a text."""
        start = max(text.rfind(mark, 0, sentence.start) for mark in "。\n") + 1
        return cls(sentence.of(text), text[start : sentence.start], question, weights)

    def of_kind(self, given: list[Value]) -> list[Value]:
        """Return the numbers of the sentence without those of other kinds than asked, where any is left."""
        asked = self.question.text
        if self.question.kind not in (Kind.NUMBER, Kind.WHEN):
            return given
        # 工作方案 in the name of the plan is not the 工作方案 of a list.
        named = self.question.document
        if respective := respective_value(self.words, given, asked.replace(named, " ") if named else asked):
            return [replace(respective, suits=max(respective.suits, 1.0))]
        if self.question.kind is Kind.WHEN:
            return given
        kept = [value for value in given if not self.is_other(value, given)] or given
        bound = [value for value in kept if value.suits >= BOUND] if asks_most_or_least(asked) else []
        return bound or kept

    def is_other(self, value: Value, given: Sequence[Value]) -> bool:
        """Tell whether a value's own part of the sentence speaks of another kind than the question.

        Of several values in a sentence each has the words from the one before it to the end of its clause.
        """
        own = self._own(value, given)
        if _ELSEWHERE.search(own) and not _ELSEWHERE.search(self.question.text):
            return True
        return contradicts(self.weights, own) or speaks_of_another(own, self.question.kinds, self.lead)

    def is_of_other_case(self, value: Value, given: Sequence[Value]) -> bool:
        """Tell whether a number is of one kind (三孩) where the question names none, or the other way."""
        if self.question.kind is not Kind.NUMBER:
            return False
        asked = kinds_counted(self.question.text)
        if asked and asked.isdisjoint(said(self.weights, self.words)):
            return True
        of_kind = not asked and bool(kinds_counted(self._own(value, given)))
        if of_kind or self._is_of_fund(value):
            return True
        return not self._groups_asked() and self._is_of_group(value)

    def _is_of_group(self, value: Value) -> bool:
        """Tell whether the clause of a value speaks of groups with rules of their own."""
        return any(pattern.search(self._clause(value)) for pattern in _special_groups())

    def _is_of_fund(self, value: Value) -> bool:
        """Tell whether a value is of loans of the housing fund, where the question speaks of homes only."""
        return _FUND in self._clause(value) and _FUND not in self.question.text

    def _clause(self, value: Value) -> str:
        return self.words[clause_start(self.words, value.span) : value.span.start]

    def _groups_asked(self) -> list[re.Pattern[str]]:
        return [pattern for pattern in _special_groups() if pattern.search(self.question.text)]

    def misses_group(self, above: str) -> bool:
        """Tell whether a number is of everybody where a group with a rule of its own is asked about.

        Args:
            above: the headings above the sentence, which may name the group too.
        """
        asked = self._groups_asked() if self.question.kind is Kind.NUMBER else []
        told = f"{above}{self.lead}{self.words}"
        return bool(asked) and not any(pattern.search(told) for pattern in asked)

    def end_of(self, value: Value) -> int:
        """Return where a value's own words end: a condition (满3年的) has the clause that follows from it."""
        end = clause_end(self.words, value.span)
        while _NEXT_VALUE.match(self.words, end):
            end = clause_end(self.words, Span(end, end + 1))
        conditional = self.words[:end].endswith("的") and end < len(self.words)
        return clause_end(self.words, Span(end, end + 1)) if conditional else end

    def duty_of(self, value: Value, given: Sequence[Value]) -> str:
        """Return the part of the sentence that tells the duty of a unit: up to the clause of the next one."""
        start = clause_start(self.words, value.span)
        later = [clause_start(self.words, item.span) for item in given]
        return self.words[start : min((at for at in later if at > start), default=len(self.words))]

    def _own(self, value: Value, given: Sequence[Value]) -> str:
        """Return a value's own part of the sentence: from the value before it to the end of its clause."""
        before = [item.span.end for item in given if item.span.end <= value.span.start and item.suits >= 0]
        own = self.words[max(before, default=0) : self.end_of(value)]
        return _RATE_OF.sub("", own) if before else own


def clause_start(sentence: str, place: Span) -> int:
    """Return where the clause that holds `place` begins."""
    return max(sentence.rfind(mark, 0, place.start) for mark in "，,；;：:") + 1


def clause_end(sentence: str, place: Span) -> int:
    """Return where the clause that holds `place` ends."""
    ends = (sentence.find(mark, place.end) for mark in "，,、；;")
    return min((end for end in ends if end >= 0), default=len(sentence))


@cache
def _special_groups() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in column("service.ask", "special_groups.tsv", "pattern"))

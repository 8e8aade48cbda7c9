"""Which facts of a paragraph the records do not bear out, or state otherwise at that place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.spans import Span
from service.verify.claims import UnitClaim, limit_claims, spoken_claims, unit_claims
from service.verify.facts import Fact, FactKind, bare
from service.verify.placed import Placed, best_fitting, placed_facts
from service.verify.records import Records
from service.verify.row_evidence import RowEvidence, SourceText

STRONG = 8
"""Characters around a fact that, shared with a source, make it that source's fact."""
WEAK = 5
"""Characters that, shared with a source that agrees, are enough to believe it."""
_GAP = re.compile(r"【[^】]{0,200}】")
_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
_BRACKET = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
_QUOTED = re.compile(r"“([^“”]{3,80})”")
_OF_TASK = re.compile(r"牵头|负责|配合|前完成|底完成|日完成|办结|时限|期限")
_SOME_UNITS = re.compile(r"等[0-9一二三四五六七八九十]{1,3}个(?:单位|部门)|反映")
_GENERAL = re.compile(
    r"(?:[在由经报向按受和与及对把将从、]|各级?|当地|地方|上级|本级|我|全|党委|[省市县区州旗盟乡镇]{1,3}委)*"
    r"(?:[省市县区州盟旗乡镇]{0,3}(?:人民)?政府|党委|[省市县区州旗盟]委)"
)
"""党委、政府 in general, which nobody needs to prove."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that the records do not bear out."""

    fact: Fact
    instead: str = ""
    """What they state at that place, "" where they state nothing there."""


def findings(text: str, records: Records) -> tuple[Finding, ...]:
    """Return the facts of a paragraph that the records deny or do not know, in text order; () for none."""
    return _Paragraph(blanked(text), records).findings()


def blanked(text: str) -> str:
    """Return the text with what its author still has to fill in replaced by blanks, places kept."""
    return _GAP.sub(lambda found: "\u3000" * len(found[0]), text)


class _Sentence:
    """A sentence with what it speaks of."""

    def __init__(self, span: Span, text: str, records: Records) -> None:
        self.span = span
        self._words = span.of(text)
        self._records = records

    @cached_property
    def rows(self) -> list[RowEvidence]:
        """The rows of the ledger that it repeats, quotes or names."""
        plain = _BRACKET.sub("", self._words)
        called = self._records.rows_called(plain)
        if called:
            return called
        quoted = [found[1] for found in _QUOTED.finditer(self._words)]
        return self._records.rows_like([plain, *quoted], plain)

    @cached_property
    def tells_of_task(self) -> bool:
        """Whether it says who does a task and until when, as the sentence after the task's name does."""
        return bool(_OF_TASK.search(self._words))

    @property
    def tells_some_units(self) -> bool:
        """Whether it names some of the units that it speaks of: 市水利局、市财政局等4个单位."""
        return bool(_SOME_UNITS.search(self._words))

    @cached_property
    def like(self) -> list[SourceText]:
        """The sentences of the sources that it repeats."""
        return self._records.sentences_like(self._words)

    @cached_property
    def borne_out(self) -> frozenset[Span]:
        """Its facts that the one sentence states which states most of them."""
        facts = placed_facts(self._words)
        stated = [frozenset(self._stated(facts, source)) for source in self.like]
        return max(stated, key=len, default=frozenset())

    def _stated(self, facts: Sequence[Placed], source: SourceText) -> Iterator[Span]:
        own = source.facts
        for placed in facts:
            fitting = best_fitting(placed, own)
            if any(placed.agrees(other, source.region) for other in fitting):
                yield placed.fact.span.shift(self.span.start)


class _Paragraph:
    """A paragraph on its way through the checks; each fact is judged once."""

    def __init__(self, text: str, records: Records) -> None:
        self._text = text
        self._records = records
        self._sentences = [_Sentence(span, text, records) for span in _sentences(text)]
        self._rows = list(dict.fromkeys(row for each in self._sentences for row in each.rows))

    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong, in text order."""
        claims = list(unit_claims(self._text))
        if self._rows:
            claims += spoken_claims(self._text)
        found = [*self._units(claims), *self._limits()]
        judged = [*(claim.span for claim in claims), *(claim.span for claim in limit_claims(self._text))]
        for placed in placed_facts(self._text):
            if not any(span.overlaps(placed.fact.span) for span in judged):
                wrong = self._judged(placed)
                found += [wrong] if wrong else []
        found += [
            Finding(Fact(FactKind.WORDING, span.of(self._text), span))
            for span in self._records.polarity.turned(self._text)
            if not any(finding.fact.span.overlaps(span) for finding in found)
        ]
        return tuple(sorted(found, key=lambda finding: finding.fact.span))

    def _units(self, claims: Sequence[UnitClaim]) -> Iterator[Finding]:
        """Yield units that the text gives a role which they do not have."""
        for claim in claims:
            rows = self._rows_of(claim.span)
            if rows:
                good = any(row.bears_out_unit(claim) for row in rows)
            else:
                good = self._records.names_unit(claim.name) or bare(claim.name) in self._records.folded
            if not good:
                own = rows[0].units(claim.roles) if len(rows) == 1 else ""
                yield Finding(Fact(FactKind.UNIT, claim.name, claim.span), own)

    def _limits(self) -> Iterator[Finding]:
        """Yield time limits that stand after a label and are not those of the task."""
        for claim in limit_claims(self._text):
            rows = self._rows_of(claim.span)
            if rows:
                good = any(row.bears_out_limit(claim) for row in rows)
            else:
                good = bare(claim.words) in self._records.folded or all(
                    self._records.states(placed) for placed in placed_facts(claim.words)
                )
            if not good:
                own = rows[0].limits() if len(rows) == 1 else ""
                yield Finding(Fact(FactKind.DAY, claim.words, claim.span), own)

    def _rows_of(self, span: Span) -> list[RowEvidence]:
        """Return the rows that the sentence at a span speaks of, else those of the sentences before it.

        Where several rows are alike, those stand for all that most of the words were taken from.
        """
        sentence = self._sentence(span)
        if sentence and sentence.rows:
            return sentence.rows
        weights: Counter[RowEvidence] = Counter()
        for each in self._sentences:
            if each.span.end <= span.end:
                weights.update(dict.fromkeys(each.rows, len(each.span)))
        most = max(weights.values(), default=0)
        return [row for row, weight in weights.items() if weight == most] or self._rows

    def _sentence(self, span: Span) -> _Sentence | None:
        return next((each for each in self._sentences if each.span.contains(span)), None)

    def _judged(self, placed: Placed) -> Finding | None:
        """Hold a fact against its counterparts, else what its sentence speaks of, else everything."""
        if placed.fact.kind is FactKind.QUOTATION:
            return None if self._records.states(placed) else Finding(placed.fact)
        sentence = self._sentence(placed.fact.span)
        if sentence and placed.fact.span in sentence.borne_out:
            return None
        shared, others = self._records.counterparts.of(placed)
        agrees = self._any_agrees(placed, others)
        if shared >= STRONG and not agrees:
            return Finding(placed.fact, _told(others))
        if (agrees and shared >= WEAK) or self._is_borne_out(placed, sentence):
            return None
        return Finding(placed.fact, "" if agrees or shared < WEAK else _told(others))

    def _any_agrees(self, placed: Placed, others: Sequence[Placed]) -> bool:
        regions = self._records.regions or {None}
        return any(placed.agrees(other, region) for other in others for region in regions)

    def _is_borne_out(self, placed: Placed, sentence: _Sentence | None) -> bool:
        if placed.fact.kind is FactKind.UNIT and sentence and sentence.tells_some_units:
            return self._records.states(placed)
        rows = sentence.rows if sentence else []
        if not rows and sentence and sentence.tells_of_task:
            rows = self._rows
        if rows and any(_row_states(row, placed) for row in rows):
            return True
        if rows:
            return self._counted(placed, sentence) or False
        if sentence and sentence.like:
            return False
        if placed.fact.kind is FactKind.UNIT and _GENERAL.fullmatch(placed.fact.raw):
            return True
        counted = self._counted(placed, sentence)
        return counted if counted is not None else self._records.states(placed) or self._is_share(placed)

    def _counted(self, placed: Placed, sentence: _Sentence | None) -> bool | None:
        """Tell whether the ledger counts so; None for a fact that is no count of tasks or units."""
        if sentence is None or placed.fact.kind is not FactKind.FIGURE:
            return None
        judged = self._records.counts.judged(sentence.span.of(self._text))
        return next(
            (
                good
                for figure, good in judged
                if figure.span.shift(sentence.span.start).overlaps(placed.fact.span)
            ),
            None,
        )

    def _is_share(self, placed: Placed) -> bool:
        figure = placed.figure
        return figure is not None and figure.unit == "%" and self._records.counts.has_share(figure.value)


def _row_states(row: RowEvidence, placed: Placed) -> bool:
    """Tell whether a row states the fact: its units, its limits, or its words."""
    if placed.days is not None and row.has_day(placed.days):
        return True
    own = (other for other in row.facts if other.fact.kind is placed.fact.kind)
    return any(placed.agrees(other, row.region) for other in own) or (
        placed.fact.kind is FactKind.UNIT and row.names_unit(placed.fact.raw)
    )


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph; semicolons within brackets part nothing."""
    held = _BRACKET.sub(lambda found: re.sub("[。；;]", "，", found[0]), text)
    for found in _SENTENCE.finditer(held):
        yield Span(*found.span())


def _told(others: Sequence[Placed]) -> str:
    """Return what the sources state, where they agree among themselves."""
    raws = dict.fromkeys(other.fact.raw for other in others)
    return next(iter(raws)) if len(raws) == 1 else ""

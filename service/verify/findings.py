"""Which facts of a paragraph the records do not bear out, or state otherwise at that place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.spans import Span
from index.tokens import fold
from service.facts import Fact, FactKind, bare
from service.verify.claims import limit_claims, unit_claims
from service.verify.placed import Placed, placed_facts
from service.verify.records import Records, SourceText
from service.verify.row_evidence import RowEvidence

STRONG = 8
"""Characters around a fact that, shared with a source, make it that source's fact."""
WEAK = 5
"""Characters that, shared with a source that agrees, are enough to believe it."""
_GAP = re.compile(r"【[^】]{0,200}】")
_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
_BRACKET = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
_GIVES_ROLE = re.compile(r"牵头|负责|配合|责任|落实|承办|主办|协办")
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
    return _Paragraph(_blanked(text), records).findings()


def _blanked(text: str) -> str:
    """Return the text with what its author still has to fill in replaced by blanks, places kept."""
    return _GAP.sub(lambda found: "\u3000" * len(found[0]), text)


class _Paragraph:
    """A paragraph on its way through the checks; each fact is judged once."""

    def __init__(self, text: str, records: Records) -> None:
        self._text = text
        self._records = records
        self._sentences = list(_sentences(text))
        self._rows = records.rows_like(_BRACKET.sub("", span.of(text)) for span in self._sentences)

    def findings(self) -> tuple[Finding, ...]:
        found = [*self._units(), *self._limits()]
        judged = list(self._claimed())
        for placed in placed_facts(self._text):
            if not any(span.overlaps(placed.fact.span) for span in judged):
                wrong = self._judged(placed)
                found += [wrong] if wrong else []
        found += self._counts(found)
        return tuple(sorted(found, key=lambda finding: finding.fact.span))

    def _claimed(self) -> Iterator[Span]:
        """Yield what stands after labels, which the claims judge."""
        yield from (claim.span for claim in unit_claims(self._text))
        yield from (claim.span for claim in limit_claims(self._text))

    def _units(self) -> Iterator[Finding]:
        """Yield units that stand after a label and do not have that role."""
        for claim in unit_claims(self._text):
            if self._rows:
                good = any(row.bears_out_unit(claim) for row in self._rows)
            else:
                good = self._records.names_unit(claim.name) or bare(claim.name) in self._records.folded
            if not good:
                yield Finding(Fact(FactKind.UNIT, claim.name, claim.span), self._own_units(claim.roles))

    def _own_units(self, roles: Sequence[str]) -> str:
        return self._rows[0].units(roles) if len(self._rows) == 1 else ""

    def _limits(self) -> Iterator[Finding]:
        """Yield time limits that stand after a label and are not those of the task."""
        for claim in limit_claims(self._text):
            if self._rows:
                good = any(row.bears_out_limit(claim) for row in self._rows)
            else:
                good = bare(claim.words) in self._records.folded or all(
                    self._records.states(placed) for placed in placed_facts(claim.words)
                )
            if not good:
                own = self._rows[0].limits() if len(self._rows) == 1 else ""
                yield Finding(Fact(FactKind.DAY, claim.words, claim.span), own)

    def _judged(self, placed: Placed) -> Finding | None:
        """Hold a fact against its counterparts, else the sentence it repeats, else everything."""
        if placed.fact.kind is FactKind.QUOTATION:
            return None if self._records.states(placed) else Finding(placed.fact)
        shared, others = self._records.counterparts.of(placed)
        agrees = self._any_agrees(placed, others)
        if shared >= STRONG and not agrees:
            return Finding(placed.fact, _told(others))
        if (agrees and shared >= WEAK) or self._is_borne_out(placed):
            return None
        return Finding(placed.fact, "" if agrees or shared < WEAK else _told(others))

    def _any_agrees(self, placed: Placed, others: Sequence[Placed]) -> bool:
        regions = self._records.regions or {None}
        return any(placed.agrees(other, region) for other in others for region in regions)

    def _is_borne_out(self, placed: Placed) -> bool:
        sentence = next((span for span in self._sentences if span.contains(placed.fact.span)), None)
        words = sentence.of(self._text) if sentence else self._text
        like = self._records.sentences_like(_BRACKET.sub("", words))
        rows = self._rows if like or self._is_role(placed) else []
        if like or rows:
            return self._states_any(placed, like) or any(self._row_states(row, placed) for row in rows)
        if placed.fact.kind is FactKind.UNIT and _GENERAL.fullmatch(placed.fact.raw):
            return True
        return self._records.states(placed) or self._is_share(placed)

    def _is_role(self, placed: Placed) -> bool:
        return placed.fact.kind is FactKind.UNIT and bool(
            _GIVES_ROLE.search(placed.left[-6:] + placed.right[:6])
        )

    def _is_share(self, placed: Placed) -> bool:
        figure = placed.figure
        return figure is not None and figure.unit == "%" and self._records.counts.has_share(figure.value)

    def _states_any(self, placed: Placed, sources: Sequence[SourceText]) -> bool:
        return any(
            placed.agrees(other, source.region)
            for source in sources
            for other in placed_facts(source.text, source.context)
            if other.fact.kind is placed.fact.kind
        )

    def _row_states(self, row: RowEvidence, placed: Placed) -> bool:
        day = placed.days
        if day is not None and row.has_day(day):
            return True
        return self._states_any(placed, [SourceText(words) for words in (*row.strings, row.line)])

    def _counts(self, found: Sequence[Finding]) -> Iterator[Finding]:
        """Yield counts of tasks that the ledger denies, in sentences that do not stand in the records."""
        for span in self._sentences:
            sentence = span.of(self._text)
            if "".join(fold(sentence).split()) in self._records.letters:
                continue
            for start, end, own in self._records.counts.denied(sentence):
                fact = Fact(FactKind.FIGURE, sentence[start:end], Span(span.start + start, span.start + end))
                if not any(other.fact.span.overlaps(fact.span) for other in found):
                    yield Finding(fact, f"{own}项")


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph; semicolons within brackets part nothing."""
    held = _BRACKET.sub(lambda found: re.sub("[。；;]", "，", found[0]), text)
    for found in _SENTENCE.finditer(held):
        yield Span(*found.span())


def _told(others: Sequence[Placed]) -> str:
    """Return what the sources state, where they agree among themselves."""
    raws = dict.fromkeys(other.fact.raw for other in others)
    return next(iter(raws)) if len(raws) == 1 else ""

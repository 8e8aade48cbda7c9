"""Scores of extraction: one document against its gold, and many together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.records import JsonObject
from evaluation.counts import Counts
from evaluation.extraction.entries import HEADER_FIELDS, Entry, found_entry, gold_entry, same_fact
from evaluation.extraction.matching import Pair, match, match_in_order
from evaluation.extraction.places import locate_all, locate_extracted, locate_gold
from evaluation.gold import Case
from evaluation.text import squash

MEASURES = ("assigned", "all", "unit", "unit+role", "deadline raw", "deadline end", "progress", "meta")
EXACT = 0.8
"""Least overlap of a row whose text counts as right."""


@dataclass(frozen=True, slots=True)
class Row:
    """One assigned task of the gold, and whether its ledger row is right in text, units, roles and dates."""

    case: str
    index: int
    """0-indexed place among the tasks of the gold file."""
    words: str
    perfect: bool
    reason: str = ""
    """What is wrong, "" for a perfect row."""

    @property
    def key(self) -> str:
        """The name of the row in saved results."""
        return f"{self.case}#{self.index}"


@dataclass(slots=True)
class CaseScore:
    """What scoring one document gives."""

    name: str
    counts: dict[str, Counts] = field(default_factory=lambda: {measure: Counts() for measure in MEASURES})
    rows: list[Row] = field(default_factory=list)
    extra: list[Entry] = field(default_factory=list)
    """Tasks that stand in no gold."""
    wrong_facts: list[str] = field(default_factory=list)
    rules: dict[str, Counts] = field(default_factory=dict)
    """For each rule: tasks it found that stand in the gold, and that do not."""
    problem: str = ""
    """Why the file could not be read, "" when it was."""

    @property
    def perfect(self) -> float | None:
        """Share of perfect rows, None for a document without assigned tasks."""
        return sum(row.perfect for row in self.rows) / len(self.rows) if self.rows else None


@dataclass(frozen=True, slots=True)
class Scores:
    """What scoring a set of documents gives."""

    cases: tuple[CaseScore, ...]

    @property
    def counts(self) -> dict[str, Counts]:
        """Counts per measure, summed over the documents (micro)."""
        total = {measure: Counts() for measure in MEASURES}
        for case in self.cases:
            for measure, counts in case.counts.items():
                total[measure].add(counts)
        return total

    @property
    def rows(self) -> list[Row]:
        """The assigned rows of all documents."""
        return [row for case in self.cases for row in case.rows]

    @property
    def perfect(self) -> float:
        """Share of perfect rows over all documents, 0.0 without rows."""
        return sum(row.perfect for row in self.rows) / len(self.rows) if self.rows else 0.0

    @property
    def perfect_by_document(self) -> float:
        """Mean over the documents that have assigned rows, 0.0 without any."""
        shares = [case.perfect for case in self.cases if case.perfect is not None]
        return sum(shares) / len(shares) if shares else 0.0

    @property
    def rules(self) -> dict[str, Counts]:
        """Counts per rule over all documents, the busiest rule first."""
        total: dict[str, Counts] = {}
        for case in self.cases:
            for rule, counts in case.rules.items():
                total.setdefault(rule, Counts()).add(counts)
        return dict(sorted(total.items(), key=lambda item: -item[1].right - item[1].wrong))

    def record(self) -> JsonObject:
        """Return the figures as plain values, with one truth value per assigned row."""
        return {
            "measures": {measure: counts.record() for measure, counts in self.counts.items()},
            "row_perfect": round(self.perfect, 4),
            "row_perfect_by_document": round(self.perfect_by_document, 4),
            "documents": {case.name: _case_record(case) for case in self.cases},
            "rules": {rule: [counts.right, counts.wrong] for rule, counts in self.rules.items()},
            "rows": {row.key: row.perfect for row in self.rows},
        }


def score_all(pairs: Iterable[tuple[Case, JsonObject]]) -> Scores:
    """Score each case against the extract line that a system gave for it."""
    return Scores(tuple(score(case, line) for case, line in pairs))


def score(case: Case, line: JsonObject) -> CaseScore:
    """Score one extract line (the object that `taizhang extract --json` prints) against its gold."""
    result = CaseScore(case.name)
    text = squash(case.text)
    gold, found = case.gold["tasks"], line["tasks"]
    pairs = match(locate_all(text, gold, locate_gold), locate_all(text, found, locate_extracted))
    golden, extracted = [gold_entry(item) for item in gold], [found_entry(item) for item in found]
    for index, entry in enumerate(golden):
        _score_gold(result, index, entry, pairs.get(index), extracted)
    _score_found(result, extracted, {pair.found for pair in pairs.values()})
    _score_progress(result, text, case.gold.get("progress", []), line.get("progress", []))
    _score_header(result, case.gold.get("meta", {}), line)
    result.problem = "；".join(problem["message"] for problem in line.get("problems") or [])
    return result


def faults_of_found(case: Case, line: JsonObject) -> list[str]:
    """Return for each extracted row what is wrong with it: "" for a perfect one, "extra" for one too many."""
    text = squash(case.text)
    gold, found = case.gold["tasks"], line["tasks"]
    pairs = match(locate_all(text, gold, locate_gold), locate_all(text, found, locate_extracted))
    faults = ["extra"] * len(found)
    for pair in pairs.values():
        faults[pair.found] = _fault(gold_entry(gold[pair.gold]), found_entry(found[pair.found]), pair.overlap)
    return faults


def _score_gold(result: CaseScore, index: int, gold: Entry, pair: Pair | None, found: list[Entry]) -> None:
    counts, partner = result.counts, found[pair.found] if pair else None
    for measure in ("all", "assigned") if gold.assigned else ("all",):
        counts[measure].right += pair is not None
        counts[measure].missed += pair is None
    empty = Entry("", assigned=False)
    counts["unit"].compare(gold.names, (partner or empty).names)
    counts["unit+role"].compare(gold.units, (partner or empty).units)
    counts["deadline raw"].compare(gold.limits, (partner or empty).limits)
    counts["deadline end"].compare(gold.ends, (partner or empty).ends)
    if gold.assigned:
        reason = _fault(gold, partner, pair.overlap if pair else 0.0)
        result.rows.append(Row(result.name, index, gold.words, not reason, reason))


def _fault(gold: Entry, found: Entry | None, share: float) -> str:
    """Return what is wrong with the row, "" when nothing is."""
    if found is None:
        return "missed"
    faults = [f"text overlaps {share:.2f}"] if share < EXACT else []
    if sorted(gold.units) != sorted(found.units):
        faults.append(f"units {_difference(gold.units, found.units)}")
    if gold.ends != found.ends:
        faults.append(f"ends {list(gold.ends)} got {list(found.ends)}")
    return "; ".join(faults)


def _difference(gold: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> str:
    wanted, given = Counter(gold), Counter(found)
    lacking = [f"-{name}/{role}" for name, role in (wanted - given).elements()]
    surplus = [f"+{name}/{role}" for name, role in (given - wanted).elements()]
    return " ".join(lacking + surplus)


def _score_found(result: CaseScore, found: list[Entry], matched: set[int]) -> None:
    for index, entry in enumerate(found):
        rule = result.rules.setdefault(entry.rule, Counts())
        rule.right += index in matched
        rule.wrong += index not in matched
        if index not in matched:
            result.extra.append(entry)
            _count_extra(result.counts, entry)


def _count_extra(counts: dict[str, Counts], entry: Entry) -> None:
    counts["all"].wrong += 1
    if entry.assigned:
        counts["assigned"].wrong += 1
        counts["unit"].wrong += len(entry.units)
        counts["unit+role"].wrong += len(entry.units)
        counts["deadline raw"].wrong += len(entry.limits)
        counts["deadline end"].wrong += len(entry.ends)


def _score_progress(result: CaseScore, text: str, gold: list[JsonObject], found: list[JsonObject]) -> None:
    golden = [place for item in gold if (place := locate_gold(text, item, 0))]
    extracted = [place for item in found if (place := locate_extracted(text, item, 0))]
    matched = match_in_order(golden, extracted)
    result.counts["progress"] = Counts(matched, len(extracted) - matched, len(golden) - matched)


def _score_header(result: CaseScore, gold: JsonObject, line: JsonObject) -> None:
    found = line.get("document") or {}
    for name in HEADER_FIELDS:
        right = same_fact(name, gold.get(name), found.get(name))
        result.counts["meta"].judge(right)
        if not right:
            result.wrong_facts.append(f"{name}: {gold.get(name)!r} got {found.get(name)!r}")


def _case_record(case: CaseScore) -> JsonObject:
    f1 = {measure: round(count.f1, 4) for measure, count in case.counts.items() if count.asked}
    perfect = None if case.perfect is None else round(case.perfect, 4)
    return {"assigned_rows": len(case.rows), "f1": f1, "row_perfect": perfect, "problem": case.problem}

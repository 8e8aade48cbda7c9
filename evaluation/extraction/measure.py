"""How well tasks, units, deadlines, progress and header facts are extracted: ours and the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.errors import UserError
from corpus.records import JsonObject
from evaluation.extraction.scores import MEASURES, Scores, score_all
from evaluation.extraction.systems import System, baseline, saved, taizhang
from evaluation.gold import Case, cases_hash, load_cases, samples

OURS = "taizhang"
BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """Scores of each system on the same cases; `OURS` is the first."""

    data: str
    """Hash of the cases."""
    systems: Mapping[str, Scores]
    verbose: bool = False
    before: JsonObject | None = None
    """A saved result to compare with."""

    def record(self) -> JsonObject:
        """Return the figures of each system and, when compared, the rows gained and lost."""
        record: JsonObject = {"systems": {name: scores.record() for name, scores in self.systems.items()}}
        if self.before is not None:
            gained, lost = self.changes()
            record |= {"gained": gained, "lost": lost}
        return record

    def changes(self) -> tuple[list[str], list[str]]:
        """Return the rows that became perfect since the saved result, and those that ceased to be.

        Raises:
            UserError: when the saved result is not one of extraction.
        """
        now = {row.key: row.perfect for row in self.systems[OURS].rows}
        then = _rows_of(self.before or {})
        gained = [key for key, perfect in now.items() if perfect and not then.get(key, False)]
        lost = [key for key, perfect in then.items() if perfect and not now.get(key, False)]
        return gained, lost

    def show(self, console: Console) -> None:
        """Print the measures of all systems, then ours by document; verbose adds errors and rules."""
        console.print(_measures_table(self.systems))
        console.print(_documents_table(self.systems[OURS]))
        if self.verbose:
            console.print(_rules_table(self.systems[OURS]))
            _print_errors(console, self.systems[OURS])
        if self.before is not None:
            words = {row.key: row.words for row in self.systems[OURS].rows}
            _print_changes(console, *self.changes(), words)


def evaluate(
    gold: Path | None,
    *,
    outputs: Path | None = None,
    before: JsonObject | None = None,
    verbose: bool = False,
) -> ExtractionReport:
    """Score the product and the baseline on the gold in `gold`, or on the bundled samples when None.

    Args:
        gold: a folder as `load_cases` takes it.
        outputs: a folder of extract lines to score instead of running the product.
        before: a saved result, to tell what was gained and lost.
        verbose: also show every error.

    Raises:
        UserError: when there is no gold, or a path does not exist.
    """
    cases = load_cases(gold or samples())
    ours = saved(outputs) if outputs else taizhang
    systems = {OURS: _run(ours, cases), BASELINE: _run(baseline, cases)}
    return ExtractionReport(cases_hash(cases), systems, verbose, before)


def _run(system: System, cases: Sequence[Case]) -> Scores:
    return score_all((case, system(case.path)) for case in cases)


def _rows_of(record: JsonObject) -> dict[str, bool]:
    try:
        rows: dict[str, bool] = record["systems"][OURS]["rows"]
    except (KeyError, TypeError) as error:
        raise UserError("这份结果不是 extraction 的评测结果，无法比较。") from error
    return rows


def _measures_table(systems: Mapping[str, Scores]) -> Table:
    table = Table("measure", title="extraction (micro)")
    for name in systems:
        for rate in ("P", "R", "F1"):
            table.add_column(f"{name} {rate}", justify="right")
    for measure in MEASURES:
        rates = [scores.counts[measure] for scores in systems.values()]
        table.add_row(
            measure, *(f"{x:.3f}" for rate in rates for x in (rate.precision, rate.recall, rate.f1))
        )
    table.add_section()
    for title, shares in (
        ("rows perfect", [scores.perfect for scores in systems.values()]),
        ("… by document", [scores.perfect_by_document for scores in systems.values()]),
    ):
        table.add_row(title, *(cell for share in shares for cell in ("", "", f"{share:.3f}")))
    return table


def _documents_table(scores: Scores) -> Table:
    table = Table(title=f"{OURS} by document (F1 of each field)")
    table.add_column("document", min_width=20)
    for column in ("rows", *MEASURES, "rows perfect"):
        table.add_column(column, justify="right")
    for case in scores.cases:
        counts = (case.counts[measure] for measure in MEASURES)
        rates = [f"{count.f1:.3f}" if count.asked else "-" for count in counts]
        perfect = "-" if case.perfect is None else f"{case.perfect:.3f}"
        table.add_row(case.name, str(len(case.rows)), *rates, perfect)
    return table


def _rules_table(scores: Scores) -> Table:
    table = Table("rule", title="tasks by the rule that found them")
    for column in ("in the gold", "not in the gold"):
        table.add_column(column, justify="right")
    for rule, counts in scores.rules.items():
        table.add_row(rule or "-", str(counts.right), str(counts.wrong))
    return table


def _print_errors(console: Console, scores: Scores) -> None:
    for case in scores.cases:
        if case.problem:
            console.print(f"{case.name} UNREAD {case.problem}", markup=False, highlight=False)
        for fact in case.wrong_facts:
            console.print(f"{case.name} {fact}", markup=False, highlight=False)
        for row in case.rows:
            if not row.perfect:
                console.print(f"{row.key} {row.words}… {row.reason}", markup=False, highlight=False)
        for entry in case.extra:
            kind = "EXTRA" if entry.assigned else "EXTRA unassigned"
            console.print(f"{case.name} {kind} {entry.words}… [{entry.rule}]", markup=False, highlight=False)


def _print_changes(console: Console, gained: list[str], lost: list[str], words: Mapping[str, str]) -> None:
    console.print(f"rows gained {len(gained)}, lost {len(lost)}")
    for sign, keys in (("+", gained), ("-", lost)):
        for key in keys:
            console.print(f"{sign} {key} {words.get(key, '')}", markup=False, highlight=False)

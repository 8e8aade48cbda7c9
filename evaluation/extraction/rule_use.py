"""Which rules of extraction how many documents use; what one alone needs has to be general all the same."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.gold import cases_hash, load_cases, samples
from service.intake.extraction import Reading, read_or_problem

PACKAGE = "ingest.extract."


@dataclass(frozen=True, slots=True)
class RuleUse:
    """In which documents rules and the functions behind them are at work."""

    data: str
    documents: int
    rules: Mapping[str, frozenset[str]]
    """The documents with a task found by each rule."""
    functions: Mapping[str, frozenset[str]]
    """The documents in which each function of extraction is called."""

    @property
    def lone_functions(self) -> dict[str, str]:
        """Return the functions that one document alone calls, with that document."""
        return {name: next(iter(used)) for name, used in sorted(self.functions.items()) if len(used) == 1}

    def record(self) -> JsonObject:
        """Return the documents of each rule and the functions that one document alone calls."""
        return {
            "documents": self.documents,
            "rules": {rule: sorted(used) for rule, used in self.rules.items()},
            "lone_functions": self.lone_functions,
        }

    def show(self, console: Console) -> None:
        """Print the rules from the most used to the least, then the functions of one document alone."""
        table = Table("rule", "documents", title=f"rules in {self.documents} documents")
        table.add_column("one of them", overflow="fold")
        for rule, used in sorted(self.rules.items(), key=lambda item: -len(item[1])):
            table.add_row(rule, str(len(used)), min(used))
        console.print(table)
        alone = Table("called in one document alone", "document")
        for name, case in self.lone_functions.items():
            alone.add_row(name, case)
        console.print(alone)


def evaluate(gold: Path | None) -> RuleUse:
    """Extract every document of `gold`, or of the bundled samples, and note what is at work in it.

    Raises:
        UserError: when there is no gold, or a path does not exist.
    """
    cases = load_cases(gold or samples())
    rules: dict[str, set[str]] = defaultdict(set)
    functions: dict[str, set[str]] = defaultdict(set)
    read_or_problem(cases[0].path.read_bytes(), cases[0].name)  # modules are imported and tables read
    for case in cases:
        with _calls(lambda name, case=case.name: functions[name].add(case)):  # type: ignore[misc]
            outcome = read_or_problem(case.path.read_bytes(), case.name)
        for task in outcome.extraction.tasks if isinstance(outcome, Reading) else ():
            rules[task.found_by].add(case.name)
    return RuleUse(
        cases_hash(cases),
        len(cases),
        {rule: frozenset(used) for rule, used in rules.items()},
        {name: frozenset(used) for name, used in functions.items()},
    )


@contextmanager
def _calls(note: Callable[[str], None]) -> Iterator[None]:
    """Note the name of every function of extraction that is called."""

    def watch(frame: FrameType, event: str, _: object) -> None:
        module = frame.f_globals.get("__name__", "")
        name = frame.f_code.co_name
        if event == "call" and module.startswith(PACKAGE) and name.lstrip("_")[:1].islower():
            note(f"{module.removeprefix(PACKAGE)}.{name}")

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)

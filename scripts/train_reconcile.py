"""Fits what each feature counts when a claim of a report is held against a task of a plan.

    python -m scripts.train_reconcile --corpus DIR [--gold DIR]

DIR holds plans as .txt; reports are made of them as `python -m evaluation reconcile` makes its own. Only the
first half of the words and of the gold plans is used, so that the second half measures what nobody fitted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.records import task_record
from evaluation.gold import load_cases
from evaluation.reconcile.cases import FEWEST_TASKS, Plan, ReportCase, halves, make_cases, read_plans
from evaluation.reconcile.measure import claims_in, item_of_claims
from evaluation.reconcile.wording import sentences_of
from index.encoders.static import built_in_encoder
from service.intake.extraction import read
from service.reconcile.likeness import FEATURES, likeness
from service.reconcile.matching import stretches

Table = NDArray[np.float64]
PLANS, PER_PLAN, PER_GOLD_PLAN, LONGEST = 40, 3, 6, 40_000
"""Plans of the corpus, reports made of each and of each gold plan, characters of a plan at most."""
STEPS, DECAY = 600, 1e-5
FREE = ("length",)
"""Features that may speak against a match; being alike may not."""
SEED = 1
SOURCE = "fitted on reports made of plans"
HEAD = """# What each feature of a pair of claim and task counts (logistic regression); made by
# python -m scripts.train_reconcile.
feature\tweight\tsource
"""


def main() -> None:
    """Fit and write the table beside the matcher."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    given = parser.parse_args()
    gold = read_plans(load_cases(given.gold)) if given.gold else []
    plans = corpus_plans(given.corpus, {plan.title for plan in gold})
    of = halves(gold)
    first = [plan for plan in gold if of[plan.name] == "first"]
    pairs = [pairs_of(case) for case in reports(plans, gold)]
    print(f"{len(plans)} plans of the corpus, {len(first)} of the gold, {len(pairs)} reports")
    features = np.concatenate([found for found, _ in pairs])
    wanted = np.concatenate([right for _, right in pairs])
    weights, bias = fit(features, wanted)
    write({**dict(zip(FEATURES, weights, strict=True)), "bias": bias})


def reports(plans: Sequence[Plan], gold: Sequence[Plan]) -> Iterator[ReportCase]:
    """Yield reports of all plans of the corpus, and of the first half of the gold."""
    everything = {plan.name: "first" for plan in plans}
    yield from make_cases(plans, "first", SEED, PER_PLAN, of=everything)
    yield from make_cases(gold, "first", SEED, PER_GOLD_PLAN)


def corpus_plans(folder: Path, without: set[str]) -> list[Plan]:
    """Return plans of a folder of texts, none of them with a title in `without`."""
    paths = sorted(folder.glob("*.txt"))
    Random(SEED).shuffle(paths)
    found: list[Plan] = []
    for path in paths:
        plan = _plan(path)
        if plan is not None and plan.title not in without:
            found.append(plan)
        if len(found) == PLANS:
            break
    return found


def _plan(path: Path) -> Plan | None:
    data = path.read_bytes()
    try:
        reading = read(data, path.name) if len(data) < 3 * LONGEST else None
    except UserError:
        return None
    title = (reading.document.header.title or "") if reading else ""
    if reading is None or not any(word in title for word in ("方案", "要点", "行动", "计划", "措施", "分工")):
        return None
    tasks = tuple(task_record(task) for task in reading.extraction.tasks)
    known = frozenset(index for index, task in enumerate(tasks) if sentences_of(task["text"]))
    return Plan(path.name, title, tasks, known) if len(known) >= FEWEST_TASKS else None


def pairs_of(case: ReportCase) -> tuple[Table, Table]:
    """Return the features of every pair of claim and task of a report, and which of them are right."""
    claims = claims_in(case)
    known = likeness(*stretches(case.plan.tasks, claims), built_in_encoder())
    right = np.zeros(known.features.shape[:2])
    for index, item in enumerate(item_of_claims(case, claims)):
        for task in case.items[item].tasks if item is not None else ():
            right[index, task] = 1
    kept = sorted(case.plan.confirmed)
    return known.features[:, kept].reshape(-1, len(FEATURES)).astype(np.float64), right[:, kept].reshape(-1)


def fit(features: Table, wanted: Table) -> tuple[Table, float]:
    """Return weights and bias of a logistic regression, by accelerated projected gradient."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    least = np.array([-np.inf if name in FREE else 0.0 for name in FEATURES] + [-np.inf])
    weights = np.zeros(scaled.shape[1])
    ahead, momentum = weights, 1.0
    step = 4 * len(scaled) / np.linalg.norm(scaled.T @ scaled, 2)
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-(scaled @ ahead)))
        slope = scaled.T @ (sure - wanted) / len(scaled) + DECAY * ahead
        moved = np.maximum(ahead - step * slope, least)
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
    true = weights[:-1] / spread
    return true, float(weights[-1] - true @ mean)


def write(found: dict[str, float]) -> None:
    """Write the table that the matcher reads."""
    lines = "".join(f"{name}\t{value:.4f}\t{SOURCE}\n" for name, value in found.items())
    path = Path(str(resources.files("service.reconcile").joinpath("weights.tsv")))
    path.write_text(HEAD + lines, "utf-8")
    print(lines)


if __name__ == "__main__":
    main()

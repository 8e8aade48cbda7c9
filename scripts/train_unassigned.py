"""Asks whether a classifier finds unassigned tasks better than the rules do, each document left out in turn.

    python scripts/train_unassigned.py --gold DIR [--gold DIR …] [-o WEIGHTS.tsv]

Candidates are the items and paragraphs that no statement closes. The classifier (logistic regression) sees
the sentence and its section; the rules are those of the product. Weights are written only where the
classifier wins: the product takes no model that does worse on documents it has not seen.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpus.spans import Span
from evaluation.counts import Counts
from evaluation.extraction.places import locate_extracted, locate_gold, overlap
from evaluation.gold import Case, load_cases
from evaluation.text import squash
from ingest.extract.assembly.reading import Reading, read_whole
from ingest.extract.assembly.scope import Effect
from ingest.extract.assembly.tree import Node
from ingest.extract.extract import extract
from ingest.read import read_document

ENOUGH = 0.5
LEAST = 0.5
"""Probability from which a candidate is taken for a task."""
CUES = {
    "要": r"要(?!求|素|件|闻|点|务)",
    "应": r"应(?!急|用|届|对|有)",
    "将来": r"下一步|今后|将(?!领|军)|继续|进一步",
    "做": r"加强|推进|落实|开展|完善|建立|强化|健全|深化|推动|组织|实施|做好|加快",
    "做过": r"已|了[，。、]|截至|截止|目前|累计|先后|以来|同比",
    "数": r"\d",
    "一是": r"一是|二是|三是|一要|二要",
    "问题": r"问题|不足|短板|困难|滞后|不到位",
    "认识": r"认识|意义|精神|思想|必须|坚持",
}
LABELS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be an unassigned task."""

    case: str
    features: tuple[float, ...]
    place: Span
    """In the squashed text of its document."""
    task: bool


def main() -> None:
    """Print the scores of both, and write the weights when the classifier wins."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, action="append", required=True)
    parser.add_argument("-o", "--output", type=Path)
    chosen = parser.parse_args()
    cases = [case for folder in chosen.gold for case in load_cases(folder)]
    candidates = [candidate for case in cases for candidate in _candidates(case)]
    wanted = {case.name: _wanted(case) for case in cases}
    ours, theirs = _rules(cases, wanted), _left_out(candidates, wanted)
    tasks = sum(map(len, wanted.values()))
    print(f"{len(cases)} documents, {tasks} unassigned tasks, {len(candidates)} candidates")
    for name, counts in (("rules", ours), ("classifier", theirs)):
        print(f"{name:10s}  P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}")
    if theirs.f1 > ours.f1 and chosen.output:
        _write(chosen.output, _fit(candidates))
    else:
        print("the rules stay" if theirs.f1 <= ours.f1 else "give -o to write the weights")


def _wanted(case: Case) -> list[Span]:
    """Return where the unassigned tasks of the gold stand in the squashed text."""
    text = squash(case.text)
    items = (item for item in case.gold["tasks"] if not item.get("assigned"))
    return [place for item in items if (place := locate_gold(text, item, 0))]


def _candidates(case: Case) -> Iterator[Candidate]:
    document = read_document(case.path.read_bytes(), case.name)
    reading, text, wanted = read_whole(document), squash(case.text), _wanted(case)
    for node in (node for root in reading.roots for node in root.paragraphs()):
        place = locate_extracted(text, {"text": node.body.of(document.text)}, 0)
        if place is None or node.holds_statement() or len(place) < 12:
            continue
        task = any(overlap(place, gold) >= ENOUGH for gold in wanted)
        yield Candidate(case.name, _features(reading, node), place, task)


def _features(reading: Reading, node: Node) -> tuple[float, ...]:
    """Return what the classifier sees: cues of the sentence, its section, its label, the kind of document."""
    words = node.body.of(reading.text)
    effect = reading.effect(node)
    return (
        *(float(re.search(pattern, words) is not None) for pattern in CUES.values()),
        *(float(effect is known) for known in Effect),
        *(float(reading.default is known) for known in Effect),
        float(bool(node.block.number)),
        float(node.block.number[:1] in LABELS or node.block.number[1:2] in LABELS),
        float(bool(node.children)),
        min(len(words), 600) / 600,
        node.body.start / max(len(reading.text), 1),
    )


def _fit(candidates: Sequence[Candidate]) -> LogisticRegression:
    model = LogisticRegression(class_weight="balanced", max_iter=2000)
    given = np.array([candidate.features for candidate in candidates])
    return model.fit(given, np.array([candidate.task for candidate in candidates]))


def _left_out(candidates: Sequence[Candidate], wanted: dict[str, list[Span]]) -> Counts:
    """Count what the classifier finds in each document when it was fitted on the others."""
    total = Counts()
    for name in wanted:
        own = [candidate for candidate in candidates if candidate.case == name]
        model = _fit([candidate for candidate in candidates if candidate.case != name])
        given = np.array([candidate.features for candidate in own])
        chances = model.predict_proba(given)[:, 1] if own else np.array([])
        found = [own_one.place for own_one, chance in zip(own, chances, strict=True) if chance >= LEAST]
        total.add(_counted(found, wanted[name]))
    return total


def _rules(cases: Iterable[Case], wanted: dict[str, list[Span]]) -> Counts:
    """Count what the rules find; they were written with these documents at hand, which flatters them."""
    total = Counts()
    for case in cases:
        text = squash(case.text)
        tasks = extract(read_document(case.path.read_bytes(), case.name)).tasks
        places = (locate_extracted(text, {"text": task.text}, 0) for task in tasks if not task.assigned)
        total.add(_counted([place for place in places if place], wanted[case.name]))
    return total


def _counted(found: Sequence[Span], wanted: Sequence[Span]) -> Counts:
    right = sum(any(overlap(place, gold) >= ENOUGH for place in found) for gold in wanted)
    return Counts(right, len(found) - right, len(wanted) - right)


def _write(path: Path, model: LogisticRegression) -> None:
    weights = [float(model.intercept_[0]), *map(float, model.coef_[0])]
    path.write_text("\t".join(f"{weight:.4f}" for weight in weights) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

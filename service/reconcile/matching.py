"""Which claims of a report answer which tasks of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.records import JsonObject
from corpus.registry.tables import read_table
from corpus.spans import Span
from index.encoders.base import Encoder
from index.encoders.static import built_in_encoder
from index.tokens import word_tokens
from service.reconcile.figures import amounts_in, check_figures
from service.reconcile.likeness import FEATURES, Likeness, Stretch, likeness, stretch
from service.reconcile.model import Claim, ClaimKind, Match, Shared, Verdict
from service.reconcile.segments import segments
from service.reconcile.units import other_units, units_of_claim, units_of_task
from service.reconcile.wording import mentions, terms_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 0.4
"""Least confidence of a match."""
LEAST_ASIDE = 0.8
"""Least confidence of a match of a sentence that need not belong to any task."""
EVIDENCE = {"part_in_task": 0.06, "task_part_in_claim": 0.15, "part_vectors": 0.8}
"""What a match must show at least, one of them, see docs/reconcile.md."""
UNFOUNDED = 0.3
"""Most that is believed without."""
_LABEL = re.compile(r"^[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]\s*")


def match_claims(
    tasks: Sequence[JsonObject], claims: Sequence[Claim], encoder: Encoder | None = None
) -> tuple[Match, ...]:
    """Return the matches by task, then by place in the report; () where one side is empty.

    A claim may answer several tasks and a task may have several claims. Without `encoder` the built-in one
    is taken, for which the weights were fitted.
    """
    if not tasks or not claims:
        return ()
    left, right = stretches(tasks, claims)
    known = likeness(left, right, encoder or built_in_encoder())
    sure = confidences(known)
    least = np.array([LEAST_ASIDE if claim.kind is ClaimKind.ASIDE else LEAST for claim in claims])
    pairs = [(int(task), int(claim)) for claim, task in np.argwhere(sure >= least[:, None])]
    return _settled(
        _match(tasks[task], claims[claim], (task, claim), float(sure[claim, task]), known)
        for task, claim in sorted(pairs)
    )


def _settled(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return the matches without doubts about targets that another claim of the same task meets."""
    found = tuple(matches)
    met = {
        (match.task, check.target)
        for match in found
        for check in match.figures
        if check.verdict is Verdict.MET
    }
    return tuple(
        replace(
            match,
            figures=tuple(
                check
                for check in match.figures
                if check.verdict is Verdict.MET or (match.task, check.target) not in met
            ),
        )
        for match in found
    )


def stretches(tasks: Sequence[JsonObject], claims: Sequence[Claim]) -> tuple[list[Stretch], list[Stretch]]:
    """Return claims and tasks as they are compared."""
    left = [
        stretch(claim.text, _heading(claim.section), amounts_in(claim.text), units_of_claim(claim.text))
        for claim in claims
    ]
    right = [
        stretch(task["text"], _heading(task["section"]), amounts_in(task["text"]), units_of_task(task))
        for task in tasks
    ]
    return left, right


def confidences(known: Likeness) -> NDArray[np.float32]:
    """Return for each claim and task how surely the one answers the other, shape (claims, tasks)."""
    weights, bias = _weights()
    found: NDArray[np.float32] = 1 / (1 + np.exp(-(known.features @ weights + bias)))
    return np.where(_evident(known), found, np.minimum(found, UNFOUNDED))


def _evident(known: Likeness) -> NDArray[np.bool_]:
    """Tell for each claim and task whether they share telling words, or are very near in meaning.

    That a claim is nearer to one task than to all others is no evidence where it is far from all.
    """
    enough = [known.features[:, :, FEATURES.index(name)] >= least for name, least in EVIDENCE.items()]
    found: NDArray[np.bool_] = np.any(enough, axis=0)
    return found


@cache
def _weights() -> tuple[NDArray[np.float32], float]:
    """Return what each feature counts, fitted by `python -m scripts.train_reconcile`, and the bias."""
    rows = {row["feature"]: float(row["weight"]) for row in read_table("service.reconcile", "weights.tsv")}
    return np.array([rows[name] for name in FEATURES], dtype=np.float32), rows["bias"]


def _match(
    task: JsonObject,
    claim: Claim,
    pair: tuple[int, int],
    confidence: float,
    known: Likeness,
) -> Match:
    parts = segments(claim.text) or [Span(0, len(claim.text))]
    part = parts[known.best_part[pair[1], pair[0]]]
    quote = Span(claim.span.start + part.start, claim.span.start + part.end)
    return Match(
        *pair,
        confidence,
        quote,
        shared_words(task["text"], claim.text),
        check_figures(task, claim.text, claim.span),
        other_units(task, claim.text),
    )


def shared_words(task: str, claim: str) -> Shared:
    """Return where the words stand that a task and a claim share and that tell something of the matter."""
    shared = mentions(terms_of(task)) & mentions(terms_of(claim))
    return Shared(_places(task, shared), _places(claim, shared))


def _places(text: str, terms: frozenset[str]) -> tuple[Span, ...]:
    """Return the places of the terms in text order, those that touch joined."""
    joined: list[Span] = []
    for token in word_tokens(text):
        if token.term not in terms:
            continue
        if joined and token.span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, token.span.end))
        else:
            joined.append(token.span)
    return tuple(joined)


def _heading(section: Sequence[str]) -> str:
    return _LABEL.sub("", section[-1]) if section else ""

"""Which plan of the library a report is about: by what it names, by title, place, date and content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from corpus.document import Document
from corpus.registry.regions import is_within
from corpus.store.rows import DocumentRow
from index.encoders.static import built_in_encoder
from index.tokens import fold
from service.reconcile.claims import claims_of
from service.reconcile.matching import match_claims
from service.reconcile.model import Candidate, Claim, ClaimKind, Side
from service.reconcile.texts import Held, kept

if TYPE_CHECKING:
    from service.library import Library

FEWEST_TASKS = 3
"""A document with fewer tasks is no plan that anyone reports on."""
CLAIMS_ASKED = 12
"""Claims that are looked for in the library."""
CONSIDERED = 6
"""Plans that are held against the report before the best is chosen."""
TOLD = 5
"""Candidates that are told."""
NAMED, TITLE, CONTENT, PLACE, DATE = 0.35, 0.2, 0.35, 0.05, 0.05
"""What counts how much: that the report names the plan, that the titles are alike, what the content says."""
LEAST = 0.3
"""Least score of a plan that a report is taken to be about."""
LONGEST_AGO = 5 * 366
"""Days after which nobody reports on a plan any more."""
_QUOTED = re.compile(r"《([^《》]{4,80})》")
_CARRIER = re.compile(
    r"关于|印发|的通知|通知|落实|贯彻|执行|推进|进展|完成|整改|工作|情况|汇报|报告|总结|通报|实施|方案|行动|计划|要点|任务|分工|清单|[0-9]{4}年度?|[《》“”\s]"
)


def find_plans(library: Library, report: Held) -> tuple[Candidate, ...]:
    """Return the plans that a report may be about, the likeliest first; () when there is none."""
    claims = [
        claim for claim in claims_of(report.document, report.progress) if claim.kind is not ClaimKind.ASIDE
    ]
    possible = [row for row in library.documents() if _possible(row, report)]
    if not possible or not claims:
        return ()
    found = _found(library, claims, report.side.id)
    quoted = [_key(title) for title in _QUOTED.findall(report.document.text)]
    titles = _title_likeness(report, possible)
    early = sorted(
        range(len(possible)),
        key=lambda place: -_early(possible[place], titles[place], found, quoted),
    )[:CONSIDERED]
    candidates = [
        _candidate(library, report, claims, possible[place], titles[place], quoted) for place in early
    ]
    ordered = sorted(candidates, key=lambda candidate: -candidate.score)
    return tuple(candidate for candidate in ordered[:TOLD] if candidate.score >= LEAST)


def _possible(row: DocumentRow, report: Held) -> bool:
    """Tell whether a document could be the plan: it has tasks, is another one, and is not younger."""
    written = report.document.header.date
    if row.id == report.side.id or row.tasks < FEWEST_TASKS:
        return False
    if written is None or row.date is None:
        return True
    return 0 <= (written - row.date).days <= LONGEST_AGO


def _found(library: Library, claims: list[Claim], without: str) -> Counter[str]:
    """Return how often a search for the claims leads to each document."""
    step = max(1, len(claims) // CLAIMS_ASKED)
    found: Counter[str] = Counter()
    for claim in claims[::step][:CLAIMS_ASKED]:
        result = library.index.similar(
            claim.text[:400], k=10, exclude_document=without or None, per_document=1, tasks_only=True
        )
        for place, hit in enumerate(result.hits):
            found[hit.passage.document_id] += 10 - place
    return found


def _early(row: DocumentRow, title: float, found: Counter[str], quoted: list[str]) -> float:
    best = max(found.values(), default=1)
    return 2.0 * _is_named(row, quoted) + title + found[row.id] / best


def _candidate(
    library: Library, report: Held, claims: list[Claim], row: DocumentRow, title: float, quoted: list[str]
) -> Candidate:
    matches = match_claims(kept(library, row.id).tasks, claims)
    content = len({match.claim for match in matches}) / len(claims)
    named = _is_named(row, quoted)
    place = _same_place(row, report.document)
    soon = _soon(row.date, report.document.header.date)
    score = NAMED * named + TITLE * max(title, 0.0) + CONTENT * content + PLACE * place + DATE * soon
    reasons = [f"{content:.0%}的进展能对上任务"]
    reasons += ["汇报中提到了它的名称"] if named else []
    reasons += ["地区相同"] if place == 1 and row.region else []
    return Candidate(Side(row.id, row.title or row.source, row.source), score, tuple(reasons))


def _title_likeness(report: Held, rows: Iterable[DocumentRow]) -> list[float]:
    """Return the nearness in meaning of the titles without the words that any report or plan has."""
    encoder = built_in_encoder()
    own = encoder.encode([_topic(report.side.title)])[0]
    others = encoder.encode([_topic(row.title or row.source) for row in rows])
    return [float(cosine) for cosine in np.asarray(others @ own)]


def _topic(title: str) -> str:
    return _CARRIER.sub("", title) or title


def _is_named(row: DocumentRow, quoted: list[str]) -> bool:
    title = _key(row.title or "")
    return bool(title) and any(name in title or title in name for name in quoted)


def _key(title: str) -> str:
    return re.sub(r"[\s《》“”\"（）()]", "", fold(title))


def _same_place(row: DocumentRow, document: Document) -> float:
    region = document.header.region
    if not region or not row.region:
        return 0.5
    return 1.0 if is_within(row.region, region) or is_within(region, row.region) else 0.0


def _soon(planned: date | None, reported: date | None) -> float:
    """Return 1 for a plan of the same days down to 0 for one of years ago, half where a day is not known."""
    if planned is None or reported is None:
        return 0.5
    return max(0.0, 1 - (reported - planned).days / LONGEST_AGO)

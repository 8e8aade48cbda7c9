"""Reads answers out of single rows of the ledger as it stands: who, until when, how far.

A row counts with what people made of it: units put right, a day to which it was extended, its status. Rows
that somebody typed, without any text behind them, count like all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.records import JsonObject
from corpus.store.rows import TaskRow
from corpus.task import Role
from index.tokens import fold
from service.ask.fitting.matching import Weights, fit, quoted_share
from service.ask.pieces.duties import IN_CHARGE, alone_in_charge, of_kind_asked, roles_meant
from service.ask.questions.question import Kind, Question
from service.ask.rows.row_evidence import RowEvidence
from service.ledger import STATUS_WORDS
from service.official.document import written_day

LEAST_FIT = 0.6
"""What of the question a row with its headings must hold before it answers anything."""
OWN_WORDS = 0.7
"""What the row's own words count at least for a word of the question that stands in them."""
UNQUOTED = 0.2
"""What it takes off that the document has none of the names that the question quotes."""
GENERAL_LIMIT = 0.5
"""What of the question the sentence of another limit must hold to be taken rather than the whole row's."""
READ_AT_ONCE = 8
NAME_LENGTH = 40
"""Characters at the head of a row that name its matter."""
_KIND = re.compile("哪[一几]?[个家些]?(?P<kind>厅|局|委|办|处|科|中心|公司|街道|镇|乡)")
_LABEL = re.compile(r"(?:时限|期限|时间|日期|时间节点|进度安排)[：:]?\s*$")
_CLAUSES = re.compile(r"[^。；;\n\t]*")
Read = Callable[[Sequence[str]], list[TaskRow]]
"""Gives the rows of the ledger with these ids."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the ledger that may answer a question about who, until when or how far."""

    row: TaskRow
    words: tuple[str, ...]
    """What answers, as written, each once, without spaces."""
    findings: tuple[JsonObject, ...]
    """The row's units, persons or time limits that are asked for; () where the row as a whole answers."""
    fit: float
    score: float


def rows_for(
    evidence: Sequence[RowEvidence], question: Question, weights: Weights, read: Read
) -> Iterator[FoundRow]:
    """Yield the rows that hold what is asked for, best first; what a row says is read when its turn comes."""
    fitting = sorted(_fitting(evidence, question, weights), key=lambda item: -item[0])
    for start in range(0, len(fitting), READ_AT_ONCE):
        some = fitting[start : start + READ_AT_ONCE]
        rows = {row.id: row for row in read([piece.id for _, _, piece in some])}
        for score, fits, piece in some:
            row = rows.get(piece.id)
            if row is not None and (answers := _answers(row, question, weights)):
                yield FoundRow(row, *answers, fits, score)


def _fitting(
    evidence: Sequence[RowEvidence], question: Question, weights: Weights
) -> Iterator[tuple[float, float, RowEvidence]]:
    """Yield the rows that hold enough of the question, with their score and how much they hold."""
    for piece in evidence:
        # The row's own words count OWN_WORDS at least; to cut each row into words takes longest of all.
        if fit(weights, "", piece.context) < OWN_WORDS * LEAST_FIT:
            continue
        fits = fit(weights, piece.words, piece.context)
        if question.quoted and not piece.quoted:
            fits -= UNQUOTED
        if fits >= LEAST_FIT:
            yield _score(piece, fits, question, weights), fits, piece


def _score(piece: RowEvidence, fits: float, question: Question, weights: Weights) -> float:
    text = piece.words
    name = fold(re.split(r"[。：:\t\n]", text, maxsplit=1)[0][:NAME_LENGTH])
    named = sum(worth for word, worth in weights.topic.items() if word in name)
    told = (
        0.2 * quoted_share(_names_of_matters(question, piece), text)
        + 0.3 * weights.beside_in(text)
        + 0.3 * named
    )
    return fits + piece.place_fit + 0.15 * piece.year_fit + told


def _names_of_matters(question: Question, piece: RowEvidence) -> list[str]:
    """Return what the question quotes and the title does not, which tells no row from another of its plan."""
    return [name for name in question.quoted if fold(name) not in fold(piece.title)]


def _answers(
    row: TaskRow, question: Question, weights: Weights
) -> tuple[tuple[str, ...], tuple[JsonObject, ...]] | None:
    """Return what of the row answers, in words and as found; None where it has nothing of the kind."""
    if question.kind is Kind.WHEN:
        return _limit(row, weights)
    if question.asks == "status":
        return (STATUS_WORDS[row.status.value],), ()
    if question.asks == "person":
        persons = tuple(row.record["persons"])
        names = _squeezed(f"{item['post'] or ''}{item['name']}" for item in persons)
        return (names, persons) if persons else None
    units = _of_kind(units_asked(row.record, roles_meant(question.asks)), question.text)
    return (_squeezed(unit["name"] for unit in units), units) if units else None


def _of_kind(units: tuple[JsonObject, ...], question: str) -> tuple[JsonObject, ...]:
    """Return the units that the question means: 哪个厅 asks for no 市州政府; all where none is of that kind.

    Units of a clause for the whole document (以下均需各县区落实) are named only where the row has no other.
    """
    kind = _KIND.search(question)
    of_kind = tuple(unit for unit in units if kind and unit["name"].endswith(kind["kind"]))
    units = tuple(unit for unit in units if of_kind_asked(unit["name"], question))
    own = tuple(unit for unit in units if not unit["inherited"])
    return of_kind or own or units


def units_asked(record: JsonObject, roles: Sequence[Role]) -> tuple[JsonObject, ...]:
    """Return the units in the first of the roles that any has; () where none has one."""
    if roles == (Role.LEAD,) and alone_in_charge([Role(unit["role"]) for unit in record["units"]]):
        roles = IN_CHARGE
    named = (tuple(unit for unit in record["units"] if unit["role"] == role) for role in roles)
    return next((units for units in named if units), ())


def _limit(row: TaskRow, weights: Weights) -> tuple[tuple[str, ...], tuple[JsonObject, ...]] | None:
    """Return the limit that is asked for: the day to which the row was extended, else one that it names."""
    if row.extensions and row.due is not None:
        return (written_day(row.due),), ()
    limits = row.record["deadlines"]
    if not limits:
        return None
    best = max(limits, key=lambda limit: _suits(limit, row.record["text"], weights))
    return _squeezed([best["raw"]]), (best,)


def _suits(limit: JsonObject, text: str, weights: Weights) -> float:
    """Return how well a limit suits: by what its own sentence says, or as that of the whole row."""
    place = text.find(limit["raw"])
    if place < 0:
        return GENERAL_LIMIT
    sentence = next(found for found in _CLAUSES.finditer(text) if found.end() >= place)
    words = fold(sentence[0])
    held = sum(worth for word, worth in weights.topic.items() if word in words)
    return held + (GENERAL_LIMIT if _LABEL.search(text[:place]) else 0.0)


def _squeezed(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(name.split()) for name in names))

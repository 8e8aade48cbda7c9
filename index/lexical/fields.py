"""The fields of the lexical index: what is kept of each passage, and how filters become clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.registry.regions import find_region, place_key, place_keys
from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from index.lexical.about import UNKNOWN, UNKNOWN_YEAR, about, lifts
from index.query.parsing import Query
from index.tokens import bigrams, cutting_fingerprint, text_key, words

if TYPE_CHECKING:
    import tantivy

FORMAT = "6"
"""Raised when the fields change, so that old indexes are made anew."""
MARKER = -1
"""Stands in the `passage` field of the marker document; real ids are positive."""
ASKED_APART = 2_000
PRETOKENISED = "pretokenised"
TEXT_FIELDS = ("words", "bigrams", "headings")
RAW_FIELDS = ("document", "region", "level", "doc_type", "issuer")
Entry = dict[str, Any]
"""Values by field."""
NUMBER_FIELDS = ("passage", "key", "about", "year", "day", "task")


def made_by() -> str:
    """Return a text that differs between versions whose indexes do not fit each other."""
    return f"{FORMAT}-{cutting_fingerprint()}"


def schema() -> tantivy.Schema:
    """Return the schema: terms with frequencies, exact words, numbers, and the marker's two stored values."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=PRETOKENISED, index_option="freq")
    for name in RAW_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("change", stored=True)
    builder.add_text_field("made_by", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register_tokenizer(index: tantivy.Index) -> None:
    """Teach `index` that terms come cut already, with a space between; needed whenever one is opened."""
    import tantivy

    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(PRETOKENISED, whitespace)


def entry(row: PassageRow) -> Entry:
    """Return what the index keeps of a passage: the values of a document of tantivy's."""
    return {
        "passage": row.id,
        "key": text_key(row.text),
        "about": about(row),
        "words": " ".join(words(row.text)),
        "bigrams": " ".join(bigrams(row.text)),
        "headings": " ".join(words(" ".join((row.title or "", *row.section)))),
        "document": row.document_id,
        "region": list(place_keys(row.region)) if row.region else UNKNOWN,
        "level": _level(row.region),
        "doc_type": row.doc_type or UNKNOWN,
        "issuer": row.issuer or UNKNOWN,
        "year": row.date.year if row.date else UNKNOWN_YEAR,
        "day": row.date.toordinal() if row.date else UNKNOWN_YEAR,
        "task": int(row.task_id is not None),
    }


def marker(change: int) -> tantivy.Document:
    """Return the document that carries the number of the last change."""
    import tantivy

    return tantivy.Document(passage=MARKER, change=change, made_by=made_by())


def _level(place: str | None) -> str:
    region = find_region(place) if place else None
    return region.level if region else UNKNOWN


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may find; all of it must hold."""

    filters: Filters = field(default_factory=Filters)
    tasks_only: bool = False
    """Only passages that belong to a row of the ledger."""
    without: str | None = None
    """A document whose passages are left out."""
    ids: tuple[int, ...] | None = None
    """The only passages allowed. Unit and due date, which the index does not hold, come in this form."""

    @property
    def everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Scope()


def limits(fields: tantivy.Schema, scope: Scope) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Return the clauses that keep `scope`, which add nothing to a score; [] when it allows everything."""
    from tantivy import FieldType, Occur, Query

    filters = scope.filters
    exact = {
        "region": place_key(filters.region) if filters.region else None,
        "doc_type": filters.doc_type,
        "issuer": filters.issuer,
        "document": filters.document,
        "task": 1 if scope.tasks_only or filters.has_tasks else None,
    }
    allowed = [Query.term_query(fields, name, value) for name, value in exact.items() if value]
    first, last = filters.first_day, filters.last_day
    if first is not None or last is not None:
        days = (first.toordinal() if first else UNKNOWN_YEAR + 1, last.toordinal() if last else None)
        allowed.append(Query.range_query(fields, "day", FieldType.Integer, *days))
    if scope.ids is not None:
        allowed.append(any_of(fields, "passage", scope.ids))
    clauses = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in allowed]
    if scope.without is not None:
        clauses.append((Occur.MustNot, Query.term_query(fields, "document", scope.without)))
    return clauses


def any_of(fields: tantivy.Schema, name: str, values: Sequence[int]) -> tantivy.Query:
    """Return a query for the passages with one of the values of a number field.

    To ask for each apart is quicker than for the set, as long as there are not too many.
    """
    from tantivy import Occur, Query

    if len(values) > ASKED_APART:
        return Query.term_set_query(fields, name, list(values))
    return Query.boolean_query([(Occur.Should, Query.term_query(fields, name, value)) for value in values])


def any_lifted(fields: tantivy.Schema, query: Query) -> tuple[tantivy.Occur, tantivy.Query] | None:
    """Return a clause for the documents that `query` is known to speak of, None if it speaks of none."""
    from tantivy import Occur
    from tantivy import Query as Clause

    known = [(name, value) for name, value, _ in lifts(query) if value not in (UNKNOWN, UNKNOWN_YEAR)]
    clauses = [(Occur.Should, Clause.term_query(fields, name, value)) for name, value in known]
    return (Occur.Should, Clause.const_score_query(Clause.boolean_query(clauses), 0.0)) if clauses else None

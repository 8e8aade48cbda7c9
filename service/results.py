"""What the library gives back, as the JSON that programs rely on."""

from __future__ import annotations

from corpus.records import JsonObject, plain
from corpus.store.filters import Filters
from corpus.store.rows import DocumentRow
from index.hits import SearchResult, hit_record


def search_record(query: str, filters: Filters, result: SearchResult) -> JsonObject:
    """Return the object that `taizhang search --json` prints."""
    hits = [hit_record(hit) for hit in result.hits]
    return {
        "query": query,
        "filters": filters_record(filters),
        "hits": hits,
        "facets": result.facets,
    }


def filters_record(filters: Filters) -> JsonObject:
    """Return the filters that are set."""
    return {key: value for key, value in plain(filters).items() if value is not None}


def document_row_record(row: DocumentRow) -> JsonObject:
    """Return a document as a listing shows it."""
    record: JsonObject = plain(row)
    return record

"""Filters together let through what a plain loop over the documents lets through; counts are of those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.store.editing.edits import NewRow, RowEdits
from corpus.store.filters import Filters
from corpus.store.rows import NewDocument
from corpus.store.store import Store
from index.search import SearchIndex
from tests.corpus.builders import document, extraction, task
from tests.index.builders import PairEncoder, add, opened

PLACES = {
    "浙江省": {"浙江省"},
    "浙江省杭州市": {"浙江省", "杭州市", "杭州"},
    "湖北省襄樊市": {"湖北省", "襄阳市", "襄樊市"},  # its name until 2010
    None: set(),
}
"""Places of documents, with the filters by place that let them through."""
YEARS = (2009, 2023, None)
KINDS = ("实施方案", "通知")
UNITS = ("市水利局", "市林业局", None)


@dataclass(frozen=True)
class Made:
    """A document of the library as it was made up."""

    source: str
    place: str | None
    year: int | None
    kind: str
    unit: str | None

    @property
    def due(self) -> date | None:
        """The day of its task, if it has one."""
        return date(2024, 6, 30) if self.unit == "市水利局" else None

    def fits(self, filters: Filters) -> bool:
        """Tell whether the filters let its passage through."""
        year = self.year
        return (
            (filters.region is None or filters.region in PLACES[self.place])
            and (filters.year_from is None or (year is not None and year >= filters.year_from))
            and (filters.year_to is None or (year is not None and year <= filters.year_to))
            and (filters.doc_type is None or filters.doc_type == self.kind)
            and (filters.issuer is None or filters.issuer == f"{self.place}人民政府")
            and (filters.unit is None or filters.unit == self.unit)
            and (filters.due_before is None or (self.due is not None and self.due <= filters.due_before))
            and (not filters.has_tasks or self.unit is not None)
        )


def made_up() -> list[Made]:
    """One document of each sort."""
    sorts = product(PLACES, YEARS, KINDS, UNITS)
    return [Made(f"{number}.txt", *sort) for number, sort in enumerate(sorts)]


def _new(one: Made) -> NewDocument:
    made = document(
        f"p 河道清淤，第{one.source}号，按月巡查。",
        source=one.source,
        region=one.place,
        doc_type=one.kind,
        issuer=f"{one.place}人民政府",
        date=date(one.year, 5, 1) if one.year else None,
    )
    due = one.due.isoformat() if one.due else None
    found = [task(made, "河道清淤", one.unit, by=due)] if one.unit else []
    return NewDocument(one.source, one.source.encode(), made, extraction(*found))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, SearchIndex]]:
    """A document of each sort."""
    store, index = opened(tmp_path_factory.mktemp("filters"), encoder=PairEncoder())
    store.add_many(map(_new, made_up()))
    index.catch_up()
    yield store, index
    store.close()


def _maybe(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from([None, *values])


FILTERS = st.builds(
    Filters,
    region=_maybe("浙江省", "杭州市", "湖北省", "襄阳市", "襄樊市"),
    year_from=_maybe(2009, 2010, 2023),
    year_to=_maybe(2009, 2022, 2024),
    doc_type=_maybe(*KINDS),
    issuer=_maybe("浙江省人民政府"),
    unit=_maybe("市水利局", "市林业局"),
    due_before=_maybe(date(2024, 6, 29), date(2024, 6, 30)),
    has_tasks=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(FILTERS)
def test_filters_together_let_through_what_a_loop_does(
    library: tuple[Store, SearchIndex], filters: Filters
) -> None:
    fitting = [one for one in made_up() if one.fits(filters)]
    result = library[1].search("河道清淤", filters, 100, collapse=False)
    assert sorted(hit.passage.source for hit in result.hits) == sorted(one.source for one in fitting)
    told: dict[str, list[str | None]] = {
        "region": [one.place for one in fitting],
        "year": [str(one.year) if one.year else None for one in fitting],
        "doc_type": [one.kind for one in fitting],
        "unit": [one.unit for one in fitting],
    }
    for name, values in told.items():
        assert result.facets[name] == dict(Counter(value for value in values if value))


def test_passages_have_tasks_from_when_a_row_is_made_until_the_last_is_hidden(tmp_path: Path) -> None:
    store, index = opened(tmp_path, encoder=PairEncoder())
    ids = [add(store, source, "河道清淤按月巡查。") for source in ("甲.txt", "乙.txt")]

    def found(**filters: bool) -> list[str]:
        index.catch_up()
        return [hit.passage.source for hit in index.search("河道", Filters(**filters), collapse=False).hits]

    assert found(has_tasks=True) == []
    made = store.edit(RowEdits(added=[NewRow({"text": "河道清淤", "span": [0, 4]}, ids[1])]))
    assert found(has_tasks=True) == ["乙.txt"]
    store.edit(RowEdits(deleted=made.added))
    assert found(has_tasks=True) == []
    store.edit(RowEdits(restored=made.added))
    assert found(has_tasks=True) == ["乙.txt"]
    assert sorted(found()) == ["乙.txt", "甲.txt"]  # what got another id stands there once
    store.close()

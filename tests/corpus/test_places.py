"""From the canonical text back to the page: where the words of a span stand in the original."""

import pytest

from corpus.document import Document, Origin, Place
from corpus.spans import Span
from corpus.store.encoding import outline_from_bytes, outline_to_bytes

LINE, NEXT, CELL = (10.0, 10.0, 90.0, 20.0), (10.0, 30.0, 90.0, 40.0), (50.0, 50.0, 90.0, 60.0)
DOCUMENT = Document(
    "d1",
    "方案.pdf",
    "0123456789abcdef",
    origins=(
        Origin(0, 1, 0, LINE),
        Origin(5, 1, 1, NEXT, confidence=0.7),
        Origin(10, 2, 2, CELL),
        Origin(14, 2, 3),
    ),
)


@pytest.mark.parametrize(
    ("span", "places"),
    [
        (Span(0, 3), (Place(1, LINE),)),
        (Span(2, 5), (Place(1, LINE),)),
        (Span(4, 6), (Place(1, LINE), Place(1, NEXT))),
        (Span(5, 5), (Place(1, NEXT),)),
        (Span(7, 12), (Place(1, NEXT), Place(2, CELL))),
        (Span(14, 16), ()),
    ],
)
def test_words_are_found_on_their_page(span: Span, places: tuple[Place, ...]) -> None:
    assert DOCUMENT.places_of(span) == places


def test_a_document_without_pages_has_no_places() -> None:
    assert Document("d1", "方案.txt", "文字").places_of(Span(0, 2)) == ()


def test_origins_survive_the_store() -> None:
    written = outline_to_bytes((DOCUMENT.blocks, DOCUMENT.origins, ()))
    assert outline_from_bytes(written)[1] == DOCUMENT.origins

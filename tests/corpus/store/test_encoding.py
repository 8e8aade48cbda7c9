"""What is written into a column comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, BlockKind, Cell, Origin, Problem, Row
from corpus.spans import Span
from corpus.store.encoding import deflate, from_json, inflate, outline_from_bytes, outline_to_bytes, to_json

numbers = st.integers(0, 10_000)
spans = st.builds(lambda start, length: Span(start, start + length), numbers, numbers)
words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=10)
cells = st.builds(Cell, numbers, spans, numbers, st.booleans())
rows = st.builds(Row, numbers, numbers, st.lists(cells, max_size=3).map(tuple), st.booleans())
blocks = st.builds(
    Block,
    st.sampled_from(BlockKind),
    spans,
    numbers,
    words,
    spans,
    st.none() | spans,
    st.none() | numbers,
    st.none() | numbers,
    st.none() | rows,
)
boxes = st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4)
origins = st.builds(Origin, numbers, st.none() | numbers, st.none() | numbers, boxes)
problems = st.builds(Problem, words, words, words, words, st.none() | numbers)


@given(st.tuples(*(st.lists(item, max_size=4).map(tuple) for item in (blocks, origins, problems))))
def test_outlines_come_back(
    outline: tuple[tuple[Block, ...], tuple[Origin, ...], tuple[Problem, ...]],
) -> None:
    assert outline_from_bytes(outline_to_bytes(outline)) == outline


@given(st.binary(max_size=200))
def test_bytes_come_back_and_are_never_larger(data: bytes) -> None:
    deflated, kept = deflate(data)
    assert inflate(deflated, kept) == data
    assert len(kept) <= len(data)


@given(st.recursive(st.none() | st.booleans() | words | numbers, lambda inner: st.lists(inner, max_size=3)))
def test_values_come_back(value: object) -> None:
    assert from_json(to_json(value)) == value

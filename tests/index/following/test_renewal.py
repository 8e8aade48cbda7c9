"""Another encoder is chosen: all is encoded anew, while what was made before serves."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.encoders.base import NotAnsweredError
from index.encoders.static import built_in_encoder
from index.following.renewal import RenewalState, renewal_state
from index.models.choice import ModelChoice
from index.models.loading import Models
from tests.index.builders import PairEncoder, many, opened

COUNT = 200
"""Documents of one passage each: three batches and a bit."""


class Watched(PairEncoder):
    """An encoder that tells of each batch before it encodes it."""

    def __init__(self, told: Callable[[int], None] = lambda _batches: None) -> None:
        super().__init__()
        self.told = told
        self.batches = 0
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.batches += 1
        self.told(self.batches)
        self.texts += len(texts)
        return super().encode(texts)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    store, index = opened(tmp_path)
    store.add_many(many(COUNT))
    index.catch_up()
    store.close()
    return tmp_path


def test_progress_stands_where_another_process_can_read_it(library: Path) -> None:
    seen: list[RenewalState | None] = []
    encoder = Watched(lambda _: seen.append(renewal_state(library / "index")))
    store, index = opened(library, encoder=encoder)
    index.catch_up()
    assert seen[0] is not None
    assert (seen[0].encoder, seen[0].done, seen[0].total) == (encoder.name, 0, COUNT)
    assert (index.renewal, index.in_use, index.due) == (None, encoder.name, False)
    store.close()


def test_what_was_made_is_not_made_again_after_a_failure(library: Path) -> None:
    def fail(batches: int) -> None:
        if batches == 3:
            raise NotAnsweredError("向量服务没有应答")

    store, index = opened(library, encoder=Watched(fail))
    index.catch_up()
    assert index.fault == "向量服务没有应答"
    assert (index.in_use, index.due) == (built_in_encoder().name, True)
    assert set(index.search("古树保护", k=1).hits[0].ranks) == {"words", "vectors"}
    store.close()

    rest = Watched()
    store, index = opened(library, encoder=rest)
    index.catch_up()
    assert (index.in_use, index.fault) == (rest.name, "")
    assert rest.texts == COUNT - 2 * 64
    assert len(index.search("安澜市方案", k=1000, collapse=False).hits) == COUNT
    store.close()


def test_it_stops_when_the_office_wants_the_built_in_one_back(library: Path) -> None:
    choice = ModelChoice("pairs")
    encoder = Watched()

    def change_one_s_mind(batches: int) -> None:
        nonlocal choice
        if batches == 2:
            choice = ModelChoice()

    encoder.told, encoder.name = change_one_s_mind, "model:pairs"
    models = Models(lambda: choice)
    models._encoders.get(("model:pairs", ""), lambda: encoder)
    store, index = opened(library, models=models)
    index.catch_up()
    assert (encoder.batches, index.in_use, index.due) == (2, built_in_encoder().name, False)
    assert not (library / "index" / "renewal").exists()
    store.close()


def test_vectors_of_another_encoder_are_not_gone_on_with(library: Path) -> None:
    def fail(batches: int) -> None:
        if batches == 3:
            raise NotAnsweredError("向量服务没有应答")

    store, index = opened(library, encoder=Watched(fail))
    index.catch_up()
    store.close()
    other = Watched()
    other.name = "another"
    store, index = opened(library, encoder=other)
    index.catch_up()
    assert other.texts == COUNT
    store.close()


def test_the_built_in_one_takes_over_from_one_that_is_gone(library: Path) -> None:
    brought = PairEncoder()
    brought.name = f"onnx:{library / 'gone'}"
    store, index = opened(library, encoder=brought)
    index.catch_up()
    assert index.in_use == brought.name
    store.close()
    store, index = opened(library)
    assert index.search("古树保护", k=1).notices
    index.catch_up()
    assert (index.in_use, index.fault) == (built_in_encoder().name, "")
    result = index.search("古树保护", k=1)
    assert (set(result.hits[0].ranks), result.notices) == ({"words", "vectors"}, ())
    store.close()


def test_another_model_in_the_same_place_is_told(library: Path) -> None:
    store, index = opened(library, encoder=PairEncoder(64))
    index.catch_up()
    store.add_many(many(1, first=COUNT))
    store.close()
    shorter = PairEncoder(32)
    shorter.name = "pairs-64"
    store, index = opened(library, encoder=shorter)
    assert index.catch_up()
    assert "另一个模型" in index.fault
    assert len(index.search("安澜市方案", k=1000, collapse=False).hits) == COUNT + 1
    store.close()


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (RenewalState("a", 50, 100, seconds=10), 10),
        (RenewalState("a", 75, 100, seconds=10, begun_at=50), 10),
        (RenewalState("a", 50, 100, seconds=10, begun_at=50), None),
    ],
)
def test_how_long_it_will_take(state: RenewalState, left: float | None) -> None:
    assert state.seconds_left == left

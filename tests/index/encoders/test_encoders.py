"""Every encoder passes the same table of searches."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UserError
from index.encoders.base import Encoder
from index.encoders.static import StaticEncoder, built_in_encoder, save
from index.models.choice import configured_encoder
from index.vectors.vector_index import VectorIndex
from tests.index.builders import PairEncoder, add, opened

PASSAGES = (
    "农家乐和民宿应当规范经营，污水达标排放。",
    "对农家乐开展专项整治，关停污染严重的民宿。",
    "尾矿库实行一库一策，汛期前完成隐患治理。",
    "尾矿库企业落实安全管理责任，排查隐患。",
    "社区养老服务驿站为老人提供助餐服务。",
    "支持养老机构为高龄老人上门服务。",
    "缴存职工可以提取住房公积金支付房租。",
    "住房公积金贷款额度按缴存年限确定。",
)
SEARCHES = [
    ("农家乐民宿整治", {0, 1}),
    ("尾矿库隐患", {2, 3}),
    ("老人养老服务", {4, 5}),
    ("提取住房公积金", {6, 7}),
    ("ＡＢＣ尾矿库隐患怎么治理", {2, 3}),
]


def built_in(_: Path) -> Encoder:
    return built_in_encoder()


def pairs(_: Path) -> Encoder:
    return PairEncoder(256)


def neural(folder: Path) -> Encoder:
    """The model that `saved_model` makes, loaded without a network."""
    pytest.importorskip("sentence_transformers")
    from index.encoders.neural import SentenceEncoder

    return SentenceEncoder(str(saved_model(folder)))


def saved_model(folder: Path) -> Path:
    """Save a tiny model with a direction of its own for each character."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    characters = sorted({character for text in PASSAGES for character in text})
    vocabulary = {character: place for place, character in enumerate(["[UNK]", *characters])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    directions = np.random.default_rng(0).normal(size=(len(vocabulary), 128)).astype(np.float32)
    directions[[0, *(vocabulary[mark] for mark in "，。")]] = 0
    module = StaticEmbedding(tokenizer, embedding_weights=directions)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder / "model"))
    return folder / "model"


ENCODERS = [built_in, pairs, pytest.param(neural, marks=pytest.mark.neural)]


@pytest.fixture(scope="module", params=ENCODERS)
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    make: Callable[[Path], Encoder] = request.param
    return make(tmp_path_factory.mktemp("encoder"))


@pytest.mark.parametrize(("query", "expected"), SEARCHES)
def test_searches(encoder: Encoder, query: str, expected: set[int]) -> None:
    index = VectorIndex.empty(encoder.dimensions, encoder.name)
    index.apply((), range(len(PASSAGES)), encoder.encode(PASSAGES), 1)
    assert {item.id for item in index.search(encoder.encode_query(query), 2)} == expected


def test_vectors_have_length_1(encoder: Encoder) -> None:
    vectors = encoder.encode(PASSAGES)
    assert (vectors.shape, vectors.dtype) == ((len(PASSAGES), encoder.dimensions), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_same_text_has_the_same_vector_in_company(encoder: Encoder) -> None:
    together, alone = encoder.encode(PASSAGES), encoder.encode(PASSAGES[3:4])
    assert np.allclose(together[3], alone[0], atol=1e-5)


def saved(folder: Path, value: float) -> StaticEncoder:
    vectors = np.array([[1, 0], [0, 1], [value, value]], dtype=np.float32)
    save(folder, ["尾矿", "养老", "的"], vectors, np.array([1, 2, 0]), np.zeros((2, 2)))
    return StaticEncoder(folder)


def test_the_name_tells_encoders_apart(tmp_path: Path) -> None:
    one, same, other = (saved(tmp_path / name, value) for name, value in (("a", 0), ("b", 0), ("c", 0.5)))
    assert one.name == same.name != other.name


def test_a_vector_is_the_sum_of_what_stands_in_the_text(tmp_path: Path) -> None:
    encoder = saved(tmp_path, 0)
    assert encoder.encode(["尾矿与养老", "尾矿尾矿", "无"]) == pytest.approx(
        np.array([[0.5**0.5, 0.5**0.5], [1, 0], [0, 0]]), abs=1e-6
    )


def test_a_query_weighs_its_words_in_its_own_way(tmp_path: Path) -> None:
    assert saved(tmp_path, 0.5).encode_query("尾矿的养老") == pytest.approx([0.2**0.5, 0.8**0.5], abs=1e-2)


def test_few_texts_and_many_are_encoded_alike() -> None:
    encoder = built_in_encoder()
    assert np.allclose(encoder.encode(PASSAGES * 2)[:3], encoder.encode(PASSAGES[:3]), atol=1e-5)


def test_a_text_without_known_terms_has_no_direction(tmp_path: Path) -> None:
    encoder = saved(tmp_path, 0)
    assert not encoder.encode_query("xyz").any()
    assert not encoder.encode_query("").any()


@pytest.mark.neural
def test_a_model_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    from index.encoders.neural import SentenceEncoder

    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="无法载入模型"):
        SentenceEncoder(str(tmp_path / "empty"))


@pytest.mark.neural
def test_the_environment_names_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setenv("TAIZHANG_ENCODER", str(saved_model(tmp_path)))
    store, index = opened(tmp_path / "library")
    add(store, "方案.txt", PASSAGES[0])
    index.catch_up()
    (hit,) = index.search(SEARCHES[0][0]).hits
    assert set(hit.ranks) == {"words", "vectors"}
    store.close()


def test_without_a_choice_the_built_in_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAIZHANG_ENCODER", raising=False)
    assert configured_encoder() is built_in_encoder()

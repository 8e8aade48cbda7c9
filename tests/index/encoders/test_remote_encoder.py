"""Encoders that stand outside this process: a service in the office, an exported model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import UserError
from index.encoders.base import NotAnsweredError
from index.encoders.onnx import OnnxEncoder
from index.encoders.static import built_in_encoder
from index.models.choice import ENCODER, ENCODER_KEY, configured_encoder, is_loadable, load_encoder
from index.search import BY_WORDS_ONLY
from tests.index.builders import add, opened
from tests.index.office_services import serving

KEY = "office-key"


def embeddings(path: str, asked: dict[str, Any], token: str) -> tuple[int, Any]:
    """Answer with the length of each text, last one first; know one model, and ask for a key."""
    known = path == "/v1/embeddings" and asked["model"] == "office" and token == KEY
    vectors = [{"index": place, "embedding": [len(text), 1.0]} for place, text in enumerate(asked["input"])]
    return (200 if known else 404), {"data": vectors[::-1]}


@pytest.fixture
def address() -> Iterator[str]:
    with serving(embeddings) as found:
        yield f"{found}/v1"


def test_a_service_encodes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENCODER, f"{address}#office")
    monkeypatch.setenv(ENCODER_KEY, KEY)
    encoder = configured_encoder()
    assert (encoder.name, encoder.dimensions) == (f"{address}#office", 2)
    assert encoder.encode(["尾矿库", "清"]) == pytest.approx(
        np.array([[3, 1], [1, 1]]) / np.array([[10**0.5], [2**0.5]])
    )
    assert encoder.encode([]).shape == (0, 2)


@pytest.mark.parametrize("name", ["{}#other", "{}/nowhere#office", "http://127.0.0.1:9/v1#office"])
def test_a_service_that_does_not_answer_is_told(address: str, name: str) -> None:
    with pytest.raises(NotAnsweredError, match="向量服务"):
        load_encoder(name.format(address), KEY).encode_query("尾矿库")


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": [{"embedding": "x"}]}, b"no json", [1]])
def test_an_answer_that_holds_no_vectors_is_told(body: Any) -> None:
    with serving(lambda *_: (200, body)) as address, pytest.raises(NotAnsweredError, match="向量服务"):
        load_encoder(address).encode_query("尾矿库")


def test_texts_follow_no_redirection() -> None:
    with serving(lambda *_: (307, {})) as address, pytest.raises(NotAnsweredError, match="HTTP 307"):
        load_encoder(address).encode_query("尾矿库")


def test_a_folder_without_an_exported_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    with pytest.raises(UserError, match="ONNX"):
        OnnxEncoder(str(tmp_path))


def test_names_on_disk_find_their_encoder_again() -> None:
    assert load_encoder(built_in_encoder().name) is built_in_encoder()
    assert not is_loadable("latent-0123456789abcdef")


def test_a_service_that_falls_silent_leaves_search_and_additions_to_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(ENCODER_KEY, KEY)
    with serving(embeddings) as address:
        monkeypatch.setenv(ENCODER, f"{address}/v1#office")
        store, index = opened(tmp_path)
        add(store, "一.txt", "尾矿库隐患治理。")
        index.catch_up()
        assert set(index.search("尾矿库").hits[0].ranks) == {"words", "vectors"}
        assert index.fault == ""
    add(store, "二.txt", "尾矿库汛期检查。")
    assert index.catch_up()
    assert "向量服务" in index.fault
    result = index.search("尾矿库")
    assert {hit.passage.source for hit in result.hits} == {"一.txt", "二.txt"}
    assert result.notices == (BY_WORDS_ONLY,)
    assert KEY not in caplog.text
    store.close()

"""Models of search are tried before they are stored, and a key goes to its own address only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UserError
from index.encoders.static import built_in_encoder
from service.library import Library
from service.pages.settings.models import name_of, parts_of, standing_words, told
from service.search_models import Standing, Trial, chosen_models
from service.settings import Settings
from tests.index.office_services import serving


class Office:
    """An embedding and rerank service that notes the keys it is shown."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def answer(self, path: str, asked: dict[str, Any], token: str) -> tuple[int, Any]:
        self.keys.append(token)
        if path.endswith("/embeddings"):
            return 200, {"data": [{"embedding": [len(text), 1.0]} for text in asked["input"]]}
        return 200, {"results": [{"index": 0, "relevance_score": 1.0}]}


@pytest.fixture
def office() -> Iterator[tuple[Office, str]]:
    office = Office()
    with serving(office.answer) as address:
        yield office, address


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", workers=1) as library:
        yield library


def test_a_model_that_answers_is_stored(library: Library, office: tuple[Office, str]) -> None:
    values = {"encoder": f"{office[1]}/v1#a", "encoder_key": "first", "reranker": f"{office[1]}/v1#b"}
    trials = library.change_settings(values, "王芳")
    assert set(trials) == {"encoder", "reranker"}
    assert all(trial.per_second > 0 for trial in trials.values())
    assert office[0].keys == ["first", "first", ""]
    choice = library.search_models.chosen()
    assert (choice.encoder, choice.encoder_key, choice.reranker) == (
        values["encoder"],
        "first",
        values["reranker"],
    )
    assert "first" not in str(library.settings.read().public()) + str(choice)
    assert "first" not in str(library.audit.page())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"encoder": "onnx:nowhere"}, "无法载入"),
        ({"encoder": "http://127.0.0.1:9/v1#a"}, "向量服务"),
        ({"reranker": "http://127.0.0.1:9/v1#a"}, "重排模型没有给出可用的结果"),
        ({"reranker": "onnx:nowhere"}, "无法载入"),
        ({"encoder": "http://"}, "不合要求"),
        ({"reranker": "http://me:secret@127.0.0.1:9/v1"}, "不合要求"),
    ],
)
def test_a_model_that_cannot_be_used_is_not_stored(
    library: Library, values: dict[str, str], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        library.change_settings({**values, "office_name": "安澜市"}, "王芳")
    assert library.settings.read() == Settings()


def test_a_key_is_not_sent_to_another_address(library: Library, office: tuple[Office, str]) -> None:
    library.change_settings({"encoder": f"{office[1]}/v1#a", "encoder_key": "first"}, "王芳")
    library.change_settings({"encoder": f"{office[1]}/v2#a"}, "王芳")
    assert set(office[0].keys[2:]) == {""}
    assert library.settings.read().encoder_key == ""
    library.change_settings({"encoder_key": "second"}, "王芳")
    assert office[0].keys[-1] == "second"
    library.change_settings({"encoder": None}, "王芳")
    assert library.settings.read() == Settings()


def test_the_environment_goes_before_settings_with_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        encoder="http://a/v1#m", encoder_key="first", reranker="http://a/v1#r", reranker_key="r"
    )
    monkeypatch.setenv("TAIZHANG_ENCODER", "http://b/v1#m")
    choice = chosen_models(settings)
    assert (choice.encoder, choice.encoder_key) == ("http://b/v1#m", "")
    assert (choice.reranker, choice.reranker_key) == ("http://a/v1#r", "r")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("", ("", "", "")),
        ("/opt/models/bge", ("folder", "/opt/models/bge", "")),
        ("onnx:D:\\模型", ("onnx", "D:\\模型", "")),
        ("http://10.0.0.1/v1#bge", ("address", "http://10.0.0.1/v1", "bge")),
        ("http://10.0.0.1", ("address", "http://10.0.0.1", "")),
    ],
)
def test_what_the_page_shows_of_a_name_makes_it_again(name: str, parts: tuple[str, str, str]) -> None:
    assert parts_of(name) == parts
    assert name_of(*parts) == name


def test_where_the_vectors_stand_is_told_in_words() -> None:
    from index.following.renewal import RenewalState

    own, other = built_in_encoder().name, "onnx:/opt/bge"
    half = RenewalState(other, 50, 100, seconds=300)
    assert standing_words(Standing(own, own, None, "")) == "现在使用：随产品自带。"
    assert standing_words(Standing(other, own, None, "")).endswith("正在准备换成：/opt/bge。")
    words = standing_words(Standing(other, own, half, ""))
    assert words == "现在使用：随产品自带。正在换成：/opt/bge，已完成 50%，约还要 5 分钟。"
    assert standing_words(Standing(other, "", None, "")).startswith("还没有可用的语义模型")


def test_how_fast_models_are_is_told_in_words() -> None:
    assert told({"encoder": Trial(1234.5), "reranker": Trial(100.0)}) == [
        "语义模型可用，每秒约计算 1,200 段。",
        "重排模型可用，每次检索约多用 0.3 秒。",
    ]
    assert "换小一些的模型" in told({"reranker": Trial(10.0)})[0]

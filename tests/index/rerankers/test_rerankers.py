"""Rerankers of every kind: a taught cross-encoder, its export, and services in the office."""

import logging
import warnings
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UserError
from index.hits import Hit, SearchResult
from index.models.choice import RERANKER, RERANKER_KEY, configured_reranker, load_reranker
from index.models.loading import Models
from index.ranking.reranking import FAILED, FIRST, NOT_LOADED, Reranking, reordered, words_of
from index.rerankers.base import Reranker, RerankError
from tests.index.builders import add, opened, passage
from tests.index.office_services import serving
from tests.index.tiny_models import export_cross_encoder, save_cross_encoder

PASSAGES = (
    "居民可以在社区食堂享受助餐补贴。",
    "尾矿库企业应当在汛期前排查隐患。",
    "缴存职工可以提取公积金支付房租。",
    "秸秆禁烧实行网格化巡查。",
)
QUESTIONS = ("老人吃饭有补助吗", "矿上怎么防汛", "租房能用公积金吗", "烧秸秆谁来管")
PAIRS = [
    (question, text, float(asked == place))
    for asked, question in enumerate(QUESTIONS)
    for place, text in enumerate(PASSAGES)
]
IN_TIME = 60.0
KEY = "office-key"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers")
    return save_cross_encoder(tmp_path_factory.mktemp("model"), PAIRS)


@pytest.fixture(scope="module")
def exported(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they concern the exporter; what it wrote is held against the model
        return export_cross_encoder(saved, tmp_path_factory.mktemp("exported"))


@pytest.mark.neural
class TestTaughtModels:
    def test_a_cross_encoder_orders_by_what_it_was_taught(self, saved: Path) -> None:
        reranker = load_reranker(f"model:{saved}")
        for place, question in enumerate(QUESTIONS):
            scores = reranker.scores(question, PASSAGES, IN_TIME)
            assert scores.index(max(scores)) == place
        assert reranker.scores(QUESTIONS[0], [], IN_TIME) == []

    def test_its_export_gives_the_same_order(self, saved: Path, exported: Path) -> None:
        one, other = (load_reranker(name) for name in (f"model:{saved}", f"onnx:{exported}"))
        for question in QUESTIONS:
            many = [*PASSAGES * 3, "，".join(PASSAGES)]
            orders = [_order(reranker.scores(question, many, IN_TIME)[-5:]) for reranker in (one, other)]
            assert orders[0] == orders[1]

    def test_nobody_waits_for_a_slow_model(self, saved: Path) -> None:
        with pytest.raises(RerankError):
            load_reranker(f"model:{saved}").scores(QUESTIONS[0], PASSAGES, -1.0)

    def test_what_is_no_reranker_is_told(self, tmp_path: Path) -> None:
        pytest.importorskip("sentence_transformers")
        folder = save_cross_encoder(tmp_path / "classes", PAIRS, labels=3)
        with pytest.raises(UserError, match="不是重排模型"):
            load_reranker(f"model:{folder}")
        with pytest.raises(UserError, match="无法载入模型"):
            load_reranker(f"model:{tmp_path / 'nowhere'}")


def test_a_folder_without_an_exported_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    with pytest.raises(UserError, match="ONNX"):
        load_reranker(f"onnx:{tmp_path}")


def _order(scores: list[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda place: -scores[place])


def longest_first(path: str, asked: dict[str, Any], token: str) -> tuple[int, Any]:
    """Score as Jina and Cohere do: by length, the best first; know one model, and ask for a key."""
    if path != "/v1/rerank" or asked["model"] != "office" or token != KEY or "texts" in asked:
        return 404, {}
    results = [
        {"index": place, "relevance_score": len(text)} for place, text in enumerate(asked["documents"])
    ]
    results.sort(key=lambda item: -item["relevance_score"])
    return 200, {"id": "1", "results": results[: asked["top_n"]], "meta": {"tokens": 7}}


def bare(path: str, asked: dict[str, Any], _token: str) -> tuple[int, Any]:
    """Score as the text embeddings server of Hugging Face does, which knows no `documents`."""
    if path != "/rerank" or "texts" not in asked:
        return 422, {"error": "missing field `texts`"}
    return 200, [{"index": place, "score": len(text)} for place, text in enumerate(asked["texts"])][::-1]


@pytest.mark.parametrize(
    ("answer", "name"), [(longest_first, "/v1#office"), (longest_first, "/v1/rerank#office")]
)
def test_a_service_orders(answer: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer) as address:
        monkeypatch.setenv(RERANKER, f"{address}{name}")
        monkeypatch.setenv(RERANKER_KEY, KEY)
        reranker = configured_reranker()
        assert reranker is not None
        assert reranker.scores("尾矿库", ["清", "清淤", "河"], IN_TIME) == [1, 2, 1]


def test_a_service_that_calls_passages_texts_orders_too() -> None:
    asked: list[str] = []

    def noted(path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
        asked.append("texts" if "texts" in body else "documents")
        return bare(path, body, token)

    with serving(noted) as address:
        reranker = load_reranker(address)
        for _ in range(2):
            assert reranker.scores("尾矿库", ["清", "清淤"], IN_TIME) == [1, 2]
    assert asked == ["documents", "texts", "texts"]


def test_a_passage_that_a_service_leaves_out_comes_last() -> None:
    body = {"results": [{"index": 1, "relevance_score": 0.4}, {"index": 2, "relevance_score": 0.1}]}
    with serving(lambda *_: (200, body)) as address:
        assert load_reranker(address).scores("问", ["甲", "乙", "丙"], IN_TIME) == [0.1, 0.4, 0.1]


BAD = [
    (500, {}),
    (401, {}),
    (422, {}),
    (307, {}),
    (200, {}),
    (200, []),
    (200, b"no json"),
    (200, "text"),
    (200, {"results": [{"index": 7, "relevance_score": 1}]}),
    (200, {"results": [{"index": 0, "relevance_score": None}]}),
    (200, b'{"results": [{"index": 0, "relevance_score": NaN}]}'),
    (200, {"results": [{"index": 0}]}),
]


@pytest.mark.parametrize(("status", "body"), BAD)
def test_an_answer_without_scores_is_told(status: int, body: Any) -> None:
    with serving(lambda *_: (status, body)) as address, pytest.raises(RerankError):
        load_reranker(address).scores("问", ["甲"], IN_TIME)


class Lengths:
    """A reranker that finds the longest passage best, or fails."""

    name = "lengths"
    at_once = 1

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[list[str]] = []

    def scores(self, _question: str, passages: Any, _seconds: float) -> list[float]:
        self.asked.append(list(passages))
        if self.error:
            raise self.error
        return [float(len(text)) for text in passages]


def hit(id: int, text: str, score: float) -> Hit:
    return Hit(passage(id, text), score, 1.0, {"words": id})


def ids(result: SearchResult) -> list[int]:
    return [one.passage.id for one in result.hits]


class TestOrder:
    HITS = (hit(1, "清", 1.0), hit(2, "清淤", 0.9), hit(3, "河道清淤", 0.2))

    def test_both_scores_count(self) -> None:
        first = reordered(self.HITS, [0.0, 1.0, 0.5])
        assert [(one.passage.id, one.score) for one in first] == [(2, 1.0), (1, 0.9), (3, 0.2)]
        assert [one.ranks["reranker"] for one in first] == [1, 3, 2]

    def test_equal_scores_change_nothing(self) -> None:
        assert [one.passage.id for one in reordered(self.HITS, [7.0, 7.0, 7.0])] == [1, 2, 3]

    def test_only_the_first_are_ordered_anew(self) -> None:
        many = tuple(hit(place, "清" * place, 1 / place) for place in range(1, FIRST + 4))
        reranker = Lengths()
        result = Reranking(Models(reranker=reranker)).applied("清淤", SearchResult(many), FIRST + 2)
        assert ids(result)[FIRST:] == [FIRST + 1, FIRST + 2]
        assert sorted(ids(result)[:FIRST]) == list(range(1, FIRST + 1))
        assert len(reranker.asked[0]) == FIRST

    def test_a_passage_is_read_with_title_and_headings(self) -> None:
        row = passage(1, "清淤。", title="方案", section=("一、河道", "（一）清淤"))
        assert words_of(row) == "方案\n一、河道 （一）清淤\n清淤。"


class TestFailures:
    """A search never fails, and never waits long, for its reranker's sake."""

    HITS = SearchResult((hit(1, "清", 1.0), hit(2, "清淤", 0.9)))

    def applied(self, reranker: Reranker, **limits: float) -> SearchResult:
        return Reranking(Models(reranker=reranker), **limits).applied("清淤", self.HITS, 1)

    @pytest.mark.parametrize("error", [RerankError("HTTP 500"), RuntimeError("a foreign model may raise it")])
    def test_the_order_without_it_stands(self, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
        result = self.applied(Lengths(error))
        assert (ids(result), result.notices) == ([1], (FAILED,))
        assert str(error) in caplog.text

    def test_who_is_too_slow_is_not_waited_for(self) -> None:
        with serving(slow()) as address:
            result = self.applied(load_reranker(address), seconds=0.05)
        assert (ids(result), result.notices) == ([1], (FAILED,))

    def test_what_failed_is_left_alone_for_a_while(self) -> None:
        for rest, times in ((60.0, 1), (0.0, 2)):
            reranker = Lengths(RerankError("HTTP 500"))
            reranking = Reranking(Models(reranker=reranker), rest=rest)
            for _ in range(2):
                assert reranking.applied("清淤", self.HITS, 1).notices == (FAILED,)
            assert len(reranker.asked) == times

    def test_one_that_cannot_be_loaded_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("onnxruntime")
        monkeypatch.setenv(RERANKER, f"onnx:{tmp_path}")
        result = Reranking(Models()).applied("清淤", self.HITS, 1)
        assert (ids(result), result.notices) == ([1], (NOT_LOADED,))


def slow() -> Any:
    """A service that answers only when nobody waits any more."""
    import threading

    ended = threading.Event()

    def answer(*_: object) -> tuple[int, Any]:
        ended.wait(0.3)
        return 200, {}

    return answer


def test_a_search_is_reranked_only_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent: list[dict[str, Any]] = []

    def noted(path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
        sent.append(body)
        return longest_first(path, body, token)

    with serving(noted) as address:
        monkeypatch.setenv(RERANKER, f"{address}/v1#office")
        monkeypatch.setenv(RERANKER_KEY, KEY)
        store, index = opened(tmp_path)
        for place, text in enumerate(
            ("河道清淤。", "河道清淤由望川县水利局牵头，汛期前完成。", "古树保护。")
        ):
            add(store, f"{place}.txt", text)
        index.catch_up()
        plain, again = index.search("河道清淤", k=1), index.search("河道清淤", k=1, rerank=True)
        index.similar("河道清淤", k=1)
        index.search("河道清淤" * 30, k=1, rerank=True)
        store.close()
    assert len(plain.hits) == len(again.hits) == 1
    assert "reranker" not in plain.hits[0].ranks
    assert again.hits[0].ranks["reranker"]
    assert [body["query"] for body in sent] == ["河道清淤"]
    assert KEY not in caplog.text

"""A rerank service inside the office, named `http://HOST/v1#MODEL`.

Asked as Jina and Cohere do, and as vLLM, Xinference, LocalAI, llama.cpp and OpenVINO offer it:
POST …/rerank with model, query, documents and top_n gives results with index and relevance_score. The text
embeddings server of Hugging Face calls the passages `texts` and gives a bare list with index and score; a
service that refuses the first form is asked in that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from time import monotonic
from typing import Any
from urllib.parse import urldefrag

from index.encoders.office_service import ServiceError, ask_service
from index.rerankers.base import RerankError

REFUSED = (400, 422)
"""What a service answers to a form that it does not know."""
LEAST_SECONDS = 0.01
SCORES = ("relevance_score", "score")
"""What services call a passage's score."""
NO_SCORES = "the answer holds no scores"


class RemoteReranker:
    """Orders by asking a service. The texts leave this machine, so it should stand in the same office."""

    at_once = 4
    """Services queue by themselves; more would only wait there."""

    def __init__(self, name: str, key: str = "") -> None:
        """Remember where the service is: its address and, behind #, the model; `key` is "" for none."""
        self.name = name
        address, self._model = urldefrag(name)
        self._address = f"{address.rstrip('/').removesuffix('/rerank')}/rerank"
        self._key = key
        self._bare = False
        """Whether the service takes the bare form only."""

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float]:
        """Return a score for each passage, in their order; one that the service leaves out comes last.

        Raises:
            RerankError: when the service does not answer as expected, or not in time.
        """
        if not passages:
            return []
        count, until = len(passages), monotonic() + seconds
        usual = {"model": self._model, "query": question, "documents": list(passages), "top_n": count}
        bare = {"query": question, "texts": list(passages), "truncate": True}
        try:
            answer = self._ask(bare if self._bare else usual, seconds)
        except ServiceError as error:
            if error.status not in REFUSED:
                raise RerankError(str(error)) from error
            answer = self._asked_otherwise(usual if self._bare else bare, until - monotonic())
        return _in_order(answer, count)

    def _asked_otherwise(self, body: dict[str, Any], seconds: float) -> Any:
        """Return what the service answers to the other form, and stay with that form if it answers."""
        try:
            answer = self._ask(body, seconds)
        except ServiceError as error:
            raise RerankError(str(error)) from error
        self._bare = not self._bare
        return answer

    def _ask(self, body: dict[str, Any], seconds: float) -> Any:
        return ask_service(self._address, body, self._key, max(seconds, LEAST_SECONDS))


def _in_order(answer: Any, count: int) -> list[float]:
    """Return the scores of an answer in the order of the passages.

    Raises:
        RerankError: when it holds none.
    """
    try:
        items = answer["results"] if isinstance(answer, dict) else answer
        scores = {int(item["index"]): _score(item) for item in items}
    except (KeyError, TypeError, ValueError) as error:
        raise RerankError(NO_SCORES) from error
    if not scores or not all(0 <= place < count and isfinite(scores[place]) for place in scores):
        raise RerankError(NO_SCORES)
    least = min(scores.values())
    return [scores.get(place, least) for place in range(count)]


def _score(item: dict[str, Any]) -> float:
    return float(item[SCORES[0]] if SCORES[0] in item else item[SCORES[1]])

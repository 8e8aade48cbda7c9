"""A model that speaks the protocol words answers; what it makes up is dropped."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from service.ask.model import ModelAddress, ModelError, word
from service.library import Library


class BigramModel:
    """A language model as small as one can be: it goes on with the word that followed in what it was given.

    Where it knows nothing to go on with, it makes something up, as models do.
    """

    invention = "此外，省体育局将于2031年投入999亿元。"

    def reply(self, messages: list[dict[str, str]]) -> str:
        given = messages[-1]["content"]
        answer = given.split("答案：", 1)[1].split("\n", 1)[0]
        quote = given.split("〔1〕", 1)[1].split("：", 1)[1]
        following = {quote[at : at + 4]: quote[at + 4] for at in range(len(quote) - 4)}
        text = quote[:4]
        while text[-4:] in following and len(text) < 60 and not text.endswith("。"):
            text += following[text[-4:]]
        return f"{answer}。{text.rstrip('。')}。{self.invention}"


def event(words: str) -> str:
    """Return one piece of an answer as servers stream it."""
    return f"data: {json.dumps({'choices': [{'delta': {'content': words}}]})}\n\n"


REPLIES = {
    "streaming": ("text/event-stream", (event("由市水利局") + event("牵头。") + "data: [DONE]\n\n").encode()),
    "thinking": (
        "application/json",
        json.dumps(
            {"choices": [{"message": {"content": "<think>2031年？</think>由市水利局牵头。"}}]}
        ).encode(),
    ),
    "broken stream": ("text/event-stream", b"data: {}\n\ndata: [1]\n\n"),
    "page": ("text/html", b"<html>502 Bad Gateway</html>"),
    "nothing": ("application/json", b""),
    "list": ("application/json", b"[]"),
    "no text": ("application/json", b'{"choices": [{"message": {"content": null}}]}'),
    "deep": ("application/json", b"[" * 200_000),
    "endless": ("application/json", b" " * 3_000_000),
    "noise": ("application/json", bytes(range(256)) * 8),
}
"""What odd servers answer, by the name of the model that asks for it."""


class ChatHandler(BaseHTTPRequestHandler):
    """POST /v1/chat/completions, as the protocol has it."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, self.headers.get("Authorization"), body))  # type: ignore[attr-defined]
        if body["model"] in REPLIES:
            self._send_bytes(*REPLIES[body["model"]])
            return
        if body["model"] != "bigram":
            self.send_error(404)
            return
        content = BigramModel().reply(body["messages"])
        self._send({"choices": [{"message": {"role": "assistant", "content": content}}]})

    def _send(self, reply: dict[str, Any]) -> None:
        self._send_bytes("application/json", json.dumps(reply).encode())

    def _send_bytes(self, kind: str, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), ChatHandler)
    running.requests = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def address(server: ThreadingHTTPServer, model: str = "bigram") -> ModelAddress:
    return ModelAddress(f"http://127.0.0.1:{server.server_port}/v1", model, "secret-key")


def test_the_model_words_what_the_citations_support(library: Library, server: ThreadingHTTPServer) -> None:
    answer = library.ask("安澜市清理河道垃圾由哪个部门牵头？")
    wording = word(answer, address(server))
    assert wording is not None
    assert wording.text.startswith("市水利局。清理河道垃圾")
    assert [item.sentence for item in wording.dropped] == [BigramModel.invention]
    assert "单位“省体育局”" in wording.dropped[0].reason
    assert "日期“2031年”" in wording.dropped[0].reason


def test_the_protocol_is_kept(library: Library, server: ThreadingHTTPServer) -> None:
    word(library.ask("安澜市清理河道垃圾由哪个部门牵头？"), address(server))
    path, key, body = server.requests[-1]  # type: ignore[attr-defined]
    assert (path, key) == ("/v1/chat/completions", "Bearer secret-key")
    assert [message["role"] for message in body["messages"]] == ["system", "user"]


def test_no_answer_is_not_worded(library: Library, server: ThreadingHTTPServer) -> None:
    before = len(server.requests)  # type: ignore[attr-defined]
    assert word(library.ask("红烧肉怎么做？"), address(server)) is None
    assert len(server.requests) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", ["streaming", "thinking"])
def test_servers_that_speak_a_little_differently_are_understood(
    library: Library, server: ThreadingHTTPServer, model: str
) -> None:
    wording = word(library.ask("安澜市清理河道垃圾由哪个部门牵头？"), address(server, model))
    assert wording is not None
    assert (wording.text, wording.dropped) == ("由市水利局牵头。", ())


@pytest.mark.parametrize("model", sorted(REPLIES.keys() - {"streaming", "thinking"}))
def test_what_is_no_answer_is_told_in_words(
    library: Library, server: ThreadingHTTPServer, model: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ModelError, match="设置") as told:
        word(library.ask("安澜市清理河道垃圾由哪个部门牵头？"), address(server, model))
    assert "secret-key" not in f"{told.value}{caplog.text}"


@pytest.mark.parametrize("model", ["unknown"])
def test_a_model_that_does_not_answer_is_told(
    library: Library, server: ThreadingHTTPServer, model: str
) -> None:
    answer = library.ask("安澜市清理河道垃圾由哪个部门牵头？")
    with pytest.raises(ModelError, match="设置"):
        word(answer, address(server, model))
    with pytest.raises(ModelError):
        word(answer, ModelAddress("http://127.0.0.1:9/v1", "bigram"))
    with pytest.raises(ModelError):
        word(answer, ModelAddress("no address", "bigram"))


def test_the_key_is_never_shown(server: ThreadingHTTPServer) -> None:
    assert "secret-key" not in repr(address(server))

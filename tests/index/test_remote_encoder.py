"""Encoders that stand outside this process: a service in the office, an exported model."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import UserError
from index.encoders.configured import VARIABLE, configured_encoder, encoder_named
from index.encoders.onnx import OnnxEncoder
from index.encoders.static import built_in_encoder


class Service(BaseHTTPRequestHandler):
    """Answers with the length of each text; knows one model only."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = self.path == "/v1/embeddings" and asked["model"] == "office"
        vectors = [{"embedding": [len(text), 1.0]} for text in asked["input"]]
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"data": vectors}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_encodes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{address}#office")
    encoder = configured_encoder()
    assert (encoder.name, encoder.dimensions) == (f"{address}#office", 2)
    assert encoder.encode(["尾矿库", "清"]) == pytest.approx(
        np.array([[3, 1], [1, 1]]) / np.array([[10**0.5], [2**0.5]])
    )
    assert encoder.encode([]).shape == (0, 2)


@pytest.mark.parametrize("name", ["{}#other", "{}/nowhere#office", "http://127.0.0.1:9/v1#office"])
def test_a_service_that_does_not_answer_is_told(address: str, name: str) -> None:
    with pytest.raises(UserError, match="向量服务"):
        encoder_named(name.format(address))


def test_a_folder_without_an_exported_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    with pytest.raises(UserError, match="ONNX"):
        OnnxEncoder(str(tmp_path))


def test_names_on_disk_find_their_encoder_again() -> None:
    assert encoder_named(built_in_encoder().name) is built_in_encoder()
    assert encoder_named("latent-0123456789abcdef") is None

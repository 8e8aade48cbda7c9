"""The real program: `taizhang serve` as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.library import Library
from service.serving import is_local
from tests.service.texts import NOTICE, PLAN

STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)")
TAIZHANG = [sys.executable, "-m", "service.cli"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    process = subprocess.Popen(
        [*TAIZHANG, "serve", "--data", str(tmp_path / "data"), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    started = STARTED.search(process.stdout.readline())
    assert started is not None
    with httpx.Client(base_url=started[0], timeout=30) as client:
        yield process, client
    process.kill()
    process.wait()
    process.stdout.close()


def test_it_serves_sees_what_others_add_and_ends_cleanly(
    server: tuple[subprocess.Popen[str], httpx.Client], tmp_path: Path
) -> None:
    process, client = server
    assert client.get("/healthz").json() == {"status": "ok"}
    nowhere, wrong = client.get("/api/nowhere"), client.delete("/api/documents")
    assert (nowhere.status_code, nowhere.json()["status"]) == (404, 404), "the pages must not answer here"
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, POST")
    answer = client.post("/api/documents", files={"file": ("方案.txt", PLAN.encode())})
    assert answer.status_code == 200, answer.text
    assert client.get("/api/search", params={"q": "河道垃圾"}).json()["hits"]

    with Library.open(tmp_path / "data", workers=1) as other:
        other.add_upload("通知.txt", NOTICE.encode())
    assert (
        client.get("/api/search", params={"q": "加装电梯"}).json()["hits"][0]["document"]["source"]
        == "通知.txt"
    )

    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    running = children.read_text().split() if children.exists() else []
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    for child in running:
        with pytest.raises(ProcessLookupError):
            os.kill(int(child), 0)


def test_a_taken_port_is_told(server: tuple[subprocess.Popen[str], httpx.Client], tmp_path: Path) -> None:
    port = str(server[1].base_url.port)
    failed = subprocess.run(
        [*TAIZHANG, "serve", "--data", str(tmp_path / "other"), "--port", port],
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1 and "--port" in failed.stderr


def test_only_this_machine_is_served(tmp_path: Path) -> None:
    failed = subprocess.run(
        [*TAIZHANG, "serve", "--data", str(tmp_path), "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode == 2
    assert "账号" in failed.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("office-pc", False),
    ],
)
def test_what_is_local(host: str, local: bool) -> None:
    assert is_local(host) is local

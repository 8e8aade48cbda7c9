"""What the page of a document first shows: kept until the document changes, and not sent twice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from service.library import Library
from service.prepared.bodies import FEW_ROWS
from service.prepared.parcels import Parcel, parcel_of, sent
from tests.service.texts import PLAN


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path, workers=1) as opened:
        yield opened


def told(parcel: Parcel) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(gzip.decompress(parcel.packed))
    return found


def test_a_sight_is_kept_until_its_document_changes(library: Library) -> None:
    document, other = (
        library.add_upload(name, PLAN.encode())[0].document_id for name in ("甲.txt", "乙.txt")
    )
    first = library.bodies.sight(document)
    rows = told(first.parcel)["rows"]
    assert first.rows == len(rows) > 1
    assert "lead" in first.filled
    foreign = str(told(library.bodies.sight(other).parcel)["rows"][0]["id"])
    library.rows.correct(foreign, {"text": "另一份文件的任务。"}, "王芳")
    assert library.bodies.sight(document) is first, "what happens to another document does not matter"
    library.rows.correct(str(rows[0]["id"]), {"text": "清理河岸。"}, "王芳")
    assert told(library.bodies.sight(document).parcel)["rows"][0]["text"] == "清理河岸。"


def test_a_long_document_is_seen_as_a_short_one(library: Library) -> None:
    count = FEW_ROWS + 20
    tasks = "\n".join(f"{number}.清理第{number}段河道。（市水利局牵头）" for number in range(1, count + 1))
    text = f"安澜市河道整治方案\n一、重点任务\n{tasks}"
    added, _ = library.add_upload("方案.txt", text.encode())
    seen = told(library.bodies.sight(added.document_id).parcel)
    assert len(seen["rows"]) == count
    shown = "".join(html for _, html in seen["source"])
    assert shown.count("<p ") == len(text.splitlines())
    assert [start for start, *_ in seen["source"]][1:], "in portions"


def test_a_parcel_is_sent_packed_and_only_to_who_has_it_not() -> None:
    app, parcel = FastAPI(), parcel_of(b'{"rows": []}')

    @app.get("/")
    def answer(request: Request) -> Response:
        return sent(parcel, request)

    with TestClient(app) as client:
        packed = client.get("/")
        assert (packed.json(), packed.headers["content-encoding"]) == ({"rows": []}, "gzip")
        plain = client.get("/", headers={"accept-encoding": "identity"})
        assert plain.json() == {"rows": []}
        assert "content-encoding" not in plain.headers
        again = client.get("/", headers={"if-none-match": packed.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

"""Drafts over HTTP: made, changed with their traces, kept, compared, checked, written as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.store.rows import TaskStatus
from service.api.app import create_app
from service.cli.app import main
from service.library import Library
from tests.service.texts import PLAN

TODAY = "2025-10-08"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """A client over a library with one plan, of which one task is done, and the plan's id."""
    folder: Path = tmp_path_factory.mktemp("office")
    (folder / "河道整治方案.txt").write_text(PLAN, "utf-8")
    with Library.open(folder / "data", workers=1) as library:
        library.add([folder / "河道整治方案.txt"])
        library.store.set_status(library.tasks().items[0].id, TaskStatus.DONE)
        yield TestClient(create_app(library), base_url="http://127.0.0.1"), library.documents()[0].id


def answer(response: Any) -> Any:
    assert response.status_code == 200, response.text
    return response.json()


def made(office: tuple[TestClient, str], genre: str = "工作汇报", **more: Any) -> dict[str, Any]:
    client, plan = office
    body = {"genre": genre, "plans": [plan], "today": TODAY, **more}
    draft: dict[str, Any] = answer(client.post("/api/drafts", json=body))
    return draft


def typed(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sections as a page sends them back."""
    return [
        {
            "heading": section["heading"],
            "contents": section["contents"],
            "paragraphs": [
                {"kind": item["kind"], "text": "".join(one["text"] for one in item["statements"])}
                for item in section["paragraphs"]
            ],
        }
        for section in draft["sections"]
    ]


def test_what_is_sent_back_unchanged_keeps_every_trace(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    body = {"revision": draft["revision"], "sections": typed(draft)}
    changed = answer(office[0].put(f"/api/drafts/{draft['id']}", json=body))
    assert changed["sections"] == draft["sections"]
    assert changed["revision"] == draft["revision"] + 1


def test_a_changed_sentence_keeps_its_source_and_a_new_one_is_its_authors(
    office: tuple[TestClient, str],
) -> None:
    draft = made(office)
    sections = typed(draft)
    problems = next(section for section in sections if section["heading"] == "存在问题")
    text = problems["paragraphs"][0]["text"]
    problems["paragraphs"][0]["text"] = text.replace("至今未办结", "至今仍未办结") + "群众对此有意见。"
    body = {"revision": draft["revision"], "sections": sections}
    changed = answer(office[0].put(f"/api/drafts/{draft['id']}", json=body))
    told = [
        (item["text"], item["edited"], item["sources"][0]["origin"])
        for section in changed["sections"]
        if section["heading"] == "存在问题"
        for item in section["paragraphs"][0]["statements"]
    ]
    assert ("“拆除违法建筑”应于2025年9月底前完成，市自然资源局至今仍未办结。", True, "row") in told
    assert ("群众对此有意见。", False, "author") in told


def test_an_older_text_does_not_overwrite_a_newer_one(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    address = f"/api/drafts/{draft['id']}"
    answer(office[0].put(address, json={"revision": draft["revision"], "title": "甲"}))
    refused = office[0].put(address, json={"revision": draft["revision"], "title": "乙"})
    assert refused.status_code == 400 and "重新打开" in refused.json()["detail"]
    assert answer(office[0].get(address))["title"] == "甲"


def test_versions_are_kept_compared_and_brought_back(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    address = f"/api/drafts/{draft['id']}"
    sections = typed(draft)
    sections[-1]["paragraphs"][0]["text"] = "特此报告，请审阅。"
    answer(office[0].put(address, json={"revision": draft["revision"], "sections": sections}))
    assert answer(office[0].post(f"{address}/versions", json={"note": "送审稿"}))["version"] == 2
    versions = answer(office[0].get(f"{address}/versions"))
    assert [(row["version"], row["note"]) for row in versions] == [(2, "送审稿"), (1, "生成")]
    compared = answer(office[0].get(f"{address}/changes", params={"before": 1, "after": 2}))
    assert compared["counts"]["changed"] == 1
    [line] = [line for line in compared["lines"] if line["fate"] == "changed"]
    assert [words for words in line["words"] if words["kind"] == "added"] == [
        {"kind": "added", "text": "，请审阅"}
    ]
    back = answer(office[0].post(f"{address}/versions/1/restore"))
    assert back["sections"] == draft["sections"]


def test_a_check_tells_the_place(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    sections = typed(draft)
    sections[1]["paragraphs"][0]["text"] += "累计投入资金987万元。"
    body = {"revision": draft["revision"], "sections": sections}
    answer(office[0].put(f"/api/drafts/{draft['id']}", json=body))
    found = answer(office[0].get(f"/api/drafts/{draft['id']}/check"))
    facts = [
        (item["text"], item["section"], item["paragraph"]) for item in found if item["concern"] == "fact"
    ]
    assert facts == [("987万元", 1, 0)]
    assert any(item["concern"] == "gap" for item in found)
    assert not [item for item in found if item["concern"] == "format"]


def test_the_file_is_a_document_with_its_sources(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    address = f"/api/drafts/{draft['id']}/file"
    with_table, without = (
        office[0].get(address, params={"sources": sources}).content for sources in ("table", "none")
    )
    texts = [
        zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode() for data in (with_table, without)
    ]
    assert ["材料来源" in text for text in texts] == [True, False]


def test_an_edited_file_is_checked_by_its_own_sources(office: tuple[TestClient, str]) -> None:
    draft = made(office)
    address = f"/api/drafts/{draft['id']}"
    sections = typed(draft)
    sections[1]["paragraphs"][0]["text"] += "累计投入资金987万元。"
    answer(office[0].put(address, json={"revision": draft["revision"], "sections": sections}))
    data = office[0].get(f"{address}/file", params={"sources": "none"}).content
    checked = answer(office[0].post("/api/check", files={"file": ("汇报.docx", data)}))
    assert checked["sources"] == [office[1]]
    assert [fault["text"] for fault in checked["faults"]] == ["987万元"]


def test_outlines_are_offered_saved_used_and_forgotten(office: tuple[TestClient, str]) -> None:
    client = office[0]
    offered = answer(client.get("/api/outlines", params={"genre": "工作汇报"}))
    assert [part["heading"] for part in offered["own"]] == ["", "工作开展情况", "存在问题", "下一步打算", ""]
    parts = [{"heading": "总的情况", "contents": ["progress_summary"]}, {"heading": "体会", "contents": []}]
    saved = answer(client.post("/api/outlines", json={"name": "短报告", "genre": "工作汇报", "parts": parts}))
    draft = made(office, outline=saved["id"])
    assert [section["heading"] for section in draft["sections"]] == ["总的情况", "体会"]
    assert draft["sections"][1]["paragraphs"][0]["statements"][0]["text"] == "【待补：体会】。"
    wrong = {"name": "错", "genre": "工作汇报", "parts": [{"heading": "甲", "contents": ["没有的"]}]}
    assert client.post("/api/outlines", json=wrong).status_code == 400
    assert client.delete(f"/api/outlines/{saved['id']}").status_code == 204
    assert answer(client.get("/api/outlines", params={"genre": "工作汇报"}))["saved"] == []


def test_drafts_are_listed_removed_and_restored(office: tuple[TestClient, str]) -> None:
    client, draft = office[0], made(office, "函")["id"]
    assert answer(client.get("/api/drafts"))[0]["id"] == draft
    assert client.delete(f"/api/drafts/{draft}").status_code == 204
    assert draft not in [row["id"] for row in answer(client.get("/api/drafts"))]
    for _ in range(2):  # the second time there is nothing to bring back, and nothing to tell
        assert client.post(f"/api/drafts/{draft}/restore").status_code == 204
    assert answer(client.get("/api/audit", params={"action": "draft.restore"}))["total"] == 1
    assert client.get("/api/drafts/w999").status_code == 404


def test_without_a_model_nothing_is_worded(office: tuple[TestClient, str]) -> None:
    draft = made(office)["id"]
    refused = office[0].post(f"/api/drafts/{draft}/word", json={"section": 1, "paragraph": 0})
    assert refused.status_code == 400 and "设置" in refused.json()["detail"]


def test_drafts_are_kept_listed_and_written_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def taizhang(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main([*words, "--data", str(tmp_path / "data")])
        assert ended.value.code in (0, None)
        return capsys.readouterr().out

    (tmp_path / "方案.txt").write_text(PLAN, "utf-8")
    taizhang("add", str(tmp_path / "方案.txt"))
    out = str(tmp_path / "a.docx")
    told = taizhang(
        "draft", "--genre", "工作汇报", "--plan", "d1", "--save", "--sources", "footnotes", "-o", out
    )
    assert "已存为 w1" in told
    assert "关于安澜市2025年河道整治工作情况的报告" in taizhang("drafts")
    assert taizhang("drafts", "w1").startswith("第 1 版\t生成")
    assert taizhang("drafts", "w1", "--compare", "1") == ""
    taizhang("drafts", "w1", "--version", "1", "-o", str(tmp_path / "b.docx"))
    assert zipfile.is_zipfile(tmp_path / "b.docx")

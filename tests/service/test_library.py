"""The use cases over a real store, a real index and real worker processes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, SecretError, UnreadableError
from corpus.store.filters import Filters, TaskQuery
from corpus.store.rows import AddResult
from service.intake.adding import AddSummary
from service.library import Library
from tests.postgres import postgres_server
from tests.service.texts import NOTICE, PLAN, SECRET


def counts(summary: AddSummary) -> dict[str, int]:
    record = summary.record()
    return {key: record[key] for key in ("added", "unchanged", "updated")} | {"failed": len(summary.failed)}


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_same_file_twice_is_unchanged(empty: Library, tmp_path: Path) -> None:
    path = written(tmp_path / "方案.txt", PLAN)
    assert counts(empty.add([path])) == {"added": 1, "unchanged": 0, "updated": 0, "failed": 0}
    assert counts(empty.add([path, path])) == {"added": 0, "unchanged": 1, "updated": 0, "failed": 0}


def test_a_new_version_replaces_the_old_one_in_search_and_keeps_it_readable(
    empty: Library, tmp_path: Path
) -> None:
    path = written(tmp_path / "方案.txt", PLAN)
    empty.add([path])
    written(path, PLAN.replace("水管家", "河小二"))
    assert counts(empty.add([path]))["updated"] == 1
    (row,) = empty.documents()
    assert row.version == 2
    before = empty.show(row.id, version=1)
    assert "水管家" in before.document.text and not before.current
    assert all(before.document.text[slice(*task["span"])] for task in before.record()["tasks"])
    assert [len(empty.show(row.id, version).record()["tasks"]) for version in (1, 2, None)] == [4, 4, 4]
    assert all("水管家" not in hit.passage.text for hit in empty.search("水管家平台").hits)
    assert "河小二" in empty.search("河小二平台").hits[0].passage.text


def test_one_bad_file_among_fifty_is_told_and_costs_nothing(empty: Library, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(50):
        written(folder / f"{number:02}.txt", PLAN.replace("118", str(number)))
    (folder / "25.txt").write_bytes(b"")
    seen: list[tuple[int, int, str]] = []
    summary = empty.add([folder], lambda *told: seen.append(told))
    assert counts(summary) == {"added": 49, "unchanged": 0, "updated": 0, "failed": 1}
    (problem,) = summary.failed
    assert problem.file.endswith("25.txt") and problem.category == "empty"
    files = [(done, total) for done, total, what in seen if what.endswith(".txt")]
    assert sorted(files) == [(number, 50) for number in range(1, 51)]
    assert {what for _, _, what in seen[50:]} == {"建立词语索引", "建立语义索引"}
    assert len(empty.documents()) == 49


def test_archives_are_added_file_by_file(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲/方案.txt", PLAN)
        archive.writestr("通知.txt", NOTICE)
        archive.writestr("坏.docx", b"PK\x03\x04")
    assert counts(empty.add([path])) == {"added": 2, "unchanged": 0, "updated": 0, "failed": 1}
    assert [row.source for row in empty.documents()] == [f"{path}/甲/方案.txt", f"{path}/通知.txt"]
    assert counts(empty.add([path]))["unchanged"] == 2


def test_a_secret_file_leaves_no_trace(empty: Library, tmp_path: Path) -> None:
    summary = empty.add([written(tmp_path / "预案.txt", SECRET)])
    assert [problem.category for problem in summary.failed] == ["secret"]
    with pytest.raises(SecretError):
        empty.add_upload("预案.txt", SECRET.encode())
    assert not empty.documents()
    database = (tmp_path / "data" / "taizhang.db").read_bytes()
    assert "应急预案".encode() not in database


def test_an_upload_can_be_found_at_once(empty: Library) -> None:
    added, problems = empty.add_upload("C:\\材料\\方案.txt", PLAN.encode())
    assert (added.result, problems) == (AddResult.ADDED, ())
    assert empty.search("河道垃圾清运").hits[0].passage.document_id == added.document_id
    assert empty.add_upload("方案.txt", PLAN.encode())[0] == type(added)(
        added.document_id, 1, AddResult.UNCHANGED
    )


def test_an_unreadable_upload_says_why(empty: Library) -> None:
    with pytest.raises(UnreadableError, match=r"坏\.docx"):
        empty.add_upload("坏.docx", b"PK\x03\x04")


def test_removed_documents_leave_lists_ledger_and_search_until_restored(empty: Library) -> None:
    added, _ = empty.add_upload("方案.txt", PLAN.encode())
    empty.remove([added.document_id])
    assert (empty.documents(), empty.tasks().total, empty.search("河道").hits) == ([], 0, ())
    assert [row.id for row in empty.documents(removed=True)] == [added.document_id]
    empty.restore([added.document_id])
    assert empty.tasks().total > 0 and empty.search("河道").hits


def test_reading_again_changes_nothing_while_the_rules_are_the_same(empty: Library) -> None:
    empty.add_upload("方案.txt", PLAN.encode())
    summary = empty.reextract()
    assert summary.record() == {"read": 1, "changed": [], "failed": []}
    assert list(summary.lines()) == ["重新读取 1 个文件，0 个有变化，失败 0 个。"]
    with pytest.raises(NotFoundError):
        empty.reextract(["d99"])


def test_the_ledger_has_units_dates_and_filters(library: Library) -> None:
    rows = library.tasks(TaskQuery(unit="自然资源")).items
    assert [row.record["text"][:6] for row in rows] == ["拆除违法建筑"]
    assert rows[0].due is not None and rows[0].due.isoformat() == "2025-09-30"
    assert library.task(rows[0].id) == rows[0]


def test_search_keeps_to_its_filters(library: Library) -> None:
    assert library.search("住房公积金提取", Filters(year_from=2024, year_to=2024)).hits == ()
    hits = library.search("住房公积金提取", Filters(year_from=2025)).hits
    assert hits[0].passage.source.endswith("加装电梯通知.txt")


def test_similar_leaves_out_the_document_of_the_task(library: Library) -> None:
    row = library.tasks().items[0]
    found = library.similar(task=row.id).hits
    assert found and all(hit.passage.document_id != row.document_id for hit in found)
    assert library.similar(text="清理河道两岸垃圾堆放点").hits[0].passage.document_id == row.document_id


def test_a_library_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="taizhang add"):
        Library.open(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


def test_the_index_can_be_lost(empty: Library, tmp_path: Path) -> None:
    empty.add_upload("方案.txt", PLAN.encode())
    empty.close()
    for path in sorted((tmp_path / "data" / "index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with Library.open(tmp_path / "data", workers=1) as again:
        assert len({hit.passage.document_id for hit in again.search("河道垃圾").hits}) == 1


@pytest.mark.database
def test_the_same_over_a_database_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.place.INDEXES_OF_DATABASES", tmp_path / "indexes")
    with postgres_server() as url, Library.open(url, workers=1) as library:
        path = written(tmp_path / "方案.txt", PLAN)
        assert counts(library.add([path]))["added"] == 1
        assert counts(library.add([path]))["unchanged"] == 1
        assert library.search("河道垃圾").hits
        assert library.ask("安澜市清理河道垃圾由谁牵头？").answer == "市水利局"
    assert len(list((tmp_path / "indexes").iterdir())) == 1

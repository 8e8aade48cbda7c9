"""Files attached to rows, and filters that people keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import NotFoundError, UserError
from service.backup import restore_backup, write_backup
from service.library import Library
from service.supervision import attachments
from service.supervision.attachments import cleaned_name
from tests.service.supervision.conftest import LI, WANG

PHOTO = b"\x89PNG" + bytes(range(256))


def test_a_file_is_attached_read_and_taken_off_and_brought_back(office: Library) -> None:
    office.attachments.add("t1", "C:\\照片\\竣工.png", PHOTO, WANG)
    (item,) = office.task("t1").attachments
    assert (item["name"], item["size"], item["by"]) == ("竣工.png", len(PHOTO), WANG)
    assert office.attachments.read("t1", item["id"]).data == PHOTO
    taken = office.attachments.remove("t1", item["id"], LI)
    assert office.task("t1").attachments == ()
    with pytest.raises(NotFoundError):
        office.attachments.read("t1", item["id"])
    office.rows.undo(taken.id, LI)
    assert office.attachments.read("t1", item["id"]).data == PHOTO


def test_a_file_of_one_row_is_not_read_through_another(office: Library) -> None:
    office.attachments.add("t1", "竣工.png", PHOTO, WANG)
    (item,) = office.task("t1").attachments
    for task, name in (("t2", item["id"]), ("t1", "a99"), ("t1", "../a1")):
        with pytest.raises(NotFoundError):
            office.attachments.read(task, name)


def test_copies_of_a_library_hold_the_files(office: Library, tmp_path: Path) -> None:
    office.attachments.add("t1", "竣工.png", PHOTO, WANG)
    write_backup(office.place, office.store, tmp_path / "copy.db")
    with Library.open(tmp_path / "other", workers=1) as other:
        place = other.place
    restore_backup(place, tmp_path / "copy.db")
    with Library.open(tmp_path / "other", workers=1) as other:
        assert other.attachments.read("t1", other.task("t1").attachments[0]["id"]).data == PHOTO


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\验收.pdf", "验收.pdf"),
        ("换\r\n行.txt", "换行.txt"),
        ('问"号?.txt', "问_号_.txt"),
        ("", "未命名"),
        ("..", "未命名"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert cleaned_name(given) == kept


def test_what_is_too_large_or_empty_is_refused(office: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 2**20)
    for data in (b"", b"0" * (2**20 + 1)):
        with pytest.raises(UserError, match="1 MB"):
            office.attachments.add("t1", "空.txt", data, WANG)


def test_filters_are_kept_by_person_and_name(office: Library) -> None:
    office.saved_filters.save(WANG, "水利局逾期", {"unit": "水利局", "colour": "red"})
    office.saved_filters.save(LI, "水利局逾期", {"unit": "水利局"})
    office.saved_filters.save(WANG, "重点", {"mark": "重点"})
    office.saved_filters.save(WANG, "水利局逾期", {"unit": "市水利局"})
    kept = [(item.name, item.query) for item in office.saved_filters.all(WANG)]
    assert kept == [("水利局逾期", {"unit": "市水利局"}), ("重点", {"mark": "重点"})]
    office.saved_filters.remove(WANG, "重点")
    assert [item.name for item in office.saved_filters.all(WANG)] == ["水利局逾期"]
    for act in (
        lambda: office.saved_filters.remove(WANG, "重点"),
        lambda: office.saved_filters.save(WANG, " ", {}),
        lambda: office.saved_filters.save(WANG, "长", {"words": "长" * 10_001}),
    ):
        with pytest.raises((UserError, NotFoundError)):
            act()

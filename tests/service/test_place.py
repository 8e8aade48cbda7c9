"""Where a library and its index lie."""

from pathlib import Path

from service.place import Place


def test_a_folder_holds_records_and_index(tmp_path: Path) -> None:
    place = Place(str(tmp_path))
    assert (place.folder, place.index_folder, place.exists) == (tmp_path, tmp_path / "index", False)
    (tmp_path / "taizhang.db").touch()
    assert place.exists


def test_each_database_has_an_index_of_its_own_on_this_machine() -> None:
    one, other = Place("postgresql://office/one"), Place("postgresql://office/other")
    assert one.folder is None and one.exists
    assert one.index_folder != other.index_folder
    assert one.index_folder == Place("postgresql://office/one").index_folder

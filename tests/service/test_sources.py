"""What the user points at: files, folders, zip archives with any names and any malice."""

import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from service.archives import safe_name
from service.sources import PlainFile, Upload, gather, upload_name


def zipped(path: Path, *entries: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def gbk_zipped(path: Path, name: str, data: bytes) -> Path:
    """A zip as Windows Explorer makes it in Chinese: names in GBK, without the mark for UTF-8."""
    stand_in = "x" * len(name.encode("gbk"))
    zipped(path, (stand_in, data))
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode("gbk")))
    return path


def category(path: Path | str) -> str:
    (candidate,) = gather([path])
    with pytest.raises(UnreadableError) as refused:
        candidate.read()
    return refused.value.problem.category


def test_a_folder_is_walked_in_order_without_system_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "下级/c.txt", ".hidden", "~$a.docx", "Thumbs.db", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [Path(item.source).relative_to(tmp_path).as_posix() for item in gather([tmp_path])]
    assert found == ["a.txt", "b.txt", "下级/c.txt"]


def test_the_library_itself_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "taizhang.db").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"x")
    assert len(gather([tmp_path], leave_out=tmp_path / "data")) == 1


def test_links_are_not_followed_into_folders(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(gather([tmp_path])) == 1


def test_the_same_file_by_two_paths_has_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    one, other = gather(["a.txt", tmp_path / "a.txt"])
    assert one.source == "a.txt"
    assert one.key == other.key


def test_archive_entries_are_read_in_place(tmp_path: Path) -> None:
    path = zipped(tmp_path / "材料.zip", ("甲/方案.txt", b"one"), ("__MACOSX/._方案.txt", b"two"))
    (entry,) = gather([path])
    assert entry.source == f"{path}/甲/方案.txt"
    assert entry.read() == b"one"


def test_names_that_come_out_alike_stay_two_files(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("甲/方案.txt", b"one"), ("../甲/方案.txt", b"two"))
    first, second = gather([path])
    assert (first.source, second.source) == (f"{path}/甲/方案.txt", f"{path}/甲/方案(2).txt")
    assert (first.read(), second.read()) == (b"one", b"two")


def test_gbk_names_are_understood(tmp_path: Path) -> None:
    (entry,) = gather([gbk_zipped(tmp_path / "a.zip", "整改方案.txt", b"x")])
    assert entry.source.endswith("/整改方案.txt")


def test_an_office_file_is_one_document_although_it_is_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "方案.docx", ("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert isinstance(gather([path])[0], PlainFile)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\方案.txt", "Windows/方案.txt"),
        ("方案\x00\x1b[2J.txt", "方案[2J.txt"),
        ("..", "未命名"),
    ],
)
def test_names_cannot_climb(name: str, shown: str) -> None:
    assert safe_name(name) == shown


def test_an_upload_keeps_the_file_name_only() -> None:
    upload = Upload(upload_name("C:\\我的文档\\方案.docx"), b"")
    assert (upload.source, upload.key) == ("方案.docx", "upload:方案.docx")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    assert category(zipped(tmp_path / "a.zip", ("a.txt", bytes(30_000_000)))) == "too-large"


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("a.txt", b"x"))
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(bytes(data))
    assert category(path) == "encrypted"


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("a.txt", b"x" * 1000))
    path.write_bytes(path.read_bytes()[:60])
    assert category(path) == "damaged"


def test_a_damaged_entry_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"AAAAAAAA")
        archive.writestr("b.txt", b"BBBBBBBB")
    path.write_bytes(path.read_bytes().replace(b"AAAAAAAA", b"AAAAAAAZ", 1))
    bad, good = gather([path])
    with pytest.raises(UnreadableError):
        bad.read()
    assert good.read() == b"BBBBBBBB"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    assert category(tmp_path / "没有.txt") == "missing"

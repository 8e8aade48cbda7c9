"""What the user points at: files, folders, zip archives with any names and any malice."""

import io
import os
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from service.intake import sources
from service.intake.archives import safe_name
from service.intake.sources import PlainFile, Upload, gather, unpacked, upload_name


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


def packed(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def message(text: str, *attachments: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@anlan.cn", "b@anlan.cn", "报送整改台账"
    if text:
        mail.set_content(text)
    for name, data in attachments:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


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


@pytest.mark.skipif(sys.platform != "linux", reason="other systems let no such name be")
def test_names_in_another_encoding_are_read_as_they_were_meant(tmp_path: Path) -> None:
    folder = tmp_path / "方案"
    folder.mkdir()
    for name, encoding in (("河道.txt", "gb18030"), ("堤防.txt", "utf-8")):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name.encode(encoding))).write_text(name, "utf-8")
    found = {candidate.source: candidate for candidate in gather([folder])}
    assert set(found) == {str(folder / "河道.txt"), str(folder / "堤防.txt")}
    assert all(
        candidate.key == name == str(folder / candidate.read().decode()) for name, candidate in found.items()
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links take special rights there")
def test_a_link_that_leads_in_a_circle_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_text("方案", "utf-8")
    (tmp_path / "自己.txt").symlink_to("自己.txt")
    (tmp_path / "上级").symlink_to(tmp_path)
    good, bad = gather([tmp_path])
    assert (good.read().decode(), bad.key) == ("方案", str(tmp_path / "自己.txt"))
    with pytest.raises(UnreadableError, match="打不开"):
        bad.read()


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "密").mkdir()
    (tmp_path / "方案.txt").write_text("方案", "utf-8")
    scan = os.scandir

    def refuse(path: str) -> object:  # the rights of folders bind no administrator, who may run the tests
        if Path(path).name == "密":
            raise PermissionError(13, "denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    good, bad = gather([tmp_path])
    assert (good.source, bad.source) == (str(tmp_path / "方案.txt"), str(tmp_path / "密"))
    with pytest.raises(UnreadableError, match="文件夹打不开"):
        bad.read()


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


def found(path: Path) -> dict[str, bytes]:
    """The readable files of a path: what follows its name, with their bytes."""
    return {item.source.removeprefix(f"{path}/"): item.read() for item in gather([path])}


def test_archives_within_archives_are_opened(tmp_path: Path) -> None:
    inner = packed(("乙/清单.txt", b"two"), ("丙.zip", packed(("表.txt", b"three"))))
    path = zipped(tmp_path / "材料.zip", ("方案.txt", b"one"), ("甲.zip", inner))
    assert found(path) == {
        "方案.txt": b"one",
        "甲.zip/乙/清单.txt": b"two",
        "甲.zip/丙.zip/表.txt": b"three",
    }


def test_archives_are_opened_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nested = packed(("a.txt", b"x"))
    for _ in range(6):
        nested = packed(("inner.zip", nested))
    path = tmp_path / "deep.zip"
    path.write_bytes(nested)
    assert category(path) == "too-large"
    monkeypatch.setattr(sources, "HELD_LIMIT", 10)
    assert category(zipped(tmp_path / "a.zip", ("b.zip", packed(("c.txt", b"x"))))) == "too-large"


def test_a_damaged_archive_within_an_archive_costs_only_itself(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("坏.zip", b"PK\x03\x04 no archive"), ("好.txt", b"x"))
    bad, good = gather([path])
    with pytest.raises(UnreadableError):
        bad.read()
    assert good.read() == b"x"


def test_a_message_stands_for_itself_and_what_hangs_on_it(tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(message("请查收。", ("附件.docx", b"one"), ("清单.zip", packed(("表.txt", b"two")))))
    names = [Path(item.source).relative_to(tmp_path).as_posix() for item in gather([path])]
    assert names == ["来信.eml", "来信.eml/附件.docx", "来信.eml/清单.zip/表.txt"]
    assert [item.read() for item in gather([path])][1:] == [b"one", b"two"]


def test_a_message_without_words_stands_for_its_attachments(tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(message("", ("甲.docx", b"one"), ("../甲.docx", b"two")))
    assert found(path) == {"甲.docx": b"one", "甲(2).docx": b"two"}


def test_an_upload_may_be_an_archive_or_a_message() -> None:
    upload = Upload("材料.zip", packed(("方案.txt", b"x")))
    (entry,) = unpacked(upload)
    assert (entry.source, entry.key) == ("材料.zip/方案.txt", "upload:材料.zip/方案.txt")
    assert [item.source for item in unpacked(Upload("方案.txt", b"x"))] == ["方案.txt"]
    assert [item.source for item in unpacked(Upload("信.eml", message("", ("a.txt", b"x"))))] == [
        "信.eml/a.txt"
    ]

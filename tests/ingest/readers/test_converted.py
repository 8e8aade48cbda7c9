"""Files of other office programs, converted by a real LibreOffice."""

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.errors import UnreadableError
from ingest.extract.extract import extract
from ingest.read import read_document
from ingest.readers import libreoffice
from ingest.readers.libreoffice import convert, find_program
from tests.ingest.readers import docx_builder as word
from tests.ingest.readers.compound_builder import compound

PLAN = word.docx(
    word.paragraph("安澜市河道整治工作方案"),
    word.numbered("主要任务"),
    word.paragraph("整治排污口。（牵头单位：市水利局；完成时限：2024年9月底）"),
    word.table(word.row("序号", "重点任务", "责任单位"), word.row("1", "清理河道", "各县（区）"), columns=3),
    word.paragraph("注：本表由市河长办解释。"),
    numbering=word.numbering(word.level(0, "chineseCountingThousand", "%1、")),
)
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def open_sheet(*rows: list[str]) -> bytes:
    """A sheet as other programs than Excel keep it."""
    cells = [[f"<t:table-cell><x:p>{words}</x:p></t:table-cell>" for words in row] for row in rows]
    table = "".join(f"<t:table-row>{''.join(row)}</t:table-row>" for row in cells)
    names = " ".join(
        f'xmlns:{short}="{OPEN}{name}:1.0"'
        for short, name in zip("otx", ("office", "table", "text"), strict=True)
    )
    entry = f'<m:file-entry m:full-path="/" m:media-type="{OPEN_SHEET}"/>'
    return word.zipped(
        {
            "mimetype": OPEN_SHEET,
            "content.xml": f"<o:document-content {names}><o:body><o:spreadsheet>"
            f'<t:table t:name="Sheet1">{table}</t:table></o:spreadsheet></o:body></o:document-content>',
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{OPEN}manifest:1.0">{entry}</m:manifest>',
        }
    )


RTF = rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}} \u23433?\u28572?\u24066? \par}"
office = pytest.mark.office
needs_office = pytest.mark.skipif(find_program() is None, reason="no LibreOffice on this machine")


@office
@needs_office
def test_the_same_plan_from_an_older_program() -> None:
    read = read_document(PLAN, "方案.docx")
    other = read_document(convert(PLAN, ".docx", "doc", "方案.docx"), "方案.wps")
    assert other.text == read.text
    assert [task.text for task in extract(other).tasks] == [task.text for task in extract(read).tasks]


@office
@needs_office
def test_rich_text() -> None:
    assert read_document(RTF, "方案.doc").text == "安澜市\n"


@office
@needs_office
def test_a_sheet_from_another_program() -> None:
    made = open_sheet(["序号", "问题", "责任单位"], ["1", "排污口超标", "市水利局"])
    assert read_document(made, "台账").text == "序号\t问题\t责任单位\n1\t排污口超标\t市水利局\n"


@office
@needs_office
def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document(compound(WordDocument=b"\xec\xa5\xc1\x00"), "方案.doc")
    assert refused.value.problem.category in ("damaged", "no-text")


def test_an_encrypted_file_is_refused_without_conversion() -> None:
    locked = compound(WordDocument=b"\xec\xa5\xc1\x00" + b"\x00" * 6 + b"\x00\x01" + b"\x00" * 20)
    with pytest.raises(UnreadableError) as refused:
        read_document(locked, "方案.doc")
    assert refused.value.problem.category == "encrypted"


def test_without_the_program_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    with pytest.raises(UnreadableError) as refused:
        read_document(RTF, "方案.rtf")
    assert "LibreOffice" in refused.value.problem.message


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that never comes to an end, in the place of LibreOffice; the file holds its process id."""
    program, noted = tmp_path / "soffice", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\necho $$ > {noted}\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_program", lambda: program)
    monkeypatch.setattr(libreoffice, "TIME_LIMIT", 0.5)
    monkeypatch.setattr(libreoffice, "_home", lambda: tmp_path)
    return noted


@pytest.mark.skipif(sys.platform == "win32", reason="the endless program is a shell script")
def test_a_conversion_that_does_not_end_is_ended(endless: Path) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document(RTF, "方案.rtf")
    assert refused.value.problem.category == "damaged"
    pid = endless.read_text().strip()
    assert subprocess.run(["ps", "-p", pid], capture_output=True, check=False).returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="the endless program is a shell script")
def test_one_conversion_at_a_time(endless: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice, "WAITING_LIMIT", 0.1)
    with FileLock(tmp_path / "lock"), pytest.raises(UnreadableError) as refused:
        convert(RTF, ".rtf", "docx", "方案.rtf")
    assert refused.value.problem.category == "timeout"
    assert not endless.exists()

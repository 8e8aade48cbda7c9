"""Coverage-guided fuzzing of the readers.

    python scripts/fuzz_readers.py pdf --seeds FOLDER -- -max_total_time=240

What stands after `--` goes to libFuzzer. A reader may return lines or refuse the file; any other exception,
a hang or a leak of memory is a finding, and its input is left behind as `crash-…` or `timeout-…`.
"""

from __future__ import annotations

import argparse
import io
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["ingest", "pdfplumber", "docx", "openpyxl", "olefile", "email"]):
    from corpus.errors import UnreadableError
    from ingest.clean import clean
    from ingest.detect import reader_for
    from ingest.outline import outline
    from ingest.readers.base import Reader

SUFFIXES = ("docx", "pdf", "html", "txt", "xlsx", "xls", "csv", "ofd", "eml", "msg", "png", "tiff", "md")
"""What can be fuzzed; conversions by LibreOffice are left out, they start a program for each input."""
PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "ofd": "Doc_0/Pages/Page_0/Content.xml",
}
"""The part of a zipped format that is fuzzed: changing the archive's own bytes only breaks it."""
SEED_BYTES = 300_000
"""Larger seeds slow every run down."""


def target(suffix: str, around: bytes) -> Callable[[bytes], None]:
    """Return what libFuzzer calls with each input: the way from bytes to the outline.

    Where `around` is an archive, an input that is none replaces the main part in it.
    """
    source = f"fuzz.{suffix}"

    def run(data: bytes) -> None:
        if around and not data.startswith(b"PK"):
            data = with_part(around, PARTS[suffix], data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                reader = reader_for(data, source)
                if not _starts_programs(reader):
                    cleaned = clean(reader.read(data, source))
                    outline(cleaned.text, cleaned.lines)
            except UnreadableError:
                return

    return run


def _starts_programs(reader: Reader) -> bool:
    return reader.name == "office"


def with_part(archive: bytes, name: str, content: bytes) -> bytes:
    """Return the archive with other content in one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as given, zipfile.ZipFile(made, "w") as written:
        for part in given.namelist():
            written.writestr(part, content if part == name else given.read(part))
    return made.getvalue()


def gather_seeds(folder: Path | None, suffix: str, into: Path) -> bytes:
    """Copy the files of a suffix below `folder` to `into`, so that fuzzing begins with what readers know.

    Returns an archive whose main part can be replaced; b"" for formats that are none.
    """
    around = b""
    for number, path in enumerate(sorted(folder.rglob(f"*.{suffix}")) if folder else []):
        data = path.read_bytes()
        if len(data) > SEED_BYTES:
            continue
        (into / f"seed-{number}").write_bytes(data)
        if suffix in PARTS and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if (
                    PARTS[suffix] in archive.namelist()
                    and archive.getinfo(PARTS[suffix]).file_size < SEED_BYTES
                ):
                    (into / f"part-{number}").write_bytes(archive.read(PARTS[suffix]))
                    around = around or data
    return around


def main() -> None:
    """Fuzz one reader until libFuzzer's own limits end it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("suffix", choices=SUFFIXES)
    parser.add_argument("--seeds", type=Path, help="folder with files to begin with")
    own, after = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, after = own[:at], own[at + 1 :]
    options = parser.parse_args(own)
    with TemporaryDirectory() as folder:
        around = gather_seeds(options.seeds, options.suffix, Path(folder))
        atheris.Setup([sys.argv[0], folder, *after], target(options.suffix, around))
        atheris.Fuzz()


if __name__ == "__main__":
    main()

"""How many files and pages of each kind two workers read and extract per second."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from evaluation.gold import samples
from evaluation.steadiness.renderings import as_docx
from ingest.read import read_document
from ingest.readers.scan import engine
from service.background.workers import WorkerPool
from service.intake.extraction import Reading

WORKERS = 2
CHARACTERS = 10_000
COPIES = 20
"""How often a file is read; the start of a worker must not count."""
SCANS = 4
_SCANNED_DOTS = 150


@dataclass(frozen=True, slots=True)
class Rate:
    """What was read per second."""

    name: str
    value: float
    unit: str


def rates() -> list[Rate]:
    """Return files per second for docx, pages per second for pdf and, where it is installed, for OCR."""
    plain, ruled = _sample("s05-business-notice.pdf"), _sample("s12-drainage-action-plan.pdf")
    found = [
        Rate(f"docx of {CHARACTERS:,} characters", _per_second([_long_docx()] * COPIES, 1), "files/s"),
        Rate("pdf without tables", _per_second([plain] * COPIES, 5), "pages/s"),
        Rate("pdf with tables", _per_second([ruled] * COPIES, 4), "pages/s"),
    ]
    if SCANS and engine.is_installed():
        found.append(Rate("scanned pages through OCR", _per_second([_scan(plain)] * SCANS, 1), "pages/s"))
    return found


def _per_second(files: Sequence[bytes], pages: int) -> float:
    """Return how many pages two workers read and extract in a second, after each has read one file."""
    with WorkerPool(WORKERS) as pool:
        list(pool.map((data, "warm") for data in files[: 2 * WORKERS]))
        begin = perf_counter()
        read = sum(isinstance(outcome, Reading) for outcome in pool.map((data, "file") for data in files))
        return read * pages / (perf_counter() - begin)


def _sample(name: str) -> bytes:
    return (samples() / "files" / name).read_bytes()


def _long_docx() -> bytes:
    text = (samples() / "docs" / "s01-river-plan.txt").read_text("utf-8")
    repeated = (text * (CHARACTERS // len(text) + 1))[:CHARACTERS]
    return as_docx(read_document(repeated.encode(), "plan.txt"))


def _scan(data: bytes) -> bytes:
    """Return the first page of a pdf file as a scanner would send it."""
    import pypdfium2

    picture = pypdfium2.PdfDocument(data)[0].render(scale=_SCANNED_DOTS / 72).to_pil()
    written = io.BytesIO()
    picture.convert("L").save(written, "JPEG", quality=70)
    return written.getvalue()

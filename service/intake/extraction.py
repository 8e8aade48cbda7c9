"""From bytes to a document with its tasks, without a library: what a worker process does."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus.document import Document, Problem
from corpus.errors import SecretError, UnreadableError, UserError
from corpus.records import JsonObject, extract_line, failed_line
from corpus.registry.own_units import follow_own_units
from corpus.task import Extraction
from service.intake.sources import Candidate

logger = logging.getLogger(__name__)

Made = TypeVar("Made")

HARMLESS_BYTES = 1024 * 1024
RISKY = (
    *(b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM"),
    *(b"\xd0\xcf\x11\xe0", b"{\\rtf"),
)
"""Beginnings of files that libraries in C, or other programs, take apart."""

FAILED = "处理时程序出错（{}），其余文件不受影响；请把此文件转给维护人员。"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file that was read: its document and what the document yields."""

    document: Document
    extraction: Extraction

    def record(self) -> JsonObject:
        """Return the object that `taizhang extract --json` prints."""
        return extract_line(self.document, self.extraction)


def read(data: bytes, source: str) -> Reading:
    """Read the bytes of one file and extract its tasks; `source` is the name to show.

    Raises:
        UnreadableError: when the file cannot be read.
        SecretError: when it is marked 秘密, 机密 or 绝密.
    """
    # Imported here: the parent of worker processes never reads, and needs no reader.
    from ingest.extract.extract import extract
    from ingest.read import read_document

    document = read_document(data, source)
    extraction = extract(document)
    return Reading(_with_problems(document, extraction), extraction)


def _with_problems(document: Document, extraction: Extraction) -> Document:
    """Return the document with what extraction could not make sense of among its problems."""
    return replace(document, problems=(*document.problems, *extraction.problems))


def read_or_problem(data: bytes, source: str) -> Reading | Problem:
    """Read one file; whatever goes wrong comes back as its problem, so that a batch goes on."""
    return made_or_problem(lambda: read(data, source), source)


def made_or_problem(make: Callable[[], Made], source: str, again: str = "添加") -> Made | Problem:
    """Return what is made of one file, or as its problem what goes wrong with it, whatever that is.

    Args:
        make: reads the file.
        source: its name, to show.
        again: what the user does to hand in the parts of a file that is too large.
    """
    try:
        return make()
    except UnreadableError as error:
        return error.problem
    except MemoryError:
        return Problem(source, "reader", "too-large", f"文件过大，内存不足，请拆分后再{again}。")
    except Exception as error:  # a bug in us must cost one file, not the other 499
        if os.environ.get("TAIZHANG_DEBUG"):
            logger.exception("reading %s failed", source)
        return Problem(source, "reader", "internal", FAILED.format(type(error).__name__))


def read_by_own_units(units: Path | None, data: bytes, source: str) -> Reading | Problem:
    """Read one file with the names of units that a table adds; a table with a fault adds nothing."""
    try:
        follow_own_units(units)
    except UserError as error:
        logger.warning("%s", error)
    return read_or_problem(data, source)


def extract_files(candidates: Iterable[Candidate], units: Path | None = None) -> Iterator[Reading | Problem]:
    """Read each file, in the order given; nothing is stored.

    What is small and read by Python alone is read in this process, anything else in a worker, which can be
    ended when a file makes it hang or takes all memory. `units` is a table of names that users add.

    Raises:
        UserError: when the table of units cannot be read.
    """
    from service.background.workers import WorkerPool  # imports this module

    follow_own_units(units)
    with ExitStack() as opened:
        pool: WorkerPool | None = None
        for candidate in candidates:
            try:
                data = candidate.read()
            except UnreadableError as error:
                yield error.problem
                continue
            if is_harmless(data):
                yield read_or_problem(data, candidate.source)
            else:
                pool = pool or opened.enter_context(WorkerPool(1, read=partial(read_by_own_units, units)))
                yield pool.submit(data, candidate.source).result()


def is_harmless(data: bytes) -> bool:
    """Tell whether the readers themselves bound what a file can cost: no pdf, picture or old Office file."""
    return len(data) <= HARMLESS_BYTES and not data[:1024].lstrip().startswith(RISKY)


def outcome_record(outcome: Reading | Problem) -> JsonObject:
    """Return the extract line of a file, whether it was read or not."""
    if isinstance(outcome, Problem):
        return failed_line(outcome.file, outcome)
    return outcome.record()


def error_of(problem: Problem) -> UnreadableError:
    """Return the error that a problem came from, for callers with a single file."""
    kind = SecretError if problem.category == "secret" else UnreadableError
    return kind(problem)

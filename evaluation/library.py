"""A library to measure on: the documents of the gold together with more of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from service.library import Library


@contextmanager
def built_library(folders: Sequence[Path], data: Path | None) -> Iterator[Library]:
    """Open a library that holds every document of `folders`, and close it at the end.

    Args:
        folders: folders of documents; those the library already has are not read again.
        data: where the library is; None for a temporary one that is removed at the end.
    """
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
        library = stack.enter_context(Library.open(folder))
        library.add(folders)
        yield library


def document_folders(gold: Path, corpus: Path | None) -> list[Path]:
    """Return the folders whose documents questions and searches are asked over."""
    return [gold / "docs", *([corpus] if corpus else [])]

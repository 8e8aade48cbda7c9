"""Ids as people type them: `d12` a document, `t345` a row of the ledger, `e6` an edit, `a7` a file."""

from __future__ import annotations

import re

from corpus.errors import NotFoundError

LARGEST_NUMBER = 2**31 - 1
"""What an INTEGER column holds on every database."""


def document_name(number: int) -> str:
    """Return the public id of a document."""
    return f"d{number}"


def task_name(number: int) -> str:
    """Return the public id of a row of the ledger."""
    return f"t{number}"


def edit_name(number: int) -> str:
    """Return the public id of an edit."""
    return f"e{number}"


def job_name(number: int) -> str:
    """Return the public id of a long job."""
    return f"j{number}"


def dispatch_name(number: int) -> str:
    """Return the public id of a dispatch."""
    return f"s{number}"


def attachment_name(number: int) -> str:
    """Return the public id of a file that was attached to a row."""
    return f"a{number}"


def draft_name(number: int) -> str:
    """Return the public id of a draft."""
    return f"w{number}"


def outline_name(number: int) -> str:
    """Return the public id of an outline that a user saved."""
    return f"o{number}"


def document_number(name: str) -> int:
    """Return the number behind a document's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("d", name, f"资料库中没有编号为 {name} 的文件，请用 taizhang list 查看编号。")


def task_number(name: str) -> int:
    """Return the number behind a ledger row's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("t", name, f"台账中没有编号为 {name} 的任务，请用 taizhang tasks 查看编号。")


def edit_number(name: str) -> int:
    """Return the number behind an edit's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("e", name, f"没有编号为 {name} 的修改记录，请在任务的修改历史中查看编号。")


def job_number(name: str) -> int:
    """Return the number behind a job's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("j", name, f"没有编号为 {name} 的后台任务。")


def dispatch_number(name: str) -> int:
    """Return the number behind a dispatch's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("s", name, f"没有编号为 {name} 的调度，请用 taizhang dispatch list 查看编号。")


def attachment_number(name: str) -> int:
    """Return the number behind the public id of an attached file.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("a", name, f"没有编号为 {name} 的附件。")


def draft_number(name: str) -> int:
    """Return the number behind a draft's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("w", name, f"没有编号为 {name} 的文稿。")


def outline_number(name: str) -> int:
    """Return the number behind an outline's public id.

    Raises:
        NotFoundError: when `name` is not such an id.
    """
    return _number("o", name, f"没有编号为 {name} 的提纲。")


def _number(letter: str, name: str, message: str) -> int:
    found = re.fullmatch(rf"{letter}([0-9]{{1,10}})", name)
    if found is None or int(found[1]) > LARGEST_NUMBER:
        raise NotFoundError(message)
    return int(found[1])

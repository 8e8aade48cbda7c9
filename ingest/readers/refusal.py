"""One wording for every refusal of a file."""

from __future__ import annotations

from corpus.document import Problem
from corpus.errors import UnreadableError


def unreadable(source: str, category: str, message: str, page: int | None = None) -> UnreadableError:
    """Return the error that refuses `source`; `category` is one of the words listed at `Problem.category`."""
    return UnreadableError(Problem(source, "reader", category, message, page))

"""Words that stand between separators, where those inside brackets separate nothing."""

from __future__ import annotations

_OPENING, _CLOSING = "（(〔［[【《“", "）)〕］]】》”"


def split_outside_brackets(words: str, separators: str) -> list[str]:
    """Return the parts of `words` between separators that stand outside brackets, without the empty ones."""
    parts, depth, start = [], 0, 0
    for place, mark in enumerate(words):
        depth = max(0, depth + (mark in _OPENING) - (mark in _CLOSING))
        if mark in separators and not depth:
            parts.append(words[start:place])
            start = place + 1
    return [part.strip() for part in [*parts, words[start:]] if part.strip()]

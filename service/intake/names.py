"""Names as people read them: files and words that came in another encoding than the system expected.

Python keeps bytes that it could not decode as lone surrogates, with which a file can be opened, but which
nothing can print, store or search for. On Linux they come with names from a Chinese Windows (GBK), and with
everything Chinese where the terminal speaks ASCII alone.
"""

from __future__ import annotations

import os
from pathlib import Path

ENCODINGS = ("utf-8", "gb18030")
"""Those in which Chinese names come, in the order in which they can be told apart."""


def decoded(raw: bytes) -> str | None:
    """Return the words that bytes are in the first encoding that fits, None where none does."""
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def readable(words: str) -> str:
    """Return words, or one name, without lone surrogates; words that have none stay as they are."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return _decoded_anew(words)
    return words


def legible(argument: str) -> str:
    """Return an argument of the command line that is no path to something without lone surrogates."""
    return argument if os.path.lexists(argument) else readable(argument)


def readable_path(path: str | Path) -> str:
    """Return a path without lone surrogates; each of its names may have an encoding of its own."""
    return str(Path(*map(readable, Path(path).parts)))


def _decoded_anew(words: str) -> str:
    try:
        found = decoded(os.fsencode(words))
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        found = None
    return found or words.encode("utf-8", "backslashreplace").decode("utf-8")

"""Files of old Office and of mail programs: compound files (OLE), told apart by the streams they hold."""

from __future__ import annotations

import io

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
    ("PowerPoint Document", "ppt"),
    ("WpsCustomData", "doc"),
)
"""Streams at the root, in the order in which they are asked for, and what holds them."""


def is_compound(data: bytes) -> bool:
    """Tell whether the bytes are a compound file."""
    return data.startswith(SIGNATURE)


def compound_kind(data: bytes) -> str | None:
    """Return what a compound file is: doc, xls, msg, ppt, encrypted, "" (another), None (damaged)."""
    import olefile  # only these files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            names = {entry[0].lower() for entry in compound.listdir() if len(entry) == 1}
    except (OSError, ValueError, IndexError, TypeError, OverflowError, AttributeError, RecursionError):
        return None  # what olefile raises over broken directories
    return next((kind for stream, kind in _STREAMS if stream.lower() in names), "")

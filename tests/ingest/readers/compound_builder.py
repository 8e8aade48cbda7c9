"""Builds compound files (OLE), the container of old Office files: a few streams at the root."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096
"""Streams below this size would stand in a table of their own, so all are filled up to it."""


def compound(*names: str, **contents: bytes) -> bytes:
    """A compound file with these streams; those given by name only are empty."""
    streams = {**dict.fromkeys(names, b""), **contents}
    bodies = [_filled(content) for content in streams.values()]
    directory_at = 1 + sum(len(body) for body in bodies) // _SECTOR
    chain: list[int] = [_TABLE]
    starts: list[int] = []
    for body in bodies:
        starts.append(len(chain))
        count = len(body) // _SECTOR
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, start, body) in enumerate(zip(streams, starts, bodies, strict=True), start=1):
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, start, len(body), right=right))
    directory = _padded(b"".join(entries), b"\x00")
    count = len(directory) // _SECTOR
    chain += [*range(len(chain) + 1, len(chain) + count), _END]
    chain += [_FREE] * (_SECTOR // 4 - len(chain))
    assert len(chain) == _SECTOR // 4, "one sector holds the whole table"
    table = struct.pack(f"<{len(chain)}I", *chain)
    return _header(directory_at) + table + b"".join(bodies) + directory


def _filled(content: bytes) -> bytes:
    return _padded(content.ljust(_SMALLEST, b"\x00"), b"\x00")


def _padded(content: bytes, filler: bytes) -> bytes:
    return content + filler * (-len(content) % _SECTOR)


def _entry(name: str, kind: int, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    words = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack(
        "<64sHBBIII16sIQQIII", words, len(words), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size, 0
    )


def _header(directory_at: int) -> bytes:
    head = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        0,
        0,
        1,
        directory_at,
        0,
        _SMALLEST,
        _END,
        0,
        _END,
        0,
    )
    return head + struct.pack("<109I", 0, *[_FREE] * 108)

"""Streams of a pdf file that unpack to absurd size: PDFium would unpack them without asking."""

from __future__ import annotations

import re
import zlib

MAX_RATIO = 100
"""How often a stream that draws may be larger than its packed form, once it is larger than `FROM_BYTES`."""
FROM_BYTES = 8 * 1024 * 1024
_SMALLEST = FROM_BYTES // 1040
"""Deflated bytes that cannot unpack to more than `FROM_BYTES`."""
_CHUNK = 1024 * 1024

_STREAM = re.compile(rb"(?P<facts><<[^\x00]{0,600}?>>)\s*stream\r?\n")
_DEFLATED = re.compile(rb"/Fl(?:ateDecode)?\b")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\b[^>]{0,40}/Fl(?:ateDecode)?\b")
_NO_DRAWING = (b"/Image", b"/Length1", b"/FontFile", b"/XRef", b"/DCTDecode")
"""Pictures and fonts, whose size is limited elsewhere."""


def has_bomb(data: bytes) -> bool:
    """Tell whether a pdf file has a stream that unpacks to more than any page draws."""
    for found in _STREAM.finditer(data):
        facts = found["facts"]
        if _DEFLATED.search(facts) is None:
            continue
        if _TWICE.search(facts):
            return True
        drawing = not any(word in facts for word in _NO_DRAWING)
        end = data.find(b"endstream", found.end())
        if drawing and end - found.end() >= _SMALLEST and _explodes(data[found.end() : end]):
            return True
    return False


def _explodes(packed: bytes) -> bool:
    unpacker, size, rest = zlib.decompressobj(), 0, packed
    limit = max(FROM_BYTES, MAX_RATIO * len(packed))
    try:
        while rest and size <= limit:
            size += len(unpacker.decompress(rest, _CHUNK))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False  # damaged streams are left to PDFium, which stops there too
    return size > limit

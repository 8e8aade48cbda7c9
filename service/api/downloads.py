"""Files that a program or a browser saves, under a name in any characters."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Response

OCTETS = "application/octet-stream"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {OCTETS: {"schema": {"type": "string", "format": "binary"}}}}
}
"""What the description of the API says of an address that answers with such a file."""


def download(name: str, data: bytes, media_type: str = OCTETS) -> Response:
    """Return a file to be saved as `name` (RFC 6266), never shown as a page of this server."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=media_type, headers=headers)

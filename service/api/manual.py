"""Writes docs/api.md from the interface itself: `python -m service.api.manual > docs/api.md`."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from tempfile import TemporaryDirectory
from typing import Any

from service.api.app import create_app
from service.api.permissions import least_role
from service.library import Library

HEAD = """# HTTP interface

Every address of `taizhang serve`, with the least role that it asks for once there are accounts. This page is
written by `python -m service.api.manual > docs/api.md`; a test compares the two. `GET /openapi.json`
describes parameters, bodies and answers in full.

- Answers are UTF-8 JSON under the keys of the command line; errors are problem details (RFC 9457):
  `{"type", "title", "status", "detail", "problems"}` with `detail` in plain words.
- Without accounts only this machine is served, and everybody on it may do everything; the cookie
  `taizhang_name` (percent-encoded) says under which name changes are remembered.
- With accounts a browser holds a session (`POST /api/session`), a program a token
  (`Authorization: Bearer tz_…`, from `POST /api/tokens` or `taizhang account token NAME --add WHAT`).
- Requests from pages of other sites (`Origin`, `Sec-Fetch-Site`) are refused, and no such page may show ours
  in a frame; links are followed. A body may have 210 MB.
- Every change of rows is one edit: `POST /api/edits` makes many changes at one go, or none, and
  `POST /api/edits/{edit}/undo` takes them back. With `seen`, the newest edit that the caller knew of, nothing
  is changed where somebody else changed one of the rows since (409). Zip archives and re-readings are jobs:
  `GET /api/jobs/{job}` tells how far one has come.

"""
OTHERS = "检索"
EVERYBODY = "everybody"


def manual() -> str:
    """Return the page."""
    with TemporaryDirectory() as folder, Library.open(folder, workers=1) as library:
        described = create_app(library).openapi()["paths"]
    parts: dict[str, list[str]] = defaultdict(list)
    for path, operations in described.items():
        for method, operation in operations.items():
            parts[(operation.get("tags") or [OTHERS])[0]].append(_line(method.upper(), path, operation))
    tables = (
        f"## {part}\n\n| address | role | what it does |\n| --- | --- | --- |\n{''.join(lines)}"
        for part, lines in parts.items()
    )
    return HEAD + "\n".join(tables)


def _line(method: str, path: str, operation: dict[str, Any]) -> str:
    role = least_role(re.sub(r"\{\w+\}", "1", path), method)
    names = [item["name"] for item in operation.get("parameters", ()) if item["in"] == "query"]
    query = f"?{'&'.join(names)}" if names else ""
    words = " ".join(operation["description"].split())
    return f"| `{method} {path}{query}` | {role or EVERYBODY} | {words} |\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(manual().encode())

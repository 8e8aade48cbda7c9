"""Tables that users keep, over HTTP: lines pasted from a spreadsheet, and the table as a file for one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from service.api.downloads import download


class LinesBody(BaseModel):
    """Lines as a spreadsheet copies them, cells parted by tabs."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]


def table_file(name: str, text: str) -> Response:
    """Return a table as a file that spreadsheet programs open."""
    return download(name, text.encode("utf-8-sig"), "text/tab-separated-values")

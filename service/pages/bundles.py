"""Scripts and looks that pages share, each kind served as one file that browsers keep.

A browser asks for one file instead of a dozen, and its address changes with what is in it: it may be kept for
good, and a newer version of the product is never shown with an older look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fastapi import FastAPI, Response

ASSETS = Path(__file__).parent / "assets"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Bundle:
    """Looks and scripts that belong together, by the names of their files without the ending."""

    name: str
    looks: tuple[str, ...]
    scripts: tuple[str, ...]

    @cached_property
    def _files(self) -> dict[str, tuple[bytes, str]]:
        """By address: the text of a file, and its media type."""
        looks = b"\n".join((ASSETS / f"{name}.css").read_bytes() for name in self.looks)
        scripts = b"\n;".join((ASSETS / f"{name}.js").read_bytes() for name in self.scripts)
        return {
            f"/assets/{self.name}.{_mark(looks)}.css": (looks, "text/css"),
            f"/assets/{self.name}.{_mark(scripts)}.js": (scripts, "text/javascript"),
        }

    @cached_property
    def head(self) -> str:
        """What the head of a page says to get it. The scripts run in order, once the page is parsed."""
        look, script = self._files
        return f'<link rel="stylesheet" href="{look}"><script defer src="{script}"></script>'

    def serve(self, app: FastAPI) -> None:
        """Answer for its addresses."""
        for address, (text, kind) in self._files.items():
            app.add_api_route(address, _answer(text, kind), include_in_schema=False)


def _answer(text: bytes, kind: str) -> Callable[[], Awaitable[Response]]:
    async def file() -> Response:
        return Response(text, media_type=kind, headers={"Cache-Control": FOR_GOOD})

    return file


def _mark(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=6).hexdigest()


EVERYWHERE = Bundle(
    "pages",
    ("foundation", "taizhang", "dispatch", "reconcile", "workbook"),
    ("evidence", "frame", "editor", "drop", "dialogs", "printing", "ledger", "ledger_views", "dispatch"),
)
"""What every page gets."""
DRAFTS = Bundle("drafts", ("drafting",), ("outline", "drafting", "draft_side"))
"""What only the pages of drafts need besides."""

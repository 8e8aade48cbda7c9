"""Requests to the real application, without a server around it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from fastapi import FastAPI

from service.api.app import create_app
from service.library import Library

Call = Callable[..., httpx.Response]
BASE = "http://127.0.0.1:8000"


def caller(library: Library, base: str = BASE, app: FastAPI | None = None, local: bool = True) -> Call:
    """Return a function that sends one request to the application over `library`."""
    target = app or create_app(library, local)

    def call(method: str, url: str, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(target, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, url, **more)

        return asyncio.run(send())

    return call


def upload(name: str, data: bytes) -> dict[str, Any]:
    """Return what makes a request an upload."""
    return {"files": {"file": (name, data)}}

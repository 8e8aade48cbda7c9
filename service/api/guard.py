"""Lets in only what the user's own browser and programs send, and no upload beyond the limit.

A page of another site can make a browser on this machine send requests here: under our own name (Host) by
rebinding DNS, or under its own (Origin) with a plain form. Both are refused.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem_response

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
UPLOAD_LIMIT = 210 * 1024 * 1024
"""Bytes of one request: the largest file that is read, and the form around it."""


class Guard:
    """Refuses requests for foreign host names, from foreign pages, and of too many bytes."""

    def __init__(self, app: ASGIApp, upload_limit: int = UPLOAD_LIMIT) -> None:
        self._app = app
        self._limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._is_ours(headers):
            await _refuse(
                scope, receive, send, 403, "来源不明", "只接受从本机页面发出的请求，请直接打开本系统的网址。"
            )
        elif _length(headers) > self._limit:
            await _refuse(scope, receive, send, 413, "文件过大", "文件超过 200 MB，请拆分后再上传。")
        else:
            await self._app(scope, self._counted(receive), send)

    def _is_ours(self, headers: Headers) -> bool:
        host = headers.get("host", "")
        origin = headers.get("origin")
        known = _name(host) in LOCAL_NAMES
        return known and (origin is None or urlsplit(origin).netloc == host)

    def _counted(self, receive: Receive) -> Receive:
        """Return `receive`, stopping a body that does not tell its length once it passes the limit."""
        left = self._limit

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        return counted


def _length(headers: Headers) -> int:
    """Return the length that the request announces, 0 when it does not; the body is counted anyway."""
    announced = headers.get("content-length", "")
    return int(announced) if announced.isdecimal() else 0


def _name(host: str) -> str | None:
    """Return the name in a Host header without its port; None for nonsense."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, title: str, detail: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await problem_response(status, title, detail)(scope, receive, send)

"""Lets in only what the user's own browser and programs send, from people who may, and no endless upload.

A page of another site can make a browser on this machine send requests here: under our own name (Host) by
rebinding DNS, under its own (Origin) with a plain form, or under none with a picture or a script, of which
browsers tell by Sec-Fetch-Site. All are refused; a link from elsewhere is followed. Nor may such a page show
ours within itself, where its visitors would click without seeing on what. Once there are accounts, a request
must come with a session or a token whose role the address asks for.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.accounts import Accounts, Person, Role
from service.api.permissions import least_role
from service.api.problems import problem_response

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
UPLOAD_LIMIT = 210 * 1024 * 1024
"""Bytes of one request: the largest file that is read, and the form around it."""
SESSION_COOKIE = "taizhang_session"
NAME_COOKIE = "taizhang_name"
FOREIGN = frozenset({"cross-site", "same-site"})
"""What a browser says (Sec-Fetch-Site) of a request that a page of another site, host or port caused."""
OWN_PAGES_ONLY = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",  # for browsers that know no policies
}
"""Headers that keep pages of other sites from showing an answer, or using it as a picture or script."""
PERSON = "taizhang.person"
"""Under which the scope of a request names who sends it."""


def current_person(connection: HTTPConnection) -> Person:
    """Return who sends a request; pages find theirs by the request that opened them."""
    person: Person = connection.scope[PERSON]
    return person


class Guard:
    """Refuses requests for foreign host names, from foreign pages, from strangers, and of too many bytes.

    Args:
        app: what answers the others.
        accounts: the accounts of the library.
        local: whether only this machine is served; other machines are served only once there are accounts.
        upload_limit: bytes that one request may have.
    """

    def __init__(
        self, app: ASGIApp, accounts: Accounts, local: bool = True, upload_limit: int = UPLOAD_LIMIT
    ) -> None:
        self._app = app
        self._accounts = accounts
        self._local = local
        self._limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        if refusal is None:
            await self._app(scope, self._counted(receive), _for_own_pages(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; of one that may, note who sends it."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers):
            words = "只接受从本系统页面发出的请求，请直接打开本系统的网址。"
            return problem_response(403, "来源不明", words)
        if _length(headers) > self._limit:
            return problem_response(413, "文件过大", "文件超过 200 MB，请拆分后再上传。")
        person = await to_thread.run_sync(self._person, headers)
        if not self._local and not self._accounts.exist:
            return problem_response(403, "没有账号", "还没有账号，只能在本机使用；请先添加管理员账号。")
        least = least_role(scope["path"], scope.get("method", "WEBSOCKET"))
        scope[PERSON] = person or Person("", Role.READER)
        if least is None or (person and person.may(least)):
            return None
        return _forbidden(person, least) if person else _unknown(scope)

    def _person(self, headers: Headers) -> Person | None:
        cookies = _cookies(headers)
        if not self._accounts.exist:
            name = unquote(cookies.get(NAME_COOKIE, ""))
            return Person(name, Role.ADMINISTRATOR)
        kind, _, key = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._accounts.person_of_token(key.strip())
        session = cookies.get(SESSION_COOKIE)
        return self._accounts.person_of_session(session) if session else None

    def _is_ours(self, headers: Headers) -> bool:
        host = headers.get("host", "")
        origin = headers.get("origin")
        name = _name(host)
        known = name in LOCAL_NAMES if self._local else name is not None
        return (
            known
            and (origin is None or urlsplit(origin).netloc == host)
            and not _is_fetched_by_others(headers)
        )

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


def _is_fetched_by_others(headers: Headers) -> bool:
    """Tell whether a page of another site wants the answer for itself; following a link is no such thing."""
    followed = (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
    )
    return headers.get("sec-fetch-site") in FOREIGN and not followed


def _for_own_pages(send: Send) -> Send:
    """Return `send`, which tells browsers to keep answers from pages of other sites."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(OWN_PAGES_ONLY)
        await send(message)

    return told


def _unknown(scope: Scope) -> Response:
    """Ask who is there: programs are told, browsers that open a page are led to the login."""
    if scope["path"].startswith("/api/") or scope.get("method") not in {"GET", "HEAD"}:
        answer = problem_response(401, "需要登录", "请先登录，或在请求中带上有效的令牌。")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(wanted)}", 303)


def _forbidden(person: Person, least: Role) -> Response:
    words = f"{person.role}账号不能进行这项操作，需要{least}账号；请联系管理员。"
    return problem_response(403, "没有权限", words)


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {key: morsel.value for key, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


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

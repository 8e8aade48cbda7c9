"""The doors: logging in and out, and, where there are no accounts, giving one's name or setting up the first.

Plain forms without scripts, so that nothing of the pages need be open to strangers.
"""

from __future__ import annotations

from html import escape
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.errors import LoginError, UserError
from service.accounts import IDLE, LONGEST_NAME, Accounts, Role
from service.api.guard import NAME_COOKIE, SESSION_COOKIE

entrance = APIRouter(include_in_schema=False)
NOTICE = "本系统只用于非涉密材料。标有“秘密”“机密”“绝密”的文件不会被读入。"
YEAR = 365 * 24 * 3600
LONGEST_FIELD = 200
Field = Annotated[str, Form(max_length=LONGEST_FIELD)]
Address = Annotated[str, Form(alias="next", max_length=2000)]

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · 台账</title><link rel="stylesheet" href="/assets/taizhang.css">
<link rel="stylesheet" href="/assets/entrance.css"></head>
<body class="entrance"><main><h1>台账</h1>{body}<p class="notice">{notice}</p></main></body></html>"""
LOGIN = """<form method="post" action="/login"><h2>登录</h2>{error}
<label>姓名<input name="name" autocomplete="username" required {at_name} value="{name}"
  maxlength="{longest}"></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required
  {at_password}></label>
<input type="hidden" name="next" value="{next}"><button>登录</button></form>"""
WELCOME = """<form method="post" action="/welcome"><h2>请问您是哪位？</h2>{error}
<p>本机尚未设置账号。填写姓名后即可使用，修改记录中会显示这个姓名。</p>
<label>姓名<input name="name" autocomplete="name" required {at_name} value="{name}"
  maxlength="{longest}"></label>
<details {opened}><summary>多人使用？设置管理员账号</summary>
<p>填写密码后，这个姓名成为管理员账号，以后进入都要登录；其他人的账号由管理员在“设置”中添加。</p>
<label>密码（至少 8 位）<input name="password" type="password" autocomplete="new-password"
  {at_password}></label>
</details><input type="hidden" name="next" value="{next}"><button>进入</button></form>"""

AT_NAME = {"at_name": "autofocus", "at_password": "", "opened": ""}
"""Where the cursor stands in a fresh form."""


def accounts_of(request: Request) -> Accounts:
    """Return the accounts of the library that the application serves."""
    accounts: Accounts = request.app.state.library.accounts
    return accounts


AccountsDependency = Annotated[Accounts, Depends(accounts_of)]


@entrance.get("/login")
def login_page(accounts: AccountsDependency, next: str = "/") -> Response:
    """Ask for name and password; where there are no accounts, only for a name."""
    if not accounts.exist:
        return RedirectResponse(f"/welcome?next={quote(_within(next))}", 303)
    return _page("登录", LOGIN, next)


@entrance.post("/login")
async def login(
    request: Request, accounts: AccountsDependency, name: Field, password: Field, next: Address = "/"
) -> Response:
    """Begin a session."""
    try:
        key = await run_in_threadpool(accounts.log_in, name, password)
    except LoginError as error:
        return _page("登录", LOGIN, next, str(error), 401, name)
    answer = RedirectResponse(_within(next), 303)
    keep_session(request, answer, key)
    return answer


@entrance.post("/logout")
def logout(request: Request, accounts: AccountsDependency) -> Response:
    """End the session."""
    accounts.log_out(request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return answer


@entrance.get("/welcome")
def welcome_page(accounts: AccountsDependency, next: str = "/") -> Response:
    """Ask who sits there, as long as there are no accounts."""
    if accounts.exist:
        return RedirectResponse(f"/login?next={quote(_within(next))}", 303)
    return _page("欢迎", WELCOME, next)


@entrance.post("/welcome")
def welcome(
    request: Request, accounts: AccountsDependency, name: Field, password: Field = "", next: Address = "/"
) -> Response:
    """Remember the name; with a password make it the administrator's account and begin a session."""
    name = name.strip()
    if accounts.exist:
        return RedirectResponse("/login", 303)
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        return _page("欢迎", WELCOME, next, f"请填写姓名，最多 {LONGEST_NAME} 个字。", 400)
    answer = RedirectResponse(_within(next), 303)
    if password:
        try:
            accounts.add(name, Role.ADMINISTRATOR, password)
        except UserError as error:
            return _page("欢迎", WELCOME, next, str(error), 400, name)
        keep_session(request, answer, accounts.log_in(name, password))
    else:
        answer.set_cookie(NAME_COOKIE, quote(name), max_age=YEAR, httponly=True, samesite="strict")
    return answer


def keep_session(request: Request, answer: Response, key: str) -> None:
    """Let the browser keep a session where no script and no other site can reach it."""
    secure = request.url.scheme == "https"
    answer.set_cookie(
        SESSION_COOKIE,
        key,
        max_age=round(IDLE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
    )


def _within(address: str) -> str:
    """Return the address where it is one of ours, else the first page: nobody is led elsewhere."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in address
    return address if ours and address.isprintable() else "/"


def _page(
    title: str, form: str, address: str, error: str = "", status: int = 200, name: str = ""
) -> HTMLResponse:
    """Return a form; after a refused password with the `name` in it, and the cursor at the password."""
    words = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    cursor = {"at_name": "", "at_password": "autofocus", "opened": "open"} if name else AT_NAME
    known = {"next": escape(_within(address)), "longest": LONGEST_NAME, "name": escape(name)}
    body = form.format(error=words, **known, **cursor)
    page = PAGE.format(title=title, body=body, notice=NOTICE)
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})

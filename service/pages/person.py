"""Who sits before the browser, and what they may do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from nicegui import Client, ui

from corpus.errors import LoginError, UserError
from service.accounts import Person, Role
from service.api.guard import SESSION_COOKIE
from service.api.guard import current_person as person_of

if TYPE_CHECKING:
    from service.library import Library

_refusals: WeakKeyDictionary[Client, ui.notification] = WeakKeyDictionary()
"""What each page was refused last, as long as it stands there."""
ENDED = "登录已失效，没有保存。请刷新页面重新登录；台账里没有确认的修改会留着。"
Result = TypeVar("Result")


def current_person() -> Person:
    """Return the person who opened this page."""
    return person_of(ui.context.client.request)


def may_write() -> bool:
    """Tell whether the person may change anything."""
    return current_person().may(Role.STAFF)


async def perform(library: Library, act: Callable[[str], Result], role: Role = Role.STAFF) -> Result:
    """Do something under the person's name in a thread.

    Raises:
        UserError: when the person may not, or it cannot be done.
    """
    person, session = current_person(), ui.context.client.request.cookies.get(SESSION_COOKIE)

    def allowed() -> Result:
        # Looked up anew: the page may be open since before the person logged out, or the account was shut.
        if person.has_account and session and library.accounts.person_of_session(session) is None:
            raise LoginError(ENDED)
        library.accounts.check(person, role)
        return act(person.name)

    return await asyncio.to_thread(allowed)


async def write(
    library: Library, act: Callable[[str], Result], role: Role = Role.STAFF, done: str = ""
) -> Result | None:
    """Do something under the person's name, and tell them what may or can not be done; then None is returned.

    `done` is said when it went well.
    """
    try:
        result = await perform(library, act, role)
    except UserError as error:
        _refuse(str(error))
        return None
    _take_back()
    if done:
        ui.notify(done, type="positive")
    return result


def _refuse(words: str) -> None:
    """Say why something was not done, until it is put aside, or something else was done or refused."""
    _take_back()
    _refusals[ui.context.client] = ui.notification(
        words, type="negative", multi_line=True, timeout=None, close_button="知道了"
    )


def _take_back() -> None:
    refusal = _refusals.pop(ui.context.client, None)
    if refusal is not None and not refusal.is_deleted:
        refusal.dismiss()

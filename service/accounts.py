"""Who may do what: accounts with roles, sessions of browsers, tokens of programs.

As long as there is no account the server is for one machine: everybody there may do everything, under the
name that they give. From the first account on, an administrator's, nobody comes in without one.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from corpus.errors import ForbiddenError, LoginError, NotFoundError, UserError
from corpus.store.office.accounts import AccountChange, AccountRow, AccountTable, TokenRow
from corpus.store.store import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher  # 30 ms to import, which a command that lists documents need not pay

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
LONGEST_NAME = 30
MOST_FAILURES = 5
"""Wrong passwords in a row before an account is shut for `PAUSE`."""
PAUSE = timedelta(minutes=15)
IDLE = timedelta(hours=12)
"""A session that nobody used for so long has ended."""
TOUCH = timedelta(minutes=5)
"""How far the time at which a session was last seen may lag behind."""
FRESH = 1.0
"""Seconds for which an answer about a session or token is taken again: pages send many requests at once.

What this process changes counts at once; what another process changes counts after this time.
"""
MOST_KNOWN = 10_000
"""Answers that are held at a time."""
LookUp = Callable[[str], "Person | None"]
TOKEN_MARK = "tz_"
"""Begins every token, so that one can be told when it lies about."""


class Role(StrEnum):
    """What an account may do; each may do what those after it may."""

    ADMINISTRATOR = "管理员"
    STAFF = "经办"
    READER = "只读"

    def covers(self, other: Role) -> bool:
        """Tell whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True)
class Person:
    """Who sends a request."""

    name: str
    """The account's name, or the one that somebody gave where there are no accounts; "" before."""
    role: Role
    has_account: bool = False

    def may(self, role: Role) -> bool:
        """Tell whether the person may do what `role` may."""
        return self.role.covers(role)

    def must(self, role: Role) -> None:
        """Let the person go on only with at least that role.

        Raises:
            ForbiddenError: when they may not.
        """
        if not self.may(role):
            raise ForbiddenError(f"{self.role}账号不能进行这项操作，需要{role}账号；请联系管理员。")


class Accounts:
    """The accounts of a library. All methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._table = store.accounts
        self._known: dict[str, tuple[float, Person | None]] = {}
        self._any: tuple[float, bool] = (-FRESH, False)
        self._checking = threading.Lock()

    @property
    def exist(self) -> bool:
        """Tell whether there is any account."""
        asked, answer = self._any
        if not answer and monotonic() - asked > FRESH:
            answer = bool(self._table.all())
            self._any = (monotonic(), answer)
        return answer

    def all(self) -> list[AccountRow]:
        """Return the accounts by name."""
        return self._table.all()

    def account(self, name: str) -> AccountRow:
        """Return an account.

        Raises:
            NotFoundError: when there is none of that name.
        """
        return _named(self._table, name)

    def add(self, name: str, role: Role, password: str, by: str = "") -> None:
        """Add an account; the first must be an administrator's.

        Raises:
            UserError: when the name is taken, or name, role or password will not do.
        """
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise UserError(f"姓名不能为空，最多 {LONGEST_NAME} 个字。")
        digest = self._digest(password)
        with self._table.changing(by or name) as change:
            known = change.all()
            if any(account.name == name for account in known):
                raise UserError(f"已经有名为 {name} 的账号，请换一个姓名。")
            if not known and role is not Role.ADMINISTRATOR:
                raise UserError("第一个账号必须是管理员。")
            change.add(name, role.value, digest)
        self._forget()

    def set_role(self, name: str, role: Role, by: str = "") -> None:
        """Give an account another role.

        Raises:
            NotFoundError: when there is no such account.
            UserError: when no administrator would be left.
        """
        with self._table.changing(by) as change:
            account = _named(change, name)
            if role is not Role.ADMINISTRATOR:
                _keep_an_administrator(change, name)
            change.set(account, role=role.value)
        self._forget()

    def set_password(self, name: str, password: str, by: str = "") -> None:
        """Give an account another password; its sessions end, and its failures are forgiven.

        Raises:
            NotFoundError: when there is no such account.
            UserError: when the password will not do.
        """
        digest = self._digest(password)
        with self._table.changing(by) as change:
            change.set(_named(change, name), password=digest)
            change.end_sessions(name)
        self._forget()

    def set_locked(self, name: str, locked: bool, by: str = "") -> None:
        """Shut an account, or open it again.

        Raises:
            NotFoundError: when there is no such account.
            UserError: when no administrator would be left.
        """
        with self._table.changing(by) as change:
            account = _named(change, name)
            if locked:
                _keep_an_administrator(change, name)
                change.end_sessions(name)
            change.set(account, locked=locked)
        self._forget()

    def remove(self, name: str, by: str = "") -> None:
        """Remove an account; what it did stays under its name.

        Raises:
            NotFoundError: when there is no such account.
            UserError: when no administrator would be left.
        """
        with self._table.changing(by) as change:
            account = _named(change, name)
            _keep_an_administrator(change, name)
            change.remove(account)
        self._forget()

    def check_password(self, name: str, password: str) -> AccountRow:
        """Return the account when the password is its own.

        Raises:
            LoginError: when it is not, or the account is shut.
        """
        with self._checking:  # many guesses at once are counted too, and each check takes 64 MB
            account = self._table.find(name.strip())
            if account is not None and (account.locked or _paused(account)):
                raise LoginError("账号已停用，或密码输错次数过多；请过 15 分钟再试，或联系管理员。")
            # Without such an account a password is checked too, so that the time tells nothing.
            right = self._fits(account.password if account else self._nobody, password[:LONGEST_PASSWORD])
            if account is None or not right:
                if account is not None:
                    self._table.count_failure(account.name)
                raise LoginError("姓名或密码不对，请重新输入。")
            if account.failures:
                self._table.forgive(account.name)
            return account

    def log_in(self, name: str, password: str) -> str:
        """Begin a session and return what the browser is to hold for it.

        Raises:
            LoginError: when the password is wrong, or the account is shut.
        """
        account = self.check_password(name, password)
        key = secrets.token_urlsafe(32)
        self._table.open_session(_hash(key), account.name)
        return key

    def log_out(self, key: str) -> None:
        """End a session; nothing happens when it is none."""
        self._table.close_session(_hash(key))
        self._forget()

    def person_of_session(self, key: str) -> Person | None:
        """Return whose session it is, None when it is none or has ended."""
        return self._fresh("session " + _hash(key), self._look_up_session)

    def person_of_token(self, key: str) -> Person | None:
        """Return for whom a token speaks, None when it is none."""
        return self._fresh("token " + _hash(key), self._look_up_token)

    def check(self, person: Person, role: Role) -> None:
        """Let a person whose page has been open for a while go on only if they still may.

        Raises:
            LoginError: when their account is gone or shut.
            ForbiddenError: when the role will not do.
        """
        if self.exist:
            now = _person(self._table.find(person.name)) if person.has_account else None
            if now is None:
                raise LoginError("登录已失效，请重新登录。")
            person = now
        person.must(role)

    def tokens(self, account: str | None = None) -> list[TokenRow]:
        """Return the tokens, of all accounts when None."""
        return [row for row in self._table.tokens() if account in (None, row.account)]

    def add_token(self, account: str, name: str, by: str = "") -> str:
        """Make a token with which a program acts for an account; it is shown this once.

        Raises:
            NotFoundError: when there is no such account.
            UserError: when the name is empty or too long.
        """
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise UserError(f"令牌名称不能为空，最多 {LONGEST_NAME} 个字。")
        key = TOKEN_MARK + secrets.token_urlsafe(32)
        with self._table.changing(by or account) as change:
            change.add_token(_named(change, account).name, name.strip(), _hash(key))
        return key

    def revoke_token(self, number: int, by: str = "", account: str | None = None) -> None:
        """Make a token worthless; with `account` only one of that account.

        Raises:
            NotFoundError: when there is no such token.
        """
        token = next((row for row in self.tokens(account) if row.id == number), None)
        if token is None:
            raise NotFoundError(f"没有编号为 {number} 的令牌。")
        with self._table.changing(by or token.account) as change:
            change.revoke_token(token)
        self._forget()

    def _look_up_session(self, digest: str) -> Person | None:
        found = self._table.session(digest, IDLE)
        if found is None:
            return None
        account, seen = found
        if datetime.now(UTC) - seen > TOUCH:
            self._table.touch_session(digest, IDLE)
        return _person(account)

    def _look_up_token(self, digest: str) -> Person | None:
        return _person(self._table.account_of_token(digest))

    def _fresh(self, key: str, look_up: LookUp) -> Person | None:
        asked, person = self._known.get(key, (-FRESH, None))
        if monotonic() - asked > FRESH:
            person = look_up(key.partition(" ")[2])
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            self._known[key] = (monotonic(), person)
        return person

    def _forget(self) -> None:
        self._known.clear()
        self._any = (-FRESH, False)

    def _digest(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UserError(f"密码至少 {SHORTEST_PASSWORD} 位，最多 {LONGEST_PASSWORD} 位。")
        return self._hasher.hash(password)

    def _fits(self, digest: str, password: str) -> bool:
        from argon2.exceptions import VerifyMismatchError

        try:
            return self._hasher.verify(digest, password)
        except VerifyMismatchError:
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())


def _named(accounts: AccountChange | AccountTable, name: str) -> AccountRow:
    account = next((account for account in accounts.all() if account.name == name), None)
    if account is None:
        raise NotFoundError(f"没有名为 {name} 的账号，请用 taizhang account list 查看。")
    return account


def _keep_an_administrator(change: AccountChange, name: str) -> None:
    """Refuse what would leave no administrator besides the account of that name."""
    others = (account for account in change.all() if account.name != name and not account.locked)
    if not any(account.role == Role.ADMINISTRATOR for account in others):
        raise UserError("至少要保留一个能登录的管理员账号，请先另设一个管理员。")


def _paused(account: AccountRow) -> bool:
    return (
        account.failures >= MOST_FAILURES
        and account.failed_at is not None
        and datetime.now(UTC) - account.failed_at < PAUSE
    )


def _person(account: AccountRow | None) -> Person | None:
    if account is None or account.locked:
        return None
    return Person(account.name, Role(account.role), has_account=True)


def _hash(key: str) -> str:
    """Return the hash under which a session or token is kept; both are random, so a quick one will do."""
    return hashlib.sha256(key.encode()).hexdigest()

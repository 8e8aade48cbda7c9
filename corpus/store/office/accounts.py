"""Accounts, their sessions and tokens, as rows; what they mean is decided in `service.accounts`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from corpus.store.audit import Fact, write_audit
from corpus.store.database import Database, take_numbers
from corpus.store.schema import accounts, sessions, tokens


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account."""

    name: str
    role: str
    password: str
    """Its hash."""
    locked: bool
    failures: int
    """Wrong passwords since the last right one."""
    failed_at: datetime | None
    """When the last wrong password came (UTC)."""
    created_at: datetime
    """UTC."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token with which a program acts for an account."""

    id: int
    account: str
    name: str
    created_at: datetime
    """UTC."""


class AccountTable:
    """Reads and writes accounts. Every change of an account is written to the audit log with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[AccountRow]:
        """Return the accounts by name."""
        with self._database.reading() as connection:
            return _accounts(connection)

    def find(self, name: str) -> AccountRow | None:
        """Return the account of that name, None without one."""
        return next((account for account in self.all() if account.name == name), None)

    @contextmanager
    def changing(self, by: str) -> Iterator[AccountChange]:
        """Give the accounts for a change that is made as a whole, or not at all when the body raises."""
        with self._database.writing() as connection:
            change = AccountChange(connection)
            yield change
            write_audit(connection, by, change.facts)

    def count_failure(self, name: str) -> None:
        """Count a wrong password."""
        values = {"failures": accounts.c.failures + 1, "failed_at": _now()}
        with self._database.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(**values))

    def forgive(self, name: str) -> None:
        """Forget wrong passwords, after a right one."""
        with self._database.writing() as connection:
            connection.execute(
                update(accounts).where(accounts.c.name == name).values(failures=0, failed_at=None)
            )

    def open_session(self, digest: str, account: str) -> None:
        """Begin a session, known by the hash of what the browser holds."""
        with self._database.writing() as connection:
            row = {"hash": digest, "account": account, "seen_at": _now()}
            connection.execute(insert(sessions), row)

    def session(self, digest: str, idle: timedelta) -> tuple[AccountRow, datetime] | None:
        """Return the account of a session that was seen within `idle`, and when it was; None without one."""
        query = select(sessions).where(sessions.c.hash == digest, sessions.c.seen_at > _now() - idle)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        account = self.find(row.account) if row else None
        return (account, row.seen_at.replace(tzinfo=UTC)) if row and account else None

    def touch_session(self, digest: str, idle: timedelta) -> None:
        """Remember that a session is in use, and forget those that were idle for longer than `idle`."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.seen_at <= _now() - idle))
            connection.execute(update(sessions).where(sessions.c.hash == digest).values(seen_at=_now()))

    def close_session(self, digest: str) -> None:
        """End a session; nothing happens when it is none."""
        with self._database.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == digest))

    def tokens(self) -> list[TokenRow]:
        """Return the tokens in the order in which they were made."""
        with self._database.reading() as connection:
            rows = connection.execute(select(tokens).order_by(tokens.c.id)).all()
        return [TokenRow(row.id, row.account, row.name, row.created_at.replace(tzinfo=UTC)) for row in rows]

    def account_of_token(self, digest: str) -> AccountRow | None:
        """Return the account for which a token speaks, None without such a token."""
        query = select(tokens.c.account).where(tokens.c.hash == digest)
        with self._database.reading() as connection:
            name = connection.execute(query).scalar()
        return self.find(name) if name is not None else None


class AccountChange:
    """Accounts while they are changed; what is done here is collected for the audit log."""

    def __init__(self, connection: Connection) -> None:
        self.facts: list[Fact] = []
        self._connection = connection

    def all(self) -> list[AccountRow]:
        """Return the accounts as they are now."""
        return _accounts(self._connection)

    def add(self, name: str, role: str, password: str) -> None:
        """Add an account, `password` being a hash."""
        row = {"name": name, "role": role, "password": password, "locked": False, "failures": 0}
        self._connection.execute(insert(accounts), {**row, "created_at": _now()})
        self.facts.append(Fact("account.added", name, None, {"role": role}))

    def set(self, before: AccountRow, **values: Any) -> None:
        """Change values of an account; what its password was is not told."""
        where = accounts.c.name == before.name
        connection = self._connection
        connection.execute(update(accounts).where(where).values(**values, failures=0, failed_at=None))
        for key, value in values.items():
            shown = (None, None) if key == "password" else (getattr(before, key), value)
            self.facts.append(Fact(f"account.{key}", before.name, *shown))

    def end_sessions(self, name: str) -> None:
        """End all sessions of an account."""
        self._connection.execute(delete(sessions).where(sessions.c.account == name))

    def remove(self, account: AccountRow) -> None:
        """Remove an account with its sessions and tokens."""
        self.end_sessions(account.name)
        self._connection.execute(delete(tokens).where(tokens.c.account == account.name))
        self._connection.execute(delete(accounts).where(accounts.c.name == account.name))
        self.facts.append(Fact("account.removed", account.name, {"role": account.role}, None))

    def add_token(self, account: str, name: str, digest: str) -> TokenRow:
        """Add a token, known by its hash."""
        row = TokenRow(take_numbers(self._connection, "token"), account, name, datetime.now(UTC))
        values = {"id": row.id, "account": account, "name": name, "hash": digest, "created_at": _now()}
        self._connection.execute(insert(tokens), values)
        self.facts.append(Fact("token.added", account, None, name))
        return row

    def revoke_token(self, token: TokenRow) -> None:
        """Remove a token."""
        self._connection.execute(delete(tokens).where(tokens.c.id == token.id))
        self.facts.append(Fact("token.revoked", token.account, token.name, None))


def _accounts(connection: Connection) -> list[AccountRow]:
    rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
    return [
        AccountRow(
            row.name,
            row.role,
            row.password,
            row.locked,
            row.failures,
            row.failed_at.replace(tzinfo=UTC) if row.failed_at else None,
            row.created_at.replace(tzinfo=UTC),
        )
        for row in rows
    ]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

"""What concerns the office over HTTP: who is there, accounts, tokens, settings, the audit log, copies."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import NotFoundError
from corpus.records import plain
from corpus.store.audit import AuditQuery
from corpus.store.office.accounts import AccountRow, TokenRow
from service.accounts import LONGEST_NAME, LONGEST_PASSWORD, Person, Role
from service.api.dependencies import Day, LibraryDependency, Limit, Offset, PersonDependency
from service.api.downloads import download
from service.api.entrance import keep_session
from service.api.guard import SESSION_COOKIE
from service.api.models.office import (
    AccountRecord,
    AuditRecordPage,
    BackupRecord,
    NewTokenRecord,
    SessionRecord,
    SettingsRecord,
    TokenRecord,
)
from service.audit_sheet import audit_bytes

office = APIRouter(tags=["办公室"])

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Password = Annotated[str, Field(max_length=LONGEST_PASSWORD)]
AccountName = Annotated[str, Path(description="姓名")]
TokenId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class LoginBody(BaseModel):
    """Name and password."""

    name: Name
    password: Password


class AccountBody(LoginBody):
    """A new account."""

    role: Role


class AccountChangeBody(BaseModel):
    """What is to change of an account; what is left out stays."""

    role: Role | None = None
    password: Password | None = None
    locked: bool | None = None


class PasswordBody(BaseModel):
    """A change of one's own password."""

    old: Password
    new: Password


class TokenBody(BaseModel):
    """A new token."""

    name: Name


class SettingsBody(BaseModel):
    """Settings that are to change; null takes the default again."""

    model_config = ConfigDict(extra="allow")


@office.get("/session")
def session(library: LibraryDependency, person: PersonDependency) -> SessionRecord:
    """Tell who is asking, and whether there are accounts."""
    return _person_record(person, library.accounts.exist)


@office.post("/session")
def log_in(
    request: Request, response: Response, library: LibraryDependency, body: LoginBody
) -> SessionRecord:
    """Begin a session, which a cookie keeps."""
    key = library.accounts.log_in(body.name, body.password)
    keep_session(request, response, key)
    person = library.accounts.person_of_session(key)
    return _person_record(person or Person(body.name, Role.READER), True)


@office.delete("/session", status_code=204)
def log_out(request: Request, response: Response, library: LibraryDependency) -> None:
    """End the session."""
    library.accounts.log_out(request.cookies.get(SESSION_COOKIE, ""))
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")


@office.put("/password", status_code=204)
def change_password(library: LibraryDependency, person: PersonDependency, body: PasswordBody) -> None:
    """Change one's own password; all one's sessions end."""
    library.accounts.check_password(person.name, body.old)
    library.accounts.set_password(person.name, body.new, person.name)


@office.get("/tokens")
def tokens(library: LibraryDependency, person: PersonDependency) -> list[TokenRecord]:
    """List one's own tokens."""
    return [_token_record(row) for row in library.accounts.tokens(person.name)]


@office.post("/tokens", status_code=201)
def add_token(library: LibraryDependency, person: PersonDependency, body: TokenBody) -> NewTokenRecord:
    """Make a token for a program; it is shown this once."""
    return NewTokenRecord(name=body.name, token=library.accounts.add_token(person.name, body.name))


@office.delete("/tokens/{token}", status_code=204)
def revoke_token(library: LibraryDependency, person: PersonDependency, token: TokenId) -> None:
    """Make one of one's own tokens worthless."""
    library.accounts.revoke_token(token, person.name, person.name)


@office.get("/accounts")
def accounts(library: LibraryDependency) -> list[AccountRecord]:
    """List the accounts."""
    return [_account_record(row) for row in library.accounts.all()]


@office.post("/accounts", status_code=201)
def add_account(library: LibraryDependency, person: PersonDependency, body: AccountBody) -> AccountRecord:
    """Add an account; the first must be an administrator's."""
    library.accounts.add(body.name, body.role, body.password, person.name)
    return _account(library, body.name.strip())


@office.patch("/accounts/{name}")
def change_account(
    library: LibraryDependency, person: PersonDependency, name: AccountName, body: AccountChangeBody
) -> AccountRecord:
    """Change role or password of an account, shut it or open it again."""
    if body.role is not None:
        library.accounts.set_role(name, body.role, person.name)
    if body.password is not None:
        library.accounts.set_password(name, body.password, person.name)
    if body.locked is not None:
        library.accounts.set_locked(name, body.locked, person.name)
    return _account(library, name)


@office.delete("/accounts/{name}", status_code=204)
def remove_account(library: LibraryDependency, person: PersonDependency, name: AccountName) -> None:
    """Remove an account; what it did stays under its name."""
    library.accounts.remove(name, person.name)


@office.get("/settings")
def settings(library: LibraryDependency) -> SettingsRecord:
    """Return the settings; of the model's key only whether there is one."""
    return SettingsRecord.model_validate(library.settings.read().public())


@office.put("/settings")
def change_settings(
    library: LibraryDependency, person: PersonDependency, body: SettingsBody
) -> SettingsRecord:
    """Change some settings."""
    values: dict[str, Any] = body.model_extra or {}
    library.change_settings(values, person.name)
    return SettingsRecord.model_validate(library.settings.read().public())


@office.get("/audit")
def audit(
    library: LibraryDependency,
    by: str | None = None,
    action: str | None = None,
    subject: str | None = None,
    day_from: Day | None = None,
    day_to: Day | None = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> AuditRecordPage:
    """Return what was changed by whom, the newest first."""
    query = AuditQuery(by, action, subject, day_from, day_to, offset, limit)
    page = library.audit.page(query)
    items = [{**plain(item), **asdict(item.fact)} for item in page.items]
    return AuditRecordPage.model_validate({"items": items, "total": page.total})


@office.get("/audit/export", response_class=Response)
def export_audit(
    library: LibraryDependency, format: Annotated[str, Query(pattern="^(csv|xlsx)$")] = "xlsx"
) -> Response:
    """Return the whole log as a file."""
    return download(f"audit.{format}", audit_bytes(library.store, format))


@office.get("/backups")
def backups(library: LibraryDependency) -> list[BackupRecord]:
    """List the copies of the records, the newest first."""
    return [BackupRecord.model_validate(plain(item)) for item in library.backups.all()]


@office.post("/backups", status_code=201)
def make_backup(library: LibraryDependency, person: PersonDependency) -> BackupRecord:
    """Make a copy of the records now."""
    return BackupRecord.model_validate(plain(library.backups.make(person.name)))


def _account(library: LibraryDependency, name: str) -> AccountRecord:
    row = next((row for row in library.accounts.all() if row.name == name), None)
    if row is None:
        raise NotFoundError(f"没有名为 {name} 的账号。")
    return _account_record(row)


def _account_record(row: AccountRow) -> AccountRecord:
    return AccountRecord.model_validate(plain({"name": row.name, "role": row.role, "locked": row.locked}))


def _token_record(row: TokenRow) -> TokenRecord:
    return TokenRecord.model_validate(plain(row))


def _person_record(person: Person, accounts: bool) -> SessionRecord:
    return SessionRecord(name=person.name, role=person.role, accounts=accounts)

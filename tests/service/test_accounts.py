"""Accounts: roles, passwords, lock-out, sessions, tokens; and who may come in at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import ForbiddenError, LoginError, NotFoundError, UserError
from corpus.store.store import Store
from service import accounts as module
from service.accounts import Accounts, Person, Role

ADMINISTRATOR, STAFF, READER = Role
RIGHT, OTHER, WRONG = "河道整治-2026", "林带-三百亩-2026", "wrong-password"


@pytest.fixture(scope="module")
def with_administrator(empty_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with the administrator 王明: passwords take long to store, as they should."""
    data = shutil.copytree(empty_library, tmp_path_factory.mktemp("accounts") / "data")
    with Store.open(data) as opened:
        Accounts(opened).add("王明", ADMINISTRATOR, RIGHT)
    return data


@pytest.fixture
def nobody(empty_library: Path, tmp_path: Path) -> Iterator[Store]:
    """A store without accounts."""
    with Store.open(shutil.copytree(empty_library, tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def store(with_administrator: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copytree(with_administrator, tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def accounts(store: Store) -> Accounts:
    """Accounts with an administrator 王明."""
    return Accounts(store)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (ADMINISTRATOR, [True, True, True]),
        (STAFF, [False, True, True]),
        (READER, [False, False, True]),
    ],
)
def test_each_role_may_do_what_those_below_it_may(role: Role, may: list[bool]) -> None:
    person = Person("王明", role)
    assert [person.may(other) for other in Role] == may
    if not may[0]:
        with pytest.raises(ForbiddenError, match="管理员"):
            person.must(ADMINISTRATOR)


def test_the_first_account_is_an_administrator(nobody: Store) -> None:
    accounts = Accounts(nobody)
    assert not accounts.exist
    with pytest.raises(UserError, match="管理员"):
        accounts.add("李华", STAFF, RIGHT)
    accounts.add("王明", ADMINISTRATOR, RIGHT)
    assert accounts.exist and Accounts(nobody).exist


@pytest.mark.parametrize(
    ("name", "password"),
    [("", RIGHT), ("长" * 31, RIGHT), ("a\nb", RIGHT), ("王明", RIGHT), ("李华", "1234567")],
)
def test_what_will_not_do_for_an_account(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UserError):
        accounts.add(name, STAFF, password)
    assert [account.name for account in accounts.all()] == ["王明"]


def test_a_session_lasts_until_it_is_ended(accounts: Accounts, store: Store) -> None:
    key = accounts.log_in("王明", RIGHT)
    assert accounts.person_of_session(key) == Person("王明", ADMINISTRATOR, has_account=True)
    assert accounts.person_of_session(key + "x") is None
    assert accounts.person_of_token(key) is None
    accounts.log_out(key)
    assert accounts.person_of_session(key) is None


def test_an_idle_session_has_ended(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    key = accounts.log_in("王明", RIGHT)
    monkeypatch.setattr(module, "IDLE", timedelta(seconds=-1))
    assert accounts.person_of_session(key) is None


def test_wrong_passwords_shut_an_account_for_a_while(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FAILURES", 2)
    for _ in range(2):
        with pytest.raises(LoginError, match="密码不对"):
            accounts.log_in("王明", WRONG)
    with pytest.raises(LoginError, match="15 分钟"):
        accounts.log_in("王明", RIGHT)
    monkeypatch.setattr(module, "PAUSE", timedelta(0))
    accounts.log_in("王明", RIGHT)
    assert accounts.all()[0].failures == 0
    with pytest.raises(LoginError, match="密码不对"):
        accounts.log_in("没有这个人", RIGHT)


def test_many_guesses_at_once_are_counted_each(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FAILURES", 2)

    def guess(number: int) -> str:
        with pytest.raises(LoginError) as refused:
            accounts.log_in("王明", f"{WRONG}{number}")
        return str(refused.value)

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(guess, range(8)))
    assert sum("密码不对" in words for words in told) == 2


CHANGES = {
    "password": lambda accounts: accounts.set_password("李华", OTHER, "王明"),
    "lock": lambda accounts: accounts.set_locked("李华", True, "王明"),
    "remove": lambda accounts: accounts.remove("李华", "王明"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_sessions_end_with_what_they_rest_on(accounts: Accounts, change: object) -> None:
    accounts.add("李华", STAFF, RIGHT, "王明")
    key = accounts.log_in("李华", RIGHT)
    person = accounts.person_of_session(key)
    assert person is not None
    accounts.check(person, STAFF)
    change(accounts)  # type: ignore[operator]
    assert accounts.person_of_session(key) is None
    with pytest.raises(LoginError):
        accounts.log_in("李华", RIGHT)


def test_an_open_page_may_do_no_more_than_the_account_now(accounts: Accounts) -> None:
    accounts.add("李华", STAFF, RIGHT)
    person = Person("李华", STAFF, has_account=True)
    accounts.set_role("李华", READER)
    with pytest.raises(ForbiddenError):
        accounts.check(person, STAFF)
    accounts.remove("李华")
    with pytest.raises(LoginError):
        accounts.check(person, READER)
    with pytest.raises(LoginError):
        accounts.check(Person("李华", ADMINISTRATOR), READER)


LAST = {
    "role": lambda accounts: accounts.set_role("王明", READER),
    "lock": lambda accounts: accounts.set_locked("王明", True),
    "remove": lambda accounts: accounts.remove("王明"),
}


@pytest.mark.parametrize("change", LAST.values(), ids=LAST)
def test_an_administrator_always_stays(accounts: Accounts, change: object) -> None:
    accounts.add("李华", STAFF, RIGHT)
    with pytest.raises(UserError, match="至少要保留"):
        change(accounts)  # type: ignore[operator]
    accounts.set_role("李华", ADMINISTRATOR)
    change(accounts)  # type: ignore[operator]


def test_tokens_speak_for_their_account_until_revoked(accounts: Accounts) -> None:
    accounts.add("李华", STAFF, RIGHT)
    key = accounts.add_token("李华", "月报程序")
    assert key.startswith("tz_")
    assert accounts.person_of_token(key) == Person("李华", STAFF, has_account=True)
    (token,) = accounts.tokens("李华")
    assert token.name == "月报程序" and accounts.tokens("王明") == []
    with pytest.raises(NotFoundError):
        accounts.revoke_token(token.id, account="王明")
    accounts.revoke_token(token.id)
    assert accounts.person_of_token(key) is None


def test_nothing_secret_is_stored_or_logged(accounts: Accounts, store: Store) -> None:
    key, token = accounts.log_in("王明", RIGHT), accounts.add_token("王明", "程序")
    accounts.set_password("王明", OTHER)
    with store._database.reading() as connection:
        tables = ("accounts", "sessions", "tokens", "audit")
        kept = str([connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables])
    assert not [secret for secret in (key, token, RIGHT, OTHER) if secret in kept]


def test_the_log_tells_what_became_of_accounts(accounts: Accounts, store: Store) -> None:
    accounts.add("李华", STAFF, RIGHT, "王明")
    accounts.set_role("李华", READER, "王明")
    newest = store.audit.page().items[0]
    assert (newest.by, newest.fact.action, newest.fact.before, newest.fact.after) == (
        "王明",
        "account.role",
        "经办",
        "只读",
    )
    assert datetime.now(UTC) - newest.at < timedelta(minutes=5)

"""Settings: typed, with defaults, their secrets kept."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import UserError
from service.library import Library
from service.settings import CHECKS, Settings
from service.settings import check as refuse


def test_every_setting_has_a_check_that_its_default_passes() -> None:
    defaults = {name: getattr(Settings(), name) for name in Settings.__slots__}
    assert set(CHECKS) == set(defaults)
    assert all(CHECKS[name](value) for name, value in defaults.items())


def test_settings_stay_until_they_are_taken_back(empty: Library) -> None:
    assert empty.settings.read() == Settings()
    empty.settings.write({"office_name": "安澜市政府督查室", "font_size": 16}, by="王明")
    assert empty.settings.read() == Settings(office_name="安澜市政府督查室", font_size=16)
    empty.settings.write({"font_size": None}, by="王明")
    assert empty.settings.read().font_size == 14


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("nothing", 1),
        ("office_name", 3),
        ("office_name", "长" * 301),
        ("colour_red", "red"),
        ("font_size", 5),
        ("font_size", True),
        ("backup_time", "24:00"),
        ("model_address", "ftp://model"),
        ("model_address", "http://[::1"),
        ("model_address", "http://"),
    ],
)
def test_what_will_not_do(empty: Library, key: str, value: Any) -> None:
    with pytest.raises(UserError):
        empty.settings.write({"office_name": "督查室", key: value}, by="王明")
    assert empty.settings.read() == Settings()


def test_the_key_of_the_model_shows_nowhere(empty: Library) -> None:
    empty.settings.write({"model_address": "http://10.0.0.8:8000/v1", "model_key": "sk-42-secret"}, by="王明")
    assert empty.settings.read().model_key == "sk-42-secret"
    assert empty.settings.read().public()["model_key"] is True
    assert "sk-42-secret" not in repr(empty.audit.page())


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("due_soon_days", "abc", "0 到 365 之间的整数"),
        ("mail_security", "ssl", "tls、starttls"),
        ("backup_time", "24:00", "如 02:30"),
        ("mail_host", "a b", "mail.example.com"),
    ],
)
def test_a_refusal_says_what_may_be_filled_in(empty: Library, key: str, value: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        empty.settings.write({key: value}, by="王明")


def test_every_check_has_words() -> None:
    for key, check in CHECKS.items():
        with pytest.raises(UserError, match="请填"):
            refuse({key: object()})
        assert check(getattr(Settings(), key))

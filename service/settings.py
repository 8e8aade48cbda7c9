"""What an office sets for itself: typed, with defaults, kept in the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import UserError
from corpus.store.ledger.rules import ColourRules, Scheme, zone_of
from corpus.store.store import Store

RULES = ColourRules()

NAMES = {
    "office_name": "单位名称",
    "colour_red": "逾期颜色",
    "colour_yellow": "将到期颜色",
    "colour_green": "正常颜色",
    "colour_blue": "正常颜色（蓝黄红）",
    "colour_scheme": "三色方案",
    "due_soon_days": "提前几天变黄",
    "review_days": "复查间隔（天）",
    "time_zone": "时区",
    "own_columns": "自定义栏目",
    "font": "字体",
    "font_size": "字号",
    "model_address": "大模型地址",
    "model_name": "大模型名称",
    "model_key": "大模型密钥",
    "encoder": "语义模型",
    "encoder_key": "语义模型密钥",
    "reranker": "重排模型",
    "reranker_key": "重排模型密钥",
    "mail_host": "邮件服务器",
    "mail_port": "邮件端口",
    "mail_security": "邮件加密方式",
    "mail_user": "邮件用户名",
    "mail_password": "邮件密码",
    "mail_from": "发件人地址",
    "mail_to": "收件人地址",
    "mail_time": "每天发送邮件的时间",
    "backup_time": "备份时间",
    "backups_kept": "备份份数",
}
"""What people call the settings."""
SECRET = frozenset({"model_key", "mail_password", "encoder_key", "reranker_key"})
"""Settings that are never shown, logged or exported; programs learn only whether they are set."""
LONGEST = 300
LONGEST_ADDRESSES = 2000
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    office_name: str = ""
    """What the pages and the exported files call the office."""
    colour_red: str = "#c0392b"
    """Overdue rows."""
    colour_yellow: str = "#d9a404"
    """Rows that are due soon."""
    colour_green: str = "#2e8b57"
    colour_blue: str = "#2c6fb3"
    """What is blue in an office of blue, yellow and red."""
    colour_scheme: str = RULES.colour_scheme
    """red_yellow_green or blue_yellow_red."""
    due_soon_days: int = RULES.due_soon_days
    """A row turns yellow so many days before its date."""
    review_days: int = RULES.review_days
    """After how many days a row without a date is to be looked at again."""
    time_zone: str = RULES.time_zone
    """How far the office's clock is ahead of UTC; "" takes that of the computer."""
    font: str = ""
    """Font of the pages and of exported files; "" takes the usual ones."""
    font_size: int = 14
    """Pixels of running text on the pages."""
    model_address: str = ""
    """Address of an OpenAI-compatible interface within the office; "" does without."""
    model_name: str = ""
    model_key: str = ""
    encoder: str = ""
    """The model that makes vectors, named as in `index.models.choice`; "" takes the one that comes along."""
    encoder_key: str = ""
    reranker: str = ""
    """The model that orders the first hits anew; "" does without."""
    reranker_key: str = ""
    mail_host: str = ""
    """The office's mail server; "" sends no mail."""
    mail_port: int = 465
    mail_security: str = "tls"
    """tls, or starttls for a connection that is encrypted after it begins."""
    mail_user: str = ""
    """Name to log in with; "" for a server that asks for none."""
    mail_password: str = ""
    mail_from: str = ""
    """The address that messages come from."""
    mail_to: str = ""
    """The addresses that they go to, parted by semicolons."""
    mail_time: str = ""
    """When the message of the day is sent, by the server's clock; "" sends none by itself."""
    backup_time: str = "02:30"
    """When the daily copy is made, by the server's clock; "" makes none."""
    backups_kept: int = 7
    """How many daily copies are kept."""

    @property
    def rules(self) -> ColourRules:
        """The rules for the colours of the ledger."""
        return ColourRules(self.colour_scheme, self.due_soon_days, self.review_days, self.time_zone)

    def public(self) -> dict[str, Any]:
        """Return the settings without their secrets, of which only is told whether they are set."""
        values = asdict(self)
        return {key: bool(value) if key in SECRET else value for key, value in values.items()}


class SettingsBook:
    """Reads and writes the settings of a library. All methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._table = store.settings

    def read(self) -> Settings:
        """Return the settings, defaults where nobody set anything."""
        known = {item.name for item in fields(Settings)}
        return Settings(**{key: value for key, value in self._table.read().items() if key in known})

    def write(self, values: Mapping[str, Any], by: str) -> Settings:
        """Change some settings; None takes the default again.

        Raises:
            UserError: when there is no such setting, or a value will not do; then nothing was changed.
        """
        check(values)
        self._table.write(values, by, SECRET)
        return self.read()


def check(values: Mapping[str, Any]) -> None:
    """Refuse settings that there are not, and values that will not do; None is fine for each.

    Raises:
        UserError: for the first such.
    """
    for key, value in values.items():
        if key not in CHECKS:
            raise UserError(f"没有名为 {key} 的设置。")
        if value is not None and not CHECKS[key](value):
            raise UserError(f"设置“{NAMES[key]}”的值不合要求：请填{_form(CHECKS[key])}。")


def _words(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and (value.isprintable() or not value)


def _colour(value: Any) -> bool:
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def _time(value: Any) -> bool:
    return isinstance(value, str) and (value == "" or _TIME.fullmatch(value) is not None)


def _zone(value: Any) -> bool:
    try:
        return isinstance(value, str) and (zone_of(value) is not None or value == "")
    except ValueError:
        return False


def _address(value: Any) -> bool:
    try:
        parts = urlsplit(value) if _words(value) else None
    except ValueError:
        return False
    return value == "" or (parts is not None and parts.scheme in {"http", "https"} and bool(parts.netloc))


def _model(value: Any) -> bool:
    """Tell whether a value can name a model: an address in full, or a folder or name.

    An address holds no password: names of models are shown and logged.
    """
    if _words(value) and value.startswith(("http:", "https:")):
        return _address(value) and "@" not in urlsplit(value).netloc
    return _words(value) and value.strip() == value


def _mail_addresses(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESSES:
        return False
    return all(_MAIL.fullmatch(part.strip()) for part in re.split("[;；,，]", value) if part.strip())


def _mail_address(value: Any) -> bool:
    return value == "" or (_words(value) and _MAIL.fullmatch(value) is not None)


def _host(value: Any) -> bool:
    return _words(value) and not re.search(r"[\s/@]", value)


@dataclass(frozen=True, slots=True)
class _Between:
    """A whole number within a range."""

    least: int
    most: int

    def __call__(self, value: Any) -> bool:
        return type(value) is int and self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class _OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    def __call__(self, value: Any) -> bool:
        return value in self.choices


CHECKS: dict[str, Callable[[Any], bool]] = {
    "office_name": _words,
    "colour_red": _colour,
    "colour_yellow": _colour,
    "colour_green": _colour,
    "colour_blue": _colour,
    "colour_scheme": _OneOf(tuple(scheme.value for scheme in Scheme)),
    "due_soon_days": _Between(0, 365),
    "review_days": _Between(1, 3650),
    "time_zone": _zone,
    "font": _words,
    "font_size": _Between(10, 30),
    "model_address": _address,
    "model_name": _words,
    "model_key": _words,
    "encoder": _model,
    "encoder_key": _words,
    "reranker": _model,
    "reranker_key": _words,
    "mail_host": _host,
    "mail_port": _Between(1, 65535),
    "mail_security": _OneOf(("tls", "starttls")),
    "mail_user": _words,
    "mail_password": _words,
    "mail_from": _mail_address,
    "mail_to": _mail_addresses,
    "mail_time": _time,
    "backup_time": _time,
    "backups_kept": _Between(1, 365),
}
"""What each setting may be."""

FORMS: dict[Callable[[Any], bool], str] = {
    _words: f"一行文字，最多 {LONGEST} 个字",
    _colour: "颜色，如 #c62828",
    _time: "时刻，如 02:30，不用时留空",
    _zone: "时区的名称，如 Asia/Shanghai，用本机时区时留空",
    _address: "以 http:// 或 https:// 开头的网址，不用时留空",
    _model: "模型的名称、文件夹或网址，不用时留空",
    _host: "邮件服务器的名称，如 mail.example.com，不用时留空",
    _mail_address: "一个邮箱地址，不用时留空",
    _mail_addresses: "邮箱地址，几个之间用分号隔开",
}
"""What is to be filled in, by how it is checked."""


def _form(check: Callable[[Any], bool]) -> str:
    """Return in words what a check lets pass."""
    if isinstance(check, _Between):
        return f" {check.least} 到 {check.most} 之间的整数"
    if isinstance(check, _OneOf):
        return f"其中之一：{'、'.join(check.choices)}"
    return FORMS[check]

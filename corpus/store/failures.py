"""Says in the user's words what a database refuses and the user can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import DatabaseError

from sqlalchemy.exc import DBAPIError

from corpus.errors import BusyError, UserError

MESSAGES: tuple[tuple[str, type[UserError], str], ...] = (
    ("database is locked", BusyError, "资料库正被另一个程序写入，请稍候再试。"),
    ("lock timeout", BusyError, "资料库正被另一个程序写入，请稍候再试。"),
    ("disk is full", UserError, "磁盘空间不足，请清理磁盘后再试。"),
    ("disk I/O error", UserError, "磁盘读写出错，可能是空间不足或磁盘故障，请检查磁盘后再试。"),
    ("No space left", UserError, "数据库服务器磁盘空间不足，请联系管理员。"),
    ("readonly database", UserError, "资料库是只读的，请检查文件夹的写入权限。"),
    ("unable to open database file", UserError, "打不开资料库，请检查文件夹是否存在、是否有读写权限。"),
    ("not a database", UserError, "资料库文件已损坏或不是资料库，请从备份恢复。"),
    ("malformed", UserError, "资料库文件已损坏，请从备份恢复。"),
    ("connection failed", UserError, "连接不上数据库，请检查地址、用户名和密码，以及数据库服务是否已启动。"),
    ("connection to server", UserError, "与数据库的连接已中断，请检查数据库服务后再试。"),
    ("NUL (0x00)", UserError, "文字中有不能保存的字符，请删除后再试。"),
    ("closed the connection", UserError, "与数据库的连接已中断，请检查数据库服务后再试。"),
)
"""What stands in a database's message, and what it means to the user; the first that fits is taken."""


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn a database's refusal that the user can mend into a `UserError`; every other error passes."""
    try:
        yield
    except (DBAPIError, DatabaseError) as error:
        words = str(error.orig if isinstance(error, DBAPIError) else error)
        for part, kind, message in MESSAGES:
            if part in words:
                raise kind(message) from error
        raise
    except UnicodeEncodeError as error:
        raise UserError("文字中有不能保存的字符，请删除后再试。") from error

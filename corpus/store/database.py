"""Opens the database of a library: SQLite in a folder or any PostgreSQL by URL, at the newest schema."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    bindparam,
    create_engine,
    event,
    inspect,
    make_url,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError

from corpus.errors import UserError
from corpus.store.failures import in_plain_words
from corpus.store.moments import Moments
from corpus.store.rows_by_id import IDS, Row, RowsById
from corpus.store.schema import counters

Id = TypeVar("Id", int, str)
FILE_NAME = "taizhang.db"
SCHEMA = "0006"
"""The newest migration; a test holds the two together."""
BUSY_SECONDS = 30.0
"""How long a writer waits for another process's transaction."""
RETRY_SECONDS = 0.02
TAKE = (
    update(counters)
    .where(counters.c.name == bindparam("wanted"))
    .values(value=counters.c.value + bindparam("count"))
    .returning(counters.c.value)
)
IDS_AT_ONCE = 5000
"""Ids in one statement; databases bound the number of its parameters."""
POOL: Any = {"pool_size": 8, "max_overflow": 32}
LOCK_NUMBER = 0x7A680001
"""Names the advisory lock that makes writers on PostgreSQL take turns."""


class Database:
    """Connections for reading, which see one moment, and for writing, which take turns across processes."""

    def __init__(self, url: URL) -> None:
        self.url = url.render_as_string(hide_password=False)
        """Where it stands, with the password if there is one."""
        self._sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self._sqlite else _postgres_engine(url)
        self._writer = self._engine.execution_options(writing=True)
        # One moment for all statements of a reader; SQLite in WAL mode gives that anyway.
        level = {} if self._sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reader = self._engine.execution_options(**level)
        self._rows_by_id = RowsById(self._engine) if self._sqlite else None
        self._moments = Moments(self._engine) if self._sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which all statements see the same moment."""
        with in_plain_words(), self._reader.begin() as connection:
            yield connection

    def rows_by_id(self, statement: Select[Any], ids: Sequence[int], **bounds: Any) -> list[Row]:
        """Return the rows of `statement` for `ids`, its parameter `IDS`, in no order; [] without ids.

        Each stretch of `IDS_AT_ONCE` of them sees a moment of its own. `bounds` are its other parameters.
        """
        with in_plain_words():
            return [row for some in batches(ids) for row in self._some_by_id(statement, some, bounds)]

    def moment(self) -> Hashable:
        """Return what is equal at two times only if nothing was written in between; it may differ even so."""
        with in_plain_words():
            return self._moments.now() if self._moments else object()

    def _some_by_id(self, statement: Select[Any], ids: Sequence[int], bounds: dict[str, Any]) -> list[Row]:
        if self._rows_by_id is not None:
            return self._rows_by_id.read(statement, ids, bounds)
        with self.reading() as connection:
            return [tuple(row) for row in connection.execute(statement, {IDS: ids, **bounds})]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes appear at once at the end, or not at all when the body raises.

        Raises:
            BusyError: when another process writes for longer than `BUSY_SECONDS`.
        """
        with in_plain_words(), self._writer.begin() as connection:
            if not self._sqlite:
                connection.execute(text(f"SET LOCAL lock_timeout = {round(BUSY_SECONDS * 1000)}"))
                # Held until the commit is visible, so change numbers appear in the order of commits.
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Give a connection for writing on which SQLite may replace a table that others refer to."""
        if not self._sqlite:
            with self.writing() as connection:
                yield connection
            return
        engine = _sqlite_engine(self._engine.url, foreign_keys=False)
        try:
            with in_plain_words(), engine.execution_options(writing=True).begin() as connection:
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def replacing(self) -> Iterator[Connection]:
        """Give a connection for writing on which even the audit log may be emptied.

        SQLite's triggers speak up for each row that goes, and only empty libraries are filled there.
        """
        with self.writing() as connection:
            if not self._sqlite:
                connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            yield connection
            if not self._sqlite:
                connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))

    def close(self) -> None:
        """Close every connection that is not in use."""
        for held in (self._rows_by_id, self._moments):
            if held is not None:
                held.close()
        self._engine.dispose()


def open_database(location: str | Path) -> Database:
    """Open the library at a folder, which is created when missing, or at an SQLAlchemy URL.

    Raises:
        UserError: when there is no library to be had there, or a newer version of the program made it.
    """
    database = Database(_url(location))
    try:
        with database.reading() as connection:
            current = _schema_of(connection)
        if current != SCHEMA:
            _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def take_numbers(connection: Connection, name: str, count: int = 1) -> int:
    """Take `count` numbers that were never given out before and return the first; the rest follow it."""
    last: int = connection.execute(TAKE, {"wanted": name, "count": count}).scalar_one()
    return last - count + 1


def batches(ids: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """Yield the ids in stretches that fit into one statement."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]


def _url(location: str | Path) -> URL:
    if isinstance(location, str) and "://" in location:
        return _database_url(location)
    folder = Path(location)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"不能在 {folder} 建立资料库，请换一个可以写入的文件夹。") from error
    return URL.create("sqlite", database=str(folder / FILE_NAME))


def _database_url(location: str) -> URL:
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as error:
        raise UserError("数据库地址写得不对，应类似 postgresql://用户:密码@主机/数据库名。") from error
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("postgresql+psycopg", "sqlite"):
        raise UserError("资料库只支持文件夹或 PostgreSQL 数据库。")
    return url


def _sqlite_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    if foreign_keys:
        event.listen(engine, "connect", _check_foreign_keys)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres_engine(url: URL) -> Engine:
    try:
        # A server that was restarted in the meantime is asked before a statement is lost on it.
        return create_engine(url, pool_pre_ping=True, **POOL)
    except ModuleNotFoundError as error:
        raise UserError('使用 PostgreSQL 请先安装：pip install "taizhang[scale]"。') from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: `_begin_sqlite` says which kind is meant.
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_write_ahead_log(cursor)
    # FULL, so that what was acknowledged survives a loss of power; bulk adds share a transaction instead.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA cache_size = -16384")
    cursor.close()


def _check_foreign_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON").close()


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch the file to WAL, in which it stays; others that open it at the same moment are waited for.

    SQLite's own busy timeout does not cover this switch.
    """
    limit = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError:
            if monotonic() > limit:
                raise
            sleep(RETRY_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: one that read first and locked later could only fail.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _schema_of(connection: Connection) -> str | None:
    """Return the migration that the database is at, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _migrate(database: Database) -> None:
    # Only here, since most openings find the newest schema and alembic takes 0.2 s to import.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with database.migrating() as connection:
        # Another process may have been first while this one waited for its turn.
        if _schema_of(connection) == SCHEMA:
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise UserError("这个资料库由更新版本的程序建立，请先升级程序再打开。") from error

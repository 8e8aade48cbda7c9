"""Whether a library was written into meanwhile: told in microseconds, so that what was read may be kept."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection


class Moments:
    """The moments of a file of SQLite. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._watch: PoolProxiedConnection | None = None
        """Writes nothing itself: SQLite tells each connection of the commits of all others."""
        self._opened = 0
        """How many connections have watched: what one tells means nothing beside what another told."""

    def now(self) -> Hashable:
        """Return what is equal at two times only if nobody, in whatever process, wrote in between."""
        with self._lock:
            if self._watch is None:
                self._watch, self._opened = self._engine.raw_connection(), self._opened + 1
            try:
                return self._opened, _version(self._watch)
            except BaseException:
                self._watch.invalidate()
                self._watch = None
                raise

    def close(self) -> None:
        """Give the connection back to the engine."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
            self._watch = None


def _version(connection: PoolProxiedConnection) -> int:
    """Return the number that SQLite gives `connection` for what others have committed."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA data_version")
    ((version,),) = cursor.fetchall()
    return int(version)

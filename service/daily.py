"""Makes the daily copy of the records while a server runs."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from corpus.errors import UserError
from service.backup import DAILY, Backups
from service.settings import SettingsBook

logger = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at the clock."""


class DailyBackup:
    """A thread that makes the copy of the day once its time has come.

    A machine that was off at that time makes it as soon as the server runs again that day.
    """

    def __init__(self, backups: Backups, settings: SettingsBook) -> None:
        self._backups = backups
        self._settings = settings
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily backup", daemon=True)

    def start(self) -> None:
        """Begin to look at the clock."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the copy that is being made."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                make_if_due(self._backups, self._settings, datetime.now())
            except (UserError, OSError) as error:  # a full disk must not end the copies for ever
                logger.warning("the daily copy could not be made, trying again: %s", error)
            self._ended.wait(EVERY)


def make_if_due(backups: Backups, settings: SettingsBook, now: datetime) -> bool:
    """Make the copy of the day when its time has come and there is none yet; tell whether one was made."""
    wanted = settings.read()
    if not wanted.backup_time or f"{now:%H:%M}" < wanted.backup_time:
        return False
    name = DAILY.replace("????-??-??", f"{now:%Y-%m-%d}")
    if (backups.folder / name).exists():
        return False
    backups.make("", now.date(), wanted.backups_kept)
    return True

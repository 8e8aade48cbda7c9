"""Does once a day what a server is to do by itself: the copy of the records, the message of what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from corpus.errors import UserError
from service.background.attendant import Attendant
from service.backup import DAILY, Backups
from service.settings import SettingsBook

logger = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at the clock."""


class Daily(Attendant):
    """A thread that looks at the clock and does something once its time has come.

    A machine that was off at that time does it as soon as the server runs again that day.
    """

    def __init__(self, name: str, act: Callable[[datetime], object], every: float = EVERY) -> None:
        """Take what is done, which is called with the time of now and decides itself whether it is due."""
        super().__init__(name)
        self._name = name
        self._act = act
        self._every = every

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._act(datetime.now())
            except (UserError, OSError) as error:  # a full disk must not end the copies for ever
                logger.warning("the %s failed, trying again: %s", self._name, error)
            self._ended.wait(self._every)


def daily_backup(backups: Backups, settings: SettingsBook) -> Daily:
    """Return what makes the copy of the day."""
    return Daily("daily copy", partial(make_if_due, backups, settings))


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

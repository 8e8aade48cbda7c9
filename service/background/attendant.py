"""A thread beside a server that begins with it, is asked to end, and is waited for."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Attendant(ABC):
    """Does something in the background until it is asked to stop; who inherits writes `_run`."""

    def __init__(self, name: str) -> None:
        self._ended = threading.Event()
        """Set once it shall begin nothing further."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to begin nothing further; `join` waits until it has ended."""
        self._ended.set()

    def join(self) -> None:
        """Wait for its end, after the worker processes that it waits for were ended."""
        self._thread.join()

    @abstractmethod
    def _run(self) -> None:
        """Work until there is nothing left to do or `_ended` is set."""

"""A table that users keep in a file of its own: changed under a lock, each change audited."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Generic, TypeVar

from corpus.errors import BusyError, UserError
from corpus.store.audit import AuditLog, Fact

PATIENCE = 10.0
"""Seconds to wait for another who is changing the table."""
MOST_LINES = 5_000
"""Lines of a table at most."""

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Step(Generic[Line]):
    """What one change made of the lines that it touched; both are empty where it changed nothing."""

    before: tuple[Line, ...] = ()
    """Lines that changed or went, as they were."""
    after: tuple[Line, ...] = ()
    """Lines that changed or came, as they are."""
    place: int = 0
    """Where the first of them stands in the table."""


class UserTable(ABC, Generic[Line]):
    """Lines in an order of their own, each known by a key. May be used from several threads and processes.

    Every change tells what it changed, and is in the audit log: one entry for each line.
    """

    name: str
    """What users call the table."""

    def __init__(self, path: Path, audit: AuditLog) -> None:
        self.path = path
        self._audit = audit

    @abstractmethod
    def all(self) -> tuple[Line, ...]:
        """Return the lines in their order; () where there is no table yet."""

    @abstractmethod
    def text(self) -> str:
        """Return the table as the text of its file."""

    @abstractmethod
    def take_in(self, text: str, by: str) -> Step[Line]:
        """Add or change the lines that were copied from a spreadsheet, or of a file.

        Raises:
            UserError: when no line is one of the table, or one cannot be; nothing is changed then.
        """

    @abstractmethod
    def key(self, line: Line) -> Hashable:
        """Return what only one line may have."""

    @abstractmethod
    def _fact(self, was: Line | None, now: Line | None) -> Fact:
        """Return how the audit log tells of a line that came, changed or went."""

    @abstractmethod
    def _save(self, lines: Sequence[Line]) -> None:
        """Write the table; a UserError tells why it cannot be one."""

    def _tidied(self, line: Line) -> Line:
        """Return a line as it will be read from the file."""
        return line

    def put(self, line: Line, by: str, instead_of: Line | None = None) -> Step[Line]:
        """Add a line, change the one of the same key, or put it `instead_of` a line as somebody saw it.

        Raises:
            UserError: when it cannot be a line of the table, or the other one is no longer as it was.
        """

        def act(lines: list[Line]) -> None:
            if instead_of is not None:
                lines[self._place(lines, instead_of)] = line
                return
            keys = [self.key(known) for known in lines]
            place = keys.index(self.key(line)) if self.key(line) in keys else len(lines)
            lines[place : place + 1] = [line]

        return self._change(act, by)

    def drop(self, line: Line, by: str) -> Step[Line]:
        """Take out a line as somebody saw it.

        Raises:
            UserError: when it is no longer as it was.
        """
        return self._change(lambda lines: lines.pop(self._place(lines, line)), by)

    def replace(self, lines: Iterable[Line], by: str) -> Step[Line]:
        """Keep these lines instead of those before.

        Raises:
            UserError: when they cannot be a table; nothing is changed then.
        """
        wanted = list(lines)

        def act(table: list[Line]) -> None:
            table[:] = wanted

        return self._change(act, by)

    def undo(self, step: Step[Line], by: str) -> Step[Line]:
        """Take a step back; lines that it did not touch stay as they are now.

        Raises:
            UserError: when a line that it touched was changed since; nothing is changed then.
        """
        old, new = ({self.key(line): line for line in lines} for lines in (step.before, step.after))

        def act(lines: list[Line]) -> None:
            now = {self.key(line): line for line in lines}
            if any(now.get(key) != new.get(key) for key in {**old, **new}):
                raise UserError("这些内容后来又被改过，不能撤销；请直接改成需要的样子。")
            gone = [line for key, line in old.items() if key not in new]
            came = new.keys() - old.keys()
            kept = [old.get(self.key(line), line) for line in lines if self.key(line) not in came]
            lines[:] = [*kept[: step.place], *gone, *kept[step.place :]]

        return self._change(act, by)

    def _place(self, lines: Sequence[Line], seen: Line) -> int:
        if seen not in lines:
            raise UserError("这一行刚被别人改过或删去，请看过最新的内容再改。")
        return lines.index(seen)

    def _change(self, act: Callable[[list[Line]], object], by: str) -> Step[Line]:
        """Let `act` change the lines, and store what came of it, unless it raises."""
        from filelock import FileLock, Timeout  # whoever only reads needs no lock

        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path.with_suffix(".lock"), timeout=PATIENCE):
                before = self.all()
                lines = list(before)
                act(lines)
                lines = [self._tidied(line) for line in lines]
                if len(lines) > MOST_LINES:
                    raise UserError(f"{self.name}最多 {MOST_LINES} 行，请先删去不用的。")
                return self._stored(before, lines, by)
        except Timeout as error:
            raise BusyError(f"别人正在改{self.name}，请稍后再试。") from error

    def _stored(self, before: Sequence[Line], lines: Sequence[Line], by: str) -> Step[Line]:
        old, new = ({self.key(line): line for line in table} for table in (before, lines))
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        facts = [self._fact(old.get(key), new.get(key)) for key in keys]
        if tuple(lines) != tuple(before):
            with self._audit.remembering(by, facts):
                self._save(lines)
        return Step(
            tuple(old[key] for key in keys if key in old),
            tuple(new[key] for key in keys if key in new),
            sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, lines, strict=False))),
        )

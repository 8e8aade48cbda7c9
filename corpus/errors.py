"""One tree of errors. What the user can mend is a `UserError`; anything else is a bug in us."""

from __future__ import annotations

from corpus.document import Problem


class TaizhangError(Exception):
    """Base of every error this product raises on purpose."""


class UserError(TaizhangError):
    """Something the user can mend; the message is one plain sentence that says what to do."""


class NotFoundError(UserError):
    """What was asked for is not in the library."""


class BusyError(UserError):
    """Another process holds what is needed; trying again later helps."""


class OvertakenError(UserError):
    """Somebody else changed the same meanwhile; who looks again can decide what to do."""


class LoginError(UserError):
    """Who asks is not known: no session, a wrong password, a token that was revoked."""


class ForbiddenError(UserError):
    """Who asks is known, and may not do this."""


class UnreadableError(UserError):
    """A file that cannot be read. `problem` says which, why, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}：{problem.message}")
        self.problem = problem


class SecretError(UnreadableError):
    """A file marked 秘密, 机密 or 绝密: refused before anything is stored."""

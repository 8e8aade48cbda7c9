"""Which role an address asks for: one table over all that the server answers, pages included."""

from __future__ import annotations

import re

from service.accounts import Role

READING = frozenset({"GET", "HEAD", "OPTIONS"})
EVERY = frozenset({*READING, "POST", "PUT", "PATCH", "DELETE", "TRACE", "WEBSOCKET"})

RULES: tuple[tuple[str, frozenset[str], Role | None], ...] = (
    # What a browser needs before it knows who sits there.
    (r"/healthz", EVERY, None),
    (r"/(login|logout|welcome)", EVERY, None),
    (
        r"/assets/.*|/favicon\.ico|/_nicegui/[^/]+/(static|libraries|components|resources|esm)/.*",
        READING,
        None,
    ),
    (r"/api/session", EVERY, None),
    # What concerns the whole office.
    (r"/api/(accounts|audit|backups)(/.*)?", EVERY, Role.ADMINISTRATOR),
    (r"/api/settings", EVERY - READING, Role.ADMINISTRATOR),
    # What everybody may do for themselves.
    (r"/api/(password|tokens|filters)(/.*)?", EVERY, Role.READER),
    # Pages speak with the server over one connection; what a page offers depends on the role.
    (r"/_nicegui_ws/.*", EVERY, Role.READER),
    (r".*", READING, Role.READER),
    (r".*", EVERY, Role.STAFF),
)
"""Pattern of the whole path, methods, and the least role, None for everybody; the first that fits decides."""


def least_role(path: str, method: str) -> Role | None:
    """Return the least role that may send `method` to `path`, None where nobody need be known.

    A method that nobody has heard of asks for an administrator.
    """
    for pattern, methods, role in RULES:
        if method in methods and re.fullmatch(pattern, path, re.DOTALL):
            return role
    return Role.ADMINISTRATOR

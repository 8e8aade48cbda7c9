"""Runs the server: pages and API over one library; for other machines only once there are accounts."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.errors import UserError
from service.background.attendant import Attendant
from service.background.daily import daily_backup
from service.background.garbage import leave_what_is_loaded
from service.background.jobs import JobRunner
from service.library import Library
from service.reminders.daily import daily_mail

if TYPE_CHECKING:
    import uvicorn

REFUSED = {
    errno.EADDRINUSE: "端口已被占用；请用 --port 换一个端口。",
    errno.EACCES: "没有权限使用这个端口；请用 --port 换一个 1024 以上的端口。",
}
"""Why the system lets nobody listen; anything else lies in the address."""
GRACE_SECONDS = 3
"""How long open connections may finish after Ctrl-C."""


def serve(data: str, host: str, port: int) -> None:
    """Serve the library at `data` until interrupted.

    Raises:
        UserError: when `host` is not this machine and there is no account, or the port is taken.
    """
    with _listening(host, port) as listener, Library.open(data) as library:
        if not is_local(host) and not library.accounts.exist:
            raise UserError(
                f"{host} 不是本机地址，要先有账号才能让别的电脑使用："
                "请先运行 taizhang account add 姓名 --role 管理员，或去掉 --host 只在本机使用。"
            )
        with _attended(library):
            server = _server(library, is_local(host))
            # uvicorn hands SIGTERM on when it has shut down; as SystemExit it lets the library close.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            print(f"已启动：http://{_shown(host)}:{listener.getsockname()[1]}（按 Ctrl+C 停止）", flush=True)
            leave_what_is_loaded()
            server.run(sockets=[listener])


@contextmanager
def _attended(library: Library) -> Iterator[None]:
    """Follow the store, and be the one server that does the long jobs and what is done once a day."""
    with library.place.held() as ours:
        library.follow()
        library.warm()
        attendants: tuple[Attendant, ...] = (
            JobRunner(library.place, library.store.jobs, library.jobs),
            daily_backup(library.backups, library.settings),
            daily_mail(library),
        )
        started = attendants if ours else ()
        for attendant in started:
            attendant.start()
        try:
            yield
        finally:
            for attendant in started:
                attendant.stop()
            for attendant in started:
                attendant.join()


def is_local(host: str) -> bool:
    """Tell whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        code = error.errno if isinstance(error, OSError) else None
        words = REFUSED.get(code or 0, f"本机没有 {host} 这个地址；请检查 --host。")
        raise UserError(f"不能在 {host} 的 {port} 端口启动，{words}") from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _server(library: Library, local: bool) -> uvicorn.Server:
    # All this takes two seconds to import: who cannot listen here is told at once.
    import uvicorn

    from service.api.app import create_app
    from service.pages.mount import mount_pages

    app = create_app(library, local)
    mount_pages(app, library)
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS))

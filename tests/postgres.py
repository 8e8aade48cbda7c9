"""A real PostgreSQL server for the tests: the system's where there is one, else that of pgserver's wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "taizhang"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the URL of an empty database in a running server; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if programs := _system_programs():
            with _system_server(programs, Path(folder)) as url:
                yield url
        else:
            wheel = pytest.importorskip(
                "pgserver", reason="no PostgreSQL on this machine, and no pgserver wheel"
            )
            with wheel.get_server(Path(folder) / "data") as server:
                yield server.get_uri()


def _system_programs() -> Path | None:
    """Return the folder of the newest server of the system; Debian keeps them out of the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    found = versions[-1] if versions else Path(on_path) if on_path else None
    return found.parent if found and (found.parent / "pg_ctl").exists() else None


@contextmanager
def _system_server(programs: Path, folder: Path) -> Iterator[str]:
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", data, *arguments],
            check=True,
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://{USER}@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")

"""Conversion by LibreOffice: one at a time on a machine, within a time limit, with a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.readers.refusal import unreadable

TIME_LIMIT = 60.0
"""Seconds that one conversion may take; a plan of 300 pages takes five."""
WAITING_LIMIT = 180.0
"""Seconds to wait for the conversions of other processes."""
_RESTART = 81
"""What the program returns when it has made its profile and wants to be started once more."""
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
_NAMES = ("soffice.bin", "soffice.exe", "soffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # noqa: E501
"""No macros, no linked content: a file from elsewhere runs and fetches nothing."""


def find_program() -> Path | None:
    """Return the program of LibreOffice, None where it is not installed.

    The program itself is preferred to the script that starts it: one process is ended cleanly.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(found).resolve().parent] if found else []
    for place in _PLACES:
        pattern = Path(place)
        folders += pattern.parent.parent.glob(f"{pattern.parent.name}/{pattern.name}")
    names = _NAMES if sys.platform.startswith("linux") else _NAMES[1:]
    candidates = (folder / name for folder in folders for name in names)
    return next((path for path in candidates if path.is_file()), None)


def convert(data: bytes, suffix: str, target: str, source: str) -> bytes:
    """Return the file converted to `target` (docx or xlsx); `suffix` tells LibreOffice what it is.

    Raises:
        UnreadableError: when LibreOffice is missing, cannot read the file, or does not come to an end.
    """
    program = find_program()
    if program is None:
        advice = "请安装后再试，或用 WPS、Word 另存为 docx（表格存为 xlsx）。"
        raise unreadable(source, "unsupported", f"读 {suffix.lstrip('.')} 文件需要 LibreOffice：{advice}")
    home = _home()
    try:
        with FileLock(home / "lock", timeout=WAITING_LIMIT), _folder() as folder:
            return _converted(program, home / "profile", folder, data, suffix, target, source)
    except Timeout as error:
        raise unreadable(source, "timeout", "前面等待转换的文件太多，请稍后再试。") from error


def _converted(
    program: Path, profile: Path, folder: Path, data: bytes, suffix: str, target: str, source: str
) -> bytes:
    _prepare(profile)
    given = folder / f"file{suffix}"
    given.write_bytes(data)
    command = [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", target, "--outdir", str(folder), str(given)),
    ]
    made = folder / f"file.{target}"
    if not _run(command) or not made.is_file():
        shutil.rmtree(profile, ignore_errors=True)  # what was killed or failed may have left it damaged
        message = "转换失败或超时，文件可能已损坏或加了密码；请用 WPS 或 Word 打开后另存为 docx 再试。"
        raise unreadable(source, "damaged", message)
    return made.read_bytes()


def _run(command: list[str]) -> bool:
    """Run the program to its end; tell whether it said that all went well.

    It stays in the process group of its caller, so that it ends with a worker that is killed.
    """
    for _ in range(2):
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"},
        )
        try:
            code = process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)
        if code != _RESTART:
            return code == 0
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program where it still runs, with what it started."""
    if process.poll() is None:
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        process.kill()
        process.wait()


def _prepare(profile: Path) -> None:
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.is_file():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS, "utf-8")


def _home() -> Path:
    """Return the folder with the lock and the profile; nobody else may write into it."""
    owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    home = Path(tempfile.gettempdir()) / f"taizhang-libreoffice-{owner}"
    home.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and home.stat().st_uid != os.getuid():
        home = Path(tempfile.mkdtemp(prefix="taizhang-libreoffice-"))
    return home


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="taizhang-convert-", ignore_cleanup_errors=True) as name:
        yield Path(name)

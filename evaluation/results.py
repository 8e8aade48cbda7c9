"""Results kept as JSON: figures with the commit, the data and the machine that they were measured on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import UserError
from corpus.records import JsonObject


def provenance(data: str) -> JsonObject:
    """Return when, on which commit, on which data (a hash) and on what machine something is measured."""
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "data": data,
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "processors": os.cpu_count(),
            "python": platform.python_version(),
        },
    }


def save(folder: Path, kind: str, record: JsonObject) -> Path:
    """Write `record` as `KIND-TIME-COMMIT.json` into `folder`, which is made, and return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    time = record["measured"].replace(":", "").replace("-", "")[:15]
    path = folder / f"{kind}-{time}-{record['commit']}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> JsonObject:
    """Return a result that `save` wrote.

    Raises:
        UserError: when the file is missing or holds no result.
    """
    try:
        record: JsonObject = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"读不出这份评测结果：{path}。请给出 results/ 下的 JSON 文件。") from error
    return record


def _commit() -> str:
    """Return the short commit, with "+" for uncommitted changes; "unknown" outside a checkout."""
    here = Path(__file__).parent
    try:
        head = _git(here, "rev-parse", "--short=10", "HEAD")
        changed = _git(here, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()

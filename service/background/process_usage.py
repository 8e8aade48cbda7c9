"""What a process uses, as the system tells (Linux); 0 elsewhere."""

from __future__ import annotations

import os
from pathlib import Path


def own_memory(process: int) -> int:
    """Return the bytes of memory that a process holds by itself; 0 where the system does not tell."""
    try:
        resident, shared = Path(f"/proc/{process}/statm").read_text().split()[1:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(process: int) -> float:
    """Return the seconds of a processor that a process has had; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

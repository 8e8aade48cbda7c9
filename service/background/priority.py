"""How much of the processors a process takes while others want them too."""

from __future__ import annotations

import os
import sys

NICENESS = 10
"""Beside one that answers people, such a process gets a tenth of a processor; alone it gets all of it."""
_BELOW_NORMAL = 0x4000
"""BELOW_NORMAL_PRIORITY_CLASS of Windows."""


def let_others_first() -> None:
    """Let other processes use the processors before this one and those that it starts, from now on."""
    if sys.platform == "win32":
        from ctypes import windll, wintypes

        this_process = windll.kernel32.GetCurrentProcess
        this_process.restype = wintypes.HANDLE
        windll.kernel32.SetPriorityClass(wintypes.HANDLE(this_process()), _BELOW_NORMAL)
    else:
        os.nice(NICENESS)

"""What is measured is told in full; how long it took is no matter for a test."""

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.speed import measure, reading
from evaluation.speed.measure import SpeedReport, Timing, percentile
from evaluation.speed.memory import PROCESSES, run_watched, tree_memory

HOLD = (
    "block = bytearray(100_000_000); block[::4096] = bytes(len(block[::4096]));"
    " print('held', flush=True); input()"
)
IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"


@pytest.mark.skipif(not (PROCESSES / "self" / "smaps_rollup").exists(), reason="this system does not tell")
def test_memory_of_child_processes_counts() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", IN_A_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        held = tree_memory(program.pid)
        program.communicate("\n")
    assert held > 100_000_000


def test_output_is_kept_and_failure_is_told() -> None:
    assert run_watched([sys.executable, "-c", "print('done')"]).output == "done\n"
    with pytest.raises(subprocess.CalledProcessError):
        run_watched([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.parametrize(("share", "value"), [(50, 50.0), (95, 95.0)])
def test_percentile(share: int, value: float) -> None:
    assert percentile([float(number) for number in range(101)], share) == value


def test_report_gives_ratios_for_times() -> None:
    report = SpeedReport("hash", 0.1, (Timing("start", 0.2, "s", 2.0), Timing("read", 1e6, "characters/s")))
    assert report.record()["timings"]["start"] == {"value": 0.2, "unit": "s", "ratio": 2.0}


def test_samples_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "REPEATS", 1)
    monkeypatch.setattr(measure, "PLAN_STATEMENTS", 50)
    monkeypatch.setattr(measure, "LENGTHS", (50, 200))
    monkeypatch.setattr(reading, "COPIES", 1)
    monkeypatch.setattr(reading, "CHARACTERS", 1_000)
    monkeypatch.setattr(reading, "SCANS", 0)
    names = [timing.name for timing in measure.evaluate(None, None, tmp_path).timings]
    assert {
        "taizhang --help",
        "extract one docx, cold",
        "read and extract",
        "pdf with tables, two workers",
    } <= set(names)

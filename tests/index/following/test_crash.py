"""A process is killed at any moment; what it had acknowledged is found, once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.builders import PairEncoder, opened

WORKER = """
import sys
from pathlib import Path
from tests.index.builders import PairEncoder, add, opened

store, index = opened(Path(sys.argv[1]), encoder=PairEncoder())
for number in range(int(sys.argv[2]), 10_000):
    document = add(store, f"{number}.txt", f"安澜市第{number}号方案。", f"古树保护第{number}项。")
    print("stored", number, flush=True)
    index.catch_up()
    if number % 3 == 2:
        store.remove(document)
        index.catch_up()
        print("removed", number, flush=True)
"""


def killed_after(folder: Path, first: int, lines: int) -> tuple[set[int], set[int]]:
    """Let a process work until it has printed some lines, kill it at once; return what it had told."""
    command = [sys.executable, "-c", WORKER, str(folder), str(first)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}
    told: dict[str, set[int]] = {"stored": set(), "removed": set()}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for _ in range(lines):
            word, number = process.stdout.readline().split()
            told[word].add(int(number))
        process.kill()
        for line in process.stdout:  # what it had told before the end, but we had not read
            word, number = line.split()
            told[word].add(int(number))
    return told["stored"], told["removed"]


@pytest.mark.parametrize("lines", [1, 4, 9])
def test_nothing_is_lost_or_doubled(tmp_path: Path, lines: int) -> None:
    stored, removed = killed_after(tmp_path, 0, lines)
    more, gone = killed_after(tmp_path, 1000, lines + 1)
    stored, removed = stored | more, removed | gone
    store, index = opened(tmp_path, encoder=PairEncoder())
    assert index.catch_up(wait=0), "the lock of a dead process is free"
    found = [hit.passage.source for hit in index.search("安澜市方案", k=1000, collapse=False).hits]
    held = {row.source for row in store.documents()}
    assert sorted(found) == sorted(held)
    assert {f"{number}.txt" for number in stored - removed if number % 3 != 2} <= held
    assert {f"{number}.txt" for number in removed}.isdisjoint(held)
    assert index.search("安澜市方案", k=1).hits[0].ranks.keys() == {"words", "vectors"}
    store.close()

"""Which other search programs there are.

They are no dependencies: `pip install bm25s numba txtai "pymilvus[milvus-lite]" lancedb` beside the product;
what is not installed is left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec

from evaluation.peers.hybrid import LanceDb, MilvusLite, Txtai
from evaluation.peers.keywords import Bm25s, SqliteWords
from evaluation.peers.program import Peer

PEERS: dict[str, tuple[tuple[str, ...], type[Peer]]] = {
    "SQLite FTS5": ((), SqliteWords),
    "bm25s": (("bm25s",), Bm25s),
    "LanceDB, hybrid": (("lancedb",), LanceDb),
    "milvus-lite, hybrid": (("pymilvus", "milvus-lite"), MilvusLite),
    "txtai, hybrid": (("txtai",), Txtai),
}
"""Distributions that each needs, and the program."""


def installed(wanted: Sequence[str] = ()) -> dict[str, type[Peer]]:
    """Return the peers that are installed, or those of them whose names begin with a word of `wanted`."""
    return {
        name: program
        for name, (packages, program) in PEERS.items()
        if all(find_spec(package.replace("-", "_")) for package in packages)
        and (not wanted or any(name.lower().startswith(word.lower()) for word in wanted))
    }


def versions(name: str) -> str:
    """Return the versions of what a peer consists of."""
    found = [f"{package} {version(package)}" for package in PEERS[name][0]]
    return ", ".join(found) or f"SQLite {sqlite3.sqlite_version}"

"""Counts in what share of official documents each word stands, for matching claims to tasks.

    python -m scripts.word_shares --corpus DIR

DIR holds docs/*.txt and index.tsv with the columns file and genre. A word counts by the median over the
genres, so that it is common only where most fields have it.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from statistics import median

from index.tokens import words

FEWEST = 25
"""Documents of the smallest genre that is counted."""
MOST = 400
"""Documents that are read of a genre."""
LEAST = 0.02
"""Share below which a word tells one matter from another, and need not stand in the table."""
HEAD = """# In what share of official documents a word stands: python -m scripts.word_shares.
word\tshare\tsource
"""


def main() -> None:
    """Count, and write the table beside the matcher."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    folder = parser.parse_args().corpus
    shares = [_shares(paths) for paths in _by_genre(folder) if len(paths) >= FEWEST]
    found = {
        word: median(share.get(word, 0.0) for share in shares)
        for word in set().union(*shares)
        if len(word) > 1
    }
    kept = sorted((word for word, share in found.items() if share >= LEAST), key=lambda word: -found[word])
    lines = "".join(f"{word}\t{found[word]:.3f}\tcounted in public documents\n" for word in kept)
    path = Path(str(resources.files("service.reconcile").joinpath("word_shares.tsv")))
    path.write_text(HEAD + lines, "utf-8")
    print(f"{len(kept)} words of {len(shares)} genres")


def _by_genre(folder: Path) -> list[list[Path]]:
    with (folder / "index.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    genres: dict[str, list[Path]] = defaultdict(list)
    for row in rows:
        genres[row["genre"]].append(folder / "docs" / row["file"])
    return [paths[:MOST] for paths in genres.values()]


def _shares(paths: list[Path]) -> dict[str, float]:
    counts = Counter(word for path in paths for word in set(words(path.read_text("utf-8"))))
    return {word: count / len(paths) for word, count in counts.items()}


if __name__ == "__main__":
    main()

"""The registry against a table of names as plans write them, written before the rules."""

import csv
from datetime import date
from pathlib import Path

from corpus.registry.units import canonical_unit

PAIRS = Path(__file__).parent / "names" / "unit_pairs.tsv"
WANTED = 0.95


def pairs() -> list[dict[str, str]]:
    lines = [line for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def found(pair: dict[str, str]) -> str:
    on = date.fromisoformat(pair["date"]) if pair["date"] else None
    return canonical_unit(pair["name"], pair["region"] or None, on) or ""


def test_the_table_is_large_and_mixed() -> None:
    kinds = [pair["kind"] for pair in pairs()]
    assert len(kinds) >= 200
    assert min(kinds.count(kind) for kind in ("ordinary", "hard", "negative")) >= 20


def test_nearly_all_names_are_read() -> None:
    wrong = {
        f"{pair['name']} in {pair['region']}": found(pair)
        for pair in pairs()
        if found(pair) != pair["canonical"]
    }
    assert len(wrong) <= (1 - WANTED) * len(pairs()), wrong

"""Fits the weights of `confidence` on rows judged against gold, and writes them as a word table.

    python scripts/train_confidence.py --unseen DIR OUTPUTS --seen DIR OUTPUTS

DIR is a folder of gold (docs/, gold/); OUTPUTS holds extract lines (STEM.json) of its documents. Lines of a
version that was made before anyone had read the gold say how often rows of new documents are wrong; those of
gold that the rules were written by tell which signals are harmless, and count less.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from evaluation.extraction.calibration import JudgedRow, fit, judged_rows, left_out, report
from evaluation.extraction.systems import saved
from evaluation.gold import load_cases
from ingest.extract.doubts.confidence import SIGNALS

TABLE = Path(__file__).parents[1] / "ingest" / "extract" / "words" / "confidence.tsv"
HEAD = """\
# Weights of what makes a row doubtful (ingest/extract/doubts/confidence.py), by scripts.train_confidence.
signal\tweight\tsource
"""
SEEN_WEIGHT = 0.1


def main() -> None:
    """Fit, show the reliability with each document left out, and write the table."""
    rows = _rows()
    said = left_out(rows)
    console = Console()
    report("", rows, said).show(console)
    unseen = [at for at, row in enumerate(rows) if row.weight == 1.0]
    console.print("of these, documents whose gold nobody had read:")
    report("", [rows[at] for at in unseen], [said[at] for at in unseen]).show(console)
    source = f"fitted on {len(rows)} rows of {len({row.case for row in rows})} documents"
    names = ("every row", *SIGNALS)
    lines = [f"{name}\t{weight:.3f}\t{source}\n" for name, weight in zip(names, fit(rows), strict=True)]
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")


def _rows() -> list[JudgedRow]:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--unseen", "--seen"):
        parser.add_argument(name, nargs=2, type=Path, action="append", default=[], metavar=("DIR", "OUTPUTS"))
    chosen = parser.parse_args()
    rows: list[JudgedRow] = []
    for folders, weight in ((chosen.unseen, 1.0), (chosen.seen, SEEN_WEIGHT)):
        for gold, outputs in folders:
            rows += judged_rows(load_cases(gold), saved(outputs), weight)
    return rows


if __name__ == "__main__":
    main()

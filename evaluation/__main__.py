"""`python -m evaluation COMMAND`: measures one side of the product and prints the figures; see --help."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import UserError
from corpus.records import JsonObject
from evaluation.report import Report
from evaluation.results import load, provenance, save

RESULTS = Path("results")
KEPT = Path("peers")
NEEDED = {
    "--gold": "标注数据（内含 search/、docs/ 和 gold/）",
    "--corpus": "原始文本",
    "--data": "已建好索引的资料库",
}
"""What each folder holds that an evaluation may have to be given."""

app = typer.Typer(
    help="Measure the product. Results are also kept as JSON under results/.",
    no_args_is_help=True,
    add_completion=False,
)

Gold = Annotated[Path | None, typer.Option("--gold", help="Folder with docs/ and gold/ (and search/).")]
Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder of more documents for the library.")]
Data = Annotated[Path | None, typer.Option("--data", help="Library to build or reuse; else a temporary one.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also list every error.")]


@app.command()
def extraction(
    gold: Gold = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    outputs: Annotated[
        Path | None, typer.Option("--outputs", help="Score these extract lines (STEM.json) instead.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", help="A saved result: list rows gained and lost.")
    ] = None,
) -> None:
    """Tasks, units, deadlines, progress and header facts against gold; default: the bundled samples."""
    from evaluation.extraction.measure import evaluate  # each command pays only for its own imports

    def run() -> Report:
        return evaluate(gold, outputs=outputs, before=load(compare) if compare else None, verbose=verbose)

    _deliver("extraction", run, as_json)


@app.command()
def mutations(gold: Gold = None, as_json: AsJson = False, verbose: Verbose = False) -> None:
    """The same documents with other brackets, line breaks, widths, spaces and places: which rows change."""
    from evaluation.steadiness.mutations import evaluate

    _deliver("mutations", lambda: evaluate(gold, verbose=verbose), as_json)


@app.command()
def rules(gold: Gold = None, as_json: AsJson = False) -> None:
    """Which rules of extraction how many documents use, and what only one document needs."""
    from evaluation.extraction.rule_use import evaluate

    _deliver("rules", lambda: evaluate(gold), as_json)


@app.command()
def calibration(
    gold: Gold = None,
    as_json: AsJson = False,
    outputs: Annotated[
        Path | None, typer.Option("--outputs", help="Judge these extract lines (STEM.json) instead.")
    ] = None,
) -> None:
    """Whether the confidence of rows keeps its word, each document left out of its own fit."""
    from evaluation.extraction.calibration import evaluate

    _deliver("calibration", lambda: evaluate(gold, outputs), as_json)


@app.command()
def search(
    gold: Gold = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    bench: Annotated[
        Path | None,
        typer.Option("--bench", help="Folder of one bench (corpus, queries, qrels) to measure instead."),
    ] = None,
    folds: Annotated[
        Path | None,
        typer.Option("--folds", help="Encoders that have not seen a part of the bench's questions."),
    ] = None,
) -> None:
    """Precedent search ours beside the baselines; with --bench questions whose documents are known."""
    if bench is not None:
        from evaluation.search.bench import evaluate_bench
        from evaluation.search.benches import load_bench

        asked = bench
        _deliver("bench", lambda: evaluate_bench(load_bench(asked), data, folds, corpus), as_json)
        return
    from evaluation.search.measure import evaluate

    _deliver("search", lambda: evaluate(_needed(gold), _beside(gold, corpus), data), as_json)


@app.command()
def answers(
    gold: Gold = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    of_rows: Annotated[
        int, typer.Option("--rows", help="questions made from the library's rows, of each kind")
    ] = 0,
    verbose: Verbose = False,
) -> None:
    """Questions with known answers: share answered right, and cited from the right document, by kind."""
    from evaluation.answers.measure import evaluate

    def run() -> Report:
        return evaluate(_needed(gold), _beside(gold, corpus), data, of_rows=of_rows, verbose=verbose)

    _deliver("answers", run, as_json)


@app.command()
def speed(gold: Gold = None, as_json: AsJson = False, corpus: Corpus = None, data: Data = None) -> None:
    """Start-up, reading, extraction, adding and searching, in seconds and as ratios to a reference loop."""
    from evaluation.speed.measure import evaluate

    _deliver("speed", lambda: evaluate(gold, corpus, data), as_json)


@app.command()
def formats(gold: Gold = None, as_json: AsJson = False, verbose: Verbose = False) -> None:
    """Ten documents as docx, pdf, html, GBK text and doc: the share of ledger rows equal in all of them."""
    from evaluation.steadiness.formats import evaluate

    _deliver("formats", lambda: evaluate(gold, verbose=verbose), as_json)


@app.command()
def reconcile(
    gold: Gold = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    seed: Annotated[int, typer.Option("--seed", help="Settles every report that is made.")] = 0,
    half: Annotated[str | None, typer.Option("--half", help="first or second; both when not given.")] = None,
) -> None:
    """Reports made up of gold plans, matched to their tasks: pairs, coverage, figures."""
    from evaluation.reconcile.measure import evaluate

    _deliver("reconcile", lambda: evaluate(gold, seed, half, verbose=verbose), as_json)


@app.command()
def planted(
    gold: Gold = None,
    as_json: AsJson = False,
    verbose: Verbose = False,
    half: Annotated[str, typer.Option("--half", help="first (to work with), second, or both.")] = "first",
) -> None:
    """Errors planted in drafts: the share that the checker finds, and its false alarms."""
    from evaluation.drafting.planted import evaluate

    _deliver("planted", lambda: evaluate(gold, half, verbose=verbose), as_json)


@app.command()
def kills(
    as_json: AsJson = False,
    times: Annotated[int, typer.Option("--times", help="How often the program is killed.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Decides about the moments.")] = 0,
) -> None:
    """A program that adds and removes documents, killed at random moments: what is lost or differs."""
    from evaluation.steadiness.kills import evaluate

    _deliver("kills", lambda: evaluate(times, seed), as_json)


@app.command()
def scale(
    corpus: Annotated[Path, typer.Option("--corpus", help="Folder of texts whose sentences are mixed.")],
    data: Annotated[Path, typer.Option("--data", help="Library to build or reuse.")],
    as_json: AsJson = False,
    passages: Annotated[int, typer.Option("--passages", help="Passages of the library.")] = 1_000_000,
) -> None:
    """A library of a million passages: building, disk, memory, searches, adding and removing."""
    from evaluation.speed.scale import evaluate

    _deliver("scale", lambda: evaluate(corpus, data, passages), as_json)


@app.command()
def recall(
    corpus: Annotated[Path, typer.Option("--corpus", help="Folder of texts for the queries.")],
    data: Annotated[Path, typer.Option("--data", help="Library with its index.")],
    figure: Annotated[Path | None, typer.Option("--figure", help="Where to write a picture (SVG).")] = None,
    as_json: AsJson = False,
) -> None:
    """How many of the nearest vectors are found, and how fast, by how many cells are looked into."""
    from evaluation.search.recall import evaluate

    _deliver("recall", lambda: evaluate(corpus, data, figure), as_json)


@app.command()
def peers(
    gold: Gold = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Beginning of a program's name.")] = None,
    passages: Annotated[
        int | None, typer.Option("--passages", help="Measure so many made-up passages instead.")
    ] = None,
    keep: Annotated[
        Path, typer.Option("--keep", help="With --passages: where what is built stays for the next time.")
    ] = KEPT,
    queries: Annotated[int, typer.Option("--queries", help="With --passages: how many are asked.")] = 200,
    seconds: Annotated[
        float, typer.Option("--seconds", help="With --passages: how long each filter is asked.")
    ] = 12.0,
    minutes: Annotated[
        float, typer.Option("--minutes", help="With --passages: the longest one may take.")
    ] = 25.0,
    table: Annotated[
        Path | None, typer.Option("--table", help="With --passages: where to write a table (Markdown).")
    ] = None,
) -> None:
    """Other search programs, where they are installed, over the same passages: quality and speed."""
    wanted = tuple(only or ())
    if passages is not None:
        from evaluation.peers.scale import Asking
        from evaluation.peers.scale import evaluate as evaluate_scale
        from evaluation.peers.watched import Bounds

        texts, count = _needed(corpus, "--corpus"), passages
        bounds, asking = Bounds(minutes), Asking(queries, seconds)

        def measured() -> Report:
            return evaluate_scale(texts, keep, count, wanted, bounds, asking, table)

        _deliver("peers-scale", measured, as_json)
        return
    from evaluation.peers.comparison import evaluate

    _deliver("peers", lambda: evaluate(_needed(gold), _beside(gold, corpus), data, wanted), as_json)


@app.command()
def drafts(
    as_json: AsJson = False,
    corpus: Corpus = None,
    data: Data = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the drafts.")] = None,
) -> None:
    """Twelve drafts from a library with a filled ledger: traces, unsupported facts, form, seconds."""
    from evaluation.drafting.drafts import evaluate

    _deliver("drafts", lambda: evaluate(corpus, data, out), as_json)


@app.command("load")
def under_load(
    as_json: AsJson = False,
    users: Annotated[int, typer.Option("--users", help="People at work at once.")] = 20,
    seconds: Annotated[float, typer.Option("--seconds", help="How long they work.")] = 30.0,
    tasks: Annotated[int, typer.Option("--tasks", help="Rows of the ledger, at least.")] = 5_000,
) -> None:
    """A real server under users with sessions of their own, while a plan of 300 pages is read."""
    from evaluation.speed.load import evaluate

    _deliver("load", lambda: evaluate(users, seconds, tasks), as_json)


@app.command()
def dispatch(
    as_json: AsJson = False,
    tasks: Annotated[int, typer.Option("--tasks", help="Rows of the ledger.")] = 5_000,
    sheets: Annotated[int, typer.Option("--sheets", help="Units that send their sheet back.")] = 200,
) -> None:
    """A round of 调度: sheets are made, come back filled, are read, matched and stored, in seconds."""
    from evaluation.speed.dispatch import evaluate

    _deliver("dispatch", lambda: evaluate(tasks, sheets), as_json)


@app.command("pages")
def of_pages(
    as_json: AsJson = False,
    tasks: Annotated[int, typer.Option("--tasks", help="Rows of the ledger, at least.")] = 5_000,
    runs: Annotated[int, typer.Option("--runs", help="How often each thing is timed.")] = 7,
) -> None:
    """A real Chromium opens the ledger and one long document, and filters the ledger."""
    from evaluation.speed.pages import evaluate

    _deliver("pages", lambda: evaluate(tasks, runs), as_json)


def _deliver(kind: str, run: Callable[[], Report], as_json: bool) -> None:
    """Run an evaluation, keep its figures, print them; an error of the user is one line and exit 1."""
    try:
        report = run()
        record: JsonObject = {"evaluation": kind, **provenance(report.data), **report.record()}
    except UserError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    path = save(RESULTS, kind, record)
    if as_json:
        typer.echo(json.dumps(record, ensure_ascii=False))
    else:
        report.show(Console(width=None if sys.stdout.isatty() else 120))
        typer.echo(f"{path}")


def _needed(folder: Path | None, option: str = "--gold") -> Path:
    if folder is None:
        raise UserError(f"这项评测需要{NEEDED[option]}，请用 {option} 指定文件夹。")
    return folder


def _beside(gold: Path | None, corpus: Path | None) -> Path | None:
    """Return the folder of more documents: the one given, else `corpus/docs` beside the gold, else None."""
    beside = gold.parent / "corpus" / "docs" if gold else None
    return corpus or (beside if beside and beside.is_dir() else None)


if __name__ == "__main__":
    app(prog_name="python -m evaluation")

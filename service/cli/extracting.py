"""`taizhang extract`: from files to a ledger, without a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from corpus.document import Problem
from corpus.records import JsonObject
from service.cli.errors import DONE, SOME_FAILED
from service.cli.options import JsonOption, parse_path
from service.cli.output import print_json, print_ledger, print_problem, tell_of_none
from service.intake.extraction import Reading, extract_files, outcome_record
from service.intake.sources import gather
from service.ledger import ledger_rows

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", parser=parse_path, help="要读取的文件、文件夹或 zip。")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="写成台账文件：.xlsx、.docx、.csv 或 .json。"),
]
UnitsOption = Annotated[
    Path | None,
    typer.Option(
        "--units",
        metavar="FILE",
        envvar="TAIZHANG_UNITS",
        exists=True,
        dir_okay=False,
        help="本单位的单位名称表，如资料库里的 units.tsv。",
    ),
]
PublicOption = Annotated[
    bool, typer.Option("--public", help="写成公开版：不含责任人、电话、内部备注、进展和编号。")
]


def extract(
    files: FilesArgument,
    output: OutputOption = None,
    as_json: JsonOption = False,
    units: UnitsOption = None,
    public: PublicOption = False,
) -> int:
    """Read files and print or write their ledger; exit code 1 when some could not be read."""
    candidates = gather(files)
    tell_of_none(candidates)
    outcomes = extract_files(candidates, units)
    if as_json:
        outcomes = _printed(outcomes)
    if as_json and output is None:  # one file after another: there may be very many
        return SOME_FAILED if sum(isinstance(outcome, Problem) for outcome in outcomes) else DONE
    readings, failed = _sorted_out(outcomes)
    if output is None:
        for reading in readings:
            print_ledger(ledger_rows(reading), reading.document.header.title or reading.document.source)
    elif readings:
        _write(readings, output, public)
    return SOME_FAILED if failed else DONE


def _printed(outcomes: Iterable[Reading | Problem]) -> Iterator[Reading | Problem]:
    """Yield the outcomes, each printed as one line of JSON before."""
    for outcome in outcomes:
        print_json(outcome_record(outcome))
        yield outcome


def _sorted_out(outcomes: Iterable[Reading | Problem]) -> tuple[list[Reading], list[Problem]]:
    """Return what was read and what was not, telling every problem on the way."""
    readings: list[Reading] = []
    failed: list[Problem] = []
    for outcome in outcomes:
        if isinstance(outcome, Problem):
            failed.append(outcome)
            print_problem(outcome)
        else:
            readings.append(outcome)
            for problem in outcome.document.problems:
                print_problem(problem)
    return readings, failed


def _write(readings: list[Reading], output: Path, public: bool) -> None:
    from service.ledgerbook.files import write_ledger

    rows: list[JsonObject] = [row for reading in readings for row in ledger_rows(reading)]
    header = readings[0].document.header
    title = f"{header.title}任务台账" if len(readings) == 1 and header.title else "任务台账"
    write_ledger(rows, title, output, public=public)
    typer.echo(f"已写入 {output}：{len(rows)} 项任务。", err=True)

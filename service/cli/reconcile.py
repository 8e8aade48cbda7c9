"""Commands that hold a report against a plan, and plans against each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UserError
from service.cli.accounts import user
from service.cli.options import (
    DEFAULT_DATA,
    CountOption,
    DataOption,
    DocumentOption,
    JsonOption,
    check_document,
    opened_library,
    parse_words,
)
from service.cli.output import print_json, print_table
from service.files import write_file

if TYPE_CHECKING:
    from service.library import Library
    from service.reconcile.model import Reconciliation

ReportArgument = Annotated[
    str, typer.Argument(metavar="REPORT", parser=parse_words, help="汇报：文件，或文库中的编号。")
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        parser=parse_words,
        help="方案：文件，或文库中的编号；不写则在文库里找。",
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="结果写成 .xlsx 或 .docx 文件。")
]
AcceptOption = Annotated[
    float | None,
    typer.Option("--accept", metavar="P", min=0.0, max=1.0, help="采纳把握不低于 P 的匹配，更新台账状态。"),
]
TaskOption = Annotated[str | None, typer.Option("--task", metavar="ID", help="任务编号，用 tasks 查看。")]
TextOption = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="用自己的话写出问题。")]


def reconcile(
    report: ReportArgument,
    plan: PlanOption = None,
    data: DataOption = str(DEFAULT_DATA),
    output: OutOption = None,
    accept: AcceptOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a report against a plan; with `--accept` also move the status of the rows."""
    from service.reconcile.export import result_bytes

    if _is_file(report) and plan is not None and _is_file(plan):
        if accept is not None:
            raise UserError("先把汇报和方案都添加到文库，才能更新台账。")
        found, edit = _of_files(report, plan), None
    else:
        with opened_library(data) as library:
            found = _of_library(library, report, plan)
            edit = _accepted(library, found, accept) if accept is not None else None
    if output is not None:
        write_file(output, result_bytes(found, output.suffix))
    if as_json:
        print_json({**found.record(), "edit": edit})
    else:
        _print(found, edit)


def conflicts(
    data: DataOption = str(DEFAULT_DATA),
    document: DocumentOption = None,
    count: CountOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Print tasks of several plans that may contradict each other."""
    from service.reconcile.conflicts import find_conflicts
    from service.reconcile.snapshot import snapshot_of

    with opened_library(data) as library:
        check_document(library, document)
        found = find_conflicts(snapshot_of(library), document)
    records = [conflict.record() for conflict in found[:count]]
    if as_json:
        print_json({"items": records, "total": len(found)})
        return
    rows = [
        (
            _named(record["tasks"][0]),
            _named(record["tasks"][1]),
            "\n".join(f"{item['first']} ／ {item['second']}" for item in record["differences"]),
        )
        for record in records
    ]
    print_table(("任务", "另一份方案中的任务", "不一致之处"), rows, f"可能冲突 {len(found)} 处")


def workload(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print how many open tasks each unit has in each month."""
    from service.reconcile.snapshot import all_rows
    from service.reconcile.workload import workload as loads_of

    with opened_library(data) as library:
        loads = loads_of(all_rows(library), library.today())
    if as_json:
        print_json({"items": [load.record() for load in loads]})
        return
    rows = [
        (
            load.unit,
            load.open,
            load.overdue,
            load.done,
            "　".join(f"{month or '无日期'} {number}" for month, number in load.months.items()),
        )
        for load in loads
    ]
    print_table(("单位", "未完成", "其中逾期", "已完成", "按月"), rows, f"共 {len(loads)} 个单位")


def cases(
    task: TaskOption = None,
    text: TextOption = None,
    data: DataOption = str(DEFAULT_DATA),
    count: CountOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Print the same kind of problem in other documents, and how it was solved."""
    from service.reconcile.cases import similar_cases

    if (task is None) == (text is None):
        raise UserError("请用 --task 给出任务编号，或用 --text 写出问题，两者只用其一。")
    with opened_library(data) as library:
        found = similar_cases(library, text=text, task=task, count=count)
    records = [case.record() for case in found]
    if as_json:
        print_json({"items": records})
        return
    rows = [
        (record["task"], record["title"], record["problem"], "\n".join(record["measures"]))
        for record in records
    ]
    print_table(("任务", "文件", "问题", "措施"), rows, f"同类问题 {len(rows)} 个")


def _is_file(name: str) -> bool:
    return Path(name).is_file()


def _of_files(report: str, plan: str) -> Reconciliation:
    from service.reconcile.reconciling import reconcile as held_against
    from service.reconcile.texts import from_file

    return held_against(from_file(Path(report)), from_file(Path(plan)))


def _of_library(library: Library, report: str, plan: str | None) -> Reconciliation:
    from service.reconcile.reconciling import reconcile as held_against
    from service.reconcile.reconciling import reconcile_with_library
    from service.reconcile.texts import from_file, is_id, kept

    held = kept(library, report) if is_id(report) else from_file(Path(report))
    if plan is not None and not is_id(plan):
        return held_against(held, from_file(Path(plan)))
    return reconcile_with_library(library, held, plan)


def _accepted(library: Library, found: Reconciliation, least: float) -> str:
    from service.reconcile.accepting import accept, proposals

    return accept(library, found, proposals(found, least), user()).id


def _print(found: Reconciliation, edit: str | None) -> None:
    from service.reconcile.sheets import headline, tables_of

    print(f"汇报：{found.report.title}")
    print(f"方案：{found.plan.title}")
    print(headline(found))
    for table in tables_of(found):
        if table.rows:
            print_table([column.head for column in table.columns], table.rows, table.title)
    if edit is not None:
        print(f"已更新台账，改动编号 {edit}，可以撤销。")


def _named(task: dict[str, str]) -> str:
    return f"{task['text'][:80]}\n（{task['id']}　{task['title']}）"

"""Commands that ask the library: search, similar, ask."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus.errors import UserError
from service.cli.filtering import FromOption, IssuerOption, ToOption, WithTasksOption, make_filters
from service.cli.options import (
    DEFAULT_DATA,
    CollapseOption,
    CountOption,
    DataOption,
    DueOption,
    JsonOption,
    PerDocumentOption,
    RegionOption,
    TypeOption,
    UnitOption,
    YearOption,
    opened_library,
    parse_words,
)
from service.cli.output import (
    print_also,
    print_answer,
    print_hits,
    print_json,
    print_notices,
    print_understood,
)

QueryArgument = Annotated[
    str, typer.Argument(metavar="QUERY", parser=parse_words, help="要找的内容：词语、问句或一段话。")
]
QuestionArgument = Annotated[
    str, typer.Argument(metavar="QUESTION", parser=parse_words, help="问题，如 农家乐整治由谁牵头？")
]
BeforeOption = Annotated[
    list[str] | None,
    typer.Option("--before", metavar="QUESTION", help="上一个问题，接着它问；可以写多次，先问的在前。"),
]
TaskOption = Annotated[str | None, typer.Option("--task", metavar="ID", help="任务编号，用 tasks 查看。")]
TextOption = Annotated[
    str | None, typer.Option("--text", metavar="TEXT", parser=parse_words, help="一段措施的文字。")
]
PlainOption = Annotated[
    list[str] | None,
    typer.Option("--plain", metavar="WORD", help="只当词语找、不另作理解、也不查代替词的词；可写多次。"),
]
WordedOption = Annotated[
    bool, typer.Option("--worded", help="由设置中的语言模型措辞；数字、日期、单位逐一与原文核对。")
]


def search(
    query: QueryArgument,
    data: DataOption = str(DEFAULT_DATA),
    count: CountOption = 10,
    region: RegionOption = None,
    year: YearOption = None,
    doc_type: TypeOption = None,
    unit: UnitOption = None,
    due_before: DueOption = None,
    issuer: IssuerOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    has_tasks: WithTasksOption = False,
    no_collapse: CollapseOption = False,
    per_document: PerDocumentOption = 3,
    plain: PlainOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the passages that answer a query."""
    from service.results import search_record

    filters = make_filters(region, year, doc_type, unit, due_before, issuer, date_from, date_to, has_tasks)
    with opened_library(data) as library:
        result = library.search(
            query,
            filters,
            count,
            collapse=not no_collapse,
            per_document=per_document,
            plain_words=plain or (),
        )
    record = search_record(query, filters, result)
    if as_json:
        print_json(record)
    else:
        print_understood(record["understood"])
        print_also(record["also"])
        print_notices(record["notices"])
        print_hits(record["hits"])


def similar(
    task: TaskOption = None,
    text: TextOption = None,
    data: DataOption = str(DEFAULT_DATA),
    count: CountOption = 10,
    region: RegionOption = None,
    year: YearOption = None,
    doc_type: TypeOption = None,
    unit: UnitOption = None,
    due_before: DueOption = None,
    issuer: IssuerOption = None,
    date_from: FromOption = None,
    date_to: ToOption = None,
    has_tasks: WithTasksOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print measures like a task or a text."""
    from service.results import search_record

    if (task is None) == (text is None):
        raise UserError("请用 --task 给出任务编号，或用 --text 给出文字，两者只用其一。")
    filters = make_filters(region, year, doc_type, unit, due_before, issuer, date_from, date_to, has_tasks)
    with opened_library(data) as library:
        words = text if text is not None else library.task(task or "").record["text"]
        result = library.similar(text=text, task=task, filters=filters, k=count)
    record = search_record(words, filters, result)
    if as_json:
        print_json(record)
    else:
        print_hits(record["hits"])


def ask(
    question: QuestionArgument,
    data: DataOption = str(DEFAULT_DATA),
    before: BeforeOption = None,
    worded: WordedOption = False,
    as_json: JsonOption = False,
) -> None:
    """Print the answer to a question, with citations."""
    from service.results import answer_record

    with opened_library(data) as library:
        record = answer_record(library, question, before or (), worded)
    if as_json:
        print_json(record)
    else:
        print_answer(record)

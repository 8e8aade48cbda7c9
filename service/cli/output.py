"""How commands print: JSON for programs, tables for eyes, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from corpus.document import Problem
from corpus.records import JsonObject

if TYPE_CHECKING:
    from service.intake.adding import Progress

# rich is imported inside the functions: programs that read our JSON need not wait for it.

ROLE_WORDS = {"lead": "牵头", "responsible": "责任", "cooperate": "配合", "supervise": "督导"}

LONGEST_NAME = 40
"""Characters of a file's name that stand beside a progress bar."""


def print_json(value: Any) -> None:
    """Print one JSON value on one line, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def print_problem(problem: Problem) -> None:
    """Print one line on stderr: file, page, reason."""
    page = f"第{problem.page}页：" if problem.page else ""
    print(f"{problem.file}：{page}{problem.message}", file=sys.stderr)


def tell_of_none(files: Sequence[object]) -> None:
    """Say on stderr that there was nothing to read, where there was nothing."""
    if not files:
        print("没有找到可以读取的文件，请检查文件夹里有没有文件。", file=sys.stderr)


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> None:
    """Print rows under heads, wrapped to the width of the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD)
    for head in heads:
        table.add_column(head, overflow="fold")  # Chinese has no spaces to break at
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)


def print_ledger(rows: Sequence[JsonObject], title: str = "") -> None:
    """Print ledger rows: what is to be done, by whom, until when, where it stands; or that there are none."""
    if not rows:
        print(f"{title}\n没有任务。" if title else "没有任务。")
        return
    cells = [
        (row["id"] or number, _task_words(row), _unit_words(row), _limit_words(row), _place(row))
        for number, row in enumerate(rows, start=1)
    ]
    print_table(("序号", "任务", "单位", "时限", "出处"), cells, title)


def print_hits(hits: Sequence[JsonObject]) -> None:
    """Print what a search found: title, place and passage of each hit."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not hits:
        console.print(Text("没有找到；请换几个词，或减少筛选条件。"))
    for number, hit in enumerate(hits, start=1):
        document = hit["document"]
        facts = "  ".join(filter(None, (document["region"], document["date"], document["doc_type"])))
        console.print(Text(f"{number}. {document['title'] or document['source']}", style="bold"))
        console.print(Text(f"   {document['id']}  {facts}  {' > '.join(hit['section'])}", style="dim"))
        console.print(_highlighted(hit), "")


def print_understood(hints: Sequence[JsonObject]) -> None:
    """Print which documents come first because the query asks for them; nothing where it asks for none."""
    from rich.console import Console
    from rich.text import Text

    if hints:
        told = "、".join(f"{hint['words']}（{hint['value']}）" for hint in hints)
        Console().print(Text(f"排在前面的：{told}；不想这样理解，用 --plain 写出那个词。", style="dim"))


def print_also(stand_ins: Sequence[JsonObject]) -> None:
    """Print what was looked for besides, in place of words of the query; nothing where nothing was."""
    from rich.console import Console
    from rich.text import Text

    if stand_ins:
        told = "；".join(f"{item['words']}→{'、'.join(item['value'])}" for item in stand_ins)
        Console().print(Text(f"也查：{told}。只按原词查，用 --plain 写出那个词。", style="dim"))


def print_notices(notices: Sequence[str]) -> None:
    """Print what the user should know of how it was searched."""
    from rich.console import Console
    from rich.text import Text

    for notice in notices:
        Console().print(Text(notice, style="yellow"))


def print_answer(record: JsonObject) -> None:
    """Print an answer and the quotes it rests on."""
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if record["kind"] == "none":
        console.print(Text("资料库中没有能回答这个问题的内容；最接近的段落如下。", style="bold"))
    elif record["answer"]:
        console.print(Text(record["answer"], style="bold"))
    if record["worded"]:
        console.print(Text(record["worded"]["problem"] or record["worded"]["text"]))
    for number, item in enumerate(record["items"], start=1):
        console.print(Text(f"{number}. {item}"))
    for citation in record["citations"]:
        page = f" 第{citation['page']}页" if citation["page"] else ""
        place = " > ".join(citation["section"])
        title = citation["title"] or citation["source"] or "台账"
        row = "，".join(words for words in (citation["row"], citation["label"]) if words)
        told = "，".join(words for words in (citation["document_id"] + page, row, citation["note"]) if words)
        console.print(Text(f"—— {title}（{told}）{place}", style="dim"))
        if citation["quote"]:
            console.print(Text(f"   “{citation['quote']}”"))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a bar on stderr while the block runs; nothing where stderr is not a terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, what: str) -> None:
            shown = what if len(what) <= LONGEST_NAME else f"…{what[-LONGEST_NAME:]}"
            bar.update(task, completed=done, total=total, description=escape(shown))

        yield report


def _task_words(row: JsonObject) -> str:
    words = f"{row['label']}{row['text']}"
    return words if len(words) <= 120 else f"{words[:119]}…"


def _unit_words(row: JsonObject) -> str:
    lines = []
    for role, word in ROLE_WORDS.items():
        names = [unit["name"] for unit in row["units"] if unit["role"] == role]
        if names:
            lines.append(f"{word}：{'、'.join(names)}")
    return "\n".join([*lines, *(reference["raw"] for reference in row["refs"])])


def _limit_words(row: JsonObject) -> str:
    return "\n".join(f"{limit['raw']} {limit['end'] or ''}".strip() for limit in row["deadlines"])


def _place(row: JsonObject) -> str:
    page = f" 第{row['page']}页" if row["page"] else ""
    gone = "" if row.get("in_text", True) else "（原文中已没有）"
    return f"{row['section'][-1] if row['section'] else ''}{page}{gone}"


def _highlighted(hit: JsonObject) -> Any:
    from rich.text import Text

    text = Text(f"   {hit['text']}")
    for start, end in hit["highlights"]:
        text.stylize("bold yellow", start + 3, end + 3)
    return text

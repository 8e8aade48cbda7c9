"""`taizhang drafts`: the drafts that the library keeps, their versions, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.drafting import FontsOption, SourcesOption, shown_sources
from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library
from service.cli.output import print_json
from service.files import checked_suffix, write_file

DraftArgument = Annotated[
    str, typer.Argument(metavar="[ID]", help="文稿编号，如 w3；不给时列出全部文稿。", show_default=False)
]
VersionOption = Annotated[
    int,
    typer.Option("--version", metavar="N", min=0, max=1_000_000, help="第几版；0 为现在的文稿。"),
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="写成 .docx 文件。")
]
CompareOption = Annotated[
    int, typer.Option("--compare", metavar="N", min=0, max=1_000_000, help="与第 N 版比较，逐句列出不同。")
]


def drafts(
    draft: DraftArgument = "",
    output: OutputOption = None,
    version: VersionOption = 0,
    compare: CompareOption = 0,
    sources: SourcesOption = "table",
    fonts: FontsOption = "gb2312",
    data: DataOption = str(DEFAULT_DATA),
    as_json: JsonOption = False,
) -> None:
    """List the drafts, or the versions of one; with `-o` write one as docx."""
    if not draft:
        _list(data, as_json)
    elif output is not None:
        _write(data, draft, version or None, output, sources, fonts)
    elif compare:
        _compare(data, draft, compare, version or None, as_json)
    else:
        _versions(data, draft, as_json)


def _list(data: str, as_json: bool) -> None:
    from corpus.records import plain

    with opened_library(data) as library:
        rows = library.drafts.all()
    if as_json:
        print_json([plain(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.id}\t{row.genre}\t{row.title}\t{row.changed_by}\t{row.changed_at:%Y-%m-%d %H:%M}")
    if not rows:
        typer.echo("还没有文稿，用 taizhang draft --save 起草并存入。")


def _versions(data: str, draft: str, as_json: bool) -> None:
    from corpus.records import plain

    with opened_library(data) as library:
        rows = library.drafts.versions(draft)
    if as_json:
        print_json([plain(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"第 {row.version} 版\t{row.note}\t{row.by}\t{row.at:%Y-%m-%d %H:%M}")


def _compare(data: str, draft: str, before: int, after: int | None, as_json: bool) -> None:
    with opened_library(data) as library:
        found = library.drafts.compare(draft, before, after)
    if as_json:
        print_json(found.record())
        return
    for line in found.lines:
        if line.fate != "same":
            old, new = (side.text if side else "" for side in (line.before, line.after))
            typer.echo(
                "".join(f"{mark} {text}\n" for mark, text in (("-", old), ("+", new)) if text), nl=False
            )


def _write(data: str, draft: str, version: int | None, output: Path, sources: str, fonts: str) -> None:
    from service.drafting.export import official_document
    from service.official.paper import fonts_named
    from service.official.writer import document_bytes

    look = fonts_named(fonts)
    checked_suffix(output.suffix, ".docx")
    shown = shown_sources(sources)
    with opened_library(data) as library:
        made = library.drafts.open(draft, version).draft
    write_file(output, document_bytes(official_document(made, sources=shown), look))
    typer.echo(f"已写成 {output}：{made.title}。")

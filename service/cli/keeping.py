"""Commands that keep a library safe: backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import DEFAULT_DATA, DataOption, data_location

TargetArgument = Annotated[Path, typer.Argument(metavar="FILE", help="备份写到哪个文件。")]
SourceArgument = Annotated[Path, typer.Argument(metavar="FILE", help="用哪个备份文件恢复。")]


def backup(file: TargetArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Write all records to one file; a server may go on running."""
    from service.backup import write_backup
    from service.cli.accounts import user
    from service.cli.options import opened_library

    with opened_library(data) as library:
        write_backup(library.place, library.store, file)
        library.store.audit.remember(user(), "backup", str(file))
    typer.echo(
        f"已备份到 {file}（{file.stat().st_size / 1024 / 1024:.1f} MB），内含全部记录和原件，请妥善保管。"
    )


def restore(file: SourceArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Put the records of a copy in the place of the library's; no server may run."""
    from service.backup import restore_backup
    from service.cli.accounts import user
    from service.place import Place

    kept = restore_backup(Place(data_location(data)), file, user())
    typer.echo(f"已用 {file} 恢复。" + (f"恢复前的资料另存为 {kept}。" if kept else ""))

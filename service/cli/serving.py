"""`taizhang serve`: the pages and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.options import DEFAULT_DATA, DataOption, data_location

HostOption = Annotated[str, typer.Option("--host", metavar="HOST", help="监听的地址；只能是本机。")]
PortOption = Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="监听的端口。")]


def serve(
    data: DataOption = str(DEFAULT_DATA),
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
) -> None:
    """Serve pages and API until interrupted."""
    from service.serving import serve as run

    run(data_location(data), host, port)

"""`taizhang serve`: the pages and the API; `taizhang mcp`: the tools of an assistant."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.options import DEFAULT_DATA, DataOption, data_location, opened_library

HostOption = Annotated[
    str, typer.Option("--host", metavar="HOST", help="监听的地址；让别的电脑使用须先添加账号。")
]
PortOption = Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="监听的端口。")]


def serve(
    data: DataOption = str(DEFAULT_DATA),
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
) -> None:
    """Serve pages and API until interrupted."""
    from service.background.garbage import look_seldom

    look_seldom()  # before the many imports, which else are gone through again and again
    from service.serving import serve as run

    run(data_location(data), host, port)


def mcp(data: DataOption = str(DEFAULT_DATA)) -> None:
    """Serve the library as tools over standard input and output, until the assistant closes them."""
    from service.mcp_server import mcp_server

    with opened_library(data) as library:
        mcp_server(library).run()

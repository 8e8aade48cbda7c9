"""The MCP server, as a real client sees it: started as a process, spoken to over its standard streams."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from tests.service.texts import NOTICE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def with_client(data: Path) -> Callable[[Callable[[Client], Awaitable[None]]], None]:
    """Return what lets a conversation happen with a server over a library of two documents."""
    arguments = ["-m", "service.cli", "mcp", "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = StdioServerParameters(command=sys.executable, args=arguments, env=environment)

    def run(conversation: Callable[[Client], Awaitable[None]]) -> None:
        async def talk() -> None:
            async with Client(server) as client:
                await conversation(client)

        asyncio.run(talk())

    return run


def test_an_assistant_searches_asks_lists_and_extracts(with_client: Any, tmp_path: Path) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, "utf-8")

    async def conversation(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "ask", "tasks", "extract"}
        assert all(tool.description and tool.input_schema["properties"] for tool in tools.values())

        async def call(name: str, **arguments: Any) -> Any:
            answer = await client.call_tool(name, arguments)
            assert not answer.is_error, answer
            return answer.structured_content

        assert (await call("search", query="河道垃圾", count=2))["hits"][0]["document"]["title"]
        answer = await call("ask", question="安澜市清理河道垃圾由谁牵头？")
        assert answer["answer"] == "市水利局" and answer["citations"]
        following = await call("ask", question="那配合单位呢？", before=[answer["question"]])
        assert following["answer"] == "市城市管理局、各县区人民政府"
        rows = await call("tasks", unit="水利局", due_before="2025-06-30")
        assert rows["total"] == 1 and rows["items"][0]["units"][0]["name"] == "市水利局"
        line = await call("extract", path=str(notice))
        assert line["document"]["title"] and line["problems"] == []

        secret = tmp_path / "id_rsa"
        secret.write_text("key", "utf-8")
        (tmp_path / "通知.md").symlink_to(secret)
        for name, arguments in (
            ("tasks", {"status": "asleep"}),
            ("extract", {"path": "没有.txt"}),
            ("extract", {"path": str(secret)}),
            ("extract", {"path": str(tmp_path / "通知.md")}),
        ):
            refused = await client.call_tool(name, arguments)
            assert refused.is_error and refused.content

    with_client(conversation)

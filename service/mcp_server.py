"""The library as tools of an office's assistant, over the Model Context Protocol (standard input and output).

The assistant gets the same answers as the command line prints: with citations, spans and ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

from anyio import to_thread
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.store.filters import Filters
from corpus.store.rows import ledger_record
from service.intake.extraction import outcome_record
from service.intake.sources import PlainFile
from service.library import Library
from service.queries import task_query
from service.results import search_record

INSTRUCTIONS = (
    "台账：一个单位的政策文件库。search 检索段落，ask 回答问题并给出原文引文，tasks 列出任务台账"
    "（单位、时限、状态），extract 读取一个文件并拆出任务，不存入文件库。引用时写明文件标题和原文。"
)
DESCRIPTIONS = {
    "search": "检索政策文件，给出最相关的段落和出处。",
    "ask": "回答关于文件和任务的问题：谁牵头、何时完成、多少、有哪些；"
    "答案带原文引文，没有依据时 kind 为 none。",
    "tasks": "列出台账中的任务：内容、牵头和责任单位、时限、状态、出处；total 是符合条件的总数。",
    "extract": "读取本机上的一个文件（docx、pdf、xlsx、网页等），拆出任务、单位、时限和指标；不存入文件库。",
}
DOCUMENTS = re.compile(
    r"\.(?:docx?|docm|dot|wps|wpt|rtf|odt|ott|ods|xls|xlsx|xlsm|xltx|xlsb|xlt|et|csv|tsv|pdf|ofd|png|jpe?g|tiff?|bmp"
    r"|gif|webp|x?html?|shtml|mhtml?|txt|text|md|markdown|eml|msg)",
    re.IGNORECASE,
)
"""Suffixes of what an assistant may have read."""
READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
Parameters = ParamSpec("Parameters")


Count = Annotated[int, Field(ge=1, le=100, description="最多给出多少条")]
Words = Annotated[str, Field(min_length=1, max_length=5_000)]
Region = Annotated[str | None, Field(description="地区，连同其下级地区")]
Unit = Annotated[str | None, Field(description="单位名称或其一部分")]
DueBefore = Annotated[date | None, Field(description="时限不晚于这一天，如 2026-06-30")]


def mcp_server(library: Library) -> MCPServer:
    """Return the server over `library`; `run()` serves until standard input closes."""
    server = MCPServer("taizhang", title="台账", instructions=INSTRUCTIONS, log_level="WARNING")

    def search(query: Words, region: Region = None, unit: Unit = None, count: Count = 10) -> JsonObject:
        """Find passages."""
        filters = Filters(region=region or None, unit=unit or None)
        return search_record(query, filters, library.search(query, filters, count))

    def ask(
        question: Words,
        before: Annotated[
            tuple[Words, ...], Field(max_length=20, description="先前的问题，从早到晚；接着问时沿用其主题")
        ] = (),
    ) -> JsonObject:
        """Answer a question."""
        return library.ask(question, before).record()

    def tasks(
        unit: Unit = None,
        status: Annotated[str | None, Field(description="not_started、in_progress、done、closed 等")] = None,
        due_before: DueBefore = None,
        document: Annotated[str | None, Field(description="文件编号，如 d12")] = None,
        offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
        count: Count = 20,
    ) -> JsonObject:
        """List rows of the ledger."""
        page = library.tasks(task_query(unit, status, due_before, document, offset, count))
        return {"items": [ledger_record(row) for row in page.items], "total": page.total}

    def extract(path: Annotated[str, Field(description="本机上一个文件的路径")]) -> JsonObject:
        """Read a file of this machine."""
        file = PlainFile(_document_at(path), path)
        outcome = library.extract_upload(path, file.read())
        return outcome_record(outcome)

    tools: tuple[Callable[..., JsonObject], ...] = (search, ask, tasks, extract)
    for tool in tools:
        describe = server.tool(description=DESCRIPTIONS[tool.__name__], annotations=READ_ONLY)
        describe(_told(tool))
    return server


def _document_at(path: str) -> Path:
    """Return the document that an assistant may read; words in a text may have told it to fetch keys.

    Raises:
        UserError: when the file, or what a link leads to, is not named like a document.
    """
    resolved = Path(path).expanduser().resolve()
    if not DOCUMENTS.fullmatch(resolved.suffix):
        raise UserError(f"只读取文档（docx、pdf、xlsx、网页、文本等），不读取 {path}；请检查路径和后缀。")
    return resolved


def _told(tool: Callable[Parameters, JsonObject]) -> Callable[Parameters, Any]:
    """Let a tool run in a thread, and tell the assistant what the user can mend in the user's words."""

    @wraps(tool)
    async def told(*arguments: Parameters.args, **named: Parameters.kwargs) -> JsonObject:
        try:
            return await to_thread.run_sync(lambda: tool(*arguments, **named))
        except UserError as error:
            raise ToolError(str(error)) from error

    return told

"""The program `taizhang`: its commands in the order of `--help`, and the one place where errors become words.

Nothing heavy may be imported here or in the command modules: `--help` answers in a tenth of a second
because each command imports what it needs when it runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from typing import Any

import typer

from service.cli import (
    accounts,
    dispatch,
    documents,
    drafting,
    entering,
    extracting,
    keeping,
    kept_drafts,
    ledgerbook,
    listing,
    reconcile,
    searching,
    serving,
    settings,
    supervision,
    units,
    views,
    words,
)
from service.cli.errors import INTERRUPTED, exit_code, one_line
from service.cli.wording import ChineseCommand, ChineseGroup
from service.intake.names import legible

HELP = "台账：把方案、通知、报告变成可检索的任务台账；牵头单位、时限、指标都能回到原文。"

COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    (
        "extract",
        extracting.extract,
        "读取文件，列出其中的任务、单位、时限和指标；不存入资料库。",
    ),
    (
        "add",
        documents.add,
        "把文件、文件夹或 zip 读入资料库；再次添加同一文件时自动识别新旧。",
    ),
    ("list", documents.list_documents, "列出资料库中的文件。"),
    ("show", documents.show, "显示一个文件的基本信息和任务台账。"),
    ("remove", documents.remove, "移除文件；各版本仍保留，可用 restore-document 恢复。"),
    ("restore-document", documents.restore_document, "恢复移除过的文件。"),
    (
        "reextract",
        documents.reextract,
        "用现在的规则重新读取已存的文件；人工修改和状态不变，并说明哪些任务变了。",
    ),
    ("search", searching.search, "在资料库中检索，给出相关段落和出处。"),
    ("similar", searching.similar, "查先例：其他文件中与一项任务或一段文字相近的措施。"),
    ("tasks", listing.tasks, "列出台账中的任务，可按单位、角色、状态、时限、颜色、标记、来源、领导等筛选。"),
    ("ask", searching.ask, "提问：谁牵头、何时完成、多少、有哪些；答案都带原文出处。"),
    ("reconcile", reconcile.reconcile, "对账：汇报对方案，看哪些任务有进展、没提到，哪些数字对不上。"),
    ("conflicts", reconcile.conflicts, "找出几份方案中单位、时限或数字可能冲突的同类任务。"),
    ("workload", reconcile.workload, "列出各单位逐月未完成的任务数。"),
    ("cases", reconcile.cases, "举一反三：同类问题在其他文件、其他地方怎样解决。"),
    ("draft", drafting.draft, "起草：从台账和文库生成公文草稿，每句话都有来源。"),
    ("drafts", kept_drafts.drafts, "列出存下的文稿和版本，比较两版，写成文件。"),
    ("check", drafting.check, "检查公文的格式；给出方案时也核对数字、日期、单位和引文。"),
    ("backup", keeping.backup, "把资料库的全部记录备份到一个文件；服务运行时也可以备份。"),
    ("restore", keeping.restore, "用备份文件恢复资料库；恢复前的资料另存一份。须先停止服务。"),
    ("settings", settings.settings, "列出和更改设置：单位名称、三色规则、复查间隔、时区、邮件等。"),
    ("serve", serving.serve, "启动网页和接口，在浏览器中使用。"),
    ("mcp", serving.mcp, "把资料库作为工具提供给单位的智能助手（MCP，标准输入输出）。"),
)
"""Name, function, and what `--help` says."""

GROUPS = (
    ("row", entering.COMMANDS, "录入：没有文件的任务、来源、标记、自定义栏目、附件。"),
    ("step", supervision.COMMANDS, "督办：填报进展、延期、移交、终止、销号、回头看；每一步都可以撤销。"),
    ("view", views.COMMANDS, "视图：按单位、月份、文件、领导统计；日历、趋势、保存的筛选。"),
    ("ledger", ledgerbook.COMMANDS, "台账文件：导出、读回改过的表、标注、领导一页纸、日历、邮件提醒。"),
    ("dispatch", dispatch.COMMANDS, "调度：给各单位发表，读回来，催办，通报。"),
    ("units", units.COMMANDS, "单位名录：本单位自己的叫法，读文件时优先于系统自带的。"),
    ("words", words.COMMANDS, "说法：检索时日常说法对应的文件用词，和文库里写明的简称、俗称。"),
    ("account", accounts.COMMANDS, "管理账号：添加、角色、密码、停用、令牌。"),
)
"""Name, commands, and what `--help` says of commands that belong together."""

app = typer.Typer(
    name="taizhang",
    cls=ChineseGroup,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich costs 0.1 s and draws boxes that do not copy
    pretty_exceptions_enable=False,
)
for _name, _function, _help in COMMANDS:
    app.command(_name, cls=ChineseCommand, help=_help)(_function)
for _group, _commands, _about in GROUPS:
    _inner = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None)
    for _name, _function, _help in _commands:
        _inner.command(_name, cls=ChineseCommand, help=_help)(_function)
    app.add_typer(_inner, name=_group, help=_about)
command = typer.main.get_command(app)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; `arguments` are those of the process when None. Ends with SystemExit."""
    _speak_chinese()
    given = list(map(legible, sys.argv[1:] if arguments is None else arguments))
    try:
        code = command.main(given, prog_name="taizhang", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:  # the last border: whatever went wrong becomes one line
        print(one_line(error), file=sys.stderr)
        sys.exit(exit_code(error))
    if code == INTERRUPTED:  # the library takes Ctrl-C for an end like any other
        print(one_line(KeyboardInterrupt()), file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


def _speak_chinese() -> None:
    """Let output be UTF-8 where the terminal's own encoding has no Chinese, and names of any bytes be told.

    Where the caller closed an output, what would be printed there goes nowhere.
    """
    sys.stdout = sys.stdout or TextIOWrapper(BytesIO(), "utf-8")
    sys.stderr = sys.stderr or TextIOWrapper(BytesIO(), "utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=_encoding(stream), errors="backslashreplace")


def _encoding(stream: TextIOWrapper) -> str:
    try:
        HELP.encode(stream.encoding)
    except UnicodeEncodeError:
        return "utf-8"
    return stream.encoding

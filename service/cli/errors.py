"""What a failed command says and with which code it ends: one table."""

from __future__ import annotations

import errno
import os
import re
import traceback

import typer

from corpus.errors import BusyError, NotFoundError, UnreadableError, UserError
from service.intake.names import readable_path

DONE = 0
SOME_FAILED = 1
"""Some files could not be read; the rest was done."""
WRONG_CALL = 2
NOT_FOUND = 3
BUSY = 4
INTERNAL = 70
INTERRUPTED = 130

EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (typer.TyperException, WRONG_CALL),
    (NotFoundError, NOT_FOUND),
    (BusyError, BUSY),
    (UnreadableError, SOME_FAILED),
    (UserError, WRONG_CALL),
    (typer.Abort, INTERRUPTED),
    (KeyboardInterrupt, INTERRUPTED),
)
"""The first class that fits decides; anything else is a bug in us and ends with `INTERNAL`."""

SYSTEM_WORDS = {
    errno.ENOSPC: "磁盘已满，没有写完；请腾出空间再试。",
    errno.EDQUOT: "磁盘配额已满，没有写完；请腾出空间再试。",
    errno.EROFS: "磁盘是只读的，不能写入；请换一个位置。",
    errno.EACCES: "没有权限，请检查文件和文件夹的读写权限。",
    errno.EPERM: "没有权限，请检查文件和文件夹的读写权限。",
}
"""What the system refuses whatever the program does."""

USAGE_WORDS = (
    (r"No such option: (\S+)(?: .*)?", r"没有选项 \1"),
    (r"No such command '(.+?)'\.?(?: .*)?", r"没有命令 \1"),
    (r"Missing argument '(.+?)'\..*", r"缺少参数 \1"),
    (r"Missing option '(.+?)'\..*", r"缺少选项 \1"),
    (r"Missing command\.", r"缺少命令"),
    (r"Option '(.+?)' requires (?:an|\d+) arguments?\.", r"选项 \1 后面要跟一个值"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出了参数 \1"),
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", r"\1 的值应是整数"),
    (r"Invalid value for '(.+?)': Input should be a valid number.*", r"\1 的值应是数字"),
    (r"Invalid value for '(.+?)': Input should be greater than or equal to (\S+).*", r"\1 的值不能小于 \2"),
    (r"Invalid value for '(.+?)': Input should be less than or equal to (\S+).*", r"\1 的值不能大于 \2"),
    (r"Invalid value for '(.+?)': file '(.+)' does not exist\.", r"\1 指的文件 \2 不存在"),
    (r"Invalid value for '(.+?)': file '(.+)' is a directory\.", r"\1 指的 \2 是文件夹，不是文件"),
    (r"Invalid value for '(.+?)': 不能为空", r"\1 不能为空"),
    (r"Invalid value for '(.+?)': (.*)", r"\1 的值不对：\2"),
    (r"Invalid value: (.*)", r"\1"),
)
"""How the command-line library words its complaints, and what we say instead."""


def exit_code(error: BaseException) -> int:
    """Return the code with which the program ends after `error`."""
    if _refused(error):
        return WRONG_CALL
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), INTERNAL)


def one_line(error: BaseException) -> str:
    """Return what the user reads: one line that says what to do; or the help, where no command was named."""
    if type(error).__name__ == "NoArgsIsHelpError":  # the library does not offer the class itself
        return str(error)
    if isinstance(error, typer.TyperException):
        return f"{_usage(error)}；用 {_command(error)} --help 查看用法。"
    if isinstance(error, typer.Abort | KeyboardInterrupt):
        return "已中断；已完成的部分保留在资料库中。"
    if isinstance(error, UserError):
        return " ".join(str(error).split())
    refused = _refused(error)
    if refused:
        return refused
    if os.environ.get("TAIZHANG_DEBUG"):
        return "".join(traceback.format_exception(error)).rstrip()
    what = " ".join(f"{type(error).__name__}：{error}".split())
    return f"程序内部出错（{what}）；设置 TAIZHANG_DEBUG=1 再运行一次，把输出发给维护人员。"


def _refused(error: BaseException) -> str:
    """Return the words for what the system refused, "" for any other error."""
    if not isinstance(error, OSError):
        return ""
    words = SYSTEM_WORDS.get(error.errno or 0, "")
    return f"{readable_path(error.filename)}：{words}" if words and isinstance(error.filename, str) else words


def _usage(error: typer.TyperException) -> str:
    message = " ".join(error.format_message().replace("' / '", " / ").split())
    message = re.sub(r" \(env var: '.+?'\)", "", message)
    for pattern, words in USAGE_WORDS:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(words)
    return message


def _command(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "taizhang"

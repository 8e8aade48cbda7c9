"""`taizhang account …`: who may come in, for the person at the server."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from service.cli.options import DEFAULT_DATA, DataOption, JsonOption, opened_library
from service.cli.output import print_json, print_table

ROLES = ("管理员", "经办", "只读")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="姓名，也是登录时填写的名字。")]
RoleOption = Annotated[str, typer.Option("--role", metavar="ROLE", help=f"角色：{'、'.join(ROLES)}。")]
OffOption = Annotated[bool, typer.Option("--off", help="重新启用。")]
TokenNameOption = Annotated[
    str | None, typer.Option("--add", metavar="TOKEN", help="新建一个令牌，填写它的用途。")
]
RevokeOption = Annotated[int | None, typer.Option("--revoke", metavar="N", help="作废这个编号的令牌。")]


def add(name: NameArgument, role: RoleOption = ROLES[1], data: DataOption = str(DEFAULT_DATA)) -> None:
    """Add an account; the password is asked for, or read from standard input."""
    wanted = _role(role)
    with opened_library(data, create=True) as library:
        library.accounts.add(name, wanted, _password(), user())
    typer.echo(f"已添加{wanted}账号 {name}。")


def list_accounts(data: DataOption = str(DEFAULT_DATA), as_json: JsonOption = False) -> None:
    """Print the accounts."""
    with opened_library(data) as library:
        rows = library.accounts.all()
    if as_json:
        print_json([{"name": row.name, "role": row.role, "locked": row.locked} for row in rows])
    else:
        cells = [(row.name, row.role, "已停用" if row.locked else "") for row in rows]
        print_table(("姓名", "角色", "状态"), cells)


def set_role(name: NameArgument, role: RoleOption = ROLES[1], data: DataOption = str(DEFAULT_DATA)) -> None:
    """Give an account another role."""
    wanted = _role(role)
    with opened_library(data) as library:
        library.accounts.set_role(name, wanted, user())
    typer.echo(f"{name} 现在是{wanted}。")


def set_password(name: NameArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Give an account another password."""
    with opened_library(data) as library:
        library.accounts.account(name)  # before anybody types a password
        library.accounts.set_password(name, _password(), user())
    typer.echo(f"已更改 {name} 的密码；{name} 需要重新登录。")


def lock(name: NameArgument, off: OffOption = False, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Shut an account, or open it again."""
    with opened_library(data) as library:
        library.accounts.set_locked(name, not off, user())
    typer.echo(f"已{'启用' if off else '停用'} {name}。")


def remove(name: NameArgument, data: DataOption = str(DEFAULT_DATA)) -> None:
    """Remove an account."""
    with opened_library(data) as library:
        library.accounts.remove(name, user())
    typer.echo(f"已删除账号 {name}；修改记录中的名字不变。")


def token(
    name: NameArgument,
    add: TokenNameOption = None,
    revoke: RevokeOption = None,
    data: DataOption = str(DEFAULT_DATA),
) -> None:
    """Make, revoke or list the tokens with which programs act for an account."""
    with opened_library(data) as library:
        if add is not None:
            typer.echo(library.accounts.add_token(name, add, user()))
            return
        if revoke is not None:
            library.accounts.revoke_token(revoke, user(), name)
        library.accounts.account(name)
        cells = [(row.id, row.name, f"{row.created_at:%Y-%m-%d}") for row in library.accounts.tokens(name)]
    print_table(("编号", "用途", "建立日期"), cells)


COMMANDS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("add", add, "添加账号；第一个账号必须是管理员。密码在提示后输入，或由标准输入读入。"),
    ("list", list_accounts, "列出账号。"),
    ("role", set_role, "更改角色。"),
    ("password", set_password, "更改密码；原有登录全部失效。"),
    ("lock", lock, "停用账号，或用 --off 重新启用。"),
    ("remove", remove, "删除账号；修改记录不变。"),
    ("token", token, "列出、新建或作废程序使用的令牌。"),
)


def user() -> str:
    """Return under which name the history remembers what is done on the command line."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return "命令行"


def _role(word: str) -> Any:
    from service.accounts import Role

    if word not in ROLES:
        raise typer.BadParameter(f"没有角色 {word}，可用的有 {'、'.join(ROLES)}")
    return Role(word)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输入一次"))
    return sys.stdin.readline().rstrip("\r\n")
